import { Construct } from "constructs";
import type { CloudSnatEntryProps } from "../cdktf/entry-props";
import { parseSnatEntry } from "../cdktf/parse-entry";
import { ENTRIES } from "./entries";
import type { IEip, IHostNat } from "./nat";
import type { SnatSource } from "./snat-source";

/**
 * Which private machines go out, and by which EIPs. `nat` is a self-hosted one: a managed gateway of AWS lets out
 * whatever is routed to it.
 */
export type SnatEntryProps = CloudSnatEntryProps<IHostNat, SnatSource, IEip>;

/**
 * Lets private machines out to the Internet through EIPs of a self-hosted NAT. Without one, it lets nobody out.
 *
 * Among overlapping entries of a NAT the longest prefix wins, and a machine that a DNAT entry under Any Port points
 * to leaves by that entry's EIP. The route to the NAT is a matter of its own: see `addRoute`.
 *
 * Each EIP carries about 28,000 connections at a time to one destination (address, port and protocol), or 55,000: see
 * the NAT's `portAllocation`. With `eipAffinity` each machine has the ports of one EIP.
 *
 * Makes one `aws_vpc_security_group_ingress_rule` that lets its machines in to the NAT, unless the NAT has
 * `clientCidrs` or a rule of another entry does, and a new machine (see the NAT's `onChange`). None of it costs
 * anything of its own.
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
