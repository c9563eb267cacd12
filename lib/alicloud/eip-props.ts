import type { TerraformProvider } from "cdktf";
import type { Dependency } from "../cdktf/dependencies";
import type { Isp } from "./isp";
import type { ISharedBandwidth } from "./shared-bandwidth";

/** What every EIP of a NAT can be given. */
export interface EipBindingProps {
  /**
   * The Internet Shared Bandwidth that it draws from; its own limit then has no effect.
   * @default - none: its own limit
   */
  readonly sharedBandwidth?: ISharedBandwidth;
  /**
   * The private address of a self-hosted NAT that it is bound to, an address of the NAT's vSwitch that nothing else
   * has; the NAT's network interface gets it. A change binds the EIP anew. No effect on a gateway.
   * @default - the interface's primary address, which one EIP can have; every further EIP must name an address, so that
   * adding or removing one moves no other
   */
  readonly privateIp?: string;
  /**
   * Provider that makes and binds it.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before it is bound.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/** An EIP that the library creates. */
export interface NewEipProps extends EipBindingProps {
  /**
   * Its limit in Mbit/s, a whole number: 1 to 200 when charged by traffic, 1 to 500 when charged by bandwidth.
   * Changed in place.
   * https://www.alibabacloud.com/help/doc-detail/36016.htm
   * @default 100 when charged by traffic, where the limit itself costs nothing; required when charged by bandwidth
   */
  readonly bandwidthMbps?: number;
  /**
   * What is paid for: what goes through (`"traffic"`), or the limit (`"bandwidth"`). A change replaces the EIP: it
   * gets another address.
   * @default "traffic"
   */
  readonly chargeBy?: "traffic" | "bandwidth";
  /**
   * Line type. A change replaces the EIP: it gets another address.
   * @default - the region's: BGP (Multi-ISP)
   */
  readonly isp?: Isp;
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Refuse to release the address until this is off again and applied.
   * @default false
   */
  readonly deletionProtection?: boolean;
  /**
   * Resource group. Changed in place.
   * @default - the NAT's
   */
  readonly resourceGroupId?: string;
  /**
   * Tags. Changed in place.
   * @default - the NAT's
   */
  readonly tags?: Readonly<Record<string, string>>;
  /** Excludes the options above: an existing EIP keeps its own. */
  readonly existing?: never;
}

/** An EIP that exists already, made elsewhere; it is bound by the library, and released by nobody. */
export interface ExistingEipProps extends EipBindingProps {
  /** The EIP. It must not be bound to anything else. */
  readonly existing: ExistingEip;
  /** Belongs to EIPs that are created. */
  readonly bandwidthMbps?: never;
  /** Belongs to EIPs that are created. */
  readonly chargeBy?: never;
  /** Belongs to EIPs that are created. */
  readonly isp?: never;
  /** Belongs to EIPs that are created. */
  readonly name?: never;
  /** Belongs to EIPs that are created. */
  readonly deletionProtection?: never;
  /** Belongs to EIPs that are created. */
  readonly resourceGroupId?: never;
  /** Belongs to EIPs that are created. */
  readonly tags?: never;
}

/** An EIP that exists already. */
export interface ExistingEip {
  /** ID of the EIP (`eip-...`). */
  readonly allocationId: string;
  /** The public address. */
  readonly publicIp: string;
}

/** An EIP that is bound to the gateway already. */
export interface ImportedEipProps extends ExistingEip {
  /**
   * The Internet Shared Bandwidth that it is in already; nothing is attached.
   * @default - none
   */
  readonly sharedBandwidth?: ISharedBandwidth;
}

/** A new EIP, or an existing one. */
export type EipProps = NewEipProps | ExistingEipProps;
