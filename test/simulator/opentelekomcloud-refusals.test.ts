import type { Bed } from "../support/simulator/opentelekomcloud/raw/bed";
import {
  eipOf,
  gatewayOf,
  make,
  makeBed,
  serverOf,
  subnetOf,
  text,
  vpcOf,
} from "../support/simulator/opentelekomcloud/raw/bed";
import type { RawResource } from "../support/simulator/raw-provider";

/** A refusal: the code, the call that is refused with it, and what provokes it. */
type Refusal = readonly [code: string, action: string, provoke: (bed: Bed) => Promise<unknown>];

const snatOf = ({ gateway, eips }: Bed, more: object) => ({
  nat_gateway_id: gateway,
  floating_ip_id: eips[0]!.id,
  ...more,
});

const dnatOf = ({ gateway, eips }: Bed, more: object = {}) => ({
  nat_gateway_id: gateway,
  floating_ip_id: eips[0]!.id,
  protocol: "tcp",
  external_service_port: 443,
  internal_service_port: 8443,
  private_ip: "192.168.125.40",
  ...more,
});

const ALL = { protocol: "any", external_service_port: 0, internal_service_port: 0 };
const NOBODY = "00000000-0000-4000-a000-000000000000";

const snat = (bed: Bed, more: object) => make(bed.raw, "nat_snat_rule_v2", snatOf(bed, more));
const dnat = (bed: Bed, more?: object) => make(bed.raw, "nat_dnat_rule_v2", dnatOf(bed, more));
const associate = ({ raw, eips, port }: Bed, more: object = {}) => {
  return make(raw, "networking_floatingip_associate_v2", { floating_ip: eips[0]!.address, port_id: port, ...more });
};
const port = (bed: Bed, more: object = {}) => make(bed.raw, "networking_port_v2", { network_id: bed.subnet, ...more });
const fixed = (bed: Bed, ip_address: string) => ({ fixed_ip: [{ subnet_id: bed.neutronSubnet, ip_address }] });
const route = ({ raw, vpc }: Bed, destination_cidr: string, next_hop: string, router_id = vpc) => {
  return make(raw, "networking_router_route_v2", { router_id, destination_cidr, next_hop });
};
const table = ({ raw, vpc }: Bed, routes: readonly object[] = [], more: object = {}) => {
  return make(raw, "vpc_route_table_v1", { vpc_id: vpc, name: "workers", route: routes, ...more });
};
const rule = ({ raw, group }: Bed, more: object = {}) => {
  const open = { direction: "ingress", ethertype: "IPv4", protocol: "tcp", port_range_min: 443, port_range_max: 443 };
  return make(raw, "networking_secgroup_rule_v2", { ...open, security_group_id: group, ...more });
};
/** A resource of the bed, as Terraform would have it. */
const there = (type: string, id: string, more: object = {}): RawResource => ({
  type: `opentelekomcloud_${type}`,
  state: { id, ...more },
  private: Buffer.alloc(0),
});

const GATEWAYS: Record<string, Refusal> = {
  "a gateway with a bad name": [
    "VPC.2002",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { name: "a b" })),
  ],
  "a gateway with a name of 65 characters": [
    "VPC.2002",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { name: "n".repeat(65) })),
  ],
  "a gateway with a description of 256 characters": [
    "VPC.2075",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { description: "d".repeat(256) })),
  ],
  "a gateway of a size that does not exist": [
    "VPC.2001",
    "CreateNatGateway",
    ({ raw, vpc, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, subnet, { spec: "5" })),
  ],
  "a gateway in a VPC that does not exist": [
    "VPC.2011",
    "CreateNatGateway",
    ({ raw, subnet }) => make(raw, "nat_gateway_v2", gatewayOf(NOBODY, subnet)),
  ],
  "a gateway in a subnet that does not exist": [
    "VPC.2009",
    "CreateNatGateway",
    ({ raw, vpc }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, NOBODY)),
  ],
  "a gateway in a subnet of another VPC": [
    "VPC.2013",
    "CreateNatGateway",
    ({ raw, vpc, farSubnet }) => make(raw, "nat_gateway_v2", gatewayOf(vpc, farSubnet)),
  ],
  "deleting a gateway with a rule": [
    "VPC.2016",
    "DeleteNatGateway",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await bed.raw.destroy(there("nat_gateway_v2", bed.gateway));
    },
  ],
  "deleting a gateway that a user's route goes to": [
    "VPC.2019",
    "DeleteNatGateway",
    async (bed) => {
      await table(bed, [{ destination: "0.0.0.0/0", type: "nat", nexthop: bed.secondGateway }]);
      await bed.raw.destroy(there("nat_gateway_v2", bed.secondGateway));
    },
  ],
};

