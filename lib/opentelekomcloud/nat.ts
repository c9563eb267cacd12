import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import type { Dependency } from "../cdktf/dependencies";
import type { NatAlarmProps } from "../cdktf/nat-alarms";
import type { EipProps } from "./eip-props";

/** A NAT on Open Telekom Cloud, managed or self-hosted: what SNAT entries, DNAT entries and routes need of it. */
export interface INat extends IConstruct {
  /** Tells NATs of this cloud from others' at compile time, and a gateway from a host. */
  readonly natKind: "opentelekomcloud:gateway" | "opentelekomcloud:host";
  /** Provider of its EIPs, entries, routes and alarms; `undefined` is the stack's. */
  readonly provider: TerraformProvider | undefined;
  /** Public addresses of its EIPs, in the order in which they were added. */
  readonly publicIps: readonly string[];
  /** What to wait for before traffic can pass: the associations, entries and routes added so far. */
  readonly dependables: readonly ITerraformDependable[];
  /** The NAT as a route of a custom route table names it: see `NextHop`. */
  readonly nextHop: NextHop;
  /**
   * Gives the NAT a public address: a new EIP, or an existing one.
   * @param id names it among the NAT's children; it is part of its Terraform address
   */
  addEip(id: string, props?: EipProps): IEip;
  /**
   * Sends the traffic of a VPC to the NAT, through the VPC's default route table.
   * @param id names it among the NAT's children; it is part of its Terraform address
   */
  addRoute(id: string, props: RouteProps): void;
  /**
   * Watches the NAT and every EIP of it, also those added later.
   * @param id names the alarms among the NAT's children
   */
  addAlarms(id: string, props: AlarmsProps): void;
}

/** An elastic IP that belongs to one NAT: what `addEip` returns, and what SNAT and DNAT entries name. */
export interface IEip extends IConstruct {
  /** The NAT that it belongs to. */
  readonly nat: INat;
  /** The public address. */
  readonly publicIp: string;
  /** ID of the EIP. */
  readonly eipId: string;
}

/**
 * A NAT as the routes of a custom route table name it. No resource adds one route to such a table: its owner spreads
 * this into the table's own block, `route: [{ destination: "0.0.0.0/0", ...nat.nextHop }]` of an
 * `opentelekomcloud_vpc_route_table_v1`.
 */
export interface NextHop {
  /** What the NAT is to the table: a NAT gateway, a machine, a network interface or a virtual IP. */
  readonly type: "nat" | "ecs" | "eni" | "vip";
  /** ID of it, or the address of a virtual IP. */
  readonly nexthop: string;
}

/**
 * A route to a NAT, in the default route table of a VPC. The provider cannot put back a route to a host that was deleted
 * elsewhere: take it out of the state (`terraform state rm`), and apply again.
 */
export interface RouteProps {
  /** ID of the VPC whose private machines go through the NAT. A change replaces the route. */
  readonly vpcId: string;
  /**
   * Which destinations go through the NAT; the longest prefix of the table wins. A gateway has the default alone, and
   * makes no route for it: the cloud does. A change replaces the route.
   * https://docs.otc.t-systems.com/nat-gateway/umn/service_overview/notes_and_constraints.html
   * @default "0.0.0.0/0"
   */
  readonly destinationCidr?: string;
  /**
   * Provider that makes it.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/** Alarms of a NAT on Open Telekom Cloud. */
export interface AlarmsProps extends NatAlarmProps {
  /** URNs of the Simple Message Notification topics that are told: 1 to 5. */
  readonly topicUrns: readonly string[];
  /**
   * Provider that makes them.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
}
