import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { addRoute, defaultTable } from "./route-table";
import { dnatRules, natGateways, now, routes, snatRules, subnets, vpcs, type NatGateway } from "./tables";

const NAME = /^[\w-]{1,64}$/;
const SPECS = ["0", "1", "2", "3", "4"];

type GatewayRequest = Pick<NatGateway, "name" | "description" | "spec" | "router_id" | "internal_network_id">;

export const createNatGateway = changing("CreateNatGateway", (cloud, request: GatewayRequest) => {
  checkTexts(request);
  if (vpcs.find(cloud, request.router_id) === undefined) {
    throw new ApiError("VPC.2011", `The router ${request.router_id} does not exist.`);
  }
  const network = subnets.find(cloud, request.internal_network_id);
  if (network === undefined) {
    throw new ApiError("VPC.2009", `Network ${request.internal_network_id} does not exist.`);
  }
  if (network.vpc_id !== request.router_id) {
    throw new ApiError("VPC.2013", `Router ${request.router_id} has no port for subnet ${network.id}.`);
  }
  const id = natGateways.insert(cloud, { ...request, status: "PENDING_CREATE", created_at: now(), tags: {} });
  addDefaultRoute(cloud, request.router_id, id);
  natGateways.change(cloud, id, {}, { seconds: cloud.random.between(2, 8), attributes: { status: "ACTIVE" } });
  return id;
});

function checkTexts({ name, description, spec }: Pick<NatGateway, "name" | "description" | "spec">): void {
  if (!NAME.test(name))
    throw new ApiError("VPC.2002", `Invalid parameters. The name ${JSON.stringify(name)} is invalid.`);
  if (description.length > 255) throw new ApiError("VPC.2075", "Enter a maximum of 255 characters.");
  if (!SPECS.includes(spec)) throw new ApiError("VPC.2001", `Request is invalid. The spec ${spec} does not exist.`);
}

/** The platform routes 0.0.0.0/0 of the default table to a new gateway, unless that goes somewhere already. */
function addDefaultRoute(cloud: Cloud, router_id: string, id: string): void {
  const table = defaultTable(cloud, router_id);
  if (routes.list(cloud, { route_table_id: table.id, destination: "0.0.0.0/0" }).length > 0) return;
  addRoute(cloud, table.id, { destination: "0.0.0.0/0", type: "nat", nexthop: id, description: "" }, id);
}

export const showNatGateway = reading("ShowNatGateway", (cloud, { id }: { id: string }) => natGateways.get(cloud, id));

export const listNatGateways = reading("ListNatGateways", (cloud) => natGateways.list(cloud));

export const updateNatGateway = changing(
  "UpdateNatGateway",
  (cloud, { id, ...update }: Pick<NatGateway, "name" | "description" | "spec"> & { id: string }) => {
    activeGateway(cloud, id);
    checkTexts(update);
    const later = { seconds: cloud.random.between(0.5, 2), attributes: { status: "ACTIVE" } };
    natGateways.change(cloud, id, { ...update, status: "PENDING_UPDATE" }, later);
  },
);

/** The gateway; refused while it is being made, changed or deleted. */
export function activeGateway(cloud: Cloud, id: string): Row<NatGateway> {
  const gateway = natGateways.get(cloud, id);
  if (gateway.status !== "ACTIVE") throw new ApiError("VPC.2004", `NatGateway ${id} is not ACTIVE.`);
  return gateway;
}

/** Deletes a gateway without rules, and the default route that the platform made for it. */
export const deleteNatGateway = changing("DeleteNatGateway", (cloud, { id }: { id: string }) => {
  const gateway = natGateways.get(cloud, id);
  if (gateway.status === "PENDING_DELETE") return;
  const rules = [...snatRules.list(cloud, { nat_gateway_id: id }), ...dnatRules.list(cloud, { nat_gateway_id: id })];
  if (rules.length > 0) throw new ApiError("VPC.2016", "Rule has not been deleted.");
  if (routes.list(cloud, { nexthop: id }).some(({ added_for }) => added_for !== id)) {
    throw new ApiError("VPC.2019", `Resource nat_gateway ${id} is used by route`);
  }
  for (const route of routes.list(cloud, { added_for: id })) routes.remove(cloud, route.id);
  natGateways.removeLater(cloud, id, cloud.random.between(1, 3), { status: "PENDING_DELETE" });
});