const SNAT: Record<string, Refusal> = {
  "an SNAT rule of a subnet and a block": [
    "VPC.2031",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, cidr: "192.168.125.0/25" }),
  ],
  "a block with host bits": ["VPC.2032", "CreateSnatRule", (bed) => snat(bed, { cidr: "192.168.125.7/25" })],
  "a subnet as a Direct Connect source": [
    "VPC.2033",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, source_type: 1 }),
  ],
  "a block outside the VPC's subnets": ["VPC.2034", "CreateSnatRule", (bed) => snat(bed, { cidr: "192.168.127.0/25" })],
  "a block of more than a subnet": ["VPC.2034", "CreateSnatRule", (bed) => snat(bed, { cidr: "192.168.0.0/16" })],
  "a Direct Connect block in a subnet": [
    "VPC.2035",
    "CreateSnatRule",
    (bed) => snat(bed, { cidr: "192.168.0.0/16", source_type: 1 }),
  ],
  "a source type that does not exist": [
    "VPC.2014",
    "CreateSnatRule",
    (bed) => snat(bed, { cidr: "172.16.0.0/24", source_type: 2 }),
  ],
  "blocks that overlap": [
    "VPC.2036",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { cidr: "192.168.125.0/25" });
      await snat(bed, { cidr: "192.168.125.64/26" });
    },
  ],
  "a subnet whose block has a rule": [
    "VPC.2036",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { cidr: "192.168.125.0/25" });
      await snat(bed, { network_id: bed.subnet });
    },
  ],
  "a second rule of one subnet, on another gateway": [
    "VPC.2018",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      const nat_gateway_id = bed.secondGateway;
      await snat(bed, { network_id: bed.subnet, nat_gateway_id, floating_ip_id: bed.eips[1]!.id });
    },
  ],
  "a subnet that does not exist": ["VPC.2009", "CreateSnatRule", (bed) => snat(bed, { network_id: NOBODY })],
  "a subnet of another VPC": ["VPC.2013", "CreateSnatRule", (bed) => snat(bed, { network_id: bed.farSubnet })],
  "a rule on a gateway that does not exist": [
    "VPC.2007",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, nat_gateway_id: NOBODY }),
  ],
  "an SNAT rule on an EIP that does not exist": [
    "VPC.0504",
    "CreateSnatRule",
    (bed) => snat(bed, { network_id: bed.subnet, floating_ip_id: NOBODY }),
  ],
  "an SNAT rule on the EIP of a port": [
    "VPC.2060",
    "CreateSnatRule",
    async (bed) => {
      await associate(bed);
      await snat(bed, { network_id: bed.subnet });
    },
  ],
  "one EIP on two gateways": [
    "VPC.2061",
    "CreateSnatRule",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await snat(bed, { network_id: bed.other, nat_gateway_id: bed.secondGateway });
    },
  ],
  "an SNAT rule on the EIP of an all-ports rule": [
    "VPC.2074",
    "CreateSnatRule",
    async (bed) => {
      await dnat(bed, ALL);
      await snat(bed, { network_id: bed.subnet });
    },
  ],
};

