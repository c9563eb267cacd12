import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { TerraformVariable, Testing } from "cdktf";
import { InternetNatGateway, SnatEntry, type SnatEntryProps, SnatSource } from "cdktf-nat/opentelekomcloud";
import { mistakes, resourcesOf } from "../support/stacks";
import { EGRESS, gateway, gatewayCounts, GATEWAY_ID } from "./gateway";
import { network } from "./host";

type Fixture = ReturnType<typeof gateway>;

const RULE = "opentelekomcloud_nat_snat_rule_v2";

/** The block of an entry `Out` with some props. */
function block(props: (fixture: Fixture) => Partial<SnatEntryProps>) {
  const fixture = gateway();
  const { stack, nat, egress, workers } = fixture;
  new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress], ...props(fixture) });
  expect(gatewayCounts(stack)).toEqual({
    opentelekomcloud_nat_gateway_v2: 1,
    opentelekomcloud_vpc_eip_v1: 2,
    [RULE]: 1,
  });
  return resourcesOf(stack, RULE)[`${RULE}.Out_B8D7CCDD`];
}

/** What `app.synth()` says of a gateway with entries for some sources, in their order: `A`, `B` and so on. */
function mistakesOf(...sources: readonly SnatSource[]): readonly string[] {
  const { app, stack, nat, egress } = gateway();
  sources.forEach((source, place) => {
    new SnatEntry(stack, "ABC".charAt(place), { nat, source, eips: [egress] });
  });
  return mistakes(app);
}

const WITHOUT_NETWORK = { nat_gateway_id: GATEWAY_ID, floating_ip_id: `\${${EGRESS}.id}`, source_type: 0 };
const LEAST = { ...WITHOUT_NETWORK, network_id: "${opentelekomcloud_vpc_subnet_v1.Workers.id}" };

describe("an SnatEntry on a gateway", () => {
  it("is one rule for a subnet", () => {
    expect(block(() => ({}))).toEqual(LEAST);
  });

  it.each([
    ["a block inside a subnet", SnatSource.cidr("10.0.1.0/28"), { cidr: "10.0.1.0/28", source_type: 0 }],
    ["a host", SnatSource.host("10.0.1.4"), { cidr: "10.0.1.4/32", source_type: 0 }],
    [
      "what comes in by Direct Connect",
      SnatSource.directConnect("192.168.0.0/24"),
      { cidr: "192.168.0.0/24", source_type: 1 },
    ],
  ])("is one rule for %s", (_what, source, wire) => {
    expect(block(() => ({ source }))).toEqual({ ...WITHOUT_NETWORK, ...wire });
  });

  it("takes tokens", () => {
    const cidr = block(({ stack }) => ({
      source: SnatSource.directConnect(new TerraformVariable(stack, "cidr", {}).stringValue),
    }));
    expect(cidr).toEqual({ ...WITHOUT_NETWORK, cidr: "${var.cidr}", source_type: 1 });
    const host = block(({ stack }) => ({
      source: SnatSource.host(new TerraformVariable(stack, "ip", {}).stringValue),
    }));
    expect(host).toEqual({ ...WITHOUT_NETWORK, cidr: "${var.ip}/32", source_type: 0 });
  });

  it("takes a provider and what must exist before; names and affinity have no effect on its one EIP", () => {
    const rule = block(({ stack, natSubnet }) => ({
      name: "out",
      eipAffinity: true,
      provider: new OpentelekomcloudProvider(stack, "Second", { region: "eu-nl", alias: "second" }),
      dependsOn: [natSubnet],
    }));
    expect(rule).toEqual({
      ...LEAST,
      provider: "opentelekomcloud.second",
      depends_on: ["opentelekomcloud_vpc_subnet_v1.NatSubnet"],
    });
  });

  it("has one EIP", () => {
    const { stack, nat, egress, web, workers } = gateway();
    const source = SnatSource.subnet(workers);
    expect(() => new SnatEntry(stack, "Out", { nat, source, eips: [egress, web] })).toThrow(
      '[stack/Out] eips: must be one EIP on a gateway, whose rules take one each, got ["stack/Nat/Egress",' +
        '"stack/Nat/Web"]; give each subnet an entry with an EIP of its own, or use a SelfHostedNatInstance',
    );
    expect(() => new SnatEntry(stack, "None", { nat, source, eips: [] })).toThrow(
      "[stack/None] eips: must name at least one EIP, got []; add one to the NAT with addEip and name it here",
    );
    expect(gatewayCounts(stack)[RULE]).toBeUndefined();
  });

  it("is for a subnet or a part of it, not for the VPC", () => {
    const { stack, nat, egress, vpc } = gateway();
    const source = SnatSource.vpc({ id: "vpc-1", cidr: "10.0.0.0/16" });
    expect(() => new SnatEntry(stack, "Out", { nat, source, eips: [egress] })).toThrow(
      "[stack/Out] source: must be a subnet, a host or a block inside one subnet on a gateway, which has one rule a " +
        'subnet, got "10.0.0.0/16"; give each subnet an entry of its own with SnatSource.subnet, or use a ' +
        "SelfHostedNatInstance",
    );
    expect(
      () => new SnatEntry(stack, "Whole", { nat, source: SnatSource.subnet(vpc as never), eips: [egress] }),
    ).toThrow(`[stack/Whole] source: must be a subnet, not a VPC, got "VpcV1"; pass one of the VPC's subnets`);
  });

  it("names an EIP of its NAT", () => {
    const { stack, nat, workers, vpc, natSubnet } = gateway();
    const eip = new InternetNatGateway(stack, "Other", { vpc, subnet: natSubnet }).addEip("Egress");
    expect(() => new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [eip] })).toThrow(
      '[stack/Out] eips[0]: must belong to the entry\'s NAT ("stack/Nat"), it belongs to "stack/Other"',
    );
  });
});

