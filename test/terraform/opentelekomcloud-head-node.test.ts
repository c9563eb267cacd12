import { NetworkingSecgroupV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-secgroup-v2";
import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { SmnTopicV2 } from "@cdktf/provider-opentelekomcloud/lib/smn-topic-v2";
import { VpcRouteTableV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-route-table-v1";
import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import { TerraformStack } from "cdktf";
import { DnatEntry, SelfHostedNatInstance, SharedBandwidth, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import type { Construct } from "constructs";
import type { Deployment } from "../support/deployment";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

const MACHINE = "opentelekomcloud_compute_instance_v2.Nat";
const PORT = "opentelekomcloud_networking_port_v2.Nat_Port";
const PRIVATE_PORT = "opentelekomcloud_networking_port_v2.Nat_PrivatePort";
const TABLE = "opentelekomcloud_vpc_route_table_v1.NodesTable";
const LASTING = [
  PORT,
  PRIVATE_PORT,
  TABLE,
  "opentelekomcloud_vpc_eip_v1.Nat_Egress",
  "opentelekomcloud_vpc_eip_v1.Nat_Submit",
  "opentelekomcloud_networking_vip_v2.Nat_Submit_VirtualIp",
  "opentelekomcloud_networking_floatingip_associate_v2.Nat_Egress_Association",
  "opentelekomcloud_networking_floatingip_associate_v2.Nat_Submit_Association",
  "opentelekomcloud_networking_router_route_v2.Nat_Route",
];

/** A host with two interfaces, whatever it can be given, and a route table of its user's. */
class HeadNode extends TerraformStack {
  readonly nat: SelfHostedNatInstance;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new OpentelekomcloudProvider(this, "Otc", { region: "eu-de" });
    const vpc = new VpcV1(this, "Vpc", { name: id, cidr: "10.0.0.0/16" });
    const subnetOf = (name: string, cidr: string, gatewayIp: string) =>
      new VpcSubnetV1(this, name, { name, vpcId: vpc.id, cidr, gatewayIp });
    const subnet = subnetOf("PublicSide", "10.0.0.0/24", "10.0.0.1");
    const privateSide = subnetOf("PrivateSide", "10.0.1.0/24", "10.0.1.1");
    const nodes = subnetOf("Nodes", "10.0.2.0/23", "10.0.2.1");
    const ops = new SmnTopicV2(this, "Ops", { name: "ops" });
    const nodesGroup = new NetworkingSecgroupV2(this, "NodesGroup", { name: "nodes" });
    const sharedBandwidth = new SharedBandwidth(this, "Bandwidth", { bandwidthMbps: 200 });

    this.nat = new SelfHostedNatInstance(this, "Nat", {
      vpc,
      subnet,
      privateInterface: { subnet: privateSide, privateIp: "10.0.1.10" },
      sshFrom: ["198.51.100.0/24"],
      extraUserData: "#cloud-config\nruncmd:\n  - echo ${HOME} %{http_code}\n",
    });
    const { nat } = this;
    const egress = nat.addEip("Egress");
    const submit = nat.addEip("Submit", { privateIp: "10.0.0.11", sharedBandwidth });

    new SnatEntry(this, "NodesOut", { nat, source: SnatSource.subnet(nodes), eips: [egress, submit] });
    const web = { publicPort: "7000-7010", privatePort: "8000-8010", privateIp: "10.0.2.11" };
    new DnatEntry(this, "JobsIn", {
      nat,
      eip: submit,
      protocol: "tcp",
      ...web,
      allowFrom: ["198.51.100.0/24"],
      backendSecurityGroupId: nodesGroup.id,
    });
    nat.addRoute("Route", { vpcId: vpc.id });
    new VpcRouteTableV1(this, "NodesTable", {
      name: "nodes",
      vpcId: vpc.id,
      subnets: [nodes.id],
      route: [{ destination: "0.0.0.0/0", ...nat.nextHop }],
    });
    nat.addAlarms("Alarms", { topicUrns: [ops.topicUrn] });
  }
}

function lasting(resources: Awaited<ReturnType<Deployment<HeadNode>["resources"]>>) {
  return LASTING.map((address) => {
    const values = resources.get(address);
    const [publicip] = (values?.publicip ?? []) as readonly { readonly ip_address: string }[];
    const { id, all_fixed_ips, allowed_address_pairs, route } = values ?? {};
    return { address, id, ip: publicip?.ip_address, all_fixed_ips, allowed_address_pairs, route };
  });
}

describeExample({
  name: "of a host with two interfaces on Open Telekom Cloud",
  cloud: "opentelekomcloud",
  makeStack: (app) => new HeadNode(app, "head-node"),
  breakOffs: ["call refused"],
  leftBehind: { DeleteSecurityGroupRule: ["SecurityGroup", "SecurityGroupRule"] },
  tests: (example) => {
    it("has both ports from its first boot, EIPs on the first one, routes to the second one", async () => {
      const { deployment, simulator } = example();
      const resources = await deployment.resources();
      const [port, privatePort] = [resources.get(PORT), resources.get(PRIVATE_PORT)];
      expect(resources.get(MACHINE)?.network).toMatchObject([{ port: port?.id }, { port: privatePort?.id }]);
      const routes = simulator.cloud().filter(({ type }) => type === "Route");
      const hops = routes.map(({ attributes }) => [attributes.destination, attributes.type, attributes.nexthop]);
      expect(hops.sort()).toEqual([
        ["0.0.0.0/0", "ecs", "10.0.1.10"],
        ["0.0.0.0/0", "eni", privatePort?.id],
      ]);
    });

    it("keeps ports, addresses, EIPs, pairs and routes when an entry comes and goes with a new machine", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const { nat } = stack;
        const eip = nat.node.findChild("Submit") as ReturnType<typeof nat.addEip>;
        new DnatEntry(stack, "WebIn", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: "10.0.2.12" });
      });
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const after = await deployment.resources();
      expect(after.get(MACHINE)?.id).not.toBe(before.get(MACHINE)?.id);
      expect(lasting(after)).toEqual(lasting(before));
      await deployment.synthesize();
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      expect(lasting(await deployment.resources())).toEqual(lasting(before));
    });
  },
});
