import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { parseBlock } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import {
  natGateways,
  now,
  ports,
  routes,
  routeTables,
  servers,
  subnets,
  vpcs,
  type Route,
  type RouteTable,
} from "./tables";

/** A route as a user asks for it. */
export type RouteRequest = Pick<Route, "destination" | "type" | "nexthop" | "description">;

const ROUTES_PER_TABLE = 200;

/** The table of a VPC that its subnets use where they have no other. */
export function defaultTable(cloud: Cloud, vpc_id: string): Row<RouteTable> {
  const table = routeTables.list(cloud, { vpc_id, default: true })[0];
  if (table === undefined) throw new Error(`the VPC ${vpc_id} has no default route table`);
  return table;
}

/** Adds a route; refused where the table has one to the same destination, or the next hop does not exist. */
export function addRoute(cloud: Cloud, route_table_id: string, route: RouteRequest, added_for = ""): void {
  const existing = routes.list(cloud, { route_table_id });
  if (existing.some(({ destination }) => destination === route.destination)) {
    throw new ApiError("RouteAlreadyExists", `The route table has a route to ${route.destination} already.`);
  }
  if (existing.length >= cloud.limit("routesPerTable", ROUTES_PER_TABLE)) {
    throw new ApiError("RoutesExhausted", "The route table has as many routes as its quota allows.");
  }
  routes.insert(cloud, { route_table_id, ...route, added_for });
}

function checkRoute(cloud: Cloud, vpc_id: string, { destination, type, nexthop }: RouteRequest): void {
  if (parseBlock(destination) === undefined) {
    throw new ApiError("InvalidRouteDestination", `${destination} is no block, or has host bits.`);
  }
  if (!isNextHop(cloud, vpc_id, type, nexthop)) {
    throw new ApiError("InvalidRouteNexthop", `The next hop ${nexthop} of type ${type} does not exist in the VPC.`);
  }
}

function isNextHop(cloud: Cloud, vpc_id: string, type: string, nexthop: string): boolean {
  if (type === "nat") return natGateways.find(cloud, nexthop)?.router_id === vpc_id;
  const port =
    type === "ecs" ? ports.find(cloud, servers.find(cloud, nexthop)?.port_ids[0]) : portOfHop(cloud, type, nexthop);
  return port !== undefined && subnets.find(cloud, port.network_id)?.vpc_id === vpc_id;
}

function portOfHop(cloud: Cloud, type: string, nexthop: string): { network_id: string } | undefined {
  if (type === "eni") return ports.find(cloud, nexthop);
  return type === "vip" ? ports.list(cloud, { fixed_ip: nexthop, device_owner: "neutron:VIP_PORT" })[0] : undefined;
}

interface RouteTableRequest extends Pick<RouteTable, "name" | "description" | "vpc_id"> {
  routes: RouteRequest[];
}

export const createRouteTable = changing("CreateRouteTable", (cloud, request: RouteTableRequest) => {
  const { name, description, vpc_id } = request;
  vpcs.get(cloud, vpc_id);
  for (const route of request.routes) checkRoute(cloud, vpc_id, route);
  const times = { created_at: now(), updated_at: now() };
  const id = routeTables.insert(cloud, { name, description, vpc_id, default: false, subnets: [], ...times });
  try {
    for (const route of request.routes) addRoute(cloud, id, route);
  } catch (error) {
    removeTable(cloud, id);
    throw error;
  }
  return id;
});

export const showRouteTable = reading("ShowRouteTable", (cloud, { id }: { id: string }) => {
  return { ...routeTables.get(cloud, id), routes: routes.list(cloud, { route_table_id: id }) };
});

interface RouteTableUpdate {
  id: string;
  name: string;
  description: string;
  add: RouteRequest[];
  del: RouteRequest[];
}

export const updateRouteTable = changing("UpdateRouteTable", (cloud, request: RouteTableUpdate) => {
  const { id, name, description, add, del } = request;
  const { vpc_id } = routeTables.get(cloud, id);
  for (const route of add) checkRoute(cloud, vpc_id, route);
  for (const { destination } of del) {
    for (const route of routes.list(cloud, { route_table_id: id, destination })) routes.remove(cloud, route.id);
  }
  for (const route of add) addRoute(cloud, id, route);
  routeTables.change(cloud, id, { name, description, updated_at: now() });
});

interface SubnetAction {
  id: string;
  associate: string[];
  disassociate: string[];
}

/** Takes subnets into a table, each out of the one it was in, or back to the default one. */
export const actOnSubnets = changing("ActOnRouteTableSubnets", (cloud, request: SubnetAction) => {
  const table = routeTables.get(cloud, request.id);
  for (const id of request.associate) {
    if (subnets.get(cloud, id).vpc_id !== table.vpc_id) {
      throw new ApiError("VPC.0207", "Subnet does not belong to the VPC.");
    }
    for (const other of routeTables.list(cloud, { vpc_id: table.vpc_id })) {
      routeTables.change(cloud, other.id, { subnets: other.subnets.filter((subnet) => subnet !== id) });
    }
  }
  const left = routeTables.get(cloud, request.id).subnets.filter((id) => !request.disassociate.includes(id));
  routeTables.change(cloud, request.id, { subnets: [...left, ...request.associate] });
});

export const deleteRouteTable = changing("DeleteRouteTable", (cloud, { id }: { id: string }) => {
  if (routeTables.get(cloud, id).subnets.length > 0) {
    throw new ApiError("RouteTableInUse", "The route table is associated with subnets.");
  }
  removeTable(cloud, id);
});

function removeTable(cloud: Cloud, id: string): void {
  for (const route of routes.list(cloud, { route_table_id: id })) routes.remove(cloud, route.id);
  routeTables.remove(cloud, id);
}