describe("the sources of a gateway's SNAT entries", () => {
  const subnet = (id: string, cidr: string) => SnatSource.subnet({ id, cidr });

  it("may be apart: subnets, parts of one, and blocks beyond Direct Connect", () => {
    expect(
      mistakesOf(subnet("s-1", "10.0.1.0/24"), SnatSource.cidr("10.0.2.0/28"), SnatSource.host("10.0.2.16")),
    ).toEqual([]);
    expect(mistakesOf(subnet("s-1", "10.0.1.0/24"), SnatSource.directConnect("192.168.0.0/16"))).toEqual([]);
  });

  it("are one a subnet", () => {
    expect(mistakesOf(subnet("s-1", "10.0.1.0/24"), subnet("s-1", "10.0.1.0/24"))).toEqual([
      '[stack/B] source: SNAT entry "stack/A" is for the same subnet, got "s-1"; keep one of the two and give it all ' +
        "addresses",
    ]);
  });

  it.each([
    ["a part of a subnet", subnet("s-1", "10.0.1.0/24"), SnatSource.cidr("10.0.1.0/28"), "10.0.1.0/24", "10.0.1.0/28"],
    ["a host of a block", SnatSource.cidr("10.0.2.0/28"), SnatSource.host("10.0.2.15"), "10.0.2.0/28", "10.0.2.15/32"],
    [
      "a host and its block",
      SnatSource.host("10.0.2.15"),
      SnatSource.cidr("10.0.2.0/28"),
      "10.0.2.15/32",
      "10.0.2.0/28",
    ],
  ])("don't overlap: %s", (_what, one, other, first, given) => {
    expect(mistakesOf(one, other)).toEqual([
      `[stack/B] source: shares addresses with ${first} of SNAT entry "stack/A", got "${given}"; let sources be apart`,
    ]);
  });

  it("lie in one subnet each, as far as the app names subnets", () => {
    const rule = (path: string, cidr: string) =>
      `[stack/${path}] source: must lie in one subnet of the VPC, and contains 10.0.0.0/24, got "${cidr}"; give each ` +
      "subnet an entry of its own";
    expect(mistakesOf(SnatSource.cidr("10.0.0.0/23"))).toEqual([rule("A", "10.0.0.0/23")]);
    expect(mistakesOf(SnatSource.cidr("10.0.0.0/24"))).toEqual([]);
    expect(mistakesOf(SnatSource.cidr("10.0.2.0/23"))).toEqual([]);
  });

  it("lie in the VPC, or outside it under directConnect", () => {
    expect(mistakesOf(SnatSource.cidr("192.168.0.0/24"))).toEqual([
      '[stack/A] source: must lie in the VPC 10.0.0.0/16, got "192.168.0.0/24"; use a source of the VPC',
    ]);
    expect(mistakesOf(SnatSource.directConnect("10.0.5.0/24"))).toEqual([
      '[stack/A] source: must lie outside the VPC, and shares addresses with 10.0.0.0/16, got "10.0.5.0/24"; take it as ' +
        "a block of the VPC",
    ]);
    expect(mistakesOf(SnatSource.directConnect("0.0.0.0/0"))).toHaveLength(1);
  });

  it("may lie in the secondary block of the VPC", () => {
    const { app, stack, natSubnet } = network();
    const vpc = { id: "vpc-1", cidr: "10.0.0.0/16", secondaryCidr: "172.16.0.0/16" };
    const nat = new InternetNatGateway(stack, "Nat", { vpc, subnet: natSubnet });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.cidr("172.16.1.0/24"), eips: [nat.addEip("Egress")] });
    expect(mistakes(app)).toEqual([]);
  });

  it("are one a subnet over all gateways of the app", () => {
    const app = Testing.app();
    const { stack, nat, egress, workers, vpc, natSubnet } = gateway({}, { app });
    const second = new InternetNatGateway(stack, "Second", { vpc, subnet: natSubnet });
    const source = SnatSource.subnet(workers);
    new SnatEntry(stack, "A", { nat, source, eips: [egress] });
    new SnatEntry(stack, "B", { nat: second, source, eips: [second.addEip("Egress")] });
    expect(mistakes(app)).toEqual([
      '[stack/B] source: SNAT entry "stack/A" of the gateway "stack/Nat" is for the same subnet, which has one SNAT ' +
        `rule, got "stack \${opentelekomcloud_vpc_subnet_v1.Workers.id}"; keep one of the two`,
    ]);
    const other = new VpcSubnetV1(stack, "Other", {
      ...{ name: "other", vpcId: vpc.id, cidr: "10.0.2.0/24", gatewayIp: "10.0.2.1" },
    });
    new SnatEntry(stack, "C", { nat, source: SnatSource.subnet(other), eips: [egress] });
    expect(mistakes(app)).toHaveLength(1);
  });
});