const DNAT: Record<string, Refusal> = {
  "an all-ports rule on the EIP of an SNAT rule": [
    "VPC.2074",
    "CreateDnatRule",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await dnat(bed, ALL);
    },
  ],
  "an all-ports rule on the EIP of a DNAT rule": [
    "VPC.2073",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { ...ALL, private_ip: "192.168.125.41" });
    },
  ],
  "a DNAT rule on the EIP of an all-ports rule": [
    "VPC.2073",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed, ALL);
      await dnat(bed, { private_ip: "192.168.125.41" });
    },
  ],
  "one EIP, port and protocol twice": [
    "VPC.2024",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { protocol: "6", private_ip: "192.168.125.41" });
    },
  ],
  "one port of a machine twice": [
    "VPC.2023",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { external_service_port: 444 });
    },
  ],
  "all ports of an address that has a rule": [
    "VPC.2028",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed);
      await dnat(bed, { ...ALL, floating_ip_id: bed.eips[1]!.id });
    },
  ],
  "all ports of a port that has a rule": [
    "VPC.2027",
    "CreateDnatRule",
    async (bed) => {
      await dnat(bed, { private_ip: null, port_id: bed.port });
      await dnat(bed, { ...ALL, private_ip: null, port_id: bed.port, floating_ip_id: bed.eips[1]!.id });
    },
  ],
  "all ports with a port": ["VPC.2070", "CreateDnatRule", (bed) => dnat(bed, { protocol: "any" })],
  "TCP without a port": ["VPC.2070", "CreateDnatRule", (bed) => dnat(bed, { ...ALL, protocol: "tcp" })],
  "a DNAT rule to a port of another VPC": [
    "VPC.2022",
    "CreateDnatRule",
    async (bed) => {
      const far = await make(bed.raw, "networking_port_v2", { network_id: bed.farSubnet });
      await dnat(bed, { private_ip: null, port_id: text(far, "id") });
    },
  ],
  "a DNAT rule to a virtual IP": ["VPC.2037", "CreateDnatRule", (bed) => dnat(bed, { private_ip: "192.168.125.20" })],
  "a 201st DNAT rule": [
    "VPC.2038",
    "CreateDnatRule",
    async (bed) => {
      const model = await dnat(bed);
      const attributes = bed.raw.objects().find(({ id }) => id === model.state.id)!.attributes;
      for (let index = 1; index < 200; index++) {
        const ports = { external_service_port: 1000 + index, internal_service_port: 1000 + index };
        bed.raw.cloud.put({ type: "DnatRule", id: `dnat-${index}`, attributes: { ...attributes, ...ports } });
      }
      await dnat(bed, { external_service_port: 80, internal_service_port: 80 });
    },
  ],
};

