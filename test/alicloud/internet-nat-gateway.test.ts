import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import {
  AlicloudProvider,
  InternetNatGateway,
  type InternetNatGatewayProps,
  type PrivateLinkAccess,
} from "cdktf-nat/alicloud";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { counts, gateway, mistakes, network, resolved, resources, resourcesOf, warnings } from "../support/stacks";

const GATEWAY = "alicloud_nat_gateway.Nat_74B082C8";
const PLACEMENT = "terraform_data.Nat_Placement_91D4AF36";

/** The block of a gateway made with the least props. */
const LEAST = {
  vpc_id: "${alicloud_vpc.Vpc.id}",
  vswitch_id: "${alicloud_vswitch.NatVswitch.id}",
  nat_type: "Enhanced",
  network_type: "internet",
  internet_charge_type: "PayByLcu",
  payment_type: "PayAsYouGo",
  availability_mode: "CrossAZ",
  eip_bind_mode: "MULTI_BINDED",
  icmp_reply_enabled: true,
  deletion_protection: false,
  force: false,
  nat_gateway_name: "stack-Nat",
  lifecycle: { replace_triggered_by: [PLACEMENT] },
};

/** The block of the gateway made with some props. */
function block(props: Partial<InternetNatGatewayProps>) {
  const { stack, vpc, natVswitch } = network();
  new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch, ...props });
  return resources(stack)[GATEWAY];
}

/** Makes the gateway out of whatever a user of JavaScript passes. */
function make(props: unknown): () => InternetNatGateway {
  const { stack, vpc, natVswitch } = network();
  const given = { vpc, vswitch: natVswitch, ...(props as object) } as InternetNatGatewayProps;
  return () => new InternetNatGateway(stack, "Nat", given);
}

