import type { Deferrable } from "./deferred";
import type { Ipv4Address, Ipv4Cidr } from "./ipv4";
import type { PortMapping } from "./port-mapping";
import type { NatProtocol } from "./protocol";

/** How the source of an SNAT rule was named: one address, a vSwitch or subnet, the whole private network, a block. */
export type SnatSourceKind = "host" | "subnet" | "vpc" | "cidr";

/** A public address that the NAT translates to or from: an EIP, or an address of a router. */
export interface NatAddress {
  /** What tells it from every other address of the NAT: a construct path, or the address itself. */
  readonly id: string;
  /** The address. */
  readonly ip: Deferrable<Ipv4Address>;
  /**
   * Address of the machine that the cloud translates it to and from, one to one: what packets carry where the host of
   * a NAT sees them. Absent where the machine has the public address itself, and on a gateway.
   */
  readonly privateIp?: Deferrable<Ipv4Address>;
}

/** Which private addresses an SNAT rule holds for. */
export interface SnatRuleSource {
  /** How the source was named. */
  readonly kind: SnatSourceKind;
  /** The addresses. */
  readonly cidr: Deferrable<Ipv4Cidr>;
  /** Identity of the vSwitch or subnet that the rule names, where it names one. */
  readonly networkId?: string;
  /**
   * Whether it lies outside the private network, and comes in by a line of its own (Direct Connect).
   * @default false
   */
  readonly isRemote?: boolean;
}

/** Which private sources leave, through which public addresses. */
export interface SnatRule {
  /** What tells it from every other rule of the table: a construct path, or its place in the list. */
  readonly id: string;
  /** Who leaves by it. */
  readonly source: SnatRuleSource;
  /** The addresses to leave from; empty: the address of the interface that the packet leaves by (masquerade). */
  readonly addresses: readonly NatAddress[];
  /** Whether a private address always leaves from the same one of several addresses. */
  readonly eipAffinity: boolean;
}

/** Which public port, or whole public address, reaches which private address and port. */
export interface DnatRule {
  /** What tells it from every other rule of the table: a construct path, or its place in the list. */
  readonly id: string;
  /** The address that clients on the Internet send to. */
  readonly address: NatAddress;
  /** The protocol, or `"any"` for every protocol and port (Any Port). */
  readonly protocol: NatProtocol;
  /** The ports; absent under Any Port, and there only. */
  readonly ports?: PortMapping;
  /** The backend. */
  readonly privateIp: Deferrable<Ipv4Address>;
  /**
   * Whether the backend is outside the private network, beyond a line of its own (Direct Connect).
   * @default false
   */
  readonly isRemote?: boolean;
  /** Whether it may take a public port that SNAT uses on the same address. */
  readonly removePortLimits: boolean;
  /** The clients on the Internet that may use it; empty: anyone. */
  readonly allowFrom: readonly Deferrable<Ipv4Cidr>[];
}