const EIPS: Record<string, Refusal> = {
  "an EIP of a type that does not exist": [
    "VPC.0501",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({}, { type: "6_bgp" })),
  ],
  "an EIP with 301 Mbit/s": ["VPC.0301", "ApplyPublicIp", ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ size: 301 }))],
  "an EIP with 0 Mbit/s": ["VPC.0301", "ApplyPublicIp", ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ size: 0 }))],
  "an EIP with a bandwidth of a bad name": [
    "VPC.0301",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ name: "a b" })),
  ],
  "an EIP that shares a bandwidth from the start": [
    "VPC.0301",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ share_type: "WHOLE" })),
  ],
  "an EIP with a bandwidth of an unknown kind": [
    "VPC.0301",
    "ApplyPublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({ share_type: "SOME" })),
  ],
  "an EIP when no address is left": [
    "VPC.0532",
    "ApplyPublicIp",
    async ({ raw, eips }) => {
      const { attributes } = raw.objects().find(({ id }) => id === eips[0]!.id)!;
      for (let last = 1; last <= 254; last++) {
        const public_ip_address = `203.0.113.${last}`;
        raw.cloud.put({ type: "PublicIp", id: `eip-${last}`, attributes: { ...attributes, public_ip_address } });
      }
      await make(raw, "vpc_eip_v1", eipOf());
    },
  ],
  "an EIP whose address is taken": [
    "VPC.0522",
    "ApplyPublicIp",
    ({ raw, eips }) => make(raw, "vpc_eip_v1", eipOf({}, { ip_address: eips[0]!.address })),
  ],
  "a second EIP on a port": [
    "FloatingIPPortAlreadyAssociated",
    "UpdateFloatingIp",
    async (bed) => {
      await associate(bed);
      await associate(bed, { floating_ip: bed.eips[1]!.address });
    },
  ],
  "one EIP on two ports": [
    "VPC.0510",
    "UpdateFloatingIp",
    async (bed) => {
      await associate(bed);
      await associate(bed, { port_id: text(await port(bed), "id") });
    },
  ],
  "the EIP of a gateway on a port": [
    "VPC.2062",
    "UpdateFloatingIp",
    async (bed) => {
      await snat(bed, { network_id: bed.subnet });
      await associate(bed);
    },
  ],
  "an EIP on a port that does not exist": [
    "PortNotFound",
    "UpdateFloatingIp",
    (bed) => associate(bed, { port_id: NOBODY }),
  ],
  "a new EIP for a port that has one": [
    "VPC.0511",
    "UpdatePublicIp",
    async (bed) => {
      await associate(bed);
      await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: bed.port }));
    },
  ],
  "an EIP from one port to another without unbinding it": [
    "VPC.0510",
    "UpdatePublicIp",
    async (bed) => {
      const bound = await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: bed.port }));
      const next = text(await port(bed), "id");
      await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: next }), bound);
    },
  ],
  "a new EIP for a port that does not exist": [
    "VPC.0501",
    "UpdatePublicIp",
    ({ raw }) => make(raw, "vpc_eip_v1", eipOf({}, { port_id: NOBODY })),
  ],
  "deleting the EIP of a port": [
    "VPC.0517",
    "DeletePublicIp",
    async (bed) => {
      await associate(bed);
      await bed.raw.destroy(there("vpc_eip_v1", bed.eips[0]!.id, { publicip: [] }));
    },
  ],
  "deleting the EIP of a NAT rule": [
    "VPC.0517",
    "DeletePublicIp",
    async (bed) => {
      await dnat(bed);
      await bed.raw.destroy(there("vpc_eip_v1", bed.eips[0]!.id, { publicip: [] }));
    },
  ],
  "a shared bandwidth of 4 Mbit/s": [
    "VPC.0301",
    "CreateSharedBandwidth",
    ({ raw }) => make(raw, "vpc_bandwidth_v2", { name: "shared", size: 4 }),
  ],
  "a shared bandwidth of 2001 Mbit/s": [
    "VPC.0301",
    "CreateSharedBandwidth",
    ({ raw }) => make(raw, "vpc_bandwidth_v2", { name: "shared", size: 2001 }),
  ],
  "a shared bandwidth that does not exist": [
    "VPC.0306",
    "InsertIntoSharedBandwidth",
    ({ raw, eips }) => make(raw, "vpc_bandwidth_associate_v2", { bandwidth: NOBODY, floating_ips: [eips[0]!.id] }),
  ],
  "an EIP's own bandwidth for another": [
    "VPC.0301",
    "InsertIntoSharedBandwidth",
    ({ raw, eips }) => {
      const own = raw.objects().find(({ id }) => id === eips[1]!.id)!.attributes.bandwidth_id;
      return make(raw, "vpc_bandwidth_associate_v2", { bandwidth: own, floating_ips: [eips[0]!.id] });
    },
  ],
  "an EIP in two shared bandwidths": [
    "PublicipInSharedBandwidth",
    "InsertIntoSharedBandwidth",
    async ({ raw, eips }) => {
      for (const name of ["one", "two"]) {
        const bandwidth = text(await make(raw, "vpc_bandwidth_v2", { name, size: 50 }), "id");
        await make(raw, "vpc_bandwidth_associate_v2", { bandwidth, floating_ips: [eips[0]!.id] });
      }
    },
  ],
  "deleting a shared bandwidth with an EIP in it": [
    "BandwidthInUse",
    "DeleteSharedBandwidth",
    async ({ raw, eips }) => {
      const shared = await make(raw, "vpc_bandwidth_v2", { name: "shared", size: 50 });
      await make(raw, "vpc_bandwidth_associate_v2", { bandwidth: text(shared, "id"), floating_ips: [eips[0]!.id] });
      await raw.destroy(shared);
    },
  ],
};