describe("an InternetNatGateway", () => {
  it("is one Enhanced gateway, paid by capacity units, and the record of its placement", () => {
    const { stack, vpc, natVswitch } = network();
    new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch });
    expect(resourcesOf(stack, "alicloud_nat_gateway", "terraform_data")).toEqual({
      [GATEWAY]: LEAST,
      [PLACEMENT]: { input: { vswitch_id: "${alicloud_vswitch.NatVswitch.id}", network_type: "internet" } },
    });
    expect(counts(stack)).toEqual({ alicloud_nat_gateway: 1, terraform_data: 1 });
  });

  it("is replaced by what the provider can't change in place: the plain text of a resource of the stack", () => {
    const { stack } = gateway();
    const all = resources(stack);
    expect(all[GATEWAY]!.lifecycle).toEqual({ replace_triggered_by: [PLACEMENT] });
    expect(Object.keys(all)).toContain(PLACEMENT);
  });

  it("takes every prop", () => {
    const { stack, vpc, natVswitch, workers } = network();
    const provider = new AlicloudProvider(stack, "Second", { region: "cn-beijing", alias: "second" });
    const nat = new InternetNatGateway(stack, "Nat", {
      vpc,
      vswitch: natVswitch,
      availabilityMode: "single-zone",
      eipBindMode: "nat",
      icmpReply: false,
      deletionProtection: true,
      forceDelete: true,
      privateLink: { accessMode: "tunnel", tunnelType: "geneve" },
      resourceGroupId: "rg-1",
      name: "my-nat_1",
      description: "Way out",
      tags: { team: "network" },
      limits: { eips: 30, snatEntries: 50, dnatEntries: 200, gatewaysPerVpc: 10 },
      provider,
      dependsOn: [workers],
    });
    nat.addEip("Egress");
    expect(resourcesOf(stack, "alicloud_nat_gateway", "alicloud_eip_address")).toEqual({
      [GATEWAY]: {
        ...LEAST,
        provider: "alicloud.second",
        availability_mode: "SingleAZ",
        eip_bind_mode: "NAT",
        icmp_reply_enabled: false,
        deletion_protection: true,
        force: true,
        private_link_enabled: true,
        access_mode: { mode_value: "tunnel", tunnel_type: "geneve" },
        nat_gateway_name: "my-nat_1",
        description: "Way out",
        tags: { team: "network" },
        depends_on: ["alicloud_vswitch.Workers"],
      },
      "alicloud_eip_address.Nat_Egress_C6E47A31": {
        provider: "alicloud.second",
        address_name: "stack-Nat-Egress",
        bandwidth: "100",
        internet_charge_type: "PayByTraffic",
        payment_type: "PayAsYouGo",
        resource_group_id: "rg-1",
        tags: { team: "network" },
      },
    });
  });

  it.each([
    [{ availabilityMode: "cross-zone" }, { availability_mode: "CrossAZ" }],
    [{ availabilityMode: "single-zone" }, { availability_mode: "SingleAZ" }],
    [{ eipBindMode: "multi-bound" }, { eip_bind_mode: "MULTI_BINDED" }],
    [{ eipBindMode: "nat" }, { eip_bind_mode: "NAT" }],
    [{ icmpReply: true }, { icmp_reply_enabled: true }],
    [{ privateLink: { accessMode: "route" } }, { private_link_enabled: true, access_mode: { mode_value: "route" } }],
    [
      { privateLink: { accessMode: "tunnel" } },
      { private_link_enabled: true, access_mode: { mode_value: "tunnel", tunnel_type: "geneve" } },
    ],
  ] as [Partial<InternetNatGatewayProps>, object][])("writes %j as %j", (props, expected) => {
    expect(block(props)).toEqual({ ...LEAST, ...expected });
  });

  it("passes tokens on untouched", () => {
    const { stack, natVswitch } = network();
    const variable = new TerraformVariable(stack, "text", { type: "string" });
    const vpc = { id: variable.stringValue, cidrBlock: variable.stringValue };
    new InternetNatGateway(stack, "Nat", {
      vpc,
      vswitch: natVswitch,
      name: variable.stringValue,
      description: "${var.raw}",
      tags: { team: variable.stringValue },
    });
    expect(resources(stack)[GATEWAY]).toEqual({
      ...LEAST,
      vpc_id: "${var.text}",
      nat_gateway_name: "${var.text}",
      description: "${var.raw}",
      tags: { team: "${var.text}" },
    });
  });

  it("takes a VPC and a vSwitch by their ids and blocks alone", () => {
    expect(
      block({
        vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
        vswitch: { id: "vsw-1", cidrBlock: "10.0.0.0/24" },
      }),
    ).toEqual({ ...LEAST, vpc_id: "vpc-1", vswitch_id: "vsw-1" });
  });

  it("gives its ids as references that stay the same from read to read", () => {
    const { stack, nat } = gateway();
    expect([nat.natGatewayId, nat.snatTableId, nat.forwardTableId].map((id) => resolved(stack, id))).toEqual([
      `\${${GATEWAY}.id}`,
      `\${${GATEWAY}.snat_table_ids}`,
      `\${${GATEWAY}.forward_table_ids}`,
    ]);
    expect(nat.natGatewayId).toBe(nat.natGatewayId);
    expect(nat.natKind).toBe("alicloud:gateway");
  });

  it("gives the public addresses of its EIPs in the order in which they were added", () => {
    const { stack, nat, egress, web } = gateway();
    nat.addEip("Old", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
    expect(nat.publicIps).toEqual([egress.publicIp, web.publicIp, "203.0.113.7"]);
    expect(resolved(stack, nat.publicIps)).toEqual([
      "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}",
      "${alicloud_eip_address.Nat_Web_AA62074C.ip_address}",
      "203.0.113.7",
    ]);
  });

  it("stays open to the escape hatch: its resource is the child Resource", () => {
    const { stack, nat } = gateway();
    const resource = nat.node.findChild("Resource") as unknown as { addOverride(path: string, value: unknown): void };
    resource.addOverride("specification", "Large");
    expect(resources(stack)[GATEWAY]).toEqual({ ...LEAST, specification: "Large" });
  });
});

