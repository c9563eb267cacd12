import { Route } from "@cdktf/provider-aws/lib/route";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { checkId } from "../cdktf/check-types";
import { knownVpcCidrs } from "../cdktf/network";
import { RouteLedger } from "../cdktf/route-ledger";
import { Routes } from "../cdktf/routes";
import { Ipv4Cidr } from "../core/ipv4";
import type { RouteProps } from "./nat";
import type { IVpc } from "./network";
import { WORDS } from "./words";

/** Link-local addresses of the cloud's own services, which no route can send elsewhere. */
const CLOUD_SERVICES = Ipv4Cidr.parse("169.254.168.0/22");

/** Where the routes of a NAT point to. */
export type RouteTarget = { readonly natGatewayId: string } | { readonly networkInterfaceId: string };

/**
 * The routes to one NAT: `aws_route` each.
 * @param vpc the NAT's VPC, where it is known
 * @param knownSubnets the subnets that the app has named when the routes are checked
 */
export function routesTo(
  nat: Construct & { readonly provider: TerraformProvider | undefined },
  target: RouteTarget,
  vpc: IVpc | undefined,
  knownSubnets: () => readonly Ipv4Cidr[],
): Routes<RouteProps> {
  const networkCidrs = vpc === undefined ? [] : knownVpcCidrs(vpc);
  return new Routes(nat, {
    ledger: new RouteLedger(nat, {
      reserved: [CLOUD_SERVICES],
      subnets: knownSubnets,
      words: WORDS,
      wholeSubnetsOf: networkCidrs,
    }),
    tableOf: ({ routeTableId }) => {
      checkId(routeTableId, "routeTableId", "a route table");
      return routeTableId;
    },
    make: ({ scope, props, destinationCidr, provider, dependsOn }) =>
      new Route(scope, "Resource", {
        routeTableId: props.routeTableId,
        destinationCidrBlock: destinationCidr,
        ...target,
        provider,
        dependsOn,
      }),
  });
}
