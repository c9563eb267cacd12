import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkFlag, checkId, checkProvider, checkTags, checkText } from "../cdktf/check-types";
import { after, dependables } from "../cdktf/dependencies";
import { existingOf, natAddress } from "../cdktf/eip-parts";
import { failAt } from "../cdktf/fail";
import { deferrable, whenKnown } from "../cdktf/when-known";
import { parseChoice } from "../core/choice";
import { Ipv4Address } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { NatAddress } from "../core/nat-rule";
import { parseWholeNumber } from "../core/whole-number";
import { CommonBandwidthPackageAttachment } from "./bindings/common-bandwidth-package-attachment";
import { EipAddress } from "./bindings/eip-address";
import { EipAssociation } from "./bindings/eip-association";
import { ISPS } from "./isp";
import type { EipProps, ExistingEip, ImportedEipProps, NewEipProps } from "./eip-props";
import type { IEip, INat } from "./nat";
import { resourceName } from "./resource-name";
import { checkSharedBandwidth } from "./shared-bandwidth";
import type { ISharedBandwidth } from "./shared-bandwidth";

const CREATION_OPTIONS = [
  "bandwidthMbps",
  "chargeBy",
  "isp",
  "name",
  "deletionProtection",
  "resourceGroupId",
  "tags",
] as const;

/** What an EIP is bound to, and what it takes over from its NAT. */
export interface EipTarget {
  readonly nat: INat;
  readonly instanceId: string;
  readonly instanceType: "Nat" | "NetworkInterface";
  /** The private address of a network interface that the EIP stands for; a gateway takes one by itself. */
  readonly privateIp?: string;
  readonly resourceGroupId: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** An EIP of a NAT, with what an entry needs of it. */
export class Eip extends Construct implements IEip {
  /**
   * Creates an EIP, or adopts an existing one, and binds it: `alicloud_eip_address` (when created),
   * `alicloud_eip_association`, and `alicloud_common_bandwidth_package_attachment` (with a shared bandwidth).
   */
  static boundTo(target: EipTarget, id: string, props: EipProps): Eip {
    return new Eip(target.nat, id, props.sharedBandwidth, (scope) => {
      const provider = props.provider ?? target.nat.provider;
      const { existing, dependsOn } = failAt(scope, () => {
        const existing = parseExisting(props);
        checkSharedBandwidth(props.sharedBandwidth);
        if (props.privateIp !== undefined) {
          deferrable(props.privateIp, (text) => Ipv4Address.parse(text, "privateIp"));
        }
        checkProvider(props.provider);
        return { existing, dependsOn: dependables(scope, props.dependsOn) };
      });
      const ids = existing ?? createEip(scope, target, props, provider);
      const ready = bindEip(scope, target, ids, { sharedBandwidth: props.sharedBandwidth, provider, dependsOn });
      return { ...ids, privateIp: target.privateIp, ready, imported: false };
    });
  }

  /** Takes in an EIP that is bound already; makes no resource. */
  static imported(nat: INat, id: string, props: ImportedEipProps): Eip {
    return new Eip(nat, id, props.sharedBandwidth, (scope) => {
      const ids = failAt(scope, () => {
        checkSharedBandwidth(props.sharedBandwidth);
        return parseIds(props);
      });
      return { ...ids, privateIp: undefined, ready: [], imported: true };
    });
  }

  readonly publicIp: string;
  readonly allocationId: string;
  /** The EIP as the NAT table knows it. */
  readonly address: NatAddress;
  /** What an entry must wait for before it can use the EIP, in the order in which the cloud needs it. */
  readonly ready: readonly ITerraformDependable[];
  /** Whether it was bound before, so that the library only takes it in. */
  readonly imported: boolean;