describe("the name of a gateway", () => {
  it("is the construct path by default, in whatever scope the gateway lies", () => {
    const { stack, vpc, natVswitch } = network();
    const scope = new Construct(new Construct(stack, "Team"), "Prod");
    new InternetNatGateway(scope, "Nat", { vpc, vswitch: natVswitch });
    const [gatewayBlock] = Object.values(resourcesOf(stack, "alicloud_nat_gateway"));
    expect(gatewayBlock!.nat_gateway_name).toBe("stack-Team-Prod-Nat");
  });

  it("is cut with a hash of the path where the path is too long, so that two of them differ", () => {
    const { stack, vpc, natVswitch } = network();
    for (const end of ["A", "B"]) {
      new InternetNatGateway(new Construct(stack, `${"x".repeat(140)}${end}`), "Nat", { vpc, vswitch: natVswitch });
    }
    const names = Object.values(resourcesOf(stack, "alicloud_nat_gateway")).map((block) => block.nat_gateway_name);
    expect(names).toEqual([
      expect.stringMatching(/^stack-x{113}-[0-9a-f]{8}$/),
      expect.stringMatching(/^stack-x{113}-[0-9a-f]{8}$/),
    ]);
    expect(new Set(names).size).toBe(2);
  });

  it.each(["ab", `a${"-".repeat(127)}`])("can be %j", (name) => {
    expect(block({ name })!.nat_gateway_name).toBe(name);
  });
});

