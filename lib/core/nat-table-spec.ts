import type { Deferred } from "./deferred";
import type { PortProtocol } from "./protocol";

/** The entries of a NAT table as text and numbers. */
export interface NatTableSpec {
  /** Which sources leave, and from which addresses. @default - none */
  readonly snat?: readonly SnatEntrySpec[];
  /** Which public ports or addresses reach which backends. @default - none */
  readonly dnat?: readonly DnatEntrySpec[];
}

/**
 * A public address of the machine itself, or one that a cloud translates to and from a private address of the machine,
 * one to one: packets carry that private one where the machine sees them.
 */
export type NatAddressSpec = string | Deferred | TranslatedAddressSpec;

/** A public address that a cloud translates one to one. */
export interface TranslatedAddressSpec {
  /** The public address. */
  readonly publicIp: string | Deferred;
  /** The private address of the machine that stands for it. */
  readonly privateIp: string | Deferred;
}

/** An SNAT entry as text. */
export interface SnatEntrySpec {
  /** What messages and traces call it. @default - its place, for example `snat[0]` */
  readonly id?: string;
  /** Block of the private addresses that leave by it, for example `"192.168.0.0/24"`. */
  readonly source: string | Deferred;
  /** Public addresses to leave from. @default - masquerade: the address of the interface that the packet leaves by */
  readonly addresses?: readonly NatAddressSpec[];
  /** Whether a private address always leaves from the same one of several addresses. @default false */
  readonly eipAffinity?: boolean;
}

/** A DNAT entry as text and numbers. */
export type DnatEntrySpec = PortDnatEntrySpec | AnyPortDnatEntrySpec;

/** What all DNAT entries have. */
export interface DnatEntrySpecBase {
  /** What messages and traces call it. @default - its place, for example `dnat[0]` */
  readonly id?: string;
  /** Public address that clients on the Internet send to. */
  readonly address: NatAddressSpec;
  /** Address of the backend. */
  readonly privateIp: string | Deferred;
  /** Blocks of the clients on the Internet that may use it. @default - anyone */
  readonly allowFrom?: readonly (string | Deferred)[];
}

/** A DNAT entry that maps a port, or a range of ports, to as many ports of the backend. */
export interface PortDnatEntrySpec extends DnatEntrySpecBase {
  /** The protocol. */
  readonly protocol: PortProtocol;
  /** Public port or ports: `443`, `"443"`, `"7000-7010"` or `"7000/7010"`. */
  readonly publicPort: number | string;
  /** Port or ports of the backend, as many as public ones. @default - as `publicPort` */
  readonly privatePort?: number | string;
}

/** A DNAT entry that maps every protocol and port of an address to one backend. */
export interface AnyPortDnatEntrySpec extends DnatEntrySpecBase {
  /** Every protocol and port. */
  readonly protocol: "any";
  /** Any Port takes no port. */
  readonly publicPort?: never;
  /** Any Port takes no port. */
  readonly privatePort?: never;
}
