import { identityOf } from "../core/deferred";
import type { SnatRule } from "../core/nat-rule";
import { type SnatTarget, targetOf } from "./host-plan";
import type { SourceTier } from "./source-tiers";

/** Numbers what SNAT rules make of packets, so that rules with the same addresses share a chain. */
export class SnatTargets {
  private readonly byRule = new Map<SnatRule, number>();
  private readonly targets: SnatTarget[] = [];

  constructor(tiers: readonly SourceTier[]) {
    const byKey = new Map<string, number>();
    for (const rule of tiers.flatMap(rulesOf)) {
      const target = targetOf(rule);
      const key = `${target.hasAffinity} ${target.addresses.map(identityOf).join(" ")}`;
      let number = byKey.get(key);
      if (number === undefined) {
        number = this.targets.push(target);
        byKey.set(key, number);
      }
      this.byRule.set(rule, number);
    }
  }

  /** The number of what a rule makes of packets, from 1 on. */
  numberOf(rule: SnatRule): number {
    return this.byRule.get(rule) ?? 0;
  }

  /** All of them with their numbers, in the order of these. */
  all(): readonly { readonly number: number; readonly target: SnatTarget }[] {
    return this.targets.map((target, place) => ({ number: place + 1, target }));
  }
}

function rulesOf(tier: SourceTier): readonly SnatRule[] {
  return tier.kind === "deferred" ? [tier.rule] : tier.blocks.map(({ rule }) => rule);
}