const NETWORKS: Record<string, Refusal> = {
  "a VPC outside the private ranges": [
    "VPC.0101",
    "CreateVpc",
    ({ raw }) => make(raw, "vpc_v1", vpcOf({ cidr: "11.0.0.0/16" })),
  ],
  "a VPC of /25": ["VPC.0101", "CreateVpc", ({ raw }) => make(raw, "vpc_v1", vpcOf({ cidr: "10.0.0.0/25" }))],
  "a VPC's block without its subnets": [
    "VPC.0117",
    "UpdateVpc",
    async ({ raw }) => {
      const vpc = await make(raw, "vpc_v1", vpcOf());
      await make(raw, "vpc_subnet_v1", subnetOf(text(vpc, "id")));
      await make(raw, "vpc_v1", vpcOf({ cidr: "192.168.0.0/20" }), vpc);
    },
  ],
  "a secondary block that overlaps": [
    "VPC.9914",
    "AddSecondaryCidr",
    ({ raw }) => make(raw, "vpc_v1", vpcOf({ secondary_cidr: "192.168.9.0/24" })),
  ],
  "a secondary block with host bits": [
    "VPC.9911",
    "AddSecondaryCidr",
    ({ raw }) => make(raw, "vpc_v1", vpcOf({ secondary_cidr: "10.9.9.9/24" })),
  ],
  "deleting a VPC with a subnet": ["VPC.0104", "DeleteVpc", ({ raw, vpc }) => raw.destroy(there("vpc_v1", vpc))],
  "deleting a VPC with a route table": [
    "VPC.0120",
    "DeleteVpc",
    async ({ raw }) => {
      const vpc = await make(raw, "vpc_v1", vpcOf());
      await make(raw, "vpc_route_table_v1", { vpc_id: text(vpc, "id"), name: "workers" });
      await raw.destroy(vpc);
    },
  ],
  "a subnet of a VPC that does not exist": [
    "VPC.0003",
    "CreateSubnet",
    ({ raw }) => make(raw, "vpc_subnet_v1", subnetOf(NOBODY)),
  ],
  "a subnet outside its VPC": [
    "VPC.0203",
    "CreateSubnet",
    ({ raw, vpc }) => make(raw, "vpc_subnet_v1", subnetOf(vpc, { cidr: "10.0.0.0/24", gateway_ip: "10.0.0.1" })),
  ],
  "a subnet that overlaps another": [
    "VPC.0204",
    "CreateSubnet",
    ({ raw, vpc }) => make(raw, "vpc_subnet_v1", subnetOf(vpc)),
  ],
  "a subnet of /29": [
    "VPC.0212",
    "CreateSubnet",
    ({ raw, vpc }) => make(raw, "vpc_subnet_v1", subnetOf(vpc, { cidr: "192.168.1.0/29", gateway_ip: "192.168.1.1" })),
  ],
  "a subnet's gateway outside it": [
    "VPC.0201",
    "CreateSubnet",
    ({ raw, vpc }) => make(raw, "vpc_subnet_v1", subnetOf(vpc, { cidr: "192.168.1.0/24", gateway_ip: "192.168.2.1" })),
  ],
  "deleting a subnet with a gateway": [
    "VPC.0209",
    "DeleteSubnet",
    ({ raw, other }) => raw.destroy(there("vpc_subnet_v1", other)),
  ],
  "deleting a subnet with a port": [
    "VPC.0208",
    "DeleteSubnet",
    async ({ raw, farSubnet }) => {
      await make(raw, "networking_port_v2", { network_id: farSubnet });
      await raw.destroy(there("vpc_subnet_v1", farSubnet));
    },
  ],
  "deleting a subnet with a route's next hop": [
    "VPC.0210",
    "DeleteSubnet",
    async (bed) => {
      await route(bed, "0.0.0.0/0", "10.0.1.9", bed.farVpc);
      await bed.raw.destroy(there("vpc_subnet_v1", bed.farSubnet));
    },
  ],
};

