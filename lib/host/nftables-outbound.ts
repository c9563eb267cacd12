import type { HostPlan, SnatTarget } from "./host-plan";
import { isEverything } from "./address-span";
import { nftChain, nftElements, nftMatches, nftSpan } from "./nft-text";
import { SnatTargets } from "./snat-targets";
import type { SourceTier } from "./source-tiers";

/** Any number would do; a fixed one, so that a source leaves from the same address after the next boot too. */
const HASH_SEED = "0x6e6174";

/** The parts of the table that translate sources. */
export function nftOutbound(plan: HostPlan): readonly string[] {
  const targets = new SnatTargets(plan.sources);
  const random = plan.portAllocation === "random" ? " fully-random" : "";
  const egress = plan.anyPortEntries
    .filter(({ isEgress }) => isEgress)
    .map(({ address, backend }) => `${backend.toString()} : ${address.local.toString()}`);
  return [
    ...nftElements("map any_port_egress", "ipv4_addr : ipv4_addr", egress),
    ...targets.all().map(({ number, target }) => nftChain(`snat_${number}`, [`${translation(target)}${random}`])),
    nftChain("hairpin", [
      ...nftMatches("ip saddr", plan.inside).map((match) => `${match}masquerade${random}`),
      "accept",
    ]),
    // Nothing leaves untranslated: what no rule translates is dropped, and so is, by the policy, a first packet that passes
    // between the former rules and the new ones while a table is replaced. It leaves no trace, and is translated when it
    // is sent again. What has no unicast source is the host's own, sent while it has no address.
    nftChain(
      "postrouting",
      [
        "ct status dnat goto hairpin",
        "fib saddr type local accept",
        ...nftMatches("ip daddr", plan.untranslatedCidrs).map((match) => `${match}accept`),
        ...(egress.length === 0 ? [] : [`snat to ip saddr map @any_port_egress${random}`]),
        ...plan.sources.map((tier) => sourceRule(tier, targets)),
        "fib saddr type unicast drop",
        "accept",
      ],
      "type nat hook postrouting priority 100; policy drop;",
    ),
  ];
}

function sourceRule(tier: SourceTier, targets: SnatTargets): string {
  if (tier.kind === "deferred") {
    return `ip saddr ${tier.source.text} goto snat_${targets.numberOf(tier.rule)}`;
  }
  const [first] = tier.spans;
  if (first !== undefined && isEverything(first)) {
    return `goto snat_${targets.numberOf(first.rule)}`;
  }
  const elements = tier.spans.map((span) => `${nftSpan(span)} : goto snat_${targets.numberOf(span.rule)}`);
  return `ip saddr vmap { ${elements.join(", ")} }`;
}

function translation({ addresses, hasAffinity }: SnatTarget): string {
  const [address] = addresses;
  if (address === undefined) {
    return "masquerade";
  }
  const count = addresses.length;
  if (count === 1) {
    return `snat to ${address.toString()}`;
  }
  const choice = hasAffinity ? `jhash ip saddr mod ${count} seed ${HASH_SEED}` : `numgen inc mod ${count}`;
  return `snat to ${choice} map { ${addresses.map((ip, place) => `${place} : ${ip.toString()}`).join(", ")} }`;
}
