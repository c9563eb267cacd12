import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { parseBlock } from "../../engine/ipv4";
import { subnetOf, portOf } from "./addresses";
import { addRoute, defaultTable } from "./route-table";
import { routes, vpcs } from "./tables";

/** A route of a Neutron router, which is a VPC: its next hop is an address. */
export interface RouterRoute {
  destination: string;
  nexthop: string;
}

const BY_ADDRESS = ["ecs", "vip"];

function routesOf(cloud: Cloud, id: string) {
  const route_table_id = defaultTable(cloud, id).id;
  return routes.list(cloud, { route_table_id }).filter(({ type }) => BY_ADDRESS.includes(type));
}

/** A VPC as a Neutron router; the routes of NAT gateways are not among those that it shows. */
export const showRouter = reading("ShowRouter", (cloud, { id }: { id: string }) => {
  if (vpcs.find(cloud, id) === undefined) throw new ApiError("RouterNotFound", `Router ${id} could not be found.`);
  return { id, routes: routesOf(cloud, id).map(({ destination, nexthop }): RouterRoute => ({ destination, nexthop })) };
});

/** Sets all routes of a router that go to an address. */
export const updateRouter = changing("UpdateRouter", (cloud, request: { id: string; routes: RouterRoute[] }) => {
  const table = defaultTable(cloud, request.id);
  const before = routesOf(cloud, request.id);
  const same = (one: RouterRoute, other: RouterRoute) =>
    one.destination === other.destination && one.nexthop === other.nexthop;
  const added = request.routes.filter((route) => !before.some((old) => same({ ...old }, route)));
  for (const { destination, nexthop } of added) checkRoute(cloud, request.id, destination, nexthop);
  for (const old of before) {
    if (!request.routes.some((route) => same(route, { destination: old.destination, nexthop: old.nexthop }))) {
      routes.remove(cloud, old.id);
    }
  }
  for (const { destination, nexthop } of added) {
    const isVip = portOf(cloud, request.id, nexthop)?.device_owner === "neutron:VIP_PORT";
    addRoute(cloud, table.id, { destination, nexthop, type: isVip ? "vip" : "ecs", description: "" });
  }
});

function checkRoute(cloud: Cloud, id: string, destination: string, nexthop: string): void {
  const refuse = (reason: string) => new ApiError("InvalidRoutes", `Invalid format for routes: ${reason}`);
  if (parseBlock(destination) === undefined) throw refuse(`${destination} is not a valid CIDR.`);
  const subnet = subnetOf(cloud, id, nexthop);
  if (subnet === undefined) throw refuse(`the nexthop ${nexthop} is not connected with router`);
  if (subnet.gateway_ip === nexthop) throw refuse(`the nexthop ${nexthop} is used by router`);
}
