import { Construct } from "constructs";
import type { CloudSnatEntryProps } from "../cdktf/entry-props";
import { parseSnatEntry } from "../cdktf/parse-entry";
import type { IEip, INat } from "./nat";
import { ENTRIES } from "./nat-backend";
import type { SnatSource } from "./snat-source";

/**
 * Which private machines go out, and by which EIPs. A gateway has one EIP an entry. Its rules cannot be changed in
 * place: any change replaces the rule, and connections of its machines break meanwhile. On a self-hosted NAT a change
 * makes a new machine (see its `onChange`).
 */
export interface SnatEntryProps extends CloudSnatEntryProps<INat, SnatSource, IEip> {
  /**
   * The EIPs that they leave from: one on a gateway, at least one on a self-hosted NAT, where connections are spread
   * over several by a hash.
   */
  readonly eips: readonly IEip[];
}

/**
 * Lets private machines out to the Internet through EIPs of a NAT. Without one, a NAT lets nobody out.
 *
 * On a gateway a subnet has one entry, sources do not overlap, and a source lies in one subnet, or comes in by Direct
 * Connect. An EIP may serve several entries, and DNAT entries other than Any Port. On a self-hosted NAT sources may
 * overlap, and the longest prefix wins.
 *
 * Each EIP carries 55,000 connections at a time to one destination (address, port and protocol), on a smaller gateway
 * as many as it holds: see `maxConnectionsPerDestination`. Past that, new connections to that destination fail, and the
 * alarm `portAllocationErrors` of `addAlarms` tells. A self-hosted NAT carries about 28,000 of them an EIP, or 55,000:
 * see its `portAllocation`.
 *
 * On a gateway it makes one `opentelekomcloud_nat_snat_rule_v2`, which costs nothing of its own. On a self-hosted NAT it
 * makes a rule of its security group that lets its machines in, and a new machine (see `onChange`). An entry that is
 * given another construct id is made before the old one is gone, which the cloud refuses for the same subnet: a second
 * apply finishes it.
 */
export class SnatEntry extends Construct {
  /** Connections at a time that the entry can hold to one destination (address, port, protocol), over all its EIPs. */
  readonly maxConnectionsPerDestination: number;

  constructor(scope: Construct, id: string, props: SnatEntryProps) {
    super(scope, id);
    const { backend, request } = parseSnatEntry(this, props, ENTRIES);
    this.maxConnectionsPerDestination = request.eips.length * backend.connectionsPerEip;
    backend.addSnatEntry(request);
  }
}
