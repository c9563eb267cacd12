import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { TerraformVariable } from "cdktf";
import { InternetNatGateway, type InternetNatGatewayProps, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import { mistakes, resolved, resources, resourcesOf, warnings } from "../support/stacks";
import { EGRESS, gateway, GATEWAY, gatewayCounts, GATEWAY_ID } from "./gateway";
import { network } from "./host";

/** The block of a gateway made with the least props. */
const LEAST = {
  name: "stack-Nat",
  spec: "1",
  router_id: "${opentelekomcloud_vpc_v1.Vpc.id}",
  internal_network_id: "${opentelekomcloud_vpc_subnet_v1.NatSubnet.id}",
};

/** The block of the gateway made with some props. */
function block(props: Partial<InternetNatGatewayProps>) {
  const { stack, vpc, natSubnet } = network();
  new InternetNatGateway(stack, "Nat", { vpc, subnet: natSubnet, ...props });
  return resources(stack)[GATEWAY];
}

/** Makes the gateway out of whatever a user of JavaScript passes. */
function make(props: unknown): () => InternetNatGateway {
  const { stack, vpc, natSubnet } = network();
  const given = { vpc, subnet: natSubnet, ...(props as object) } as InternetNatGatewayProps;
  return () => new InternetNatGateway(stack, "Nat", given);
}

describe("an InternetNatGateway", () => {
  it("is one small gateway", () => {
    const { stack, vpc, natSubnet } = network();
    new InternetNatGateway(stack, "Nat", { vpc, subnet: natSubnet });
    expect(resourcesOf(stack, "opentelekomcloud_nat_gateway_v2")).toEqual({ [GATEWAY]: LEAST });
    expect(gatewayCounts(stack)).toEqual({ opentelekomcloud_nat_gateway_v2: 1 });
  });

  it("takes every prop", () => {
    const { stack, vpc, natSubnet, workers } = network();
    const provider = new OpentelekomcloudProvider(stack, "Second", { region: "eu-nl", alias: "second" });
    const nat = new InternetNatGateway(stack, "Nat", {
      vpc,
      subnet: natSubnet,
      size: "large",
      name: "my-nat_1",
      description: "Way out",
      tags: { team: "network" },
      limits: { dnatEntries: 500 },
      provider,
      dependsOn: [workers],
    });
    nat.addEip("Egress");
    expect(resourcesOf(stack, "opentelekomcloud_nat_gateway_v2", "opentelekomcloud_vpc_eip_v1")).toEqual({
      [GATEWAY]: {
        ...LEAST,
        provider: "opentelekomcloud.second",
        name: "my-nat_1",
        spec: "3",
        description: "Way out",
        tags: { team: "network" },
        depends_on: ["opentelekomcloud_vpc_subnet_v1.Workers"],
      },
      [EGRESS]: {
        provider: "opentelekomcloud.second",
        publicip: { type: "5_bgp" },
        bandwidth: { name: "stack-Nat-Egress", size: 100, share_type: "PER" },
        tags: { team: "network" },
      },
    });
  });

  it.each([
    ["micro", "0", 1_000],
    ["small", "1", 10_000],
    ["medium", "2", 50_000],
    ["large", "3", 55_000],
    ["extra-large", "4", 55_000],
  ] as const)("of size %s has the spec %j, and %i connections to one destination an EIP", (size, spec, connections) => {
    const { stack, nat, egress, workers } = gateway({ size });
    const entry = new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    expect(resources(stack)[GATEWAY]).toEqual({ ...LEAST, spec });
    expect(entry.maxConnectionsPerDestination).toBe(connections);
  });

  it("takes tokens", () => {
    const { stack, vpc, natSubnet } = network();
    const [name, description] = ["name", "description"].map((id) => new TerraformVariable(stack, id, {}).stringValue);
    new InternetNatGateway(stack, "Nat", { vpc, subnet: natSubnet, name, description });
    expect(resources(stack)[GATEWAY]).toEqual({ ...LEAST, name: "${var.name}", description: "${var.description}" });
  });

  it("takes ids and blocks as text", () => {
    expect(
      block({ vpc: { id: "vpc-1", cidr: "10.0.0.0/16" }, subnet: { id: "subnet-1", cidr: "10.0.0.0/24" } }),
    ).toEqual({ ...LEAST, router_id: "vpc-1", internal_network_id: "subnet-1" });
  });

  it("says what it is, and how a custom route table names it", () => {
    const { stack, nat } = gateway();
    expect(nat.natKind).toBe("opentelekomcloud:gateway");
    expect(resolved(stack, nat.natGatewayId)).toBe(GATEWAY_ID);
    expect(resolved(stack, nat.nextHop)).toEqual({ type: "nat", nexthop: GATEWAY_ID });
    expect(resolved(stack, nat.publicIps)).toEqual([
      `\${${EGRESS}.publicip[0].ip_address}`,
      "${opentelekomcloud_vpc_eip_v1.Nat_Web_AA62074C.publicip[0].ip_address}",
    ]);
  });

  it("warns where it has no EIP", () => {
    const { stack, vpc, natSubnet } = network();
    const nat = new InternetNatGateway(stack, "Nat", { vpc, subnet: natSubnet });
    expect(warnings(stack)).toEqual([
      "[stack/Nat] addEip: the gateway has no EIP, so nothing goes out or in through it; add one with addEip",
    ]);
    expect(nat.publicIps).toEqual([]);
    expect(warnings(gateway().stack)).toEqual([]);
  });

  it.each([
    [{ vpc: undefined }, "vpc: must be a VPC with an id and a cidr, got undefined; pass the VPC resource"],
    [
      { vpc: network().natSubnet },
      'vpc: must be a VPC, not a subnet, got "VpcSubnetV1"; pass the VPC that the subnet is in',
    ],
    [
      { subnet: { id: "subnet-1" } },
      'subnet: must be a subnet with an id and a cidr, got {"id":"subnet-1"}; pass the subnet resource',
    ],
    [{ subnet: network().vpc }, `subnet: must be a subnet, not a VPC, got "VpcV1"; pass one of the VPC's subnets`],
    [
      { vpc: { id: "vpc-1", cidr: "10.0.0.1/16" } },
      'vpc.cidr: host bits must be zero, got "10.0.0.1/16"; use "10.0.0.0/16"',
    ],
    [
      { subnet: { id: "subnet-1", cidr: "10.0.0.1/24" } },
      'subnet.cidr: host bits must be zero, got "10.0.0.1/24"; use "10.0.0.0/24"',
    ],
    [
      { size: "huge" },
      'size: must be "micro", "small", "medium", "large" or "extra-large", got "huge"; use one of them',
    ],
    [
      { name: "my.nat" },
      'name: must be 1 to 64 letters, digits, "_" and "-", got "my.nat"; use a name such as "my-nat-d04bca03"',
    ],
    [
      { description: "x".repeat(256) },
      `description: must be at most 255 characters long, got ${JSON.stringify("x".repeat(256))}; shorten it`,
    ],
    [{ limits: { eips: 3 } }, 'limits: knows no such quota, got "eips"; use dnatEntries'],
    [
      { limits: { dnatEntries: 0 } },
      "limits.dnatEntries: must be a whole number from 1 to 1000000, got 0; use 1 or more",
    ],
  ])("refuses %j", (props, message) => {
    expect(make(props)).toThrow(`[stack/Nat] ${message}`);
  });

  it("takes the longest name and description", () => {
    expect(block({ name: "n".repeat(64), description: "d".repeat(255) })).toEqual({
      ...LEAST,
      name: "n".repeat(64),
      description: "d".repeat(255),
    });
    expect(make({ name: "n".repeat(65) })).toThrow('name: must be 1 to 64 letters, digits, "_" and "-"');
  });

  it("can be one of several in a VPC", () => {
    const { app, stack, vpc, natSubnet } = gateway();
    new InternetNatGateway(stack, "Second", { vpc, subnet: natSubnet });
    expect(mistakes(app)).toEqual([]);
  });
});
