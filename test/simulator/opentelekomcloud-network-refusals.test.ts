import { make, subnetOf, text, vpcOf } from "../support/simulator/opentelekomcloud/raw/bed";
import {
  describeRefusals,
  NOBODY,
  route,
  table,
  there,
  type Refusal,
} from "../support/simulator/opentelekomcloud/raw/refusals";

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

describeRefusals("VPCs, subnets and routes", { ...NETWORKS, ...ROUTES });
