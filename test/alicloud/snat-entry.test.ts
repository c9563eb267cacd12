import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import {
  AlicloudProvider,
  type IEip,
  type INat,
  InternetNatGateway,
  SharedBandwidth,
  SnatEntry,
  type SnatEntryProps,
  SnatSource,
} from "cdktf-nat/alicloud";
import { EipAddress } from "cdktf-nat/alicloud/bindings/eip-address";
import { Instance } from "cdktf-nat/alicloud/bindings/instance";
import { NatGateway } from "cdktf-nat/alicloud/bindings/nat-gateway";
import { counts, gateway, network, resources, resourcesOf, warnings } from "../support/stacks";

const ENTRY = "alicloud_snat_entry.Out_B8D7CCDD";

/** The block of an entry of `Egress` without its source. */
const LEAST = {
  snat_table_id: "${alicloud_nat_gateway.Nat_74B082C8.snat_table_ids}",
  snat_ip: "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}",
  eip_affinity: 0,
  snat_entry_name: "stack-Out",
  timeouts: { create: "30m", update: "30m", delete: "30m" },
  depends_on: ["alicloud_eip_association.Nat_Egress_Association_5DE19D5C"],
};

type Fixture = ReturnType<typeof gateway>;

/** The block of the entry `Out` with some props. */
function block(props: (fixture: Fixture) => Partial<SnatEntryProps>) {
  const fixture = gateway();
  const { stack, nat, egress, workers } = fixture;
  new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress], ...props(fixture) });
  return resources(stack)[ENTRY];
}

describe("an SnatEntry", () => {
  it("is one resource that waits for the binding of its EIP, with 30 minutes for each change", () => {
    const { stack, nat, egress, workers } = gateway();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    expect(resourcesOf(stack, "alicloud_snat_entry")).toEqual({
      [ENTRY]: { ...LEAST, source_vswitch_id: "${alicloud_vswitch.Workers.id}" },
    });
    expect(counts(stack)).toEqual({
      alicloud_nat_gateway: 1,
      terraform_data: 1,
      alicloud_eip_address: 2,
      alicloud_eip_association: 2,
      alicloud_snat_entry: 1,
    });
  });

  it("takes every prop", () => {
    expect(
      block(({ stack, workers }) => ({
        eipAffinity: true,
        name: "out-1",
        provider: new AlicloudProvider(stack, "Second", { alias: "second" }),
        dependsOn: [workers],
      })),
    ).toEqual({
      ...LEAST,
      source_vswitch_id: "${alicloud_vswitch.Workers.id}",
      eip_affinity: 1,
      snat_entry_name: "out-1",
      provider: "alicloud.second",
      depends_on: [...LEAST.depends_on, "alicloud_vswitch.Workers"],
    });
  });

  it("leaves by several EIPs, and waits for their bindings and bandwidth attachments", () => {
    const { stack, nat, egress, workers } = gateway();
    const sharedBandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200 });
    const shared = nat.addEip("Shared", { sharedBandwidth });
    const old = nat.addEip("Old", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress, shared, old] });
    expect(resources(stack)[ENTRY]).toEqual({
      ...LEAST,
      source_vswitch_id: "${alicloud_vswitch.Workers.id}",
      snat_ip:
        "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}," +
        "${alicloud_eip_address.Nat_Shared_10ED2D72.ip_address},203.0.113.7",
      depends_on: [
        "alicloud_eip_association.Nat_Egress_Association_5DE19D5C",
        "alicloud_eip_association.Nat_Shared_Association_BA9DB258",
        "alicloud_common_bandwidth_package_attachment.Nat_Shared_BandwidthAttachment_A9649CC3",
        "alicloud_eip_association.Nat_Old_Association_8F8C9EEB",
      ],
    });
  });

  it("inherits the provider of its NAT", () => {
    const net = network();
    const provider = new AlicloudProvider(net.stack, "Second", { alias: "second" });
    const { stack, vpc, natVswitch, workers } = net;
    const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch, provider });
    const eips = [nat.addEip("Egress")];
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips });
    new SnatEntry(stack, "Own", { nat, source: SnatSource.host("10.0.2.1"), eips, provider: net.provider });
    expect(
      Object.values(resourcesOf(stack, "alicloud_snat_entry")).map((entry) => [entry.snat_entry_name, entry.provider]),
    ).toEqual([
      ["stack-Out", "alicloud.second"],
      ["stack-Own", "alicloud"],
    ]);
  });

  it("waits for constructs by all resources in them", () => {
    expect(
      block(({ stack }) => {
        const scope = new Construct(stack, "Scope");
        new EipAddress(scope, "One");
        new EipAddress(scope, "Two");
        return { dependsOn: [scope] };
      })!.depends_on,
    ).toEqual([
      ...LEAST.depends_on,
      "alicloud_eip_address.Scope_One_C7CEDAB1",
      "alicloud_eip_address.Scope_Two_00B261B3",
    ]);
  });

  it("is named after its path in whatever scope it lies, cut where that is too long", () => {
    const { stack, nat, egress } = gateway();
    const scope = new Construct(new Construct(stack, "Team"), "x".repeat(130));
    new SnatEntry(new Construct(stack, "Team.1"), "Out", { nat, source: SnatSource.host("10.0.2.1"), eips: [egress] });
    new SnatEntry(scope, "Out", { nat, source: SnatSource.host("10.0.2.2"), eips: [egress] });
    expect(
      Object.values(resourcesOf(stack, "alicloud_snat_entry"))
        .map((entry) => entry.snat_entry_name)
        .sort(),
    ).toEqual([
      expect.stringMatching(/^stack-Team-1-Out-[0-9a-f]{8}$/),
      expect.stringMatching(/^stack-Team-x{108}-[0-9a-f]{8}$/),
    ]);
  });

  it.each([
    [1, 55_000],
    [2, 110_000],
  ])("with %i EIPs holds %i connections to one destination", (eips, expected) => {
    const { stack, nat, egress, web, workers } = gateway();
    const entry = new SnatEntry(stack, "Out", {
      nat,
      source: SnatSource.vswitch(workers),
      eips: [egress, web].slice(0, eips),
    });
    expect(entry.maxConnectionsPerDestination).toBe(expected);
  });

  it("can be made by a condition between NATs that are typed as INat", () => {
    const { stack, nat, egress, workers } = gateway();
    const either: INat = nat;
    const eips: readonly IEip[] = [egress];
    new SnatEntry(stack, "Out", { nat: either, source: SnatSource.vswitch(workers), eips });
    expect(counts(stack).alicloud_snat_entry).toBe(1);
  });
});

