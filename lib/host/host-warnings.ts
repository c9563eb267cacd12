import type { NatTable } from "../core/nat-table";
import type { HostOptions } from "./host-options";
import { planHost } from "./host-plan";

/**
 * What a host will do that may surprise, though it is no mistake: a sentence each.
 *
 * @throws NatError where the table or the options are wrong
 */
export function hostWarnings(table: NatTable, options: HostOptions = {}): readonly string[] {
  const plan = planHost(table, options);
  const warnings: string[] = [];
  if (plan.onStateLoss === "survive" && plan.portAllocation === "random") {
    warnings.push(
      'portAllocation "random" gives a flow another port when its state is lost, so that it does not survive; ' +
        'use portAllocation "preserve", or onStateLoss "reset"',
    );
  }
  if (plan.onStateLoss === "survive" && table.snat.some((rule) => rule.addresses.length > 1 && !rule.eipAffinity)) {
    warnings.push(
      "an SNAT entry with several addresses and without affinity may give a flow another address when its state is " +
        'lost, so that it does not survive; use affinity, one address, or onStateLoss "reset"',
    );
  }
  if (plan.sshFrom.length > 0 && plan.anyPortEntries.length > 0) {
    warnings.push(
      "TCP port 22 reaches the host from sshFrom, and the backend of Any Port from everywhere else; " +
        "narrow sshFrom where that is not meant",
    );
  }
  return warnings;
}