describe("a gateway refuses", () => {
  const flag = (prop: string, given: string) =>
    `[stack/Nat] ${prop}: must be true or false, got ${given}; use one of them, or leave it out`;
  const name = 'must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-"';
  const description = "must be 2 to 256 characters long and not start with http:// or https://";

  it.each([
    [
      "availabilityMode",
      "cross_zone",
      '[stack/Nat] availabilityMode: must be "cross-zone" or "single-zone", got "cross_zone"; use one of them',
    ],
    [
      "availabilityMode",
      "CROSS-ZONE",
      '[stack/Nat] availabilityMode: must be "cross-zone" or "single-zone", got "CROSS-ZONE"; use "cross-zone"',
    ],
    ["eipBindMode", "NAT", '[stack/Nat] eipBindMode: must be "multi-bound" or "nat", got "NAT"; use "nat"'],
    ["icmpReply", "false", flag("icmpReply", '"false"')],
    ["deletionProtection", 1, flag("deletionProtection", "1")],
    ["forceDelete", null, flag("forceDelete", "null")],
    ["resourceGroupId", 7, "[stack/Nat] resourceGroupId: must be text, got 7; put it in quotes, or leave it out"],
    ["name", "a", `[stack/Nat] name: ${name}, got "a"; use a name such as "n-a"`],
    [
      "name",
      `a${"b".repeat(128)}`,
      `[stack/Nat] name: ${name}, got "a${"b".repeat(128)}"; use a name such as "a${"b".repeat(118)}-f2d971b8"`,
    ],
    ["name", "1st", `[stack/Nat] name: ${name}, got "1st"; use a name such as "n-1st"`],
    ["description", "x", `[stack/Nat] description: ${description}, got "x"; shorten or reword it`],
    [
      "description",
      "x".repeat(257),
      `[stack/Nat] description: ${description}, got "${"x".repeat(257)}"; shorten or reword it`,
    ],
    ["description", "https://x", `[stack/Nat] description: ${description}, got "https://x"; shorten or reword it`],
    ["description", null, `[stack/Nat] description: ${description}, got null; shorten or reword it`],
    ["tags", "x", '[stack/Nat] tags: must be an object of texts, got "x"; use a form like { team: "network" }'],
    ["tags", { a: 1 }, "[stack/Nat] tags.a: must be text, got 1; put it in quotes, or leave it out"],
    ["tags", { a: undefined }, "[stack/Nat] tags.a: must be text, got undefined; leave the tag out"],
    [
      "provider",
      "alicloud",
      '[stack/Nat] provider: must be a provider of the stack, got "alicloud"; pass the provider construct itself',
    ],
    [
      "privateLink",
      null,
      "[stack/Nat] privateLink: must be an object, got null; pass the props that the documentation lists",
    ],
    [
      "privateLink",
      { accessMode: "x" },
      '[stack/Nat] privateLink.accessMode: must be "route" or "tunnel", got "x"; use one of them',
    ],
    [
      "privateLink",
      { accessMode: "route", tunnelType: "geneve" },
      '[stack/Nat] privateLink.tunnelType: belongs to accessMode "tunnel", got "geneve"; take it out, or use accessMode "tunnel"',
    ],
    [
      "privateLink",
      { accessMode: "tunnel", tunnelType: "gre" },
      '[stack/Nat] privateLink.tunnelType: must be "geneve", got "gre"; use one of them',
    ],
    ["limits", null, "[stack/Nat] limits: must be an object, got null; pass the props that the documentation lists"],
    [
      "limits",
      { eip: 5 },
      '[stack/Nat] limits: knows no such quota, got "eip"; use eips, snatEntries, dnatEntries, gatewaysPerVpc',
    ],
    ["limits", { eips: 0 }, "[stack/Nat] limits.eips: must be a whole number from 1 to 1000000, got 0; use 1 or more"],
    [
      "limits",
      { dnatEntries: 1_000_001 },
      "[stack/Nat] limits.dnatEntries: must be a whole number from 1 to 1000000, got 1000001; use 1000000 or less",
    ],
    [
      "vpc",
      undefined,
      "[stack/Nat] vpc: must be a VPC with an id and a cidrBlock, got undefined; pass the VPC resource",
    ],
    [
      "vpc",
      { id: "vpc-1" },
      '[stack/Nat] vpc: must be a VPC with an id and a cidrBlock, got {"id":"vpc-1"}; pass the VPC resource',
    ],
    [
      "vpc",
      { id: "", cidrBlock: "10.0.0.0/16" },
      '[stack/Nat] vpc.id: must be the id of a VPC, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      "vpc",
      { id: "vpc-1", cidrBlock: "10.0.0.1/16" },
      '[stack/Nat] vpc.cidrBlock: host bits must be zero, got "10.0.0.1/16"; use "10.0.0.0/16"',
    ],
    [
      "vpc",
      { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: ["10.1.0.0"] },
      '[stack/Nat] vpc.secondaryCidrBlocks[0]: must have a prefix length, got "10.1.0.0"; use "10.1.0.0/32"',
    ],
    [
      "vpc",
      { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: "10.1.0.0/16" },
      '[stack/Nat] vpc.secondaryCidrBlocks: must be a list of blocks, got "10.1.0.0/16"; use [ ... ]',
    ],
    [
      "vswitch",
      null,
      "[stack/Nat] vswitch: must be a vSwitch with an id and a cidrBlock, got null; pass the vSwitch resource",
    ],
    [
      "vswitch",
      { id: "vsw-1", cidrBlock: "10.0.0.1/24" },
      '[stack/Nat] vswitch.cidrBlock: host bits must be zero, got "10.0.0.1/24"; use "10.0.0.0/24"',
    ],
  ])("%s %j", (prop, value, message) => {
    expect(make({ [prop]: value })).toThrow(message);
  });

  it("a vSwitch as VPC, and a VPC as vSwitch", () => {
    const { stack, vpc, natVswitch } = network();
    // @ts-expect-error a vSwitch is no VPC
    expect(() => new InternetNatGateway(stack, "A", { vpc: natVswitch, vswitch: natVswitch })).toThrow(
      '[stack/A] vpc: must be a VPC, not a vSwitch, got "Vswitch"; pass the VPC that the vSwitch is in',
    );
    // @ts-expect-error a VPC is no vSwitch
    expect(() => new InternetNatGateway(stack, "B", { vpc, vswitch: vpc })).toThrow(
      '[stack/B] vswitch: must be a vSwitch, not a VPC, got "Vpc"; pass one of the VPC\'s vSwitches',
    );
  });

  it("wrong literals, at compile time too", () => {
    const { stack, vpc, natVswitch: vswitch } = network();
    // @ts-expect-error there is no such mode
    expect(() => new InternetNatGateway(stack, "A", { vpc, vswitch, availabilityMode: "CrossAZ" })).toThrow(
      "availabilityMode",
    );
    // @ts-expect-error there is no such mode
    expect(() => new InternetNatGateway(stack, "B", { vpc, vswitch, eipBindMode: "MULTI_BINDED" })).toThrow(
      "eipBindMode",
    );
    // @ts-expect-error routes have no tunnel
    const privateLink: PrivateLinkAccess = { accessMode: "route", tunnelType: "geneve" };
    expect(() => new InternetNatGateway(stack, "C", { vpc, vswitch, privateLink })).toThrow("privateLink.tunnelType");
    // @ts-expect-error there is no such quota
    expect(() => new InternetNatGateway(stack, "D", { vpc, vswitch, limits: { eip: 5 } })).toThrow("limits");
    const nat = new InternetNatGateway(stack, "E", { vpc, vswitch });
    // @ts-expect-error there is no such state of the table
    expect(() => nat.addRoute("Route", { routeTableId: "vtb-1", systemTable: "yes" })).toThrow("systemTable");
  });

  it("no props at all", () => {
    const { stack } = network();
    // @ts-expect-error props are missing
    expect(() => new InternetNatGateway(stack, "Nat")).toThrow(
      "[stack/Nat] props: must be an object, got undefined; pass the props that the documentation lists",
    );
  });

  it("before it makes any resource", () => {
    const { stack, vpc } = network();
    const vswitch = { id: "vsw-1", cidrBlock: "10.0.0.1/24" };
    expect(() => new InternetNatGateway(stack, "Nat", { vpc, vswitch })).toThrow("host bits must be zero");
    expect(stack.node.findChild("Nat").node.children).toEqual([]);
  });

  it("takes a description of 2 and of 256 characters", () => {
    expect(block({ description: "xy" })!.description).toBe("xy");
    expect(block({ description: "x".repeat(256) })!.description).toBe("x".repeat(256));
  });
});