const ROUTES: Record<string, Refusal> = {
  "a NAT instance's default route beside a gateway": [
    "RouteAlreadyExists",
    "UpdateRouter",
    (bed) => route(bed, "0.0.0.0/0", "192.168.125.10"),
  ],
  "a route to an address outside the VPC": [
    "InvalidRoutes",
    "UpdateRouter",
    (bed) => route(bed, "172.16.0.0/24", "10.0.1.9"),
  ],
  "a route to a subnet's gateway": [
    "InvalidRoutes",
    "UpdateRouter",
    (bed) => route(bed, "172.16.0.0/24", "192.168.125.1"),
  ],
  "a route to a block with host bits": [
    "InvalidRoutes",
    "UpdateRouter",
    (bed) => route(bed, "172.16.0.9/24", "192.168.125.10"),
  ],
  "a route of a router that does not exist": [
    "RouterNotFound",
    "ShowRouter",
    (bed) => route(bed, "172.16.0.0/24", "192.168.125.10", NOBODY),
  ],
  "a table's route to a machine that does not exist": [
    "InvalidRouteNexthop",
    "CreateRouteTable",
    (bed) => table(bed, [{ destination: "0.0.0.0/0", type: "ecs", nexthop: NOBODY }]),
  ],
  "a table's route to a gateway of another VPC": [
    "InvalidRouteNexthop",
    "CreateRouteTable",
    (bed) => table(bed, [{ destination: "0.0.0.0/0", type: "nat", nexthop: bed.gateway }], { vpc_id: bed.farVpc }),
  ],
  "a table's route to a block with host bits": [
    "InvalidRouteDestination",
    "CreateRouteTable",
    (bed) => table(bed, [{ destination: "172.16.0.9/24", type: "nat", nexthop: bed.gateway }]),
  ],
  "two routes of a table to one block": [
    "RouteAlreadyExists",
    "CreateRouteTable",
    (bed) => {
      const routes = [bed.gateway, bed.secondGateway].map((nexthop) => ({
        destination: "0.0.0.0/0",
        type: "nat",
        nexthop,
      }));
      return table(bed, routes);
    },
  ],
  "a 201st route of a table": [
    "RoutesExhausted",
    "UpdateRouteTable",
    async (bed) => {
      const routeOf = (index: number) => ({ destination: `10.0.${index}.0/24`, type: "nat", nexthop: bed.gateway });
      const made = await table(bed, [routeOf(0)]);
      const shared = { route_table_id: text(made, "id"), description: "", added_for: "" };
      for (let index = 1; index < 200; index++) {
        bed.raw.cloud.put({ type: "Route", id: `route-${index}`, attributes: { ...routeOf(index), ...shared } });
      }
      const config = { vpc_id: bed.vpc, name: "workers", route: [routeOf(0), routeOf(200)] };
      await make(bed.raw, "vpc_route_table_v1", config, made);
    },
  ],
  "a table for a subnet of another VPC": [
    "VPC.0207",
    "ActOnRouteTableSubnets",
    (bed) => table(bed, [], { subnets: [bed.farSubnet] }),
  ],
  "deleting a table with a subnet": [
    "RouteTableInUse",
    "DeleteRouteTable",
    async (bed) => {
      const made = await table(bed, [], { subnets: [bed.subnet] });
      await bed.raw.destroy({ ...made, state: { ...made.state, subnets: [] } });
    },
  ],
};

