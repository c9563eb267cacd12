import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { SelfHostedNatInstance, type SelfHostedNatInstanceProps } from "cdktf-nat/opentelekomcloud";
import { resolved, resources, resourcesOf, warnings } from "../support/stacks";
import { EXISTING, FURTHER, hostCounts, MACHINE, network, text } from "./host";

const PORT = "opentelekomcloud_networking_port_v2.Nat_Port_606092B5";
const PRIVATE_PORT = "opentelekomcloud_networking_port_v2.Nat_PrivatePort_42684638";
const PRIVATE_ADDRESS = "terraform_data.Nat_PrivatePort_Address_4921C838";
const GROUP = "opentelekomcloud_networking_secgroup_v2.Nat_SecurityGroup_5BE013B8";
const ROUTE = "opentelekomcloud_networking_router_route_v2.Nat_Route_EECDC467";

type Props = Omit<Partial<SelfHostedNatInstanceProps>, "privateInterface"> & { privateInterface?: unknown };

/** A network with a subnet 10.0.2.0/24, whose gateway is not the usual one, for the second interface; and a host. */
function host(given: (inside: VpcSubnetV1) => Props = () => ({})) {
  const net = network();
  const inside = new VpcSubnetV1(net.stack, "Inside", {
    ...{ name: "inside", vpcId: net.vpc.id, cidr: "10.0.2.0/24", gatewayIp: "10.0.2.33" },
  });
  const props = { vpc: net.vpc, subnet: net.natSubnet, ...given(inside) } as SelfHostedNatInstanceProps;
  const nat = new SelfHostedNatInstance(net.stack, "Nat", props);
  nat.addEip("Egress", { existing: EXISTING });
  return { ...net, inside, nat };
}

/** What the machine does to its interfaces, references in it as Terraform reads them. */
function interfaceCommands(stack: Parameters<typeof text>[0]): readonly string[] {
  const [, body = ""] = /\n *interfaces\(\) \{\n([\s\S]*?)\n *\}\n/.exec(text(stack)) ?? [];
  return body
    .split("\n")
    .map((line) => line.trim().replace(/ \|\|( quit .*)?$/, ""))
    .filter((line) => !line.startsWith("quit "));
}

