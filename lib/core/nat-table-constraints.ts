import type { Ipv4Cidr } from "./ipv4";
import type { NatAddress } from "./nat-rule";

/** What a kind of NAT and its cloud demand of a NAT table, beside what every NAT does. */
export interface NatTableConstraints {
  /** All addresses of the NAT, used or not. @default - those that rules use */
  readonly addresses?: readonly NatAddress[];
  /** How many addresses the NAT takes. @default - any number */
  readonly maxAddresses?: number;
  /** How many SNAT entries the NAT takes. @default - any number */
  readonly maxSnatEntries?: number;
  /** How many DNAT entries the NAT takes. @default - any number */
  readonly maxDnatEntries?: number;
  /** Whether each port of a DNAT entry counts as one, because the NAT has a rule for each. @default false */
  readonly dnatEntryPerPort?: boolean;
  /** What the cloud calls these quotas, for the message. @default - not named */
  readonly quotaNames?: NatTableQuotaNames;
  /** Blocks of the private network: sources and private IPs lie in them. @default - not checked */
  readonly networkCidrs?: readonly Ipv4Cidr[];
  /**
   * First port that SNAT uses on an address (1025 on Alibaba Cloud): on an address that also serves SNAT, public ports
   * from there on need `removePortLimits`. @default - not checked
   */
  readonly firstSnatPort?: number;
  /** Whether (protocol, private IP, private port) is unique in the table, and so the private IP of Any Port. @default false */
  readonly uniqueBackends?: boolean;
  /** Whether a private IP under Any Port is in no other DNAT rule. @default false */
  readonly anyPortTakesBackend?: boolean;
  /** Whether no two sources share addresses: the NAT has no order among them. @default false */
  readonly disjointSources?: boolean;
  /**
   * Whether rules are put in order by their sources, so that a block known only at deploy time has no place beside
   * another source. @default false
   */
  readonly orderedSources?: boolean;
  /** Whether an SNAT rule must name an address, because the NAT can't masquerade. @default false */
  readonly addressesRequired?: boolean;
  /** What messages call things. @default - EIP, `eip`, `eips`, vSwitch or subnet, private network */
  readonly words?: Partial<NatTableWords>;
}

/** What the cloud calls its quotas. */
export interface NatTableQuotaNames {
  /** Quota of addresses a NAT. */
  readonly addresses?: string;
  /** Quota of SNAT entries a NAT. */
  readonly snatEntries?: string;
  /** Quota of DNAT entries a NAT. */
  readonly dnatEntries?: string;
}

/** What messages call things: the user's own words. */
export interface NatTableWords {
  /** A public address. */
  readonly address: string;
  /** Several of them. */
  readonly addresses: string;
  /** The prop of a DNAT entry that names its address. */
  readonly addressProp: string;
  /** The prop of an SNAT entry that names its addresses. */
  readonly addressesProp: string;
  /** A part of the private network that has a block of its own. */
  readonly subnet: string;
  /** The private network. */
  readonly network: string;
  /** What an SNAT entry may name as its source instead of a block; `""` for nothing else. */
  readonly namedSources: string;
}

/** The words where a NAT has no others. */
export const DEFAULT_WORDS: NatTableWords = {
  address: "EIP",
  addresses: "EIPs",
  addressProp: "eip",
  addressesProp: "eips",
  subnet: "vSwitch or subnet",
  network: "private network",
  namedSources: "a host, a vSwitch or subnet, or the whole private network",
};
