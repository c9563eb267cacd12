import type { TerraformProvider } from "cdktf";
import type { Dependency } from "../cdktf/dependencies";
import type { ISharedBandwidth } from "./shared-bandwidth";

/** What every EIP of a NAT can be given. */
export interface EipBindingProps {
  /**
   * The shared bandwidth that it draws from; its own limit then has no effect.
   * @default - none: its own limit
   */
  readonly sharedBandwidth?: ISharedBandwidth;
  /**
   * The private address of a self-hosted NAT that it is bound to, an address of the NAT's subnet that nothing else
   * has. A change binds the EIP anew. No effect on a gateway.
   * @default - the address of the NAT's port, which one EIP can have; every further EIP must name an address, so that
   * adding or removing one moves no other
   */
  readonly privateIp?: string;
  /**
   * Provider that makes and binds it.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before it is used.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/** An EIP that the library creates. */
export interface NewEipProps extends EipBindingProps {
  /**
   * Its limit in Mbit/s, a whole number from 1 to 300. Changed in place.
   * https://docs.otc.t-systems.com/elastic-ip/api-ref/api_v1_and_v2/eip/assigning_an_eip.html
   * @default 100
   */
  readonly bandwidthMbps?: number;
  /**
   * Line type: `"5_bgp"` (dynamic BGP) or `"5_mailbgp"` (for mail servers). A change replaces the EIP: it gets another
   * address.
   * @default "5_bgp"
   */
  readonly type?: "5_bgp" | "5_mailbgp";
  /**
   * Name of its bandwidth: 1 to 64 letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Tags. Changed in place.
   * @default - the NAT's
   */
  readonly tags?: Readonly<Record<string, string>>;
  /** Excludes the options above: an existing EIP keeps its own. */
  readonly existing?: never;
}

/** An EIP that exists already, made elsewhere; it is used by the library, and released by nobody. */
export interface ExistingEipProps extends EipBindingProps {
  /** The EIP. It must not be bound to anything else. */
  readonly existing: ExistingEip;
  /** Belongs to EIPs that are created. */
  readonly bandwidthMbps?: never;
  /** Belongs to EIPs that are created. */
  readonly type?: never;
  /** Belongs to EIPs that are created. */
  readonly name?: never;
  /** Belongs to EIPs that are created. */
  readonly tags?: never;
}

/** An EIP that exists already. */
export interface ExistingEip {
  /** ID of the EIP: the `id` of a `VpcEipV1`. */
  readonly eipId: string;
  /** The public address. */
  readonly publicIp: string;
  /**
   * Its limit in Mbit/s, for the alarm `bandwidth`. Nothing is changed by it.
   * @default - not known; it has no such alarm
   */
  readonly bandwidthMbps?: number;
}

/** An EIP that rules of the gateway use already. */
export type ImportedEipProps = ExistingEip;

/** A new EIP, or an existing one. */
export type EipProps = NewEipProps | ExistingEipProps;
