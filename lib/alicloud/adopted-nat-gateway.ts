import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkId, checkProvider, checkTags, checkText } from "../cdktf/check-types";
import { checkProps, failAt } from "../cdktf/fail";
import { knownVpcCidrs } from "../cdktf/network";
import type { EipProps, ImportedEipProps } from "./eip-props";
import type { AlarmsProps, IEip, INat, RouteProps } from "./nat";
import { Gateway } from "./gateway";
import { resolveLimits } from "./limits";
import type { NatGatewayLimits } from "./limits";
import { checkVpc, checkVswitch, knownVswitchCidr } from "./network";
import type { IVpc, IVswitch } from "./network";

/** An Internet NAT gateway that exists already. */
export interface InternetNatGatewayAttributes {
  /** ID of the gateway (`ngw-...`). */
  readonly natGatewayId: string;
  /** ID of the table of its SNAT entries (`stb-...`). */
  readonly snatTableId: string;
  /** ID of the table of its DNAT entries (`ftb-...`). */
  readonly forwardTableId: string;
  /** The VPC that it belongs to. */
  readonly vpc: IVpc;
  /**
   * The vSwitch that it lies in, for the warning when it is too small for the EIPs.
   * @default - unknown; not checked
   */
  readonly vswitch?: IVswitch;
  /**
   * Resource group of the EIPs that `addEip` creates.
   * @default - the account's default group
   */
  readonly resourceGroupId?: string;
  /**
   * Tags of the EIPs that `addEip` creates.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Quotas left for this app: EIPs and entries made elsewhere are not counted.
   * @default - the vendor's: 20 EIPs, 40 SNAT entries, 100 DNAT entries
   */
  readonly limits?: NatGatewayLimits;
  /**
   * Provider that makes its EIPs, entries, routes and alarms.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
}

/** A gateway made elsewhere, with what this app adds to it. */
export interface IAdoptedNatGateway extends INat {
  readonly natKind: "alicloud:gateway";
  /** ID of the gateway (`ngw-...`). */
  readonly natGatewayId: string;
  /** ID of the table of its SNAT entries (`stb-...`). */
  readonly snatTableId: string;
  /** ID of the table of its DNAT entries (`ftb-...`). */
  readonly forwardTableId: string;
  /**
   * Takes in an EIP that is bound to the gateway already, so that entries can name it. Makes no resource.
   * @param id names it among the NAT's children
   */
  importEip(id: string, props: ImportedEipProps): IEip;
}

const ID_OF = {
  natGatewayId: "a gateway",
  snatTableId: "the gateway's table of SNAT entries",
  forwardTableId: "the gateway's table of DNAT entries",
} as const;

/** What `InternetNatGateway.fromAttributes` returns. */
export class AdoptedNatGateway extends Construct implements IAdoptedNatGateway {
  readonly natKind = "alicloud:gateway";
  readonly provider: TerraformProvider | undefined;
  readonly natGatewayId: string;
  readonly snatTableId: string;
  readonly forwardTableId: string;

  private readonly gateway: Gateway;

  constructor(scope: Construct, id: string, attributes: InternetNatGatewayAttributes) {
    super(scope, id);
    failAt(this, () => checkProps(attributes, "attributes"));
    const { vpc, vswitch, resourceGroupId, tags } = attributes;
    const limits = failAt(this, () => {
      for (const key of ["natGatewayId", "snatTableId", "forwardTableId"] as const) {
        checkId(attributes[key], key, ID_OF[key]);
      }
      checkVpc(vpc);
      knownVpcCidrs(vpc);
      if (vswitch !== undefined) {
        checkVswitch(vswitch);
        knownVswitchCidr(vswitch);
      }
      checkText(resourceGroupId, "resourceGroupId");
      checkTags(tags);
      checkProvider(attributes.provider);
      return resolveLimits(attributes.limits);
    });
    this.provider = attributes.provider;
    this.natGatewayId = attributes.natGatewayId;
    this.snatTableId = attributes.snatTableId;
    this.forwardTableId = attributes.forwardTableId;
    this.gateway = new Gateway(this, this, { vpc, vswitch, limits, resourceGroupId, tags });
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