describe("children of a gateway", () => {
  it.each([
    ["", '[stack/Nat] id: must be a text that is not empty, got ""; give each child an id of its own'],
    [
      "Resource",
      '[stack/Nat/Resource] id: is kept for the construct\'s own resource, got "Resource"; choose another id',
    ],
    ["Default", '[stack/Nat/Default] id: is kept for the construct\'s own resource, got "Default"; choose another id'],
    ["Egress", '[stack/Nat/Egress] id: is taken by another child of "stack/Nat", got "Egress"; choose another id'],
    [
      "Placement",
      '[stack/Nat/Placement] id: is taken by another child of "stack/Nat", got "Placement"; choose another id',
    ],
    [
      "${var.id}",
      '[stack/Nat/${var.id}] id: must be known at synth, got "${var.id}"; write it out: it is part of Terraform addresses',
    ],
  ])("can't have the id %j", (id, message) => {
    const { nat } = gateway();
    expect(() => nat.addEip(id)).toThrow(message);
    expect(() => nat.addRoute(id, { routeTableId: "vtb-1" })).toThrow(message);
    expect(() => nat.addAlarms(id, { contactGroups: ["ops"] })).toThrow(message);
  });
});

describe("the warnings of a gateway", () => {
  it("say that it has no EIP", () => {
    const { stack, vpc, natVswitch } = network();
    new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch });
    expect(warnings(stack)).toEqual([
      "[stack/Nat] addEip: the gateway has no EIP, so nothing goes out or in through it; add one with addEip",
    ]);
  });

  it("are none with an EIP", () => {
    expect(warnings(gateway().stack)).toEqual([]);
  });

  it.each([
    ["10.0.0.0/29", 4, []],
    [
      "10.0.0.0/29",
      5,
      [
        "[stack/Nat] vswitch: each EIP takes a private address of the gateway's vSwitch; 10.0.0.0/29 has 4 of them for " +
          "5 EIPs; use a larger vSwitch, best one of the gateway's own",
      ],
    ],
    ["${var.block}", 5, []],
  ])("about a vSwitch %s with %i EIPs are %j", (cidrBlock, eips, expected) => {
    const { stack, vpc } = network();
    const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: { id: "vsw-1", cidrBlock } });
    for (let place = 0; place < eips; place += 1) nat.addEip(`Egress${place}`);
    expect(warnings(stack)).toEqual(expected);
  });

  it("come once, however often the stack is synthesized", () => {
    const { stack, vpc, natVswitch } = network();
    new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch });
    expect(warnings(stack)).toHaveLength(1);
    expect(warnings(stack)).toHaveLength(1);
  });
});

