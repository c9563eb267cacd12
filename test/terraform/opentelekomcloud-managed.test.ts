import type { NatDnatRuleV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-dnat-rule-v2";
import type { NatGatewayV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-gateway-v2";
import type { NatSnatRuleV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-snat-rule-v2";
import type { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { DnatEntry, SharedBandwidth } from "cdktf-nat/opentelekomcloud";
import { OpenTelekomCloudManaged } from "../../examples/opentelekomcloud-managed/stack";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

describeExample({
  name: "opentelekomcloud-managed",
  cloud: "opentelekomcloud",
  makeStack: (app) => new OpenTelekomCloudManaged(app, "opentelekomcloud-managed"),
  breakOffs: ["call refused"],
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

    it("adds an entry, a rule for each port, and takes it away again, and touches no other", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const { nat } = stack;
        const eip = nat.node.findChild("Web") as ReturnType<typeof nat.addEip>;
        const ports = { publicPort: "7003-7004", privatePort: "8003-8004" };
        new DnatEntry(stack, "MoreIn", { nat, eip, protocol: "udp", privateIp: "10.0.1.10", ...ports });
      });
      const rules = ["7003", "7004"].map((port) => `opentelekomcloud_nat_dnat_rule_v2.MoreIn_Port-${port}`);
      expect(await deployment.plan()).toEqual(planned({ create: rules }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      await deployment.synthesize();
      expect(await deployment.plan()).toEqual(planned({ delete: rules }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("replaces the gateway when its subnet changes; the EIPs keep their addresses, the cloud its route to it", async () => {
      const { deployment, simulator } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const workers = stack.node.findChild("Workers") as VpcSubnetV1;
        (stack.nat.node.findChild("Resource") as NatGatewayV2).internalNetworkId = workers.id;
      });
      expect(await deployment.plan()).toEqual(
        planned({
          replace: [
            ...["Connections", "DroppedConnections", "DroppedPackets", "PortAllocationErrors"].map(
              (alarm) => `opentelekomcloud_ces_alarmrule.Nat_Alarms_${alarm}`,
            ),
            ...["GameIn_Port-7000", "GameIn_Port-7001", "GameIn_Port-7002", "HttpsIn_Port-443"].map(
              (rule) => `opentelekomcloud_nat_dnat_rule_v2.${rule}`,
            ),
            "opentelekomcloud_nat_gateway_v2.Nat",
            "opentelekomcloud_nat_snat_rule_v2.WorkersOut",
          ],
        }),
      );
      await deployment.apply();
      const after = await deployment.resources();
      for (const eip of ["opentelekomcloud_vpc_eip_v1.Nat_Egress", "opentelekomcloud_vpc_eip_v1.Nat_Web"]) {
        expect(after.get(eip)?.publicip).toEqual(before.get(eip)?.publicip);
      }
      const routes = simulator.cloud().filter(({ type }) => type === "Route");
      expect(routes.map(({ attributes }) => [attributes.destination, attributes.nexthop])).toEqual([
        ["0.0.0.0/0", after.get("opentelekomcloud_nat_gateway_v2.Nat")?.id],
      ]);
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
