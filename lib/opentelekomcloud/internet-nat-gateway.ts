import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { NatGatewayV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-gateway-v2";
import { checkProvider, checkTags } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import type { Dependency } from "../cdktf/dependencies";
import { checkProps, failAt } from "../cdktf/fail";
import { knownVpcCidrs } from "../cdktf/network";
import { whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import { AdoptedNatGateway } from "./adopted-nat-gateway";
import type { IAdoptedNatGateway, InternetNatGatewayAttributes } from "./adopted-nat-gateway";
import type { EipProps } from "./eip-props";
import { Gateway } from "./gateway";
import { connectionsPerEip, parseSize } from "./gateway-size";
import type { NatGatewaySize } from "./gateway-size";
import { resolveLimits } from "./limits";
import type { NatGatewayLimits } from "./limits";
import type { AlarmsProps, IEip, INat, NextHop, RouteProps } from "./nat";
import { checkSubnet, checkVpc, knownCidrOf } from "./network";
import type { ISubnet, IVpc } from "./network";
import { resourceName } from "./resource-name";

/** What an Internet NAT gateway is made of. */
export interface InternetNatGatewayProps {
  /** The VPC that goes out through it. A change replaces the gateway. */
  readonly vpc: IVpc;
  /** The subnet of the VPC that it lies in. A change replaces the gateway. */
  readonly subnet: ISubnet;
  /**
   * How many SNAT connections it holds at a time, and what it costs: see `NatGatewaySize`. Changed in place; a larger
   * size breaks no connection.
   * @default "small": 10,000 connections
   */
  readonly size?: NatGatewaySize;
  /**
   * 1 to 64 letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Up to 255 characters. Changed in place.
   * @default - none
   */
  readonly description?: string;
  /**
   * Tags of the gateway, and of the EIPs that `addEip` creates. Changed in place. The provider tags a gateway after it
   * has created it, and keeps its id after that: where the tagging fails, Terraform does not know of the gateway, the next
   * apply makes another, and the first one has to be deleted by hand.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Quotas, for accounts whose quota was raised.
   * @default - the vendor's: 200 DNAT rules
   */
  readonly limits?: NatGatewayLimits;
  /**
   * Provider that makes it, its EIPs, entries and alarms.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/**
 * A managed NAT gateway towards the Internet.
 *
 * It does nothing by itself: `addEip` gives it public addresses, `SnatEntry` lets private machines out, `DnatEntry` lets
 * clients in. When it is created and the VPC's default route table has no 0.0.0.0/0, the cloud adds that route to it by
 * itself, so `addRoute` makes nothing: it states that the route is needed, and keeps the app as it is with a
 * `SelfHostedNatInstance` in its place. A default route to such a host in the same VPC is refused at synth. Subnets with
 * a custom route table need a route in that table's own block: see `nextHop`.
 *
 * Makes one `opentelekomcloud_nat_gateway_v2`, which costs money by its size from its creation on.
 * https://docs.otc.t-systems.com/nat-gateway/umn/service_overview/notes_and_constraints.html
 */
export class InternetNatGateway extends Construct implements INat {
  /** Takes in a gateway that exists already: for new EIPs, entries and alarms on it. Makes no resource. */
  static fromAttributes(scope: Construct, id: string, attributes: InternetNatGatewayAttributes): IAdoptedNatGateway {
    return new AdoptedNatGateway(scope, id, attributes);
  }

  readonly natKind = "opentelekomcloud:gateway";
  readonly provider: TerraformProvider | undefined;
  /** ID of the gateway. */
  readonly natGatewayId: string;
  readonly nextHop: NextHop;

  private readonly gateway: Gateway;

  constructor(scope: Construct, id: string, props: InternetNatGatewayProps) {
    super(scope, id);
    const { size, limits, name, dependsOn } = failAt(this, () => parseProps(this, props));
    this.provider = props.provider;
    const resource = new NatGatewayV2(this, "Resource", {
      name,
      description: props.description,
      spec: size.spec,
      routerId: props.vpc.id,
      internalNetworkId: props.subnet.id,
      tags: props.tags,
      provider: props.provider,
      dependsOn,
    });
    this.natGatewayId = resource.id;
    this.nextHop = { type: "nat", nexthop: this.natGatewayId };
    this.gateway = new Gateway(this, {
      natGatewayId: this.natGatewayId,
      vpc: props.vpc,
      subnet: props.subnet,
      limits,
      tags: props.tags,
      connectionsPerEip: connectionsPerEip(size),
    });
  }

  get publicIps(): readonly string[] {
    return this.gateway.publicIps;
  }

  get dependables(): readonly ITerraformDependable[] {
    return this.gateway.dependables;
  }

  addEip(id: string, props?: EipProps): IEip {
    return this.gateway.addEip(id, props);
  }

  addRoute(id: string, props: RouteProps): void {
    this.gateway.addRoute(id, props);
  }

  addAlarms(id: string, props: AlarmsProps): void {
    this.gateway.addAlarms(id, props);
  }
}

function parseProps(gateway: InternetNatGateway, props: InternetNatGatewayProps) {
  checkProps(props);
  checkVpc(props.vpc);
  checkSubnet(props.subnet);
  knownVpcCidrs(props.vpc);
  knownCidrOf(props.subnet);
  const size = parseSize(props.size ?? "small");
  if (props.description !== undefined) whenKnown(props.description, checkDescription);
  checkTags(props.tags);
  checkProvider(props.provider);
  return {
    size,
    limits: resolveLimits(props.limits),
    name: resourceName(gateway, props.name),
    dependsOn: after(dependables(gateway, props.dependsOn)),
  };
}

function checkDescription(description: string): void {
  const given: unknown = description;
  if (typeof given === "string" && given.length <= 255) return;
  throw new NatError("description", "must be at most 255 characters long", description, "shorten it");
}
