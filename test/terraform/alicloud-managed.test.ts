import type { TerraformResource } from "cdktf";
import { DnatEntry } from "cdktf-nat/alicloud";
import type { ForwardEntry } from "cdktf-nat/alicloud/bindings/forward-entry";
import type { NatGateway } from "cdktf-nat/alicloud/bindings/nat-gateway";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import { AlicloudManaged } from "../../examples/alicloud-managed/stack";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

describeExample({
  name: "alicloud-managed",
  makeStack: (app) => new AlicloudManaged(app, "alicloud-managed"),
  breakOffs: ["call refused", "provider dead"],
  tests: (example) => {
    it("changes a DNAT entry's private port in place", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const entry = stack.node.findChild("HttpsIn").node.findChild("Resource") as ForwardEntry;
        entry.internalPort = "9443";
      });
      expect(await deployment.plan()).toEqual(planned({ update: ["alicloud_forward_entry.HttpsIn"] }));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("adds an EIP with an entry and touches nothing else", async () => {
      const { deployment, simulator } = example();
      await deployment.synthesize((stack) => {
        const eip = stack.nat.addEip("Bastion");
        new DnatEntry(stack, "BastionIn", { nat: stack.nat, eip, protocol: "any", privateIp: "10.0.1.12" });
      });
      expect(await deployment.plan()).toEqual(
        planned({
          create: [
            "alicloud_cms_alarm.Nat_Alarms_Bandwidth-Bastion",
            "alicloud_eip_address.Nat_Bastion",
            "alicloud_eip_association.Nat_Bastion_Association",
            "alicloud_forward_entry.BastionIn",
          ],
        }),
      );
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      expect(simulator.cloud().filter(({ type }) => type === "EipAddress")).toHaveLength(3);
    });

    it("replaces the gateway when its vSwitch changes, and keeps the addresses of its EIPs", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const moved = new Vswitch(stack, "NewNatVswitch", {
          vpcId: (stack.node.findChild("NatVswitch") as Vswitch).vpcId,
          zoneId: "cn-hangzhou-j",
          cidrBlock: "10.0.2.0/24",
        });
        (stack.nat.node.findChild("Resource") as NatGateway).vswitchId = moved.id;
        (stack.nat.node.findChild("Placement") as TerraformResource).addOverride("input.vswitch_id", moved.id);
      });
      expect(await deployment.plan()).toEqual({
        create: ["alicloud_vswitch.NewNatVswitch"],
        update: [
          "alicloud_cms_alarm.Nat_Alarms_Connections",
          "alicloud_cms_alarm.Nat_Alarms_DroppedConnections",
          "alicloud_cms_alarm.Nat_Alarms_DroppedNewConnections",
          "alicloud_cms_alarm.Nat_Alarms_NewConnections",
          "alicloud_cms_alarm.Nat_Alarms_PortAllocationErrors",
          "terraform_data.Nat_Placement",
        ],
        replace: [
          "alicloud_eip_association.Nat_Egress_Association",
          "alicloud_eip_association.Nat_Web_Association",
          "alicloud_forward_entry.HttpsIn",
          "alicloud_nat_gateway.Nat",
          "alicloud_route_entry.Nat_WorkersRoute",
          "alicloud_snat_entry.WorkersOut",
        ],
        delete: [],
      });
      await deployment.apply();
      const after = await deployment.resources();
      for (const eip of ["alicloud_eip_address.Nat_Egress", "alicloud_eip_address.Nat_Web"]) {
        expect(after.get(eip)?.ip_address).toBe(before.get(eip)?.ip_address);
      }
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
