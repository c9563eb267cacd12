import { Construct } from "constructs";
import type { CloudSnatEntryProps } from "../cdktf/entry-props";
import { parseSnatEntry } from "../cdktf/parse-entry";
import { warn } from "../cdktf/warn-at-synth";
import type { Eip } from "./eip";
import type { IEip, INat } from "./nat";
import { ENTRIES } from "./nat-backend";
import type { SnatSource } from "./snat-source";

/**
 * Which private machines go out, and by which EIPs. A change of `nat` or `source` replaces the entry, all else is
 * changed in place. Several `eips` should draw from one `SharedBandwidth`.
 */
export interface SnatEntryProps extends CloudSnatEntryProps<INat, SnatSource, IEip> {
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. Changed in place. No effect on a
   * self-hosted NAT.
   * @default - the construct path
   */
  readonly name?: string;
}

/**
 * Lets private machines out to the Internet through EIPs of a NAT. Without one, a NAT lets nobody out.
 *
 * Among overlapping entries of a NAT the longest prefix wins, and a machine that a DNAT entry under Any Port points
 * to leaves by that entry's EIP. The route to the NAT is a matter of its own: see `addRoute`.
 *
 * Each EIP carries 55,000 connections at a time to one destination (address, port and protocol), so an entry with N
 * EIPs carries N x 55,000: see `maxConnectionsPerDestination`. Past that, new connections to that destination fail,
 * and the alarm `portAllocationErrors` of `addAlarms` tells. With `eipAffinity` each machine has the ports of one EIP.
 *
 * A self-hosted NAT carries about 28,000 of them an EIP, or 55,000: see its `portAllocation`. There the entry makes an
 * `alicloud_security_group_rule` that lets its machines in, and a new machine (see `onChange`).
 *
 * On a gateway it makes one `alicloud_snat_entry`, which costs nothing of its own. When an EIP is added to an entry
 * that exists, in the apply that also binds the EIP, the cloud may refuse the change for some seconds
 * (`OperationUnsupported.EipInBinding`), which the provider does not retry: a second apply finishes it.
 */
export class SnatEntry extends Construct {
  /** Connections at a time that the entry can hold to one destination (address, port, protocol), over all its EIPs. */
  readonly maxConnectionsPerDestination: number;

  constructor(scope: Construct, id: string, props: SnatEntryProps) {
    super(scope, id);
    const { backend, request } = parseSnatEntry(this, props, ENTRIES);
    this.maxConnectionsPerDestination = request.eips.length * backend.connectionsPerEip;
    warnWithoutSharedBandwidth(this, request.eips);
    backend.addSnatEntry(request);
  }
}

function warnWithoutSharedBandwidth(entry: SnatEntry, eips: readonly Eip[]): void {
  if (eips.length < 2) return;
  const ids = new Set(eips.map((eip) => eip.sharedBandwidth));
  if (ids.size === 1 && !ids.has(undefined)) return;
  warn(
    entry,
    `eips: ${eips.length} EIPs do not draw from one shared bandwidth; connections are spread by a hash, so those on ` +
      "an EIP that reaches its own limit suffer while the others have room; give each addEip the same sharedBandwidth",
  );
}
