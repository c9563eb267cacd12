import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkKnownFlag, checkProvider } from "../cdktf/check-types";
import { dependables } from "../cdktf/dependencies";
import type { Dependency } from "../cdktf/dependencies";
import { entryEip } from "../cdktf/entry-eips";
import { checkProps, failAt } from "../cdktf/fail";
import { checkSameStack } from "../cdktf/same-stack";
import { warn } from "../cdktf/warn-at-synth";
import { NatError } from "../core/nat-error";
import { isEip } from "./eip";
import type { Eip } from "./eip";
import type { IEip, INat } from "./nat";
import { natBackends } from "./nat-backend";
import { resourceName } from "./resource-name";
import { SnatSource } from "./snat-source";

/** Which private machines go out, and by which EIPs. */
export interface SnatEntryProps {
  /** The NAT, in the same stack. A change replaces the entry. */
  readonly nat: INat;
  /** The machines that go out. A change replaces the entry. */
  readonly source: SnatSource;
  /**
   * The EIPs that they leave from, at least one; connections are spread over them by a hash. Several should draw from
   * one `SharedBandwidth`. Changed in place.
   */
  readonly eips: readonly IEip[];
  /**
   * Whether one machine always leaves by one and the same EIP. It then has the ports of that EIP only. Changed in
   * place.
   * @default false
   */
  readonly eipAffinity?: boolean;
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. Changed in place. No effect on a
   * self-hosted NAT.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Provider that makes it.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before, beside the bindings of its EIPs, for which it always waits.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
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
    failAt(this, () => checkProps(props));
    const { nat, source } = props;
    const { backend, request, eips } = failAt(this, () => {
      const backend = natBackends.of(nat);
      checkSameStack(this, nat);
      if (!(source instanceof SnatSource)) {
        throw new NatError(
          "source",
          "must be an SnatSource",
          source,
          "use SnatSource.vpc, .vswitch, .host or .cidr of cdktf-nat/alicloud",
        );
      }
      const eips = parseEips(nat, props.eips);
      checkKnownFlag(props.eipAffinity, "eipAffinity");
      checkProvider(props.provider);
      const rule = {
        id: this.node.path,
        source: source.toRuleSource(),
        addresses: eips.map((eip) => eip.address),
        eipAffinity: props.eipAffinity ?? false,
      };
      const name = resourceName(this, props.name);
      const dependsOn = dependables(this, props.dependsOn);
      return { backend, eips, request: { entry: this, rule, source, eips, name, provider: props.provider, dependsOn } };
    });
    this.maxConnectionsPerDestination = eips.length * backend.connectionsPerEip;
    warnWithoutSharedBandwidth(this, eips);
    backend.addSnatEntry(request);
  }
}

function parseEips(nat: INat, eips: readonly IEip[]): readonly Eip[] {
  if (!Array.isArray(eips) || eips.length === 0) {
    throw new NatError("eips", "must name at least one EIP", eips, "add one to the NAT with addEip and name it here");
  }
  return eips.map((eip, index) => entryEip(nat, eip, isEip, `eips[${index}]`));
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
