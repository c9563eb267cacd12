import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { Testing } from "cdktf";
import {
  DnatEntry,
  InternetNatGateway,
  type InternetNatGatewayAttributes,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/opentelekomcloud";
import { mistakes, resources, resourcesOf } from "../support/stacks";
import { gateway, gatewayCounts, TOPIC } from "./gateway";
import { network } from "./host";

const ID = "0d6a6d0c-9d5f-4d5c-8b0e-9c1d2e3f4a5b";
const OLD = { eipId: "eip-1", publicIp: "203.0.113.7" };

/** A network with a gateway that exists already. */
function adopted(attributes: Partial<InternetNatGatewayAttributes> = {}) {
  const net = network();
  const nat = InternetNatGateway.fromAttributes(net.stack, "Nat", { natGatewayId: ID, vpc: net.vpc, ...attributes });
  return { ...net, nat };
}

describe("a gateway that exists already", () => {
  it("makes nothing by itself", () => {
    const { stack, nat } = adopted();
    expect(gatewayCounts(stack)).toEqual({});
    expect(nat).toMatchObject({
      natKind: "opentelekomcloud:gateway",
      natGatewayId: ID,
      nextHop: { type: "nat", nexthop: ID },
      publicIps: [],
    });
  });

  it("takes EIPs that it has and new ones, entries, routes and alarms, with its provider and tags", () => {
    const net = network();
    const provider = new OpentelekomcloudProvider(net.stack, "Second", { region: "eu-nl", alias: "second" });
    const nat = InternetNatGateway.fromAttributes(net.stack, "Nat", {
      ...{ natGatewayId: ID, vpc: net.vpc, subnet: net.natSubnet, provider },
      tags: { team: "network" },
    });
    const old = nat.importEip("Old", OLD);
    const fresh = nat.addEip("New");
    new SnatEntry(net.stack, "Out", { nat, source: SnatSource.subnet(net.workers), eips: [old] });
    new DnatEntry(net.stack, "In", { nat, eip: fresh, protocol: "any", privateIp: "10.0.1.4" });
    nat.addRoute("Route", { vpcId: net.vpc.id });
    nat.addAlarms("Alarms", { topicUrns: [TOPIC], bandwidth: false });
    expect(mistakes(net.app)).toEqual([]);
    expect(nat.publicIps).toHaveLength(2);
    expect(gatewayCounts(net.stack)).toEqual({
      opentelekomcloud_vpc_eip_v1: 1,
      opentelekomcloud_nat_snat_rule_v2: 1,
      opentelekomcloud_nat_dnat_rule_v2: 1,
      opentelekomcloud_ces_alarmrule: 4,
    });
    expect(resourcesOf(net.stack, "opentelekomcloud_vpc_eip_v1", "opentelekomcloud_nat_snat_rule_v2")).toEqual({
      "opentelekomcloud_vpc_eip_v1.Nat_New_645C0CC5": {
        provider: "opentelekomcloud.second",
        publicip: { type: "5_bgp" },
        bandwidth: { name: "stack-Nat-New", size: 100, share_type: "PER" },
        tags: { team: "network" },
      },
      "opentelekomcloud_nat_snat_rule_v2.Out_B8D7CCDD": {
        provider: "opentelekomcloud.second",
        nat_gateway_id: ID,
        floating_ip_id: "eip-1",
        network_id: "${opentelekomcloud_vpc_subnet_v1.Workers.id}",
        source_type: 0,
      },
    });
  });

  it.each([
    [undefined, 55_000],
    ["micro", 1_000],
    ["extra-large", 55_000],
  ] as const)("of size %s has %i connections an EIP", (size, connections) => {
    const { stack, nat, workers } = adopted({ size });
    const source = SnatSource.subnet(workers);
    const entry = new SnatEntry(stack, "Out", { nat, source, eips: [nat.importEip("Old", OLD)] });
    expect(entry.maxConnectionsPerDestination).toBe(connections);
  });

  it("gives entries of another stack a gateway of that stack", () => {
    const app = Testing.app();
    const owner = gateway({}, { id: "owner", app });
    const user = network("user", app);
    const { natGatewayId } = owner.nat;
    const nat = InternetNatGateway.fromAttributes(user.stack, "Nat", { natGatewayId, vpc: owner.vpc });
    const { eipId, publicIp } = owner.egress;
    const eip = nat.importEip("Egress", { eipId, publicIp });
    new SnatEntry(user.stack, "Out", { nat, source: SnatSource.subnet(user.workers), eips: [eip] });
    expect(mistakes(app)).toEqual([]);
    const rule = resources(user.stack)["opentelekomcloud_nat_snat_rule_v2.Out_B8D7CCDD"];
    expect(rule!.nat_gateway_id).toMatch(/^\$\{data\.terraform_remote_state\..*opentelekomcloud_nat_gateway_v2/);
    const source = SnatSource.subnet(user.workers);
    expect(() => new SnatEntry(user.stack, "Direct", { nat: owner.nat, source, eips: [owner.egress] })).toThrow(
      '[user/Direct] nat: must be in the same stack ("user"), got "owner/Nat"; take the NAT into this stack with ' +
        "fromAttributes, or move the entry beside its NAT",
    );
  });

  it("has each EIP once", () => {
    const { app, nat } = adopted();
    nat.importEip("One", OLD);
    nat.importEip("Two", OLD);
    expect(mistakes(app)).toContain(
      '[stack/Nat/Two] eipId: is bound by "stack/Nat/One" already, got "203.0.113.7"; use that EIP in the entries, or ' +
        "name another one here",
    );
  });

  it.each([
    [
      { natGatewayId: "" },
      'natGatewayId: must be the id of a gateway, got ""; pass it as text, or as the attribute of a resource',
    ],
    [{ vpc: 1 }, "vpc: must be a VPC with an id and a cidr, got 1; pass the VPC resource"],
    [{ subnet: 1 }, "subnet: must be a subnet with an id and a cidr, got 1; pass the subnet resource"],
    [{ size: "big" }, 'size: must be "micro", "small", "medium", "large" or "extra-large", got "big"; use one of them'],
    [{ tags: 1 }, 'tags: must be an object of texts, got 1; use a form like { team: "network" }'],
  ])("refuses %j", (attributes, message) => {
    expect(() => adopted(attributes as unknown as InternetNatGatewayAttributes)).toThrow(`[stack/Nat] ${message}`);
  });
});
