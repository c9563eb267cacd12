import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkFlag, checkProvider, checkTags, checkText } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import type { Dependency } from "../cdktf/dependencies";
import { checkProps, failAt } from "../cdktf/fail";
import { knownVpcCidrs } from "../cdktf/network";
import { replacementTrigger } from "../cdktf/replacement-trigger";
import { whenKnown } from "../cdktf/when-known";
import { parseChoice } from "../core/choice";
import { NatError } from "../core/nat-error";
import { AdoptedNatGateway } from "./adopted-nat-gateway";
import type { IAdoptedNatGateway, InternetNatGatewayAttributes } from "./adopted-nat-gateway";
import { NatGateway } from "./bindings/nat-gateway";
import type { EipProps } from "./eip-props";
import type { AlarmsProps, IEip, INat, RouteProps } from "./nat";
import { Gateway } from "./gateway";
import { checkGatewaysPerVpc } from "./gateways-per-vpc";
import { resolveLimits } from "./limits";
import type { NatGatewayLimits } from "./limits";
import { checkVpc, checkVswitch, knownVswitchCidr } from "./network";
import type { IVpc, IVswitch } from "./network";
import { resourceName } from "./resource-name";

/** How machines behind a PrivateLink reverse endpoint reach the gateway. A change replaces the gateway. */
export type PrivateLinkAccess =
  | { /** By routes. */ readonly accessMode: "route" }
  | {
      /** By a tunnel. */
      readonly accessMode: "tunnel";
      /**
       * Encapsulation of the tunnel.
       * @default "geneve"
       */
      readonly tunnelType?: "geneve";
    };

/** What an Internet NAT gateway is made of. */
export interface InternetNatGatewayProps {
  /** The VPC that goes out through it. A change replaces the gateway. */
  readonly vpc: IVpc;
  /**
   * The vSwitch that it lies in, best one of its own: each EIP takes one of its addresses. The provider cannot change
   * it in place, so a change replaces the gateway, by way of a `terraform_data` resource; its EIPs keep their addresses.
   */
  readonly vswitch: IVswitch;
  /**
   * `"cross-zone"`: a second zone takes over when its zone fails. `"single-zone"`: it fails with its zone, and costs
   * about half; the account manager must have enabled it. A change replaces the gateway.
   * @default "cross-zone"
   */
  readonly availabilityMode?: "cross-zone" | "single-zone";
  /**
   * How EIPs are bound. `"nat"` is needed beside an IPv4 gateway. Changed in place from `"multi-bound"` to `"nat"`;
   * there is no way back, the API refuses it.
   * @default "multi-bound"
   */
  readonly eipBindMode?: "multi-bound" | "nat";
  /**
   * Whether the gateway itself answers a ping to its EIPs (the documents' ICMP Retrieval). An answer says nothing about
   * the backends. Under Any Port, pings go to the backend. Changed in place.
   * @default true
   */
  readonly icmpReply?: boolean;
  /**
   * Refuse to delete the gateway until this is off again and applied (release protection). Changed in place.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * Delete the gateway even while it has EIPs and entries that this app does not know of. It must have been applied
   * before the run that destroys. Changed in place.
   * @default false
   */
  readonly forceDelete?: boolean;
  /**
   * Access through PrivateLink. A change replaces the gateway.
   * @default - none
   */
  readonly privateLink?: PrivateLinkAccess;
  /**
   * Resource group of the EIPs that `addEip` creates. The gateway itself goes to the account's default group: the
   * provider has no argument for it.
   * @default - the account's default group
   */
  readonly resourceGroupId?: string;
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * 2 to 256 characters, not starting with `http://` or `https://`. Changed in place.
   * @default - none
   */
  readonly description?: string;
  /**
   * Tags of the gateway, and of the EIPs that `addEip` creates. Changed in place.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Quotas, for accounts whose quota was raised.
   * @default - the vendor's: 5 gateways a VPC; 20 EIPs, 40 SNAT entries and 100 DNAT entries a gateway
   */
  readonly limits?: NatGatewayLimits;
  /**
   * Provider that makes it, its EIPs, entries, routes and alarms.
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
 * A managed NAT gateway towards the Internet (Enhanced, pay-as-you-go by capacity units).
 *
 * It does nothing by itself: `addEip` gives it public addresses, `SnatEntry` lets private machines out, `DnatEntry`
 * lets clients in, `addRoute` sends traffic to it. When it is the first one of the VPC and the VPC's system route table
 * has no 0.0.0.0/0, the system adds that route by itself: machines of vSwitches on the system table need no `addRoute`.
 *
 * Makes one `alicloud_nat_gateway`, which costs an instance fee and a fee by capacity units from its creation on, and
 * one `terraform_data`, which costs nothing. Limits: 100,000 new connections a second and 2,000,000 at a time.
 * https://www.alibabacloud.com/help/en/nat-gateway/user-guide/manage-nat-gateway-quotas
 */
export class InternetNatGateway extends Construct implements INat {
  /** Takes in a gateway that exists already: for new EIPs, entries, routes and alarms on it. Makes no resource. */
  static fromAttributes(scope: Construct, id: string, attributes: InternetNatGatewayAttributes): IAdoptedNatGateway {
    return new AdoptedNatGateway(scope, id, attributes);
  }

