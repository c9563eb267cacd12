import type { NatBackend as Backend } from "../cdktf/entry-request";
import { NatBackends } from "../cdktf/nat-backends";
import type { Eip } from "./eip";
import type { SnatSource } from "./snat-source";

/** What a NAT of this cloud does with its entries. */
export type NatBackend = Backend<SnatSource, Eip>;

/** The NATs of this cloud that take entries. */
export const natBackends = new NatBackends<NatBackend>("a SelfHostedNatInstance");

/** Why a managed gateway takes no entries; the types say so too. */
export const GATEWAY_REFUSAL = {
  rule: "must be a SelfHostedNatInstance: a gateway of AWS translates every source that is routed to it, and has no DNAT",
  fix: "take the entry out, or put a SelfHostedNatInstance in the gateway's place",
};