describe("a SelfHostedNatInstance with a privateInterface", () => {
  it("gets one more port, which the machine has from its first boot, and to which routes lead", () => {
    const { stack, nat, vpc } = host((inside) => ({ privateInterface: { subnet: inside } }));
    nat.addRoute("Route", { vpcId: vpc.id });
    const all = resources(stack);
    expect(all[PRIVATE_PORT]).toEqual({
      name: "stack-Nat",
      network_id: "${opentelekomcloud_vpc_subnet_v1.Inside.id}",
      security_group_ids: [`\${${GROUP}.id}`],
      allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }],
      lifecycle: { replace_triggered_by: [PRIVATE_ADDRESS] },
    });
    expect(all[MACHINE]!.network).toEqual([{ port: `\${${PORT}.id}` }, { port: `\${${PRIVATE_PORT}.id}` }]);
    expect(all[ROUTE]!.next_hop).toBe(`\${element(${PRIVATE_PORT}.all_fixed_ips, 0)}`);
    expect(warnings(stack)).toEqual([]);
  });

  it("is otherwise what it is without one, but for the machine, its text and its routes", () => {
    const made = (privateInterface: boolean) => {
      const { stack, nat, vpc } = host((inside) => (privateInterface ? { privateInterface: { subnet: inside } } : {}));
      nat.addEip("Web", { existing: FURTHER, privateIp: "10.0.0.11" });
      nat.addRoute("Route", { vpcId: vpc.id });
      return { all: resources(stack), counted: hostCounts(stack) };
    };
    const [one, two] = [made(false), made(true)];
    const changed = Object.keys(two.all).filter((address) => {
      return JSON.stringify(two.all[address]) !== JSON.stringify(one.all[address]);
    });
    expect(changed.sort()).toEqual([MACHINE, PRIVATE_PORT, PRIVATE_ADDRESS, ROUTE].sort());
    expect(two.counted).toEqual({ ...one.counted, opentelekomcloud_networking_port_v2: 2, terraform_data: 4 });
  });

  it("takes every prop", () => {
    const { stack } = host((inside) => ({
      ...{ name: "my-nat", securityGroupIds: ["group-9"], dependsOn: [inside] },
      privateInterface: { subnet: inside, privateIp: "10.0.2.5", name: "ens6", publicName: "ens5" },
    }));
    expect(resources(stack)[PRIVATE_PORT]).toEqual({
      name: "my-nat",
      network_id: "${opentelekomcloud_vpc_subnet_v1.Inside.id}",
      fixed_ip: { subnet_id: "${opentelekomcloud_vpc_subnet_v1.Inside.subnet_id}", ip_address: "10.0.2.5" },
      security_group_ids: [`\${${GROUP}.id}`, "group-9"],
      allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }],
      lifecycle: { replace_triggered_by: [PRIVATE_ADDRESS] },
      depends_on: ["opentelekomcloud_vpc_subnet_v1.Inside"],
    });
    expect(resources(stack)[PRIVATE_ADDRESS]).toEqual({ input: { private_ip: "10.0.2.5" } });
    expect(interfaceCommands(stack)).toEqual([
      "wait_for ens6",
      'ip address replace "10.0.2.5/24" dev ens6',
      'while [ -n "$(ip -4 route show default dev ens6)" ]; do',
      "ip -4 route delete default dev ens6",
      "done",
      'ip -4 route replace "10.0.0.0/16" via "10.0.2.33" dev ens6',
      "wait_for ens5",
    ]);
  });

  it("says where both ports are, and that a route table takes the second one", () => {
    const { stack, nat } = host((inside) => ({ privateInterface: { subnet: inside } }));
    expect(resolved(stack, [nat.portId, nat.privatePortId, nat.nextHop])).toEqual([
      `\${${PORT}.id}`,
      `\${${PRIVATE_PORT}.id}`,
      { type: "eni", nexthop: `\${${PRIVATE_PORT}.id}` },
    ]);
  });

  it.each([
    [{ cidr: "10.0.2.0/24" }, "10.0.2.1"],
    [{ cidr: "10.0.2.0/24", gatewayIp: "10.0.2.254" }, "10.0.2.254"],
    [{ cidr: "10.0.2.0/24", gatewayIp: "${var.gateway}" }, "${var.gateway}"],
    [{ cidr: "${var.block}" }, '${cidrhost("${var.block}", 1)}'],
  ])("reaches what is private by the gateway of %j", (subnet, gateway) => {
    const { stack } = host(() => ({ privateInterface: { subnet: { id: "n-2", ...subnet } } }));
    expect(interfaceCommands(stack)).toContain(`ip -4 route replace "10.0.0.0/16" via "${gateway}" dev eth1`);
  });

  it("has its EIPs on the first port", () => {
    const { stack, nat } = host((inside) => ({ privateInterface: { subnet: inside } }));
    nat.addEip("Web", { existing: FURTHER, privateIp: "10.0.0.11" });
    const virtualIps = Object.values(resourcesOf(stack, "opentelekomcloud_networking_vip_associate_v2"));
    expect(virtualIps.map(({ port_ids }) => port_ids)).toEqual([[`\${${PORT}.id}`]]);
    expect(() => nat.addEip("Inside", { privateIp: "10.0.2.9" })).toThrow(
      '[stack/Nat/Inside] privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s subnet, got "10.0.2.9"; use an address of 10.0.0.0/24',
    );
  });

  it("warns where both interfaces lie in one subnet", () => {
    const { stack } = host(() => {
      return {
        privateInterface: { subnet: { id: "n-1", cidr: "10.0.2.0/24" } },
        subnet: { id: "n-1", cidr: "10.0.2.0/24" },
      };
    });
    expect(warnings(stack)).toEqual([
      "[stack/Nat] privateInterface.subnet: is the NAT's own subnet, so the second interface parts nothing; name another subnet, or leave privateInterface out",
    ]);
  });

  it.each([
    [{}, "privateInterface.subnet: must be a subnet with an id and a cidr, got undefined; pass the subnet resource"],
    [
      { subnet: { id: "n-2", cidr: "10.1.0.0/24" } },
      'privateInterface.subnet: must be a subnet of the NAT\'s VPC (10.0.0.0/16), got "10.1.0.0/24"; pass another subnet of the VPC',
    ],
    [
      { subnet: { id: "n-2", cidr: "10.0.2.0/24", gatewayIp: "10.0.2" } },
      'privateInterface.subnet.gatewayIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "10.0.2"; use one such as "10.0.1.10"',
    ],
    [
      { subnet: { id: "n-2", cidr: "10.0.2.0/24" }, privateIp: "10.0.2.5" },
      "privateInterface.subnet.subnetId: must be given where a privateIp is named, got undefined; pass the VpcSubnetV1 itself, or add its subnetId",
    ],
    [
      { subnet: { id: "n-2", cidr: "10.0.2.0/24", subnetId: "s-2" }, privateIp: "10.0.2.1" },
      'privateInterface.privateIp: must not be the gateway of its subnet, got "10.0.2.1"; use another of its addresses',
    ],
    [
      { subnet: { id: "n-2", cidr: "10.0.2.0/24", subnetId: "s-2" }, privateIp: "10.0.2.255" },
      'privateInterface.privateIp: must not be the first nor one of the last three of 10.0.2.0/24, got "10.0.2.255"; use one of those between',
    ],
  ])("refuses %j", (privateInterface, message) => {
    expect(() => host(() => ({ privateInterface }))).toThrow(`[stack/Nat] ${message}`);
  });
});
