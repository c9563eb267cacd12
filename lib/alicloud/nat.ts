import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import type { Dependency } from "../cdktf/dependencies";
import type { NatAlarmProps } from "../cdktf/nat-alarms";
import type { EipProps } from "./eip-props";

/** A NAT on Alibaba Cloud, managed or self-hosted: what SNAT entries, DNAT entries and routes need of it. */
export interface INat extends IConstruct {
  /** Tells NATs of this cloud from others' at compile time, and a gateway from a host. */
  readonly natKind: "alicloud:gateway" | "alicloud:host";
  /** Provider of its EIPs, entries, routes and alarms; `undefined` is the stack's. */
  readonly provider: TerraformProvider | undefined;
  /** Public addresses of its EIPs, in the order in which they were added. */
  readonly publicIps: readonly string[];
  /** What to wait for before traffic can pass: the associations, entries and routes added so far. */
  readonly dependables: readonly ITerraformDependable[];
  /**
   * Gives the NAT a public address: a new EIP, or an existing one.
   * @param id names it among the NAT's children; it is part of its Terraform address
   */
  addEip(id: string, props?: EipProps): IEip;
  /**
   * Sends the traffic of a route table to the NAT.
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
  /** ID of the EIP (`eip-...`). */
  readonly allocationId: string;
}

/** A route to a NAT. */
export interface RouteProps {
  /** The route table of the private machines. A change replaces the route. */
  readonly routeTableId: string;
  /**
   * Which destinations go through the NAT; the longest prefix of the table wins. Least privilege: name the block that
   * is needed. Not inside 100.64.0.0/10, nor equal to or inside a vSwitch's block. A change replaces the route.
   * https://www.alibabacloud.com/help/en/vpc/vpc-route-table
   * @default "0.0.0.0/0"
   */
  readonly destinationCidr?: string;
  /**
   * States that the VPC's system route table had a 0.0.0.0/0 route when the gateway was created, so that the system
   * added none by itself; that route must be gone when this one is made. Only then can a 0.0.0.0/0 route of the system
   * table be written here.
   * @default - the system table's 0.0.0.0/0 is refused: the system adds it with the first gateway of a VPC
   */
  readonly systemTable?: "has-default-route";
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. A change replaces the route.
   * @default - the construct path
   */
  readonly name?: string;
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

/** Alarms of a NAT on Alibaba Cloud. */
export interface AlarmsProps extends NatAlarmProps {
  /** CloudMonitor contact groups that are told; at least one. */
  readonly contactGroups: readonly string[];
  /**
   * Provider that makes them.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
}
