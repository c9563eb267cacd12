import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import type { Dependency } from "../cdktf/dependencies";
import type { NatAlarmProps } from "../cdktf/nat-alarms";
import type { EipProps } from "./eip-props";

/** A NAT on AWS, managed or self-hosted: what EIPs, routes and alarms need of it. */
export interface INat extends IConstruct {
  /** Tells NATs of this cloud from others' at compile time, and a gateway from a host. */
  readonly natKind: "aws:gateway" | "aws:host";
  /** Provider of its EIPs, entries, routes and alarms; `undefined` is the stack's. */
  readonly provider: TerraformProvider | undefined;
  /** Public addresses of its EIPs, in the order in which they were added. */
  readonly publicIps: readonly string[];
  /** What to wait for before traffic can pass: what binds the EIPs, and the entries and routes added so far. */
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

/**
 * A self-hosted NAT: what SNAT and DNAT entries name. The managed gateway of AWS translates the source of everything
 * that is routed to it, and lets nothing in; it takes no entries.
 */
export interface IHostNat extends INat {
  readonly natKind: "aws:host";
}

/** An elastic IP that belongs to one NAT: what `addEip` returns, and what SNAT and DNAT entries of a host name. */
export interface IEip extends IConstruct {
  /** The NAT that it belongs to. */
  readonly nat: INat;
  /** The public address. */
  readonly publicIp: string;
  /** ID of the EIP (`eipalloc-...`). */
  readonly allocationId: string;
}

/** A route to a NAT. */
export interface RouteProps {
  /**
   * The route table of the private machines; never that of the NAT's own subnet, whose 0.0.0.0/0 leads to the Internet
   * gateway. A change replaces the route.
   */
  readonly routeTableId: string;
  /**
   * Which destinations go through the NAT; the longest prefix of the table wins. Least privilege: name the block that
   * is needed. Not inside 169.254.168.0/22, no block of the VPC itself, and inside the VPC only the whole block of a
   * subnet. A change replaces the route.
   * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-route-tables.html
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

/** Alarms of a NAT on AWS. */
export interface AlarmsProps extends NatAlarmProps {
  /** SNS topics that are told when an alarm goes off, and again when it is over; at least one. */
  readonly snsTopicArns: readonly string[];
  /**
   * Packets a minute that a managed gateway dropped: more than this many. A healthy one drops none.
   * @default 0
   */
  readonly droppedPackets?: number | false;
  /**
   * Connections a minute that a managed gateway gave up because nothing came through them for 350 seconds: more than
   * this many. Some are usual; many tell of clients that go on using stale connections.
   * @default false
   */
  readonly idleTimeouts?: number | false;
  /**
   * What 100 percent of `bandwidth` are on a self-hosted NAT, in Mbit/s: what the machine is to pass on to the Internet
   * and to its clients together.
   * @default - the baseline of the instance type in the T3, T3a and T4g families; for others no alarm is made
   */
  readonly bandwidthMbps?: number;
  /**
   * CloudWatch namespace to which the CloudWatch agent on a self-hosted NAT reports what ENA dropped beyond the allowances
   * of the instance type: `droppedConnections` then watches `conntrack_allowance_exceeded`, and `droppedPackets`
   * `bw_in_allowance_exceeded`, `bw_out_allowance_exceeded` and `pps_allowance_exceeded`, as packets a minute. The agent
   * is not installed by the library: its configuration needs these four in the `ethtool` section, and
   * `aggregation_dimensions` of `InstanceId`, with `recovery: "auto-scaling"` of `AutoScalingGroupName`.
   * https://docs.aws.amazon.com/AmazonCloudWatch/latest/monitoring/CloudWatch-Agent-network-performance.html
   * @default - no agent: these are not watched
   */
  readonly agentNamespace?: string;
  /**
   * Tags of the alarms. Changed in place.
   * @default - the NAT's
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Provider that makes them.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
}
