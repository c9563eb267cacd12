import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { checkId, checkProvider } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import { failAt } from "../cdktf/fail";
import { referenceText } from "../cdktf/reference";
import { RouteLedger } from "../cdktf/route-ledger";
import { parseChoice } from "../core/choice";
import { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { RouteEntry } from "./bindings/route-entry";
import type { RouteProps } from "./nat";
import type { IVpc } from "./network";
import { resourceName } from "./resource-name";
import { WORDS } from "./words";

const DEFAULT_ROUTE = "0.0.0.0/0";

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

/** The routes to one NAT: `alicloud_route_entry` each. */
export class Routes {
  private readonly ledger: RouteLedger;

  constructor(
    private readonly nat: IConstruct,
    private readonly target: RouteTarget,
    knownVswitches: () => readonly Ipv4Cidr[],
  ) {
    this.ledger = new RouteLedger(nat, { reserved: [CLOUD_SERVICES], subnets: knownVswitches, words: WORDS });
  }

  /** Makes the route in a scope of its own under the NAT. */
  add(id: string, props: RouteProps, provider: TerraformProvider | undefined): ITerraformDependable {
    const scope = new Construct(this.nat, id);
    const destinationCidr = props.destinationCidr ?? DEFAULT_ROUTE;
    const { name, dependsOn } = failAt(scope, () => {
      checkId(props.routeTableId, "routeTableId", "a route table");
      checkProvider(props.provider);
      if (props.systemTable !== undefined) parseChoice(props.systemTable, ["has-default-route"], "systemTable");
      this.ledger.add(scope, props.routeTableId, destinationCidr);
      return { name: resourceName(scope, props.name), dependsOn: after(dependables(scope, props.dependsOn)) };
    });
    if (this.target.addsDefaultRoute && destinationCidr === DEFAULT_ROUTE && props.systemTable === undefined) {
      scope.node.addValidation({ validate: () => this.systemTableProblems(scope, props.routeTableId) });
    }
    return new RouteEntry(scope, "Resource", {
      routeTableId: props.routeTableId,
      destinationCidrblock: destinationCidr,
      nexthopType: this.target.nextHopType,
      nexthopId: this.target.nextHopId,
      name,
      provider: props.provider ?? provider,
      dependsOn,
    });
  }

  private systemTableProblems(scope: Construct, routeTableId: string): string[] {
    const table = referenceText(scope, routeTableId);
    if (!systemTables(scope, this.target.vpc).includes(table)) return [];
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
