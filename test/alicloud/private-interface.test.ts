import { TerraformVariable } from "cdktf";
import { DnatEntry, SelfHostedNatInstance, type SelfHostedNatInstanceProps } from "cdktf-nat/alicloud";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import { counts, mistakes, network, resolved, resources, resourcesOf, synth, warnings } from "../support/stacks";

const MACHINE = "alicloud_instance.Nat_74B082C8";
const NIC = "alicloud_ecs_network_interface.Nat_NetworkInterface_25E0A500";
const PRIVATE_NIC = "alicloud_ecs_network_interface.Nat_PrivateNetworkInterface_88EB2E0E";
const GROUP = "alicloud_security_group.Nat_SecurityGroup_5BE013B8";
const TEXT = "Nat_UserData_6B081D46";
const EXISTING = { allocationId: "eip-1", publicIp: "203.0.113.7" };

type Props = Omit<Partial<SelfHostedNatInstanceProps>, "privateInterface"> & { privateInterface?: unknown };

/** A network with a vSwitch 10.0.2.0/24 for the second interface, and a host that may have one. */
function host(given: Props | ((net: ReturnType<typeof withInside>) => Props) = {}) {
  const net = withInside();
  const props = typeof given === "function" ? given(net) : given;
  const { stack, vpc, natVswitch } = net;
  const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, vswitch: natVswitch, ...(props as object) });
  nat.addEip("Egress", { existing: EXISTING });
  return { ...net, nat };
}

function withInside() {
  const net = network();
  const zone = { vpcId: net.vpc.id, zoneId: "eu-central-1a" };
  return { ...net, inside: new Vswitch(net.stack, "Inside", { ...zone, cidrBlock: "10.0.2.0/24" }) };
}

