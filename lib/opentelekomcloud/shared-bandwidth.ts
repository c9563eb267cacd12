import { Lazy, TerraformStack } from "cdktf";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { VpcBandwidthAssociateV2 } from "@cdktf/provider-opentelekomcloud/lib/vpc-bandwidth-associate-v2";
import { VpcBandwidthV2 } from "@cdktf/provider-opentelekomcloud/lib/vpc-bandwidth-v2";
import { checkProvider, nameOf } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import type { Dependency } from "../cdktf/dependencies";
import { checkProps, failAt } from "../cdktf/fail";
import { whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { resourceName } from "./resource-name";

/** A shared bandwidth: one limit that several EIPs draw from. */
export interface ISharedBandwidth extends IConstruct {
  /** Tells it from other constructs at compile time. */
  readonly bandwidthKind: "opentelekomcloud:shared-bandwidth";
  /** ID of the shared bandwidth. */
  readonly bandwidthId: string;
}

/** What a new shared bandwidth is made of. */
export interface SharedBandwidthProps {
  /**
   * The limit that its EIPs share, in Mbit/s: a whole number from 5 to `maxBandwidthMbps`. Changed in place.
   */
  readonly bandwidthMbps: number;
  /**
   * The largest limit that the account may ask for, in Mbit/s.
   * https://docs.otc.t-systems.com/elastic-ip/api-ref/api_v1_and_v2/bandwidth/assigning_a_shared_bandwidth.html
   * @default 1000
   */
  readonly maxBandwidthMbps?: number;
  /**
   * 1 to 64 letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
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

/**
 * One bandwidth limit for several EIPs of its stack, so that none of them is full while another has room. Pass it to
 * `addEip`. One that exists already cannot be taken in: the provider's association names all EIPs of a bandwidth, so it
 * would put out those that it does not know of. EIPs in such a bandwidth are taken in by `existing`.
 *
 * Makes one `opentelekomcloud_vpc_bandwidth_v2`, which costs money from its creation on, and with the first EIP one
 * `opentelekomcloud_vpc_bandwidth_associate_v2`, which costs nothing. An EIP that leaves it has a limit of its own of
 * 1 Mbit/s then, until its `bandwidthMbps` is changed.
 */
export class SharedBandwidth extends Construct implements ISharedBandwidth {
  readonly bandwidthKind = "opentelekomcloud:shared-bandwidth";
  readonly bandwidthId: string;

  constructor(scope: Construct, id: string, props: SharedBandwidthProps) {
    super(scope, id);
    const { name, dependsOn } = failAt(this, () => {
      checkProps(props);
      const max = parseWholeNumber(
        props.maxBandwidthMbps ?? 1000,
        { min: 5, max: Number.MAX_SAFE_INTEGER, unit: "Mbit/s" },
        "maxBandwidthMbps",
      );
      whenKnown(props.bandwidthMbps, (value) =>
        parseWholeNumber(value, { min: 5, max, unit: "Mbit/s" }, "bandwidthMbps"),
      );
      checkProvider(props.provider);
      return { name: resourceName(this, props.name), dependsOn: after(dependables(this, props.dependsOn)) };
    });
    const resource = new VpcBandwidthV2(this, "Resource", {
      name,
      size: props.bandwidthMbps,
      provider: props.provider,
      dependsOn,
    });
    this.bandwidthId = resource.id;
    attachments.set(this, new Attachment(this, props.provider, props.bandwidthMbps));
  }
}

/** The EIPs of one shared bandwidth: one resource names them all. */
class Attachment {
  private readonly eipIds: string[] = [];

  constructor(
    private readonly bandwidth: ISharedBandwidth & Construct,
    private readonly provider: TerraformProvider | undefined,
    readonly mbps: number,
  ) {}

  add(eipId: string): void {
    if (this.eipIds.push(eipId) > 1) return;
    new VpcBandwidthAssociateV2(this.bandwidth, "Eips", {
      bandwidth: this.bandwidth.bandwidthId,
      floatingIps: Lazy.listValue({ produce: () => [...this.eipIds] }),
      provider: this.provider,
    });
  }
}

const attachments = new WeakMap<ISharedBandwidth, Attachment>();

/** Lets an EIP draw from a shared bandwidth, and says how many Mbit/s that has. */
export function attach(bandwidth: ISharedBandwidth, eipId: string): number {
  const attachment = attachments.get(bandwidth);
  if (attachment === undefined) throw new Error(`no shared bandwidth: ${bandwidth.node.path}`);
  attachment.add(eipId);
  return attachment.mbps;
}

/** Refuses, for users of JavaScript, what is no shared bandwidth, and one of another stack than the EIP's. */
export function checkSharedBandwidth(eip: IConstruct, bandwidth: ISharedBandwidth | undefined): void {
  const given: unknown = bandwidth;
  if (given === undefined) return;
  if (!(given instanceof SharedBandwidth)) {
    throw new NatError("sharedBandwidth", "must be a SharedBandwidth", nameOf(given), "pass a SharedBandwidth");
  }
  const stack = TerraformStack.of(eip);
  if (TerraformStack.of(given) === stack) return;
  throw new NatError(
    "sharedBandwidth",
    `must be in the same stack ("${stack.node.path}")`,
    given.node.path,
    "give the EIPs of each stack a SharedBandwidth of their own",
  );
}