  readonly natKind = "alicloud:gateway";
  readonly provider: TerraformProvider | undefined;
  /** ID of the gateway (`ngw-...`). */
  readonly natGatewayId: string;
  /** ID of the table of its SNAT entries (`stb-...`). */
  readonly snatTableId: string;
  /** ID of the table of its DNAT entries (`ftb-...`). */
  readonly forwardTableId: string;

  private readonly gateway: Gateway;

  constructor(scope: Construct, id: string, props: InternetNatGatewayProps) {
    super(scope, id);
    const parsed = failAt(this, () => parseProps(this, props));
    this.provider = props.provider;

    const placement = replacementTrigger(this, "Placement", {
      vswitch_id: props.vswitch.id,
      network_type: "internet",
    });
    const resource = new NatGateway(this, "Resource", {
      vpcId: props.vpc.id,
      vswitchId: props.vswitch.id,
      // Without it the provider drops vswitchId without a word.
      natType: "Enhanced",
      networkType: "internet",
      internetChargeType: "PayByLcu",
      paymentType: "PayAsYouGo",
      availabilityMode: parsed.availabilityMode,
      eipBindMode: parsed.eipBindMode,
      icmpReplyEnabled: props.icmpReply ?? true,
      deletionProtection: props.deletionProtection ?? false,
      force: props.forceDelete ?? false,
      ...parsed.privateLink,
      natGatewayName: parsed.name,
      description: props.description,
      tags: props.tags,
      provider: props.provider,
      dependsOn: parsed.dependsOn,
      lifecycle: { replaceTriggeredBy: [placement] },
    });
    this.natGatewayId = resource.id;
    this.snatTableId = resource.snatTableIds;
    this.forwardTableId = resource.forwardTableIds;
    this.gateway = new Gateway(this, this, {
      vpc: props.vpc,
      vswitch: props.vswitch,
      limits: parsed.limits,
      resourceGroupId: props.resourceGroupId,
      tags: props.tags,
    });
    checkGatewaysPerVpc(this, props.vpc, parsed.limits.gatewaysPerVpc);
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
  checkVswitch(props.vswitch);
  knownVpcCidrs(props.vpc);
  knownVswitchCidr(props.vswitch);
  const availabilityMode = parseChoice(
    props.availabilityMode ?? "cross-zone",
    ["cross-zone", "single-zone"],
    "availabilityMode",
  );
  const eipBindMode = parseChoice(props.eipBindMode ?? "multi-bound", ["multi-bound", "nat"], "eipBindMode");
  if (props.description !== undefined) whenKnown(props.description, checkDescription);
  checkFlag(props.icmpReply, "icmpReply");
  checkFlag(props.deletionProtection, "deletionProtection");
  checkFlag(props.forceDelete, "forceDelete");
  checkText(props.resourceGroupId, "resourceGroupId");
  checkTags(props.tags);
  checkProvider(props.provider);
  return {
    availabilityMode: availabilityMode === "cross-zone" ? "CrossAZ" : "SingleAZ",
    eipBindMode: eipBindMode === "nat" ? "NAT" : "MULTI_BINDED",
    privateLink: props.privateLink === undefined ? {} : parsePrivateLink(props.privateLink),
    limits: resolveLimits(props.limits),
    name: resourceName(gateway, props.name),
    dependsOn: after(dependables(gateway, props.dependsOn)),
  };
}

function checkDescription(description: string): void {
  const given: unknown = description;
  if (typeof given === "string" && given.length >= 2 && given.length <= 256 && !/^https?:\/\//.test(given)) return;
  throw new NatError(
    "description",
    "must be 2 to 256 characters long and not start with http:// or https://",
    description,
    "shorten or reword it",
  );
}

function parsePrivateLink(access: PrivateLinkAccess) {
  checkProps(access, "privateLink");
  const modeValue = parseChoice(access.accessMode, ["route", "tunnel"], "privateLink.accessMode");
  const tunnelType = "tunnelType" in access ? access.tunnelType : undefined;
  if (access.accessMode === "route") {
    if (tunnelType !== undefined) {
      const fix = 'take it out, or use accessMode "tunnel"';
      throw new NatError("privateLink.tunnelType", 'belongs to accessMode "tunnel"', tunnelType, fix);
    }
    return { privateLinkEnabled: true, accessMode: { modeValue } };
  }
  return {
    privateLinkEnabled: true,
    accessMode: {
      modeValue,
      tunnelType: parseChoice(tunnelType ?? "geneve", ["geneve"], "privateLink.tunnelType"),
    },
  };
}
