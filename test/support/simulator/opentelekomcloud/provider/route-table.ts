import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import {
  actOnSubnets,
  createRouteTable,
  deleteRouteTable,
  showRouteTable,
  updateRouteTable,
  type RouteRequest,
} from "../api/route-table";
import { checkCidr, checkName } from "./names";

const GONE = "VPC.2204";

/** opentelekomcloud_vpc_route_table_v1: a custom table with its routes inside. */
export const routeTable: ResourceBehaviour = {
  checks: { name: checkName, "route.destination": checkCidr },
  computedBlocks: ["route"],

  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createRouteTable, {
      vpc_id: wanted.requiredText("vpc_id"),
      ...textsOf(wanted),
      routes: routesOf(wanted),
    });
    data.setId(id);
    const associate = wanted.texts("subnets");
    if (associate.length > 0) await cloud.call(actOnSubnets, { id, associate, disassociate: [] });
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showRouteTable, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      vpc_id: found.vpc_id,
      name: found.name,
      description: found.description,
      route: found.routes.map(({ destination, type, nexthop, description }) => {
        return { destination, type, nexthop, description };
      }),
      subnets: found.subnets,
      created_at: found.created_at,
      updated_at: found.updated_at,
      region: regionOf(cloud),
    });
    return true;
  },

  async update(cloud, data) {
    const { id } = data;
    if (data.changed("name", "description", "route")) {
      const before = routesOf(data.prior);
      const wanted = routesOf(data.wanted);
      const del = before.filter((route) => !wanted.some((other) => same(route, other)));
      const add = wanted.filter((route) => !before.some((other) => same(route, other)));
      await cloud.call(updateRouteTable, { id, ...textsOf(data.wanted), add, del });
    }
    if (!data.changed("subnets")) return;
    const before = data.prior.texts("subnets");
    const wanted = data.wanted.texts("subnets");
    const disassociate = before.filter((subnet) => !wanted.includes(subnet));
    const associate = wanted.filter((subnet) => !before.includes(subnet));
    await cloud.call(actOnSubnets, { id, associate, disassociate });
  },

  async delete(cloud, data) {
    const { id } = data;
    const disassociate = data.prior.texts("subnets");
    if (disassociate.length > 0) await cloud.call(actOnSubnets, { id, associate: [], disassociate });
    await cloud.call(deleteRouteTable, { id });
  },
};

function textsOf(attributes: Attributes): { name: string; description: string } {
  return { name: attributes.requiredText("name"), description: attributes.text("description") ?? "" };
}

function routesOf(attributes: Attributes): RouteRequest[] {
  return attributes.blocks("route").map((route) => ({
    destination: route.text("destination") ?? "",
    type: route.text("type") ?? "",
    nexthop: route.text("nexthop") ?? "",
    description: route.text("description") ?? "",
  }));
}

function same(one: RouteRequest, other: RouteRequest): boolean {
  return (
    one.destination === other.destination &&
    one.type === other.type &&
    one.nexthop === other.nexthop &&
    one.description === other.description
  );
}