const PORTS: Record<string, Refusal> = {
  "a port in a network that does not exist": [
    "NetworkNotFound",
    "CreatePort",
    (bed) => port(bed, { network_id: NOBODY }),
  ],
  "a port in another network's subnet": [
    "InvalidInput",
    "CreatePort",
    (bed) => port(bed, { ...fixed(bed, "192.168.126.9"), network_id: bed.other }),
  ],
  "a port's address that is taken": ["IpAddressInUse", "CreatePort", (bed) => port(bed, fixed(bed, "192.168.125.10"))],
  "a port's address that is the gateway's": [
    "IpAddressInUse",
    "CreatePort",
    (bed) => port(bed, fixed(bed, "192.168.125.1")),
  ],
  "a port's address outside its subnet": [
    "InvalidIpForSubnet",
    "CreatePort",
    (bed) => port(bed, fixed(bed, "192.168.126.9")),
  ],
  "an allowed pair of everything": [
    "InvalidInput",
    "CreatePort",
    (bed) => port(bed, { allowed_address_pairs: [{ ip_address: "0.0.0.0/0" }] }),
  ],
  "an allowed pair that is no address": [
    "InvalidInput",
    "CreatePort",
    (bed) => port(bed, { allowed_address_pairs: [{ ip_address: "1.1.1.1/33" }] }),
  ],
  "an allowed pair without port security": [
    "AddressPairAndPortSecurityRequired",
    "CreatePort",
    (bed) => port(bed, { port_security_enabled: false, allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }] }),
  ],
  "a security group without port security": [
    "PortSecurityAndIPRequiredForSecurityGroups",
    "CreatePort",
    (bed) => port(bed, { port_security_enabled: false, security_group_ids: [bed.group] }),
  ],
  "a port in a group that does not exist": [
    "SecurityGroupNotFound",
    "CreatePort",
    (bed) => port(bed, { security_group_ids: [NOBODY] }),
  ],
  "a port in a full subnet": [
    "IpAddressGenerationFailure",
    "CreatePort",
    async (bed) => {
      const small = { cidr: "192.168.1.0/28", gateway_ip: "192.168.1.1" };
      const network_id = text(await make(bed.raw, "vpc_subnet_v1", subnetOf(bed.vpc, small)), "id");
      for (let index = 0; index < 12; index++) await port(bed, { network_id });
    },
  ],
  "deleting the port of a machine": [
    "PortInUse",
    "DeletePort",
    async (bed) => {
      await make(bed.raw, "compute_instance_v2", serverOf(bed.port));
      await bed.raw.destroy(there("networking_port_v2", bed.port));
    },
  ],
  "a machine on the port of another": [
    "conflictingRequest",
    "CreateServer",
    async ({ raw, port: id }) => {
      await make(raw, "compute_instance_v2", serverOf(id));
      await make(raw, "compute_instance_v2", serverOf(id));
    },
  ],
  "a machine on a port that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw }) => make(raw, "compute_instance_v2", serverOf(NOBODY)),
  ],
  "a machine in a network that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw }) => make(raw, "compute_instance_v2", serverOf("", { network: [{ uuid: NOBODY }] })),
  ],
  "a machine in a group that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw, subnet }) => {
      const config = { network: [{ uuid: subnet }], security_groups: ["nobody"] };
      return make(raw, "compute_instance_v2", serverOf("", config));
    },
  ],
  "a machine without a network": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { network: [] })),
  ],
  "a machine with a bad name": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { name: "n".repeat(65) })),
  ],
  "a machine of an image that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { image_name: null, image_id: NOBODY })),
  ],
  "a machine of a flavor that is none": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { flavor_id: "small" })),
  ],
  "a machine with a key pair that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { key_pair: "nobody" })),
  ],
  "user data of more than 32 KB": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { user_data: "#".repeat(32 * 1024 + 1) })),
  ],
  "a key pair's name that is taken": [
    "conflictingRequest",
    "CreateKeyPair",
    async ({ raw }) => {
      for (const public_key of ["ssh-ed25519 A", "ssh-ed25519 B"]) {
        await make(raw, "compute_keypair_v2", { name: "admin", public_key });
      }
    },
  ],
};

