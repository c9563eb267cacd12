import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { checkId } from "../cdktf/check-types";
import { failAt } from "../cdktf/fail";
import { referenceText } from "../cdktf/reference";
import { RouteLedger } from "../cdktf/route-ledger";
import { DEFAULT_ROUTE, Routes } from "../cdktf/routes";
import { parseChoice } from "../core/choice";
import { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { RouteEntry } from "./bindings/route-entry";
import type { RouteProps } from "./nat";
import type { IVpc } from "./network";
import { resourceName } from "./resource-name";
import { WORDS } from "./words";

/** Addresses of the cloud's own services, which no custom route can take. */
const CLOUD_SERVICES = Ipv4Cidr.parse("100.64.0.0/10");

/** Where the routes of a NAT point to. */
export interface RouteTarget {
  readonly nextHopType: "NatGateway" | "NetworkInterface";
  readonly nextHopId: string;
  readonly vpc: IVpc;
  /** Whether the cloud adds 0.0.0.0/0 to the system table when the NAT is created. */
  readonly addsDefaultRoute: boolean;
}

/**
 * The routes to one NAT: `alicloud_route_entry` each.
 * @param knownVswitches the vSwitches that the app has named when the routes are checked
 */
export function routesTo(
  nat: Construct & { readonly provider: TerraformProvider | undefined },
  target: RouteTarget,
  knownVswitches: () => readonly Ipv4Cidr[],
): Routes<RouteProps> {
  return new Routes(nat, {
    ledger: new RouteLedger(nat, { reserved: [CLOUD_SERVICES], subnets: knownVswitches, words: WORDS }),
    tableOf: ({ routeTableId, systemTable }) => {
      checkId(routeTableId, "routeTableId", "a route table");
      if (systemTable !== undefined) parseChoice(systemTable, ["has-default-route"], "systemTable");
      return routeTableId;
    },
    make: ({ scope, props, destinationCidr, provider, dependsOn }) => {
      const { routeTableId, systemTable } = props;
      if (target.addsDefaultRoute && destinationCidr === DEFAULT_ROUTE && systemTable === undefined) {
        scope.node.addValidation({ validate: () => systemTableProblems(scope, routeTableId, target.vpc) });
      }
      return new RouteEntry(scope, "Resource", {
        routeTableId,
        destinationCidrblock: destinationCidr,
        nexthopType: target.nextHopType,
        nexthopId: target.nextHopId,
        name: failAt(scope, () => resourceName(scope, props.name)),
        provider,
        dependsOn,
      });
    },
  });
}

function systemTableProblems(scope: Construct, routeTableId: string, vpc: IVpc): string[] {
  const table = referenceText(scope, routeTableId);
  if (!systemTables(scope, vpc).includes(table)) return [];
  const error = new NatError(
    "routeTableId",
    "must not be the VPC's system route table for 0.0.0.0/0, which the system adds there by itself with the first " +
      "gateway of a VPC",
    table,
    "take the route out; use a custom route table; or, where the table had a default route before the gateway came, " +
      'say systemTable: "has-default-route"',
  );
  return [error.message];
}

/** Every way to write the id of the VPC's system table: the literal, or an attribute of the VPC's resource. */
function systemTables(scope: Construct, vpc: IVpc): readonly string[] {
  const tables = vpc.routeTableId === undefined ? [] : [referenceText(scope, vpc.routeTableId)];
  const vpcReference = /^\$\{(alicloud_vpc\..+)\.id\}$/.exec(referenceText(scope, vpc.id));
  if (vpcReference !== null) {
    tables.push(`\${${vpcReference[1] ?? ""}.route_table_id}`, `\${${vpcReference[1] ?? ""}.router_table_id}`);
  }
  return tables;
}
