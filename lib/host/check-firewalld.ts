import { isDeferred } from "../core/deferred";
import { NatError } from "../core/nat-error";
import type { HostPlan } from "./host-plan";
import { targetOf } from "./host-plan";

const FIX = 'use firewall "nftables" or "iptables"';

/**
 * Refuses what firewalld cannot express.
 *
 * @throws NatError that lists all of it
 */
export function checkFirewalld(plan: HostPlan): void {
  const errors: NatError[] = [];
  const refuse = (prop: string, rule: string, given: unknown, fix = FIX): void => {
    errors.push(new NatError(prop, `firewalld ${rule}`, given, fix));
  };
  if (plan.anyPortEntries.length > 0) {
    refuse("protocol", "cannot express Any Port", "any");
  }
  const rules = plan.sources.flatMap((tier) =>
    tier.kind === "deferred" ? [tier.rule] : tier.blocks.map(({ rule }) => rule),
  );
  const named = rules.find(({ addresses }) => addresses.length > 0);
  if (rules.some(({ addresses }) => addresses.length > 1)) {
    refuse(
      plan.addressesProp,
      "cannot choose between several addresses for SNAT",
      rules.find((rule) => rule.addresses.length > 1)?.addresses.map(({ ip }) => ip),
    );
  } else if (named !== undefined && plan.addresses.length > 1) {
    const fix = `use one address (EIP) for all entries, or ${FIX}`;
    refuse(plan.addressesProp, "cannot choose the address for SNAT", targetOf(named).addresses, fix);
  }
  if (plan.onStateLoss === "reset") {
    refuse("onStateLoss", "cannot reset flows that it does not know", plan.onStateLoss);
  }
  if (plan.portAllocation === "random") {
    refuse("portAllocation", "cannot choose random ports", plan.portAllocation);
  }
  if (plan.hasOwnClients && [...plan.clients, ...plan.translated].some(isDeferred)) {
    const fix = `leave clientCidrs out, or ${FIX}`;
    refuse(
      "clientCidrs",
      "cannot take clients of its own beside blocks that are known only at deploy time",
      plan.clients,
      fix,
    );
  }
  const [first, ...others] = errors;
  if (first !== undefined) {
    throw NatError.list([first, ...others]);
  }
}
