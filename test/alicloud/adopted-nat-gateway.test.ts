import { TerraformVariable, Testing } from "cdktf";
import {
  AlicloudProvider,
  DnatEntry,
  type IAdoptedNatGateway,
  InternetNatGateway,
  type InternetNatGatewayAttributes,
  SharedBandwidth,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/alicloud";
import { type Block, counts, mistakes, network, resourcesOf, resources, warnings } from "../support/stacks";

const IDS = { natGatewayId: "ngw-1", snatTableId: "stb-1", forwardTableId: "ftb-1" };
const BOUND = { allocationId: "eip-1", publicIp: "203.0.113.7" };

/** A stack with a network and a gateway that exists already. */
function adopted(attributes: Partial<InternetNatGatewayAttributes> = {}) {
  const net = network();
  const nat = InternetNatGateway.fromAttributes(net.stack, "Nat", { ...IDS, vpc: net.vpc, ...attributes });
  return { ...net, nat };
}

describe("a gateway from attributes", () => {
  it("makes no resource, nor does an EIP that is imported", () => {
    const { stack, nat } = adopted();
    const eip = nat.importEip("Old", BOUND);
    expect(counts(stack)).toEqual({});
    expect({ ...IDS, natKind: nat.natKind, publicIps: nat.publicIps }).toEqual({
      ...IDS,
      natKind: "alicloud:gateway",
      publicIps: ["203.0.113.7"],
    });
    expect({ allocationId: eip.allocationId, publicIp: eip.publicIp }).toEqual(BOUND);
    expect(eip.nat).toBe(nat);
    expect(nat.dependables).toEqual([]);
    expect([nat.natGatewayId, nat.snatTableId, nat.forwardTableId]).toEqual(["ngw-1", "stb-1", "ftb-1"]);
  });

  it("takes new EIPs, entries, routes and alarms", () => {
    const { stack, nat, workers } = adopted({ resourceGroupId: "rg-1", tags: { team: "network" } });
    const old = nat.importEip("Old", BOUND);
    const fresh = nat.addEip("New");
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [old] });
    new DnatEntry(stack, "In", { nat, eip: fresh, protocol: "udp", publicPort: 53, privateIp: "10.0.1.4" });
    nat.addRoute("Workers", { routeTableId: "vtb-1" });
    nat.addAlarms("Alarms", {
      contactGroups: ["ops"],
      connections: false,
      newConnections: false,
      droppedConnections: false,
      bandwidth: false,
    });
    const all = resources(stack);
    const added = Object.entries(all).filter(([address]) => !/^alicloud_(vpc|vswitch)\./.test(address));
    const timeouts = { create: "30m", update: "30m", delete: "30m" };
    expect(Object.fromEntries(added)).toEqual({
      "alicloud_eip_address.Nat_New_645C0CC5": {
        address_name: "stack-Nat-New",
        bandwidth: "100",
        internet_charge_type: "PayByTraffic",
        payment_type: "PayAsYouGo",
        resource_group_id: "rg-1",
        tags: { team: "network" },
      },
      "alicloud_eip_association.Nat_New_Association_63D73794": {
        allocation_id: "${alicloud_eip_address.Nat_New_645C0CC5.id}",
        instance_id: "ngw-1",
        instance_type: "Nat",
      },
      "alicloud_snat_entry.Out_B8D7CCDD": {
        snat_table_id: "stb-1",
        source_vswitch_id: "${alicloud_vswitch.Workers.id}",
        snat_ip: "203.0.113.7",
        eip_affinity: 0,
        snat_entry_name: "stack-Out",
        timeouts,
      },
      "alicloud_forward_entry.In_A6E750FB": {
        forward_table_id: "ftb-1",
        external_ip: "${alicloud_eip_address.Nat_New_645C0CC5.ip_address}",
        external_port: "53",
        internal_ip: "10.0.1.4",
        internal_port: "53",
        ip_protocol: "udp",
        forward_entry_name: "stack-In",
        timeouts,
        depends_on: ["alicloud_eip_association.Nat_New_Association_63D73794"],
      },
      "alicloud_route_entry.Nat_Workers_A1D7748E": {
        route_table_id: "vtb-1",
        destination_cidrblock: "0.0.0.0/0",
        nexthop_type: "NatGateway",
        nexthop_id: "ngw-1",
        name: "stack-Nat-Workers",
      },
      "alicloud_cms_alarm.Nat_Alarms_PortAllocationErrors_B2832118": {
        name: "stack-Nat-Alarms-PortAllocationErrors",
        project: "acs_nat_gateway",
        metric: "ErrorPortAllocationCount",
        metric_dimensions: '${jsonencode([{"instanceId" = "ngw-1"}])}',
        period: 60,
        contact_groups: ["ops"],
        escalations_critical: { comparison_operator: ">", statistics: "Value", threshold: "0", times: 3 },
      },
    });
  });

  it("hands its provider to what it makes", () => {
    const net = network();
    const provider = new AlicloudProvider(net.stack, "Second", { alias: "second" });
    const nat = InternetNatGateway.fromAttributes(net.stack, "Nat", { ...IDS, vpc: net.vpc, provider });
    nat.addEip("New");
    const providers = Object.values(resourcesOf(net.stack, "alicloud_eip_address", "alicloud_eip_association")).map(
      (block: Block) => block.provider,
    );
    expect(providers).toEqual(["alicloud.second", "alicloud.second"]);
    expect(nat.provider).toBe(provider);
  });

  it("takes ids and addresses that are known at deploy time only", () => {
    const net = network();
    const text = new TerraformVariable(net.stack, "text", { type: "string" }).stringValue;
    const ids = { natGatewayId: text, snatTableId: text, forwardTableId: "${var.raw}" };
    const nat = InternetNatGateway.fromAttributes(net.stack, "Nat", { ...ids, vpc: net.vpc });
    const eip = nat.importEip("Old", { allocationId: text, publicIp: text });
    new DnatEntry(net.stack, "In", { nat, eip, protocol: "any", privateIp: "10.0.1.4" });
    expect(Object.values(resourcesOf(net.stack, "alicloud_forward_entry"))).toEqual([
      {
        forward_table_id: "${var.raw}",
        external_ip: "${var.text}",
        external_port: "any",
        internal_ip: "10.0.1.4",
        internal_port: "any",
        ip_protocol: "any",
        forward_entry_name: "stack-In",
        timeouts: { create: "30m", update: "30m", delete: "30m" },
      },
    ]);
  });

  it("counts what this app adds, by limits of its own", () => {
    const { app, nat } = adopted({ limits: { eips: 1 } });
    nat.importEip("One", BOUND);
    nat.importEip("Two", { allocationId: "eip-2", publicIp: "203.0.113.8" });
    expect(mistakes(app)).toEqual([
      "[stack/Nat] eips: must be at most 1 in one NAT, got 2; use fewer or a further NAT; if the quota " +
        "natgw_quota_eip_num_per_nat was raised, say so in limits.eips",
    ]);
  });

  it("warns of a vSwitch that is too small where it is told of it, and of an entry for that vSwitch", () => {
    const vswitch = { id: "vsw-1", cidrBlock: "10.0.0.0/30" };
    const { stack, nat } = adopted({ vswitch });
    const eip = nat.importEip("One", BOUND);
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(vswitch), eips: [eip] });
    expect(warnings(stack)).toEqual([
      "[stack/Nat] vswitch: each EIP takes a private address of the gateway's vSwitch; 10.0.0.0/30 has 0 of them for " +
        "1 EIPs; use a larger vSwitch, best one of the gateway's own",
      "[stack/Out] source: this is the gateway's own vSwitch, which should hold nothing but the gateway; name another vSwitch",
    ]);
  });

  it("takes EIPs of one shared bandwidth without a warning, and attaches none of them", () => {
    const { stack, nat, workers } = adopted();
    const sharedBandwidth = SharedBandwidth.fromAttributes(stack, "Bandwidth", { bandwidthPackageId: "cbwp-1" });
    const one = nat.importEip("One", { ...BOUND, sharedBandwidth });
    const two = nat.importEip("Two", { allocationId: "eip-2", publicIp: "203.0.113.8", sharedBandwidth });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [one, two] });
    expect(warnings(stack)).toEqual([]);
    expect(counts(stack)).toEqual({ alicloud_snat_entry: 1 });
  });

  it("can take in, in one stack of an app, what another stack of it binds", () => {
    const app = Testing.app();
    const owner = network("owner", app);
    const nat = new InternetNatGateway(owner.stack, "Nat", { vpc: owner.vpc, vswitch: owner.natVswitch });
    nat.addEip("Old", { existing: BOUND });
    const user = network("user", app);
    InternetNatGateway.fromAttributes(user.stack, "Nat", { ...IDS, vpc: user.vpc }).importEip("Old", BOUND);
    expect(mistakes(app)).toEqual([]);
  });

  it("refuses one EIP under two ids", () => {
    const { app, nat } = adopted();
    nat.importEip("One", BOUND);
    nat.importEip("Two", BOUND);
    expect(mistakes(app)).toContain(
      '[stack/Nat/Two] allocationId: is bound by "stack/Nat/One" already, got "203.0.113.7"; use that EIP in the entries, or name another one here',
    );
  });
});