describe("the gateways of a VPC", () => {
  function gateways(count: number, limit?: number): readonly string[] {
    const { app, stack, vpc, natVswitch } = network();
    const limits = limit === undefined ? {} : { limits: { gatewaysPerVpc: limit } };
    for (let place = 1; place <= count; place += 1) {
      new InternetNatGateway(stack, `Nat${place}`, { vpc, vswitch: natVswitch, ...limits });
    }
    return mistakes(app);
  }

  it("can be 5", () => {
    expect(gateways(5)).toEqual([]);
  });

  it("can't be 6, unless the quota was raised; each one too many is reported", () => {
    const tooMany = (place: number) =>
      `[stack/Nat${place}] vpc: can have 5 Internet NAT gateways (quota natgw_quota_nat_num_per_vpc), this is number ${place}, ` +
      'got "${alicloud_vpc.Vpc.id}"; use fewer gateways, or raise the quota and say so with limits.gatewaysPerVpc';
    expect(gateways(7)).toEqual([tooMany(6), tooMany(7)]);
    expect(gateways(7, 7)).toEqual([]);
  });

  it("are counted by VPC, and not across VPCs whose ids are different references", () => {
    const { app, stack, vpc, natVswitch } = network();
    const other = new Vpc(stack, "Other", { cidrBlock: "10.8.0.0/16" });
    for (let place = 1; place <= 5; place += 1) {
      new InternetNatGateway(stack, `Nat${place}`, { vpc, vswitch: natVswitch });
      new InternetNatGateway(stack, `Other${place}`, { vpc: other, vswitch: natVswitch });
    }
    expect(mistakes(app)).toEqual([]);
  });

  it("share nothing: two of them in one stack have addresses of their own", () => {
    const { stack, vpc, workers } = gateway();
    new InternetNatGateway(stack, "Second", { vpc, vswitch: workers }).addEip("Egress");
    expect(counts(stack)).toEqual({
      alicloud_nat_gateway: 2,
      terraform_data: 2,
      alicloud_eip_address: 3,
      alicloud_eip_association: 3,
    });
  });
});

describe("a gateway in a stack without a provider", () => {
  it("leaves the complaint to cdktf, as a construct never creates a provider", () => {
    const stack = new TerraformStack(Testing.app(), "bare");
    const vpc = { id: "vpc-1", cidrBlock: "10.0.0.0/16" };
    new InternetNatGateway(stack, "Nat", { vpc, vswitch: { id: "vsw-1", cidrBlock: "10.0.0.0/24" } });
    expect(() => Testing.synth(stack, true)).toThrow("Found resources without a matching provider");
  });
});
