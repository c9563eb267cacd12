import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { checkId, checkProvider, checkTags, checkText, nameOf } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import type { Dependency } from "../cdktf/dependencies";
import { checkProps, failAt } from "../cdktf/fail";
import { whenKnown } from "../cdktf/when-known";
import { parseChoice } from "../core/choice";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { CommonBandwidthPackage } from "./bindings/common-bandwidth-package";
import { ISPS } from "./isp";
import type { Isp } from "./isp";
import { resourceName } from "./resource-name";

/** An Internet Shared Bandwidth: one bandwidth limit that several EIPs draw from. */
export interface ISharedBandwidth extends IConstruct {
  /** Tells it from other constructs at compile time. */
  readonly bandwidthKind: "alicloud:shared-bandwidth";
  /** ID of the Internet Shared Bandwidth (`cbwp-...`). */
  readonly bandwidthPackageId: string;
}

/** What a new Internet Shared Bandwidth is made of. */
export interface SharedBandwidthProps {
  /**
   * The limit that its EIPs share, in Mbit/s: a whole number from 1 to `maxBandwidthMbps`. Changed in place.
   */
  readonly bandwidthMbps: number;
  /**
   * The largest limit that the account may ask for, in Mbit/s.
   * https://www.alibabacloud.com/help/doc-detail/55930.htm
   * @default 1000
   */
  readonly maxBandwidthMbps?: number;
  /**
   * What is paid for: the limit (`"bandwidth"`), or what goes through (`"traffic"`). A change replaces it.
   * @default "bandwidth"
   */
  readonly chargeBy?: "bandwidth" | "traffic";
  /**
   * Line type; its EIPs have the same. A change replaces it.
   * @default - the region's: BGP (Multi-ISP)
   */
  readonly isp?: Isp;
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Resource group. Changed in place.
   * @default - the account's default group
   */
  readonly resourceGroupId?: string;
  /**
   * Tags. Changed in place.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Provider that makes it.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/** An Internet Shared Bandwidth that exists already. */
export interface SharedBandwidthAttributes {
  /** ID of the Internet Shared Bandwidth (`cbwp-...`). */
  readonly bandwidthPackageId: string;
}

/**
 * One bandwidth limit for several EIPs, so that none of them is full while another has room. Pass it to `addEip`.
 *
 * Makes one `alicloud_common_bandwidth_package`, which costs money from its creation on.
 */
export class SharedBandwidth extends Construct implements ISharedBandwidth {
  /** Uses an Internet Shared Bandwidth made elsewhere; makes no resource. */
  static fromAttributes(scope: Construct, id: string, attributes: SharedBandwidthAttributes): ISharedBandwidth {
    return new ExistingSharedBandwidth(scope, id, attributes);
  }

  readonly bandwidthKind = "alicloud:shared-bandwidth";
  readonly bandwidthPackageId: string;

  constructor(scope: Construct, id: string, props: SharedBandwidthProps) {
    super(scope, id);
    const { name, chargeBy, dependsOn } = failAt(this, () => {
      checkProps(props);
      const max = parseWholeNumber(
        props.maxBandwidthMbps ?? 1000,
        { min: 1, max: Number.MAX_SAFE_INTEGER, unit: "Mbit/s" },
        "maxBandwidthMbps",
      );
      whenKnown(props.bandwidthMbps, (value) =>
        parseWholeNumber(value, { min: 1, max, unit: "Mbit/s" }, "bandwidthMbps"),
      );
      if (props.isp !== undefined) whenKnown(props.isp, (isp) => parseChoice(isp, ISPS, "isp"));
      checkText(props.resourceGroupId, "resourceGroupId");
      checkTags(props.tags);
      checkProvider(props.provider);
      return {
        chargeBy: parseChoice(props.chargeBy ?? "bandwidth", ["bandwidth", "traffic"], "chargeBy"),
        name: resourceName(this, props.name),
        dependsOn: after(dependables(this, props.dependsOn)),
      };
    });
    const resource = new CommonBandwidthPackage(this, "Resource", {
      bandwidth: `${props.bandwidthMbps}`,
      bandwidthPackageName: name,
      internetChargeType: chargeBy === "bandwidth" ? "PayByBandwidth" : "PayByTraffic",
      isp: props.isp,
      resourceGroupId: props.resourceGroupId,
      tags: props.tags,
      provider: props.provider,
      dependsOn,
    });
    this.bandwidthPackageId = resource.id;
  }
}

class ExistingSharedBandwidth extends Construct implements ISharedBandwidth {
  readonly bandwidthKind = "alicloud:shared-bandwidth";
  readonly bandwidthPackageId: string;

  constructor(scope: Construct, id: string, attributes: SharedBandwidthAttributes) {
    super(scope, id);
    failAt(this, () => {
      checkProps(attributes, "attributes");
      checkId(attributes.bandwidthPackageId, "bandwidthPackageId", "an Internet Shared Bandwidth");
    });
    this.bandwidthPackageId = attributes.bandwidthPackageId;
  }
}

/** Refuses, for users of JavaScript, what is no shared bandwidth. */
export function checkSharedBandwidth(bandwidth: ISharedBandwidth | undefined): void {
  const given: unknown = bandwidth;
  if (given === undefined) return;
  if (typeof given === "object" && given !== null && "bandwidthKind" in given) return;
  const fix = "pass a SharedBandwidth, or what SharedBandwidth.fromAttributes returns";
  throw new NatError("sharedBandwidth", "must be a SharedBandwidth", nameOf(given), fix);
}