const GROUPS: Record<string, Refusal> = {
  "a group with a bad name": [
    "VPC.0601",
    "CreateSecurityGroup",
    ({ raw }) => make(raw, "networking_secgroup_v2", { name: "a b" }),
  ],
  "one rule twice": [
    "SecurityGroupRuleExists",
    "CreateSecurityGroupRule",
    async (bed) => {
      await rule(bed, { remote_ip_prefix: "192.168.0.0/16" });
      await rule(bed, { remote_ip_prefix: "192.168.0.0/16", description: "again" });
    },
  ],
  "a rule that every group has": [
    "SecurityGroupRuleExists",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { direction: "egress", protocol: null, port_range_min: null, port_range_max: null }),
  ],
  "a rule of a group that does not exist": [
    "SecurityGroupNotFound",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { security_group_id: NOBODY }),
  ],
  "a rule in no direction": ["InvalidInput", "CreateSecurityGroupRule", (bed) => rule(bed, { direction: "both" })],
  "a rule of no IP version": [
    "SecurityGroupRuleInvalidEtherType",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { ethertype: "ipv4" }),
  ],
  "a rule for a block that is none": [
    "InvalidInput",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { remote_ip_prefix: "192.168.0.1/16" }),
  ],
  "a rule for a block and a group": [
    "SecurityGroupRemoteGroupAndRemoteIpPrefix",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { remote_ip_prefix: "192.168.0.0/16", remote_group_id: bed.group }),
  ],
  "a rule of ports the wrong way round": [
    "SecurityGroupInvalidPortRange",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { port_range_max: 442 }),
  ],
  "deleting a group with a port in it": [
    "SecurityGroupInUse",
    "DeleteSecurityGroup",
    ({ raw, group }) => raw.destroy(there("networking_secgroup_v2", group)),
  ],
  "deleting a group that another group's rule names": [
    "SecurityGroupInUse",
    "DeleteSecurityGroup",
    async (bed) => {
      const named = await make(bed.raw, "networking_secgroup_v2", { name: "clients" });
      await rule(bed, { remote_group_id: text(named, "id") });
      await bed.raw.destroy(named);
    },
  ],
  "a topic with a bad name": ["SMN.0002", "CreateTopic", ({ raw }) => make(raw, "smn_topic_v2", { name: "a b" })],
  "an alarm that notifies nobody": [
    "ces.0014",
    "CreateAlarmRule",
    ({ raw, gateway }) => {
      const alarm_actions = [{ type: "notification", notification_list: ["urn:smn:eu-de:x:nobody"] }];
      return make(raw, "ces_alarmrule", {
        alarm_name: "connections",
        alarm_actions,
        metric: [
          {
            namespace: "SYS.NAT",
            metric_name: "snat_connection",
            dimensions: [{ name: "nat_gateway_id", value: gateway }],
          },
        ],
        condition: [{ period: 300, filter: "max", comparison_operator: ">", value: 9000, count: 1 }],
      });
    },
  ],
};

const ALL_REFUSALS = { ...GATEWAYS, ...SNAT, ...DNAT, ...EIPS, ...NETWORKS, ...ROUTES, ...PORTS, ...GROUPS };

describe("what the simulated Open Telekom Cloud refuses", () => {
  let bed: Awaited<ReturnType<typeof makeBed>>;

  beforeAll(async () => {
    bed = await makeBed();
  });
  beforeEach(() => bed.forget());
  afterAll(() => bed.raw.end());

  test.each(Object.entries(ALL_REFUSALS))("%s", async (_name, [code, action, provoke]) => {
    await expect(provoke(bed)).rejects.toThrow(`: ${code}: `);
    const refused = bed.raw.log().filter(({ error }) => error === code);
    expect([...new Set(refused.map((call) => call.action))]).toEqual([action]);
  });
});
