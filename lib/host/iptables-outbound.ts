import type { Address, HostPlan, SnatTarget } from "./host-plan";
import { iptMatches, iptName, type IptTable } from "./ipt-text";
import { SnatTargets } from "./snat-targets";
import type { SourceTier } from "./source-tiers";

/** Buckets that sources are sorted into, at least so many for each address. */
const BUCKETS_AN_ADDRESS = 8;

/** Adds the chains that translate sources. */
export function addOutbound(plan: HostPlan, nat: IptTable): void {
  const targets = new SnatTargets(plan.sources);
  const random = plan.portAllocation === "random" ? " --random-fully" : "";
  for (const { number, target } of targets.all()) {
    nat.chain(iptName("SNAT", number), translations(target, random));
  }
  nat.chain(
    iptName("HAIRPIN"),
    iptMatches("-s", plan.inside).map((match) => `${match}-j MASQUERADE${random}`),
  );
  nat.chain(iptName("POSTROUTING"), [
    `-m conntrack --ctstate DNAT -g ${iptName("HAIRPIN")}`,
    "-m addrtype --src-type LOCAL -j RETURN",
    ...iptMatches("-d", plan.untranslatedCidrs).map((match) => `${match}-j RETURN`),
    ...plan.anyPortEntries
      .filter(({ isEgress }) => isEgress)
      .map(({ address, backend }) => `-s ${backend.toString()} ${snat(address.local, random)}`),
    ...plan.sources.flatMap((tier) => sourceRules(tier, targets)),
    // Nothing leaves untranslated: who loses his entry is let through for a moment yet, until the filter is replaced too.
    // The rules of nftables drop such a packet (`guard`); no table of iptables sees a packet after this one.
    `-j MASQUERADE${random}`,
  ]);
}

/** Longest prefix first: the first rule that holds acts. */
function sourceRules(tier: SourceTier, targets: SnatTargets): readonly string[] {
  const goto = (rule: Parameters<SnatTargets["numberOf"]>[0]) => `-g ${iptName("SNAT", targets.numberOf(rule))}`;
  return tier.kind === "deferred"
    ? [`-s ${tier.source.text} ${goto(tier.rule)}`]
    : tier.blocks.map(({ cidr, rule }) => `-s ${cidr.toString()} ${goto(rule)}`);
}

function translations({ addresses, hasAffinity }: SnatTarget, random: string): readonly string[] {
  const [first] = addresses;
  if (first === undefined) {
    return [`-j MASQUERADE${random}`];
  }
  if (addresses.length === 1) {
    return [snat(first, random)];
  }
  return hasAffinity ? bySource(addresses, random) : inTurn(addresses, random);
}

/** One address after the other, each for as many connections. */
function inTurn(addresses: readonly Address[], random: string): readonly string[] {
  return addresses.map((address, place) => {
    const left = addresses.length - place;
    const turn = left === 1 ? "" : `-m statistic --mode nth --every ${left} --packet 0 `;
    return `${turn}${snat(address, random)}`;
  });
}

/** By the last bits of the source: neighbours leave from different addresses, and one source always from the same. */
function bySource(addresses: readonly Address[], random: string): readonly string[] {
  const count = addresses.length;
  const power = 2 ** Math.ceil(Math.log2(count));
  const buckets = power === count ? count : power * BUCKETS_AN_ADDRESS;
  const rules: string[] = [];
  for (let bucket = 0; bucket < buckets;) {
    for (const address of addresses.slice(0, buckets - bucket)) {
      rules.push(`-s ${lowBits(bucket++)}/${lowBits(buckets - 1)} ${snat(address, random)}`);
    }
  }
  return rules;
}

function lowBits(value: number): string {
  return `0.0.${value >>> 8}.${value & 0xff}`;
}

function snat(address: Address, random: string): string {
  return `-j SNAT --to-source ${address.toString()}${random}`;
}
