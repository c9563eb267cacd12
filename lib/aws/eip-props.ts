import type { TerraformProvider } from "cdktf";
import type { Dependency } from "../cdktf/dependencies";

/** What every EIP of a NAT can be given. */
export interface EipBindingProps {
  /**
   * The private address of a self-hosted NAT that it is bound to, an address of the NAT's subnet that nothing else
   * has; the NAT's network interface gets it. A change binds the EIP anew. No effect on a gateway.
   * @default - the interface's primary address, which one EIP can have; every further EIP must name an address, so that
   * adding or removing one moves no other
   */
  readonly privateIp?: string;
  /**
   * Provider that makes and binds it. A gateway binds its EIPs itself, with its own.
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
   * Its `Name` tag: 1 to 255 letters, digits, spaces and `+ - = . _ : / @`. Changed in place.
   * @default - the `Name` of `tags`, otherwise the construct path
   */
  readonly name?: string;
  /**
   * Tags. Changed in place.
   * @default - the NAT's
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Pool of addresses brought to AWS (`ipv4pool-ec2-...`) that it is taken from. A change replaces the EIP: it gets
   * another address.
   * @default - Amazon's addresses
   */
  readonly publicIpv4Pool?: string;
  /**
   * The network border group that announces the address, for a NAT in a Local Zone or Wavelength Zone. A change
   * replaces the EIP: it gets another address.
   * @default - the region
   */
  readonly networkBorderGroup?: string;
  /** Excludes the options above: an existing EIP keeps its own. */
  readonly existing?: never;
}

/** An EIP that exists already, made elsewhere; it is bound by the library, and released by nobody. */
export interface ExistingEipProps extends EipBindingProps {
  /** The EIP. It must not be bound to anything else. */
  readonly existing: ExistingEip;
  /** Belongs to EIPs that are created. */
  readonly name?: never;
  /** Belongs to EIPs that are created. */
  readonly tags?: never;
  /** Belongs to EIPs that are created. */
  readonly publicIpv4Pool?: never;
  /** Belongs to EIPs that are created. */
  readonly networkBorderGroup?: never;
}

/** An EIP that exists already. */
export interface ExistingEip {
  /** ID of the EIP (`eipalloc-...`). */
  readonly allocationId: string;
  /** The public address. */
  readonly publicIp: string;
}

/** A new EIP, or an existing one. */
export type EipProps = NewEipProps | ExistingEipProps;
