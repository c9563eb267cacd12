import type { Cloud } from "../../engine/cloud";
import { ProviderError } from "../../engine/api-error";
import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import { regionOf } from "../../engine/region";
import { Mutex } from "../../engine/waiting";
import { showRouter, updateRouter, type RouterRoute } from "../api/router";

const LOCKS = new Map<string, Mutex>();

/** The provider works on the routes of a router one at a time. */
async function locked(
  cloud: Cloud,
  id: string,
  work: (routes: readonly RouterRoute[]) => Promise<void>,
): Promise<void> {
  const lock = LOCKS.get(id) ?? new Mutex();
  LOCKS.set(id, lock);
  await lock.run(async () => work((await cloud.call(showRouter, { id })).routes));
}

/** opentelekomcloud_networking_router_route_v2: a route of the VPC's default table to an address of the VPC. */
export const routerRoute: ResourceBehaviour = {
  async create(cloud, data) {
    const { id, destination, nexthop } = routeOf(data.wanted);
    await locked(cloud, id, async (routes) => {
      // A route that is there already is left alone; the resource then gets no id, and is not kept.
      if (routes.some((route) => route.destination === destination && route.nexthop === nexthop)) return;
      await cloud.call(updateRouter, { id, routes: [...routes, { destination, nexthop }] });
      data.setId(`${id}-route-${destination}-${nexthop}`);
    });
  },

  async read(cloud, data) {
    if (data.id === "") return false;
    const { id, destination, nexthop } = routeOf(data.prior.text("router_id") === undefined ? data.wanted : data.prior);
    const { routes } = await cloud.call(showRouter, { id });
    const found = routes.find((route) => route.destination === destination && route.nexthop === nexthop);
    // The provider does not say that a route is gone: it empties its attributes, and the plan replaces it.
    data.set({
      destination_cidr: found?.destination ?? "",
      next_hop: found?.nexthop ?? "",
      region: regionOf(cloud),
    });
    return true;
  },

  async delete(cloud, data) {
    const { id, destination, nexthop } = routeOf(data.prior);
    await locked(cloud, id, async (routes) => {
      const left = routes.filter((route) => route.destination !== destination || route.nexthop !== nexthop);
      if (left.length === routes.length) throw new ProviderError("route did not exist already");
      await cloud.call(updateRouter, { id, routes: left });
    });
  },
};

function routeOf(attributes: Attributes): { id: string; destination: string; nexthop: string } {
  return {
    id: attributes.requiredText("router_id"),
    destination: attributes.text("destination_cidr") ?? "",
    nexthop: attributes.text("next_hop") ?? "",
  };
}
