import type { DnatEntryRequest as RequestOfDnat, SnatEntryRequest as RequestOfSnat } from "../cdktf/entry-request";
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
export interface DnatEntryRequest extends RequestOfDnat<Eip> {
  /** The backend's port, where the entry names that instead of its private IP; then `privateIp` stands for it only. */
  readonly portId: string | undefined;
}

/** What a NAT of this cloud does with its entries. */
export interface NatBackend {
  /** Connections to one destination (address, port, protocol) that one EIP can carry. */
  readonly connectionsPerEip: number;
  /** Whether a DNAT entry can name its backend by the id of a port; one that does is refused otherwise. */
  readonly takesPortIds: boolean;
  addSnatEntry(request: SnatEntryRequest): void;
  addDnatEntry(request: DnatEntryRequest): void;
}

/** The NATs of this cloud that take entries. */
export const natBackends = new NatBackends<NatBackend>("an InternetNatGateway or a SelfHostedNatInstance");

/** What entries of this cloud are parsed by. */
export const ENTRIES: EntryCloud<SnatSource, Eip, NatBackend> = {
  backends: natBackends,
  isEip,
  isSource: isSnatSource,
  sourceFactories: "SnatSource.vpc, .subnet, .host, .cidr or .directConnect of cdktf-nat/opentelekomcloud",
  nameOf: resourceName,
};