describe("fromAttributes refuses", () => {
  it.each([
    [
      undefined,
      "[stack/Nat] attributes: must be an object, got undefined; pass the props that the documentation lists",
    ],
    [
      { ...IDS, natGatewayId: "" },
      '[stack/Nat] natGatewayId: must be the id of a gateway, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { ...IDS, snatTableId: undefined },
      "[stack/Nat] snatTableId: must be the id of the gateway's table of SNAT entries, got undefined; pass it as text, or as the attribute of a resource",
    ],
    [
      { ...IDS, forwardTableId: 5 },
      "[stack/Nat] forwardTableId: must be the id of the gateway's table of DNAT entries, got 5; pass it as text, or as the attribute of a resource",
    ],
    [IDS, "[stack/Nat] vpc: must be a VPC with an id and a cidrBlock, got undefined; pass the VPC resource"],
    [
      { ...IDS, vpc: { id: "vpc-1", cidrBlock: "x" } },
      '[stack/Nat] vpc.cidrBlock: must be an IPv4 block of addresses, got "x"; use one such as "10.0.1.0/24"',
    ],
    [
      { ...IDS, vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16" }, vswitch: {} },
      "[stack/Nat] vswitch: must be a vSwitch with an id and a cidrBlock, got {}; pass the vSwitch resource",
    ],
    [
      { ...IDS, vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16" }, limits: { eips: 1.5 } },
      "[stack/Nat] limits.eips: must be a whole number from 1 to 1000000, got 1.5; use 1 or 2",
    ],
  ])("%j", (attributes, message) => {
    const { stack } = network();
    const make = (): IAdoptedNatGateway =>
      InternetNatGateway.fromAttributes(stack, "Nat", attributes as InternetNatGatewayAttributes);
    expect(make).toThrow(message);
  });
});

describe("importEip refuses", () => {
  it.each([
    [undefined, "[stack/Nat/Old] props: must be an object, got undefined; pass the props that the documentation lists"],
    [
      { ...BOUND, allocationId: "" },
      '[stack/Nat/Old] allocationId: must be the id of an EIP, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { ...BOUND, publicIp: "203.0.113" },
      '[stack/Nat/Old] publicIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "203.0.113"; use one such as "10.0.1.10"',
    ],
    [
      { ...BOUND, sharedBandwidth: "cbwp-1" },
      '[stack/Nat/Old] sharedBandwidth: must be a SharedBandwidth, got "cbwp-1"; pass a SharedBandwidth, or what SharedBandwidth.fromAttributes returns',
    ],
  ])("%j", (props, message) => {
    const { nat } = adopted();
    expect(() => nat.importEip("Old", props as never)).toThrow(message);
  });

  it("an id that is taken", () => {
    const { nat } = adopted();
    nat.importEip("Old", BOUND);
    expect(() => nat.importEip("Old", BOUND)).toThrow(
      '[stack/Nat/Old] id: is taken by another child of "stack/Nat", got "Old"; choose another id',
    );
  });
});