describe("the source of an SnatEntry", () => {
  it.each([
    ["a VPC", ({ vpc }: Fixture) => SnatSource.vpc(vpc), { source_cidr: "10.0.0.0/16" }],
    [
      "a vSwitch",
      ({ natVswitch }: Fixture) => SnatSource.vswitch(natVswitch),
      { source_vswitch_id: "${alicloud_vswitch.NatVswitch.id}" },
    ],
    ["a host", () => SnatSource.host("10.0.1.7"), { source_cidr: "10.0.1.7/32" }],
    ["a block", () => SnatSource.cidr("10.0.3.0/24"), { source_cidr: "10.0.3.0/24" }],
    [
      "a VPC by its id and block",
      () => SnatSource.vpc({ id: "vpc-1", cidrBlock: "10.0.0.0/16" }),
      { source_cidr: "10.0.0.0/16" },
    ],
    [
      "a vSwitch by its id and block",
      () => SnatSource.vswitch({ id: "vsw-1", cidrBlock: "10.0.1.0/24" }),
      { source_vswitch_id: "vsw-1" },
    ],
    [
      "an ECS instance",
      ({ stack }: Fixture) => SnatSource.host(new Instance(stack, "Host", {}).privateIp),
      { source_cidr: "${alicloud_instance.Host.private_ip}/32" },
    ],
    ["a block known at deploy time", () => SnatSource.cidr("${var.block}"), { source_cidr: "${var.block}" }],
    [
      "a VPC known at deploy time",
      () => SnatSource.vpc({ id: "${var.id}", cidrBlock: "${var.block}" }),
      { source_cidr: "${var.block}" },
    ],
    [
      "a vSwitch known at deploy time",
      () => SnatSource.vswitch({ id: "${var.id}", cidrBlock: "${var.block}" }),
      { source_vswitch_id: "${var.id}" },
    ],
  ])("can be %s", (_what, source, expected) => {
    expect(block((fixture) => ({ source: source(fixture) }))).toEqual({ ...LEAST, ...expected });
  });

  it("carries its kind", () => {
    const { vpc, workers } = network();
    expect(
      [
        SnatSource.vpc(vpc),
        SnatSource.vswitch(workers),
        SnatSource.host("10.0.0.1"),
        SnatSource.cidr("10.0.0.0/8"),
      ].map(({ sourceKind }) => sourceKind),
    ).toEqual(["alicloud:vpc", "alicloud:subnet", "alicloud:host", "alicloud:cidr"]);
  });

  it("can't be a vSwitch in place of a VPC, nor the other way round", () => {
    const { stack, nat, egress, vpc, workers } = gateway();
    // @ts-expect-error a vSwitch is no VPC
    const vswitchAsVpc = SnatSource.vpc(workers);
    // @ts-expect-error a VPC is no vSwitch
    const vpcAsVswitch = SnatSource.vswitch(vpc);
    expect(() => new SnatEntry(stack, "A", { nat, source: vswitchAsVpc, eips: [egress] })).toThrow(
      '[stack/A] source: must be a VPC, not a vSwitch, got "Vswitch"; pass the VPC that the vSwitch is in',
    );
    expect(() => new SnatEntry(stack, "B", { nat, source: vpcAsVswitch, eips: [egress] })).toThrow(
      '[stack/B] source: must be a vSwitch, not a VPC, got "Vpc"; pass one of the VPC\'s vSwitches',
    );
  });

  const address = "must be an IPv4 address of four decimal numbers from 0 to 255";
  const cidr = "must be an IPv4 block of addresses";
  it.each([
    [() => SnatSource.host("10.0.1.7/32"), `source: ${address}, got "10.0.1.7/32"; use "10.0.1.7"`],
    [() => SnatSource.host("10.0.1.256"), `source: ${address}, got "10.0.1.256"; use one such as "10.0.1.10"`],
    [() => SnatSource.host(undefined as never), `source: ${address}, got undefined; use one such as "10.0.1.10"`],
    [() => SnatSource.cidr("10.0.3.1/24"), 'source: host bits must be zero, got "10.0.3.1/24"; use "10.0.3.0/24"'],
    [
      () => SnatSource.cidr("10.0.3.0/33"),
      'source: must have a prefix length from 0 to 32, got "10.0.3.0/33"; use one such as "10.0.1.0/24"',
    ],
    [() => SnatSource.cidr(null as never), `source: ${cidr}, got null; use one such as "10.0.1.0/24"`],
    [
      () => SnatSource.vpc(null as never),
      "source: must be a VPC with an id and a cidrBlock, got null; pass the VPC resource",
    ],
    [
      () => SnatSource.vswitch(undefined as never),
      "source: must be a vSwitch with an id and a cidrBlock, got undefined; pass the vSwitch resource",
    ],
    [
      () => "10.0.3.0/24",
      'source: must be an SnatSource, got "10.0.3.0/24"; use SnatSource.vpc, .vswitch, .host or .cidr of cdktf-nat/alicloud',
    ],
  ])("is refused in the entry: %s", (source, message) => {
    expect(() => block(() => ({ source: source() as SnatSource }))).toThrow(`[stack/Out] ${message}`);
  });
});

