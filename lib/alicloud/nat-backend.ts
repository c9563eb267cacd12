import type { DnatEntryRequest as RequestOfDnat, NatBackend as Backend } from "../cdktf/entry-request";
import type { SnatEntryRequest as RequestOfSnat } from "../cdktf/entry-request";
import { NatBackends } from "../cdktf/nat-backends";
import type { EntryCloud } from "../cdktf/parse-entry";
import { isEip } from "./eip";
import type { Eip } from "./eip";
import { resourceName } from "./resource-name";
import { isSnatSource } from "./snat-source";
import type { SnatSource } from "./snat-source";

/** An SNAT entry on its way to its NAT. */
export type SnatEntryRequest = RequestOfSnat<SnatSource, Eip>;

/** A DNAT entry on its way to its NAT. */
export type DnatEntryRequest = RequestOfDnat<Eip>;

/** What a NAT of this cloud does with its entries. */
export type NatBackend = Backend<SnatSource, Eip>;

/** The NATs of this cloud that take entries. */
export const natBackends = new NatBackends<NatBackend>("an InternetNatGateway or a SelfHostedNatInstance");

/** What entries of this cloud are parsed by. */
export const ENTRIES: EntryCloud<SnatSource, Eip, NatBackend> = {
  backends: natBackends,
  isEip,
  isSource: isSnatSource,
  sourceFactories: "SnatSource.vpc, .vswitch, .host or .cidr of cdktf-nat/alicloud",
  nameOf: resourceName,
};