  private constructor(
    readonly nat: INat,
    id: string,
    readonly sharedBandwidth: ISharedBandwidth | undefined,
    make: (scope: Construct) => ExistingEip & {
      readonly privateIp: string | undefined;
      readonly ready: readonly ITerraformDependable[];
      readonly imported: boolean;
    },
  ) {
    super(nat, id);
    const { allocationId, publicIp, privateIp, ready, imported } = make(this);
    this.imported = imported;
    this.allocationId = allocationId;
    this.publicIp = publicIp;
    this.ready = ready;
    this.address = natAddress(this, publicIp, privateIp);
  }
}

/** Whether `addEip` or `importEip` returned it. */
export function isEip(value: unknown): value is Eip {
  return value instanceof Eip;
}

function createEip(
  scope: Construct,
  target: EipTarget,
  props: EipProps,
  provider: TerraformProvider | undefined,
): ExistingEip {
  const { bandwidthMbps, internetChargeType, name } = failAt(scope, () => {
    checkFlag(props.deletionProtection, "deletionProtection");
    checkText(props.resourceGroupId, "resourceGroupId");
    checkTags(props.tags);
    return { ...parseBandwidth(props), name: resourceName(scope, props.name) };
  });
  const eip = new EipAddress(scope, "Resource", {
    addressName: name,
    bandwidth: `${bandwidthMbps}`,
    internetChargeType,
    paymentType: "PayAsYouGo",
    isp: props.isp,
    deletionProtection: props.deletionProtection,
    resourceGroupId: props.resourceGroupId ?? target.resourceGroupId,
    tags: props.tags ?? target.tags,
    provider,
  });
  return { allocationId: eip.id, publicIp: eip.ipAddress };
}

interface EipBinding {
  readonly sharedBandwidth: ISharedBandwidth | undefined;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

function bindEip(
  scope: Construct,
  { instanceId, instanceType, privateIp }: EipTarget,
  { allocationId }: ExistingEip,
  { sharedBandwidth, provider, dependsOn }: EipBinding,
): readonly ITerraformDependable[] {
  const association = new EipAssociation(scope, "Association", {
    allocationId,
    instanceId,
    instanceType,
    // Both force a new association where they are added later: they are there from the start.
    ...(privateIp === undefined ? {} : { privateIpAddress: privateIp, mode: "NAT" }),
    provider,
    dependsOn: after(dependsOn),
  });
  if (sharedBandwidth === undefined) return [association];
  // After the association and before the entries: the cloud needs a few seconds until entries can use a new EIP.
  const attachment = new CommonBandwidthPackageAttachment(scope, "BandwidthAttachment", {
    bandwidthPackageId: sharedBandwidth.bandwidthPackageId,
    instanceId: allocationId,
    provider,
    dependsOn: [association],
  });
  return [association, attachment];
}

function parseExisting(props: EipProps): ExistingEip | undefined {
  const existing = existingOf(props, CREATION_OPTIONS);
  if (existing === undefined) return undefined;
  return parseIds(existing, "existing.");
}

function parseIds({ allocationId, publicIp }: ExistingEip, prefix = ""): ExistingEip {
  checkId(allocationId, `${prefix}allocationId`, "an EIP");
  deferrable(publicIp, (text) => Ipv4Address.parse(text, `${prefix}publicIp`));
  return { allocationId, publicIp };
}

function parseBandwidth(props: EipProps): { bandwidthMbps: number; internetChargeType: string } {
  const chargeBy = parseChoice(props.chargeBy ?? "traffic", ["traffic", "bandwidth"], "chargeBy");
  if (props.isp !== undefined) whenKnown(props.isp, (isp) => parseChoice(isp, ISPS, "isp"));
  const bandwidthMbps = props.bandwidthMbps ?? defaultBandwidth(chargeBy);
  const max = chargeBy === "traffic" ? 200 : 500;
  whenKnown(bandwidthMbps, (value) => parseWholeNumber(value, { min: 1, max, unit: "Mbit/s" }, "bandwidthMbps"));
  return { bandwidthMbps, internetChargeType: chargeBy === "traffic" ? "PayByTraffic" : "PayByBandwidth" };
}

function defaultBandwidth(chargeBy: NonNullable<NewEipProps["chargeBy"]>): number {
  if (chargeBy === "traffic") return 100;
  throw new NatError(
    "bandwidthMbps",
    'must be given with chargeBy "bandwidth", where it is what is paid for',
    undefined,
    "name the limit in Mbit/s, 1 to 500",
  );
}
