import { isDeferred } from "./deferred";
import type { Ipv4Address, Ipv4Cidr } from "./ipv4";
import type { DnatRule, SnatRule } from "./nat-rule";
import type { NatTrace } from "./nat-trace";

interface KnownSource {
  readonly rule: SnatRule;
  readonly cidr: Ipv4Cidr;
}

/** SNAT rules whose blocks are of one size, by the first address of the block. */
interface SameSizeSources {
  readonly size: number;
  readonly byFirst: Map<number, KnownSource>;
}

/** Finds the rule that acts on a packet to the Internet. Where two rules have one source, the earlier acts. */
export class OutboundIndex {
  private readonly anyPort = new Map<number, DnatRule>();
  private readonly deferredAnyPort: readonly DnatRule[];
  private readonly longestFirst: readonly SameSizeSources[];
  private readonly deferredSnat: readonly SnatRule[];

  constructor(snat: readonly SnatRule[], dnat: readonly DnatRule[]) {
    const anyPort = dnat.filter(({ protocol }) => protocol === "any");
    this.deferredAnyPort = anyPort.filter(({ privateIp }) => isDeferred(privateIp));
    for (const rule of anyPort) {
      if (!isDeferred(rule.privateIp) && !this.anyPort.has(rule.privateIp.value)) {
        this.anyPort.set(rule.privateIp.value, rule);
      }
    }
    this.deferredSnat = snat.filter(({ source }) => isDeferred(source.cidr));
    this.longestFirst = groupBySize(snat);
  }

  /** What the rules do to a packet from this source. */
  trace(source: Ipv4Address): NatTrace {
    const anyPort = this.anyPort.get(source.value);
    if (anyPort !== undefined) {
      return {
        action: "snat",
        entry: anyPort.id,
        reason: `${source.toString()} is the backend of this Any Port entry, whose IP mapping goes before SNAT entries`,
        source: [anyPort.address.ip.toString()],
      };
    }
    const known = this.longestPrefix(source);
    // No prefix is longer than /32, and an equal one would be a source given twice.
    const deferredSnat = known?.cidr.prefixLength === 32 ? [] : this.deferredSnat;
    if (this.deferredAnyPort.length + deferredSnat.length > 0) {
      return this.undecided(source, known, deferredSnat);
    }
    if (known === undefined) {
      return {
        action: "none",
        reason: `no SNAT entry covers ${source.toString()}, and no Any Port entry maps to it; it does not get out`,
      };
    }
    const { rule, cidr } = known;
    return {
      action: "snat",
      entry: rule.id,
      reason:
        `${cidr.toString()} is the longest prefix among the sources that cover ${source.toString()}; ` +
        `it leaves from ${describeAddresses(rule)}`,
      source: rule.addresses.map(({ ip }) => ip.toString()),
    };
  }

  private longestPrefix(source: Ipv4Address): KnownSource | undefined {
    for (const { size, byFirst } of this.longestFirst) {
      const known = byFirst.get(source.value - (source.value % size));
      if (known !== undefined) {
        return known;
      }
    }
    return undefined;
  }

  private undecided(source: Ipv4Address, known: KnownSource | undefined, deferredSnat: readonly SnatRule[]): NatTrace {
    const open = [
      ...(this.deferredAnyPort.length > 0 ? ["is the backend of an Any Port entry"] : []),
      ...(deferredSnat.length > 0 ? ["lies in the source of an SNAT entry"] : []),
    ];
    const otherwise =
      known === undefined
        ? "no SNAT entry covers it"
        : `SNAT entry ${JSON.stringify(known.rule.id)} acts, by ${known.cidr.toString()}`;
    return {
      action: "undecided",
      reason: `only at deploy time is known whether ${source.toString()} ${open.join(" or ")}; otherwise ${otherwise}`,
      candidates: [...this.deferredAnyPort, ...deferredSnat, ...(known === undefined ? [] : [known.rule])].map(
        ({ id }) => id,
      ),
    };
  }
}

function groupBySize(snat: readonly SnatRule[]): readonly SameSizeSources[] {
  const groups = new Map<number, SameSizeSources>();
  for (const rule of snat) {
    const { cidr } = rule.source;
    if (isDeferred(cidr)) {
      continue;
    }
    const group = groups.get(cidr.size) ?? { size: cidr.size, byFirst: new Map<number, KnownSource>() };
    groups.set(cidr.size, group);
    if (!group.byFirst.has(cidr.first)) {
      group.byFirst.set(cidr.first, { rule, cidr });
    }
  }
  return [...groups.values()].sort((a, b) => a.size - b.size);
}

function describeAddresses({ addresses, eipAffinity }: SnatRule): string {
  if (addresses.length === 0) {
    return "the address of the interface that it goes out by (masquerade)";
  }
  if (addresses.length === 1) {
    return "the one address of the entry";
  }
  return eipAffinity
    ? `one of ${addresses.length} addresses, always the same`
    : `one of ${addresses.length} addresses, chosen for each connection`;
}
