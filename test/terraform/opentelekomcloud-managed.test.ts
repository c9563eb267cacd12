import type { NatDnatRuleV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-dnat-rule-v2";
import type { NatGatewayV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-gateway-v2";
import type { NatSnatRuleV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-snat-rule-v2";
import { DnatEntry, SharedBandwidth } from "cdktf-nat/opentelekomcloud";
import { OpenTelekomCloudManaged } from "../../examples/opentelekomcloud-managed/stack";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

describeExample({
  name: "opentelekomcloud-managed",
  cloud: "opentelekomcloud",
  makeStack: (app) => new OpenTelekomCloudManaged(app, "opentelekomcloud-managed"),
  breakOffs: ["call refused", "provider dead"],
  // The provider keeps a gateway when it has its tags.
  leftBehind: { AddTags: ["NatGateway"] },
  tests: (example) => {
    it("replaces a rule for what it cannot change in place, the old one of a subnet first", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const https = stack.node.findChild("HttpsIn").node.findChild("Port-443") as NatDnatRuleV2;
        https.internalServicePort = 9443;
        const out = stack.node.findChild("WorkersOut").node.findChild("Resource") as NatSnatRuleV2;
        out.floatingIpId = https.floatingIpIdInput ?? "";
      });
      expect(await deployment.plan()).toEqual(
        planned({
          replace: [
            "opentelekomcloud_nat_dnat_rule_v2.HttpsIn_Port-443",
            "opentelekomcloud_nat_snat_rule_v2.WorkersOut",
          ],
        }),
      );
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("makes a gateway larger in place", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        (stack.nat.node.findChild("Resource") as NatGatewayV2).spec = "3";
      });
      expect(await deployment.plan()).toEqual(planned({ update: ["opentelekomcloud_nat_gateway_v2.Nat"] }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("adds an EIP in a shared bandwidth, with an entry and an alarm, and touches nothing else", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const sharedBandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200 });
        const eip = stack.nat.addEip("Bastion", { sharedBandwidth });
        new DnatEntry(stack, "BastionIn", { nat: stack.nat, eip, protocol: "any", privateIp: "10.0.1.12" });
      });
      expect(await deployment.plan()).toEqual(
        planned({
          create: [
            "opentelekomcloud_ces_alarmrule.Nat_Alarms_Bandwidth-of-opentelekomcloud-managed-Bandwidth",
            "opentelekomcloud_nat_dnat_rule_v2.BastionIn",
            "opentelekomcloud_vpc_bandwidth_associate_v2.Bandwidth_Eips",
            "opentelekomcloud_vpc_bandwidth_v2.Bandwidth",
            "opentelekomcloud_vpc_eip_v1.Nat_Bastion",
          ],
        }),
      );
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
