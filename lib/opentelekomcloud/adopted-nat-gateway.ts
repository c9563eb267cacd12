import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkId, checkProvider, checkTags } from "../cdktf/check-types";
import { checkProps, failAt } from "../cdktf/fail";
import { knownVpcCidrs } from "../cdktf/network";
import type { EipProps, ImportedEipProps } from "./eip-props";
import { Gateway } from "./gateway";
import { connectionsPerEip, parseSize } from "./gateway-size";
import type { NatGatewaySize } from "./gateway-size";
import { resolveLimits } from "./limits";
import type { NatGatewayLimits } from "./limits";
import type { AlarmsProps, IEip, INat, NextHop, RouteProps } from "./nat";
import { checkSubnet, checkVpc, knownCidrOf } from "./network";
import type { ISubnet, IVpc } from "./network";

/** An Internet NAT gateway that exists already. */
export interface InternetNatGatewayAttributes {
  /** ID of the gateway. */
  readonly natGatewayId: string;
  /** The VPC that it belongs to. */
  readonly vpc: IVpc;
  /**
   * The subnet that it lies in, so that no SNAT entry names a block that is wider.
   * @default - unknown; not checked
   */
  readonly subnet?: ISubnet;
  /**
   * Its size, for the `maxConnectionsPerDestination` of entries.
   * @default - unknown; large enough for the 55,000 connections of an EIP
   */
  readonly size?: NatGatewaySize;
  /**
   * Tags of the EIPs that `addEip` creates.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Quotas left for this app: rules made elsewhere are not counted.
   * @default - the vendor's: 200 DNAT rules
   */
  readonly limits?: NatGatewayLimits;
  /**
   * Provider that makes its EIPs, entries and alarms.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
}

/** A gateway made elsewhere, with what this app adds to it. */
export interface IAdoptedNatGateway extends INat {
  readonly natKind: "opentelekomcloud:gateway";
  /** ID of the gateway. */
  readonly natGatewayId: string;
  /**
   * Takes in an EIP that rules of the gateway use already, so that entries can name it. Makes no resource.
   * @param id names it among the NAT's children
   */
  importEip(id: string, props: ImportedEipProps): IEip;
}

/** What `InternetNatGateway.fromAttributes` returns. */
export class AdoptedNatGateway extends Construct implements IAdoptedNatGateway {
  readonly natKind = "opentelekomcloud:gateway";
  readonly provider: TerraformProvider | undefined;
  readonly natGatewayId: string;
  readonly nextHop: NextHop;

  private readonly gateway: Gateway;

  constructor(scope: Construct, id: string, attributes: InternetNatGatewayAttributes) {
    super(scope, id);
    failAt(this, () => checkProps(attributes, "attributes"));
    const { natGatewayId, vpc, subnet, tags } = attributes;
    const { limits, size } = failAt(this, () => {
      checkId(natGatewayId, "natGatewayId", "a gateway");
      checkVpc(vpc);
      knownVpcCidrs(vpc);
      if (subnet !== undefined) {
        checkSubnet(subnet);
        knownCidrOf(subnet);
      }
      checkTags(tags);
      checkProvider(attributes.provider);
      const size = attributes.size === undefined ? undefined : parseSize(attributes.size);
      return { limits: resolveLimits(attributes.limits), size };
    });
    this.provider = attributes.provider;
    this.natGatewayId = natGatewayId;
    this.nextHop = { type: "nat", nexthop: natGatewayId };
    this.gateway = new Gateway(this, {
      natGatewayId,
      vpc,
      subnet,
      limits,
      tags,
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

  importEip(id: string, props: ImportedEipProps): IEip {
    return this.gateway.importEip(id, props);
  }

  addRoute(id: string, props: RouteProps): void {
    this.gateway.addRoute(id, props);
  }

  addAlarms(id: string, props: AlarmsProps): void {
    this.gateway.addAlarms(id, props);
  }
}
