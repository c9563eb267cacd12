import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { checkId, checkProvider, checkTags } from "../cdktf/check-types";
import { checkProps, failAt } from "../cdktf/fail";
import { knownVpcCidrs } from "../cdktf/network";
import { checkChild } from "../cdktf/routes";
import type { Routes } from "../cdktf/routes";
import { deferrable, isKnown } from "../cdktf/when-known";
import { Ipv4Address } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { alarmsOf } from "./alarms";
import { CONNECTIONS_PER_ADDRESS, gatewayAlarmMetrics } from "./gateway-metrics";
import type { AlarmsProps, RouteProps } from "./nat";
import { GATEWAY_REFUSAL, natBackends } from "./nat-backend";
import { checkVpc } from "./network";
import type { IVpc } from "./network";
import { routesTo } from "./route";

/** A NAT gateway that exists already. */
export interface InternetNatGatewayAttributes {
  /** ID of the gateway (`nat-...`). */
  readonly natGatewayId: string;
  /**
   * The VPC that it lies in, so that routes into the VPC itself are found at synth.
   * @default - unknown; not checked
   */
  readonly vpc?: IVpc;
  /**
   * The public addresses of its EIPs. Their number says how many connections it holds.
   * @default - unknown; connections are watched as if there was one
   */
  readonly publicIps?: readonly string[];
  /**
   * Tags of the alarms.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Provider that makes its routes and alarms.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
}

/**
 * A gateway made elsewhere, with what this app adds to it: routes and alarms. It takes no EIPs: the gateway's own
 * resource holds their list, and provider 5 has no resource that binds a single one.
 */
export interface IAdoptedNatGateway extends IConstruct {
  /** Tells it from NATs of other clouds, and from hosts. */
  readonly natKind: "aws:gateway";
  /** Provider of its routes and alarms; `undefined` is the stack's. */
  readonly provider: TerraformProvider | undefined;
  /** ID of the gateway (`nat-...`). */
  readonly natGatewayId: string;
  /** Public addresses of its EIPs, as they were given. */
  readonly publicIps: readonly string[];
  /** Connections to one destination (address, port, protocol) that it holds: 55,000 an EIP; one EIP where none is given. */
  readonly maxConnectionsPerDestination: number;
  /** What to wait for before traffic can pass: the routes added so far. */
  readonly dependables: readonly ITerraformDependable[];
  /**
   * Sends the traffic of a route table to the gateway.
   * @param id names it among the NAT's children; it is part of its Terraform address
   */
  addRoute(id: string, props: RouteProps): void;
  /**
   * Watches the gateway.
   * @param id names the alarms among the NAT's children
   */
  addAlarms(id: string, props: AlarmsProps): void;
}

/** What `InternetNatGateway.fromAttributes` returns. */
export class AdoptedNatGateway extends Construct implements IAdoptedNatGateway {
  readonly natKind = "aws:gateway";
  readonly provider: TerraformProvider | undefined;
  readonly natGatewayId: string;
  readonly publicIps: readonly string[];

  private readonly routes: Routes<RouteProps>;
  private readonly tags: Readonly<Record<string, string>> | undefined;

  constructor(scope: Construct, id: string, attributes: InternetNatGatewayAttributes) {
    super(scope, id);
    const { natGatewayId, vpc, publicIps, tags, provider } = failAt(this, () => {
      checkProps(attributes, "attributes");
      checkId(attributes.natGatewayId, "natGatewayId", "a gateway");
      if (attributes.vpc !== undefined) {
        checkVpc(attributes.vpc);
        knownVpcCidrs(attributes.vpc);
      }
      checkPublicIps(attributes.publicIps);
      checkTags(attributes.tags);
      checkProvider(attributes.provider);
      return attributes;
    });
    this.provider = provider;
    this.natGatewayId = natGatewayId;
    this.publicIps = [...(publicIps ?? [])];
    this.tags = tags;
    this.routes = routesTo(this, { natGatewayId }, vpc, () => []);
    natBackends.refuse(this, GATEWAY_REFUSAL);
  }

  get maxConnectionsPerDestination(): number {
    return CONNECTIONS_PER_ADDRESS * Math.max(this.publicIps.length, 1);
  }

  get dependables(): readonly ITerraformDependable[] {
    return this.routes.dependables;
  }

  addRoute(id: string, props: RouteProps): void {
    this.routes.add(id, props);
  }

  addAlarms(id: string, props: AlarmsProps): void {
    checkChild(this, id, props);
    const metrics = gatewayAlarmMetrics(() => this.maxConnectionsPerDestination);
    alarmsOf({ nat: this, metrics, dimensions: { NatGatewayId: this.natGatewayId }, tags: this.tags }, id, props);
  }
}

function checkPublicIps(publicIps: unknown): void {
  if (publicIps === undefined) return;
  if (!Array.isArray(publicIps) || !isKnown(publicIps)) {
    const fix = "write the list out; its elements may be references";
    throw new NatError("publicIps", "must be a list known at synth", publicIps, fix);
  }
  publicIps.forEach((ip: string, index) => {
    deferrable(ip, (text) => Ipv4Address.parse(text, `publicIps[${index}]`));
  });
}