describe("an SnatEntry refuses", () => {
  it("no props at all", () => {
    const { stack } = gateway();
    // @ts-expect-error props are missing
    expect(() => new SnatEntry(stack, "Out")).toThrow(
      "[stack/Out] props: must be an object, got undefined; pass the props that the documentation lists",
    );
  });

  it("a bare gateway of the provider as nat", () => {
    const { stack, egress, vpc, workers } = gateway();
    const nat = new NatGateway(stack, "Bare", { vpcId: vpc.id });
    // @ts-expect-error a NatGateway is no INat
    expect(() => new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] })).toThrow(
      '[stack/Out] nat: must be an InternetNatGateway or a SelfHostedNatInstance, got "NatGateway"; pass the NAT construct itself',
    );
  });

  it("a bare EipAddress as eip", () => {
    const { stack, nat, workers } = gateway();
    const eip = new EipAddress(stack, "Bare");
    // @ts-expect-error an EipAddress is no IEip
    expect(() => new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [eip] })).toThrow(
      '[stack/Out] eips[0]: must be what addEip of the NAT returned, got "EipAddress"; add the EIP to the NAT with addEip',
    );
  });

  it.each([
    [
      { nat: null },
      "nat: must be an InternetNatGateway or a SelfHostedNatInstance, got null; pass the NAT construct itself",
    ],
    [
      { nat: Object.create(null) as unknown },
      "nat: must be an InternetNatGateway or a SelfHostedNatInstance, got {}; pass the NAT construct itself",
    ],
    [{ eips: [] }, "eips: must name at least one EIP, got []; add one to the NAT with addEip and name it here"],
    [
      { eips: undefined },
      "eips: must name at least one EIP, got undefined; add one to the NAT with addEip and name it here",
    ],
    [
      { eips: ["203.0.113.7"] },
      'eips[0]: must be what addEip of the NAT returned, got "203.0.113.7"; add the EIP to the NAT with addEip',
    ],
    [
      { eipAffinity: "false" },
      'eipAffinity: must be true or false, known at synth, got "false"; use one of them, or leave it out',
    ],
    [{ eipAffinity: 1 }, "eipAffinity: must be true or false, known at synth, got 1; use one of them, or leave it out"],
    [
      { name: "-a" },
      'name: must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-", got "-a"; use a name such as "n--a"',
    ],
    [{ provider: null }, "provider: must be a provider of the stack, got null; pass the provider construct itself"],
    [
      { dependsOn: [null] },
      "dependsOn[0]: must be a resource or a construct, got null; pass the resource, or the construct that makes it",
    ],
  ])("%j", (props, message) => {
    expect(() => block(() => props as Partial<SnatEntryProps>)).toThrow(`[stack/Out] ${message}`);
  });

  it("a flag that is known at deploy time only: it is decided at synth", () => {
    expect(() =>
      block(({ stack }) => ({
        eipAffinity: new TerraformVariable(stack, "flag", {}).booleanValue as unknown as boolean,
      })),
    ).toThrow(
      /^\[stack\/Out\] eipAffinity: must be true or false, known at synth, got .*; use one of them, or leave it out$/,
    );
  });

  it("an EIP of another NAT", () => {
    const { stack, nat, vpc, workers } = gateway();
    const other = new InternetNatGateway(stack, "Other", { vpc, vswitch: workers });
    const foreign = other.addEip("Egress");
    expect(() => new SnatEntry(stack, "Out", { nat, source: SnatSource.vpc(vpc), eips: [foreign] })).toThrow(
      '[stack/Out] eips[0]: must belong to the entry\'s NAT ("stack/Nat"), it belongs to "stack/Other", ' +
        'got "stack/Other/Egress"; name an EIP of this NAT, or add one to it with addEip',
    );
  });

  it("a NAT of another stack", () => {
    const { app, nat, egress, workers } = gateway();
    const { stack } = network("other", app);
    expect(() => new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] })).toThrow(
      '[other/Out] nat: must be in the same stack ("other"), got "stack/Nat"; take the NAT into this stack with ' +
        "fromAttributes, or move the entry beside its NAT",
    );
  });
});

