import { DnatEntry } from "cdktf-nat/alicloud";
import { AlicloudHeadNode } from "../../examples/alicloud-head-node/stack";
import type { Deployment } from "../support/deployment";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

const MACHINE = "alicloud_instance.HeadNode";
const NICS = [
  "alicloud_ecs_network_interface.HeadNode_NetworkInterface",
  "alicloud_ecs_network_interface.HeadNode_PrivateNetworkInterface",
] as const;
const EIPS = ["alicloud_eip_address.HeadNode_Egress", "alicloud_eip_address.HeadNode_Submit"] as const;
const BINDINGS = [
  "alicloud_eip_association.HeadNode_Egress_Association",
  "alicloud_eip_association.HeadNode_Submit_Association",
] as const;
const ROUTE = "alicloud_route_entry.HeadNode_PrivateRoute";

type Resources = Awaited<ReturnType<Deployment<AlicloudHeadNode>["resources"]>>;

/** What must be the same whatever becomes of the machine. */
function lasting(resources: Resources) {
  const values = (address: string, ...names: readonly string[]) => names.map((name) => resources.get(address)?.[name]);
  return {
    nics: NICS.map((address) => values(address, "id", "primary_ip_address", "private_ip_addresses", "mac")),
    eips: EIPS.map((address) => values(address, "id", "ip_address")),
    bindings: BINDINGS.map((address) => values(address, "id")),
    route: values(ROUTE, "id", "nexthop_id"),
  };
}

describeExample({
  name: "alicloud-head-node",
  makeStack: (app) => new AlicloudHeadNode(app, "alicloud-head-node"),
  faults: 40,
  tests: (example) => {
    it("has both interfaces from its first boot, EIPs on the first one, the route to the second one", async () => {
      const { deployment, simulator } = example();
      const resources = await deployment.resources();
      const [publicNic, privateNic] = NICS.map((address) => resources.get(address));
      expect(resources.get(MACHINE)).toMatchObject({
        network_interface_id: publicNic?.id,
        network_interfaces: [{ network_interface_id: privateNic?.id, vswitch_id: privateNic?.vswitch_id }],
      });
      expect(privateNic).toMatchObject({
        source_dest_check: false,
        delete_on_release: false,
        instance_type: "Secondary",
        security_group_ids: publicNic?.security_group_ids,
      });
      const bound = simulator.cloud().filter(({ type }) => type === "EipAddress");
      expect(bound.map(({ attributes }) => attributes.InstanceId)).toEqual([publicNic?.id, publicNic?.id]);
      expect(resources.get(ROUTE)).toMatchObject({ nexthop_type: "NetworkInterface", nexthop_id: privateNic?.id });
      const attaching = simulator.log().filter(({ action }) => /^(Attach|Detach)NetworkInterface$/.test(action));
      expect(attaching).toEqual([]);
    });

    it("keeps interfaces, addresses, EIPs and routes when an entry comes and goes with a new machine", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const eip = stack.nat.node.findChild("Submit") as ReturnType<typeof stack.nat.addEip>;
        const { nat } = stack;
        new DnatEntry(stack, "WebIn", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: "10.0.2.12" });
      });
      expect(await deployment.plan()).toEqual(
        planned({
          create: [expect.stringMatching(/^alicloud_security_group_rule\.HeadNode_SecurityGroup_tcp-443-443-/)],
          update: ["terraform_data.HeadNode_Configuration"],
          replace: [MACHINE],
        }),
      );
      await deployment.apply();
      const added = await deployment.resources();
      expect(added.get(MACHINE)?.id).not.toBe(before.get(MACHINE)?.id);
      expect(added.get(MACHINE)?.network_interfaces).toEqual(before.get(MACHINE)?.network_interfaces);
      expect(lasting(added)).toEqual(lasting(before));
      expect(await deployment.plan()).toEqual(planned({}));

      await deployment.synthesize();
      await deployment.apply();
      const removed = await deployment.resources();
      expect(removed.get(MACHINE)?.id).not.toBe(added.get(MACHINE)?.id);
      expect(lasting(removed)).toEqual(lasting(before));
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});
