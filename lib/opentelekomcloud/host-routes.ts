import { NetworkingRouterRouteV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-router-route-v2";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { checkId } from "../cdktf/check-types";
import { RouteLedger } from "../cdktf/route-ledger";
import { Routes } from "../cdktf/routes";
import { Ipv4Cidr } from "../core/ipv4";
import { checkDefaultRoute } from "./default-routes";
import type { RouteProps } from "./nat";
import { WORDS } from "./words";

/** Addresses of the cloud's own services, which VPCs reach without a route. */
const CLOUD_SERVICES = Ipv4Cidr.parse("100.64.0.0/10");

/**
 * The routes to one self-hosted NAT, in the default route tables of VPCs: an
 * `opentelekomcloud_networking_router_route_v2` each, for which a VPC is a router.
 * @param privateIp the address that they lead to
 * @param knownSubnets the subnets that the app has named when the routes are checked
 */
export function routesToHost(
  nat: Construct & { readonly provider: TerraformProvider | undefined },
  privateIp: string,
  knownSubnets: () => readonly Ipv4Cidr[],
): Routes<RouteProps> {
  return new Routes(nat, {
    ledger: new RouteLedger(nat, { reserved: [CLOUD_SERVICES], subnets: knownSubnets, words: WORDS }),
    tableOf: ({ vpcId }) => {
      checkId(vpcId, "vpcId", "a VPC");
      return vpcId;
    },
    make: ({ scope, props, destinationCidr, provider, dependsOn }) => {
      checkDefaultRoute(scope, props.vpcId, destinationCidr);
      return new NetworkingRouterRouteV2(scope, "Resource", {
        routerId: props.vpcId,
        destinationCidr,
        nextHop: privateIp,
        provider,
        dependsOn,
      });
    },
  });
}
