import { TerraformStack } from "cdktf";
import type { App } from "cdktf";
import { AlicloudProvider, DnatEntry, SelfHostedNatInstance } from "cdktf-nat/alicloud";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import { AlicloudHeadNode } from "../../examples/alicloud-head-node/stack";
import { deployHost } from "../support/deployed-host";
import { Deployment } from "../support/deployment";
import { describeExample, planned } from "../support/example";
import { startSimulator } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

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
  breakOffs: ["call refused", "provider dead"],
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

/** What tells one host from another here. */
interface Form {
  /** The vSwitch of the second interface. */
  readonly second?: "A" | "B";
  /** How its block is given; by a literal unless said otherwise. */
  readonly block?: "reference" | "raw";
}

/** A host in a network with two vSwitches for a second interface, 10.0.8.0/21 and 10.0.16.0/21. */
function hostStack(app: App, { second, block }: Form): TerraformStack {
  const stack = new TerraformStack(app, "host");
  new AlicloudProvider(stack, "alicloud", { region: "cn-hangzhou" });
  const zoneId = "cn-hangzhou-i";
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  const outside = new Vswitch(stack, "Outside", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.0.0/24" });
  const inside = {
    A: new Vswitch(stack, "InsideA", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.8.0/21" }),
    B: new Vswitch(stack, "InsideB", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.16.0/21" }),
  };
  const chosen = second && inside[second];
  const cidrBlock = block === "raw" ? `\${alicloud_vswitch.Inside${second}.cidr_block}` : chosen?.cidrBlock;
  const nat = new SelfHostedNatInstance(stack, "Nat", {
    ...(block === undefined ? { vpc } : { vpc: { id: vpc.id, cidrBlock: vpc.cidrBlock } }),
    vswitch: outside,
    privateInterface: chosen && {
      vswitch: block === undefined ? chosen : { id: chosen.id, cidrBlock: String(cidrBlock), zoneId: chosen.zoneId },
    },
  });
  nat.addEip("Egress");
  nat.addEip("Web", { privateIp: "10.0.0.11" });
  nat.addRoute("Route", { routeTableId: vpc.routeTableId });
  return stack;
}

describeTerraform("a second interface in a vSwitch that is known at deploy time only", () => {
  it.each(["reference", "raw"] as const)("gets prefix length and gateway from Terraform by %s", async (block) => {
    const { cloudConfig, furtherPrivateIps } = await deployHost((app) => hostStack(app, { second: "A", block }));
    expect(cloudConfig).toContain(`ip address replace "${furtherPrivateIps[0]}/21" dev eth1`);
    expect(cloudConfig).toContain('ip -4 route replace "10.0.0.0/16" via "10.0.15.253" dev eth1');
  });
});

describeTerraform("the second interface of a host", () => {
  it("comes, moves and goes in one apply each; EIPs and their addresses stay", async () => {
    const simulator = await startSimulator({ timeScale: 400 });
    let form: Form = {};
    const deployment = new Deployment(simulator, (app) => hostStack(app, form));
    const nics = ["alicloud_ecs_network_interface.Nat_NetworkInterface"];
    const second = "alicloud_ecs_network_interface.Nat_PrivateNetworkInterface";
    const kept = (resources: Awaited<ReturnType<typeof deployment.resources>>) =>
      [...resources]
        .filter(([address]) => nics.includes(address) || address.startsWith("alicloud_eip_"))
        .map(([address, { id, ip_address }]) => [address, id, ip_address]);
    try {
      await deployment.synthesize();
      await deployment.apply();
      const before = kept(await deployment.resources());
      for (const next of ["A", "B", undefined] as const) {
        form = next === undefined ? {} : { second: next };
        await deployment.synthesize();
        await deployment.apply();
        expect(await deployment.plan()).toEqual(planned({}));
        const resources = await deployment.resources();
        expect(kept(resources)).toEqual(before);
        const target = resources.get(next === undefined ? String(nics[0]) : second);
        expect(resources.get("alicloud_route_entry.Nat_Route")?.nexthop_id).toBe(target?.id);
        const attached = resources.get("alicloud_instance.Nat")?.network_interfaces as readonly object[];
        expect(attached).toEqual(
          next === undefined ? [] : [expect.objectContaining({ network_interface_id: target?.id })],
        );
      }
      await deployment.destroy();
      expect(simulator.cloud()).toEqual([]);
    } finally {
      deployment.remove();
      await simulator.stop();
    }
  });
});