/** What the machine does to its interfaces, references in it as Terraform reads them. */
function interfaceCommands(stack: Parameters<typeof synth>[0]): readonly string[] {
  const text = (synth(stack).locals as Record<string, string>)[TEXT]!.replace(/([$%])\1\{/g, "$1{");
  const [, body = ""] = /\n *interfaces\(\) \{\n([\s\S]*?)\n *\}\n/.exec(text) ?? [];
  return body
    .split("\n")
    .map((line) => line.trim().replace(/ \|\| quit .*$/, ""))
    .filter((line) => !line.startsWith("quit "))
    .map((line) => line.replace(/ \|\|$/, ""));
}

/** Where the machine sends what goes out by its second interface. */
function routesOf(stack: Parameters<typeof synth>[0]): readonly string[] {
  return interfaceCommands(stack)
    .filter((line) => line.startsWith("ip -4 route replace "))
    .map((line) => line.replace("ip -4 route replace ", ""));
}

describe("a SelfHostedNatInstance with a privateInterface", () => {
  it("gets one more interface, which the machine has from its first boot", () => {
    const { stack } = host(({ inside }) => ({ privateInterface: { vswitch: inside } }));
    const lasting = {
      network_interface_name: "stack-Nat",
      security_group_ids: [`\${${GROUP}.id}`],
      source_dest_check: false,
      delete_on_release: false,
    };
    expect(resourcesOf(stack, "alicloud_ecs_network_interface")).toEqual({
      [NIC]: { ...lasting, vswitch_id: "${alicloud_vswitch.NatVswitch.id}", private_ip_addresses: [] },
      [PRIVATE_NIC]: { ...lasting, vswitch_id: "${alicloud_vswitch.Inside.id}" },
    });
    expect(resources(stack)[MACHINE]).toMatchObject({
      network_interface_id: `\${${NIC}.id}`,
      network_interfaces: [{ network_interface_id: `\${${PRIVATE_NIC}.id}` }],
    });
    expect(warnings(stack)).toEqual([]);
  });

  it("is otherwise what it is without one, but for the machine, its text and its routes", () => {
    const made = (privateInterface: boolean) => {
      const { stack, nat } = host(({ inside }) => (privateInterface ? { privateInterface: { vswitch: inside } } : {}));
      nat.addEip("Web", { existing: { allocationId: "eip-2", publicIp: "203.0.113.8" }, privateIp: "10.0.0.11" });
      nat.addRoute("Route", { routeTableId: "vtb-1" });
      return { all: resources(stack), counted: counts(stack) };
    };
    const [one, two] = [made(false), made(true)];
    const changed = Object.keys(two.all).filter((address) => {
      return JSON.stringify(two.all[address]) !== JSON.stringify(one.all[address]);
    });
    expect(changed.sort()).toEqual([PRIVATE_NIC, MACHINE, "alicloud_route_entry.Nat_Route_EECDC467"].sort());
    expect(two.all["alicloud_route_entry.Nat_Route_EECDC467"]).toEqual({
      ...one.all["alicloud_route_entry.Nat_Route_EECDC467"],
      nexthop_id: `\${${PRIVATE_NIC}.id}`,
    });
    expect(two.counted).toEqual({ ...one.counted, alicloud_ecs_network_interface: 2 });
  });

  it("takes every prop", () => {
    const { stack } = host(({ inside }) => ({
      ...{ name: "my-nat", securityGroupIds: ["sg-9"], resourceGroupId: "rg-1", tags: { team: "network" } },
      privateInterface: { vswitch: inside, privateIp: "10.0.2.5", name: "ens6", publicName: "ens5" },
      dependsOn: [inside],
    }));
    expect(resources(stack)[PRIVATE_NIC]).toEqual({
      network_interface_name: "my-nat",
      vswitch_id: "${alicloud_vswitch.Inside.id}",
      primary_ip_address: "10.0.2.5",
      security_group_ids: [`\${${GROUP}.id}`, "sg-9"],
      source_dest_check: false,
      delete_on_release: false,
      resource_group_id: "rg-1",
      tags: { team: "network" },
      depends_on: ["alicloud_vswitch.Inside"],
    });
    expect(interfaceCommands(stack)).toEqual([
      "wait_for ens6",
      'ip address replace "10.0.2.5/24" dev ens6',
      'while [ -n "$(ip -4 route show default dev ens6)" ]; do',
      "ip -4 route delete default dev ens6",
      "done",
      'ip -4 route replace "10.0.0.0/16" via "10.0.2.253" dev ens6',
      "wait_for ens5",
    ]);
  });

  it("says where both interfaces are", () => {
    const { stack, nat } = host(({ inside }) => ({ privateInterface: { vswitch: inside } }));
    expect(resolved(stack, [nat.networkInterfaceId, nat.privateNetworkInterfaceId])).toEqual([
      `\${${NIC}.id}`,
      `\${${PRIVATE_NIC}.id}`,
    ]);
    expect(host().nat.privateNetworkInterfaceId).toBeUndefined();
  });

  it("takes what comes by eth0 with the source of a client for forged, and has its clients on eth1", () => {
    const text = (made: ReturnType<typeof host>) => (synth(made.stack).locals as Record<string, string>)[TEXT]!;
    const clientCidrs = ["10.0.1.0/24"];
    const two = text(host(({ inside }) => ({ clientCidrs, privateInterface: { vswitch: inside } })));
    expect(two).toContain('iifname "eth0" ip saddr 10.0.1.0/24 drop');
    expect(two).toContain("wait_for eth1");
    expect(text(host({ clientCidrs }))).not.toMatch(/iifname|eth[01]/);
  });

  it("computes at deploy time what is known only then", () => {
    const { stack } = host(({ inside, vpc, natVswitch }) => ({
      vpc: { id: vpc.id, cidrBlock: vpc.cidrBlock },
      vswitch: { id: natVswitch.id, cidrBlock: natVswitch.cidrBlock },
      privateInterface: { vswitch: { id: inside.id, cidrBlock: inside.cidrBlock, zoneId: inside.zoneId } },
    }));
    const cidr = "alicloud_vswitch.Inside.cidr_block";
    expect(interfaceCommands(stack)).toEqual([
      "wait_for eth1",
      `ip address replace "\${${PRIVATE_NIC}.primary_ip_address}/\${element(split("/", ${cidr}), 1)}" dev eth1`,
      'while [ -n "$(ip -4 route show default dev eth1)" ]; do',
      "ip -4 route delete default dev eth1",
      "done",
      `ip -4 route replace "\${alicloud_vpc.Vpc.cidr_block}" via "\${cidrhost(${cidr}, -3)}" dev eth1`,
      "wait_for eth0",
    ]);
  });

  it("takes raw expressions and variables", () => {
    const { stack } = host(({ stack: scope }) => ({
      privateInterface: {
        vswitch: { id: "vsw-1", cidrBlock: "${var.block}" },
        privateIp: new TerraformVariable(scope, "ip", { type: "string" }).stringValue,
      },
    }));
    expect(interfaceCommands(stack)).toContain(
      'ip address replace "${var.ip}/${element(split("/", "${var.block}"), 1)}" dev eth1',
    );
    expect(routesOf(stack)).toEqual(['"10.0.0.0/16" via "${cidrhost("${var.block}", -3)}" dev eth1']);
  });

  it.each([
    ["the VPC", {}, ["10.0.0.0/16"]],
    ["private destinations too", { untranslatedCidrs: ["172.16.0.0/12"] }, ["172.16.0.0/12", "10.0.0.0/16"]],
    ["clients elsewhere too", { clientCidrs: ["10.0.1.0/24", "192.168.0.0/24"] }, ["10.0.0.0/16", "192.168.0.0/24"]],
    ["a block once", { untranslatedCidrs: ["192.168.0.0/24"], clientCidrs: ["192.168.0.0/24"] }, undefined],
    ["the widest block only", { clientCidrs: ["10.0.0.0/8"] }, ["10.0.0.0/8"]],
    ["a reference beside", { clientCidrs: ["${var.c}"] }, ["10.0.0.0/16", "${var.c}"]],
  ])("routes %s through it", (_what, props, blocks = ["192.168.0.0/24", "10.0.0.0/16"]) => {
    const { stack } = host(({ inside }) => ({ ...props, privateInterface: { vswitch: inside } }));
    expect(routesOf(stack)).toEqual(blocks.map((block) => `"${block}" via "10.0.2.253" dev eth1`));
  });

  it("routes to no network that the machine is on", () => {
    const vpc = { id: "vpc-1", cidrBlock: "10.0.0.0/24", secondaryCidrBlocks: ["10.0.2.0/24", "10.8.0.0/16"] };
    const { stack } = host(({ inside }) => ({ vpc, privateInterface: { vswitch: inside } }));
    expect(routesOf(stack)).toEqual(['"10.8.0.0/16" via "10.0.2.253" dev eth1']);
  });

  it("keeps its routes out of both of its vSwitches", () => {
    const { app, nat } = host(({ inside }) => ({ privateInterface: { vswitch: inside } }));
    nat.addRoute("Own", { routeTableId: "vtb-1", destinationCidr: "10.0.0.0/25" });
    nat.addRoute("Inside", { routeTableId: "vtb-1", destinationCidr: "10.0.2.0/24" });
    expect(mistakes(app).map((mistake) => mistake.split(":")[0])).toEqual([
      "[stack/Nat/Own] destinationCidr",
      "[stack/Nat/Inside] destinationCidr",
    ]);
  });

  it("has the ports of its entries on the interface with the EIPs", () => {
    const { stack, nat } = host(({ inside }) => ({ privateInterface: { vswitch: inside } }));
    const eip = nat.addEip("Web", {
      existing: { allocationId: "eip-2", publicIp: "203.0.113.8" },
      privateIp: "10.0.0.11",
    });
    new DnatEntry(stack, "In", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" });
    const bindings = Object.values(resourcesOf(stack, "alicloud_eip_association"));
    expect(bindings.map(({ instance_id }) => instance_id)).toEqual([`\${${NIC}.id}`, `\${${NIC}.id}`]);
    expect(resources(stack)[NIC]!.private_ip_addresses).toEqual(["10.0.0.11"]);
    expect(() => nat.addEip("Inside", { privateIp: "10.0.2.9" })).toThrow(
      '[stack/Nat/Inside] privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s vSwitch, got "10.0.2.9"; use an address of 10.0.0.0/24',
    );
  });

  it("warns where both interfaces lie in one vSwitch", () => {
    const { stack } = host(({ natVswitch }) => ({ privateInterface: { vswitch: natVswitch } }));
    expect(warnings(stack)).toEqual([
      "[stack/Nat] privateInterface.vswitch: is the NAT's own vSwitch, so the second interface parts nothing; name another vSwitch of the zone, or leave privateInterface out",
    ]);
  });

  it("warns where firewalld lets forged sources through", () => {
    const { stack } = host(({ inside }) => ({ firewall: "firewalld", privateInterface: { vswitch: inside } }));
    expect(warnings(stack)).toContain(
      '[stack/Nat] privateInterface: firewalld does not drop what comes by the other interface with the source of a client; use firewall "nftables" or "iptables"',
    );
    expect(interfaceCommands(stack)).toContain("wait_for eth1");
  });

  it("compares no zone that is not known", () => {
    const zone = (zoneId?: string) => ({ id: "vsw-1", cidrBlock: "10.0.2.0/24", ...(zoneId && { zoneId }) });
    for (const vswitch of [zone(), zone("eu-central-1a"), zone("${var.zone}")]) {
      expect(mistakes(host({ privateInterface: { vswitch } }).app)).toEqual([]);
    }
  });

  const inside = { id: "vsw-1", cidrBlock: "10.0.2.0/24" };
  it.each([
    [
      { privateInterface: "eth1" },
      'privateInterface: must be an object, got "eth1"; pass the props that the documentation lists',
    ],
    [
      { privateInterface: {} },
      "privateInterface.vswitch: must be a vSwitch with an id and a cidrBlock, got undefined; pass the vSwitch resource",
    ],
    [
      { privateInterface: { vswitch: { id: "", cidrBlock: "10.0.2.0/24" } } },
      'privateInterface.vswitch.id: must be the id of a vSwitch, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { privateInterface: { vswitch: { id: "vsw-1", cidrBlock: "10.0.2.1/24" } } },
      'privateInterface.vswitch.cidrBlock: host bits must be zero, got "10.0.2.1/24"; use "10.0.2.0/24"',
    ],
    [
      { privateInterface: { vswitch: { id: "vsw-1", cidrBlock: "192.168.0.0/24" } } },
      'privateInterface.vswitch: must be a vSwitch of the NAT\'s VPC (10.0.0.0/16), got "192.168.0.0/24"; pass another vSwitch of the VPC',
    ],
    [
      { privateInterface: { vswitch: { ...inside, zoneId: "eu-central-1b" } } },
      'privateInterface.vswitch: must lie in the zone of the NAT\'s own vSwitch ("eu-central-1a"), got "eu-central-1b"; pass a vSwitch of that zone; machines in other zones reach the interface all the same',
    ],
    [
      { privateInterface: { vswitch: inside, privateIp: "10.0.0.9" } },
      'privateInterface.privateIp: must lie in the block 10.0.2.0/24 of its vSwitch, got "10.0.0.9"; use an address of 10.0.2.0/24',
    ],
    [
      { privateInterface: { vswitch: inside, privateIp: "10.0.2.253" } },
      'privateInterface.privateIp: must not be the first nor one of the last three of 10.0.2.0/24, got "10.0.2.253"; use one of those between',
    ],
    [
      { privateInterface: { vswitch: inside, name: "eth1; reboot" } },
      'privateInterface.name: must be 1 to 15 letters, digits, ".", "_" and "-", first a letter or digit, got "eth1; reboot"; use the name that the system gives it, such as "eth1"',
    ],
    [
      { privateInterface: { vswitch: inside, publicName: "" } },
      'privateInterface.publicName: must be 1 to 15 letters, digits, ".", "_" and "-", first a letter or digit, got ""; use the name that the system gives it, such as "eth1"',
    ],
    [
      { privateInterface: { vswitch: inside, name: "eth0" } },
      'privateInterface.publicName: must be another interface than privateInterface.name, got "eth0"; name the interface towards the Internet',
    ],
    [
      { privateInterface: { vswitch: inside }, instanceType: "ecs.t6-c1m1.large" },
      'instanceType: must take two network interfaces when it is created, for privateInterface, got "ecs.t6-c1m1.large"; use a larger type or another family, such as "ecs.c7.large"',
    ],
    [
      { privateInterface: { vswitch: inside }, clientCidrs: ["10.0.1.0/24", "0.0.0.0/0"] },
      'clientCidrs[1]: must not hold the whole Internet where there is a privateInterface, to which its blocks are routed, got "0.0.0.0/0"; name the blocks behind that interface',
    ],
    [
      { privateInterface: { vswitch: inside }, untranslatedCidrs: ["0.0.0.0/0"] },
      'untranslatedCidrs[0]: must not hold the whole Internet where there is a privateInterface, to which its blocks are routed, got "0.0.0.0/0"; name the blocks behind that interface',
    ],
  ])("refuses %j", (props, message) => {
    expect(() => host(props)).toThrow(`[stack/Nat] ${message}`);
  });

  it.each([
    ["ecs.s6-c1m1.small", false],
    ["ecs.e-c1m4.large", false],
    ["ecs.t5-lc2m1.nano", false],
    ["ecs.n4.large", false],
    ["ecs.xn4.small", false],
    ["ecs.t6-c1m4.xlarge", true],
    ["ecs.g7ne.large", true],
    ["ecs.e4.xlarge", true],
  ])("of type %s: %p", (instanceType, isTaken) => {
    const make = () => host({ privateInterface: { vswitch: inside }, instanceType });
    if (isTaken) expect(make).not.toThrow();
    else expect(make).toThrow("must take two network interfaces");
  });
});