describe("the warnings of an SnatEntry", () => {
  const several =
    "[stack/Out] eips: 2 EIPs do not draw from one shared bandwidth; connections are spread by a hash, so those on an " +
    "EIP that reaches its own limit suffer while the others have room; give each addEip the same sharedBandwidth";

  it.each([
    ["none", [undefined, undefined], [several]],
    ["one of the two", ["A", undefined], [several]],
    ["two different ones", ["A", "B"], [several]],
    ["the same one", ["A", "A"], []],
  ])("about two EIPs with %s of the shared bandwidths", (_what, bandwidths, expected) => {
    const { stack, nat, workers } = gateway();
    const byId: Record<string, SharedBandwidth> = {};
    const eips = bandwidths.map((id, place) => {
      const sharedBandwidth =
        id === undefined ? undefined : (byId[id] ??= new SharedBandwidth(stack, id, { bandwidthMbps: 5 }));
      return nat.addEip(`Egress${place}`, sharedBandwidth === undefined ? {} : { sharedBandwidth });
    });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips });
    expect(warnings(stack)).toEqual(expected);
  });

  it("are none with one EIP", () => {
    const { stack, nat, egress, workers } = gateway();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    expect(warnings(stack)).toEqual([]);
  });

  it("say that the source is the gateway's own vSwitch", () => {
    const { stack, nat, egress, natVswitch } = gateway();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(natVswitch), eips: [egress] });
    expect(warnings(stack)).toEqual([
      "[stack/Out] source: this is the gateway's own vSwitch, which should hold nothing but the gateway; name another vSwitch",
    ]);
  });
});
