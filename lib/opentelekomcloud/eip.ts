import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { VpcEipV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-eip-v1";
import { checkId, checkProvider, checkTags } from "../cdktf/check-types";
import { dependables } from "../cdktf/dependencies";
import { existingOf, natAddress } from "../cdktf/eip-parts";
import { failAt } from "../cdktf/fail";
import { deferrable, whenKnown } from "../cdktf/when-known";
import { parseChoice } from "../core/choice";
import { Ipv4Address } from "../core/ipv4";
import type { NatAddress } from "../core/nat-rule";
import { parseWholeNumber } from "../core/whole-number";
import type { EipProps, ExistingEip, ImportedEipProps } from "./eip-props";
import type { IEip, INat } from "./nat";
import { resourceName } from "./resource-name";
import { attach, checkSharedBandwidth } from "./shared-bandwidth";
import type { ISharedBandwidth } from "./shared-bandwidth";

const CREATION_OPTIONS = ["bandwidthMbps", "type", "name", "tags"] as const;

/** What an EIP belongs to, and what it takes over from its NAT. */
export interface EipTarget {
  readonly nat: INat;
  /** The private address of a host that the EIP stands for; a gateway has none. */
  readonly privateIp?: string;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /**
   * Binds the EIP, and says what entries have to wait for. A gateway binds nothing: its rules name the EIP.
   * @default - nothing is bound; entries wait for what the EIP's own `dependsOn` names
   */
  readonly bind?: (request: EipBinding) => readonly ITerraformDependable[];
}

/** An EIP in the cloud. */
export interface EipIds {
  readonly eipId: string;
  readonly publicIp: string;
}

/** What an EIP can send: a limit of its own, or one that it shares. */
export interface EipLimit {
  readonly mbps: number;
  readonly shared?: ISharedBandwidth;
}

/** An EIP that is about to be bound. */
export interface EipBinding extends EipIds {
  /** The EIP's own scope. */
  readonly scope: Construct;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

interface EipWithLimit extends EipIds {
  readonly limit: EipLimit | undefined;
}

/** An EIP of a NAT, with what an entry needs of it. */
export class Eip extends Construct implements IEip {
  /**
   * Creates an EIP, or adopts an existing one, and binds it: `opentelekomcloud_vpc_eip_v1` (when created), a place in
   * the `opentelekomcloud_vpc_bandwidth_associate_v2` of a shared bandwidth, and what the NAT binds it by.
   */
  static boundTo(target: EipTarget, id: string, props: EipProps): Eip {
    return new Eip(target.nat, id, (scope) => {
      const provider = props.provider ?? target.nat.provider;
      const { existing, dependsOn } = failAt(scope, () => {
        const existing = parseExisting(props);
        checkSharedBandwidth(scope, props.sharedBandwidth);
        if (props.privateIp !== undefined) {
          deferrable(props.privateIp, (text) => Ipv4Address.parse(text, "privateIp"));
        }
        checkProvider(props.provider);
        return { existing, dependsOn: dependables(scope, props.dependsOn) };
      });
      const { limit: ownLimit, ...ids } = existing ?? createEip(scope, target, props, provider);
      const shared = props.sharedBandwidth;
      const limit = shared === undefined ? ownLimit : { mbps: attach(shared, ids.eipId), shared };
      const ready = target.bind?.({ scope, ...ids, provider, dependsOn }) ?? dependsOn;
      return { ...ids, limit, privateIp: target.privateIp, ready, imported: false };
    });
  }

  /** Takes in an EIP that rules of the gateway use already; makes no resource. */
  static imported(nat: INat, id: string, props: ImportedEipProps): Eip {
    return new Eip(nat, id, (scope) => {
      const ids = failAt(scope, () => parseIds(props));
      return { ...ids, privateIp: undefined, ready: [], imported: true };
    });
  }

  readonly publicIp: string;
  readonly eipId: string;
  /** The id, as what all clouds share calls it. */
  readonly allocationId: string;
  readonly idProp = "eipId";
  /** What it can send, where the app knows it. */
  readonly limit: EipLimit | undefined;
  /** The EIP as the NAT table knows it. */
  readonly address: NatAddress;
  /** What an entry must wait for before it can use the EIP, in the order in which the cloud needs it. */
  readonly ready: readonly ITerraformDependable[];
  /** Whether it was in use before, so that the library only takes it in. */
  readonly imported: boolean;

  private constructor(
    readonly nat: INat,
    id: string,
    make: (scope: Construct) => EipWithLimit & {
      readonly privateIp: string | undefined;
      readonly ready: readonly ITerraformDependable[];
      readonly imported: boolean;
    },
  ) {
    super(nat, id);
    const { eipId, publicIp, limit, privateIp, ready, imported } = make(this);
    this.limit = limit;
    this.imported = imported;
    this.eipId = eipId;
    this.allocationId = eipId;
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
): EipWithLimit {
  const { size, type, name } = failAt(scope, () => {
    checkTags(props.tags);
    const size = props.bandwidthMbps ?? 100;
    checkBandwidth(size, 300, "bandwidthMbps");
    const type = props.type ?? "5_bgp";
    whenKnown(type, (text) => parseChoice(text, ["5_bgp", "5_mailbgp"], "type"));
    return { size, type, name: resourceName(scope, props.name) };
  });
  const eip = new VpcEipV1(scope, "Resource", {
    publicip: { type },
    bandwidth: { name, size, shareType: "PER" },
    tags: props.tags ?? target.tags,
    provider,
    // In a shared bandwidth the EIP reads that one's name, size and kind, and a change of the kind forces a new EIP.
    ...(props.sharedBandwidth === undefined ? {} : { lifecycle: { ignoreChanges: ["bandwidth"] } }),
  });
  return { eipId: eip.id, publicIp: eip.publicip.ipAddress, limit: { mbps: size } };
}

function parseExisting(props: EipProps): EipWithLimit | undefined {
  const existing = existingOf(props, CREATION_OPTIONS);
  if (existing === undefined) return undefined;
  return parseIds(existing, "existing.");
}

function parseIds({ eipId, publicIp, bandwidthMbps: mbps }: ExistingEip, prefix = ""): EipWithLimit {
  checkId(eipId, `${prefix}eipId`, "an EIP");
  deferrable(publicIp, (text) => Ipv4Address.parse(text, `${prefix}publicIp`));
  if (mbps !== undefined) checkBandwidth(mbps, Number.MAX_SAFE_INTEGER, `${prefix}bandwidthMbps`);
  return { eipId, publicIp, limit: mbps === undefined ? undefined : { mbps } };
}

function checkBandwidth(mbps: number, max: number, prop: string): void {
  whenKnown(mbps, (value) => parseWholeNumber(value, { min: 1, max, unit: "Mbit/s" }, prop));
}
