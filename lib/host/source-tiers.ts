import { type Deferred, isDeferred } from "../core/deferred";
import type { Ipv4Cidr } from "../core/ipv4";
import type { SnatRule, SnatSourceKind } from "../core/nat-rule";
import type { AddressSpan } from "./address-span";

/** Sources that are apart from each other, each with the SNAT rule that holds for it. */
export interface KnownSources {
  readonly kind: "known";
  /** Ascending. */
  readonly spans: readonly SourceSpan[];
  /** The same as blocks, longest prefix first: the first that holds an address says its rule. */
  readonly blocks: readonly { readonly cidr: Ipv4Cidr; readonly rule: SnatRule }[];
}

/** A part of a source, where no longer prefix holds. */
export interface SourceSpan extends AddressSpan {
  readonly rule: SnatRule;
}

/** A source that is known only at deploy time. */
export interface DeferredSource {
  readonly kind: "deferred";
  readonly source: Deferred;
  readonly rule: SnatRule;
}

/** Known sources are looked up at once, deferred ones are asked one after the other. */
export type SourceTier = KnownSources | DeferredSource;

/**
 * SNAT sources in the order in which they must be asked. Where all are known that is a single tier, by longest prefix.
 * Around deferred ones they go by what they surely are: one address, a host; then blocks; then subnets, the whole
 * private network.
 */
export function orderSources(snat: readonly SnatRule[]): readonly SourceTier[] {
  const known: { cidr: Ipv4Cidr; rule: SnatRule }[] = [];
  const deferred: DeferredSource[] = [];
  for (const rule of snat) {
    const { cidr } = rule.source;
    if (isDeferred(cidr)) {
      deferred.push({ kind: "deferred", source: cidr, rule });
    } else {
      known.push({ cidr, rule });
    }
  }
  if (deferred.length === 0) {
    return tierOf(known);
  }
  const ofKind = (...kinds: SnatSourceKind[]) => deferred.filter(({ rule }) => kinds.includes(rule.source.kind));
  const isHost = ({ cidr }: { cidr: Ipv4Cidr }) => cidr.prefixLength === 32;
  const isVpc = ({ rule }: { rule: SnatRule }) => rule.source.kind === "vpc";
  return [
    ...tierOf(known.filter(isHost)),
    ...ofKind("host"),
    ...tierOf(known.filter((source) => !isHost(source) && !isVpc(source))),
    ...ofKind("subnet", "cidr"),
    ...tierOf(known.filter((source) => !isHost(source) && isVpc(source))),
    ...ofKind("vpc"),
  ];
}

function tierOf(sources: readonly { cidr: Ipv4Cidr; rule: SnatRule }[]): readonly KnownSources[] {
  if (sources.length === 0) {
    return [];
  }
  const seen = new Set<string>();
  // Where two rules have one source, the earlier acts.
  const distinct = sources.filter(({ cidr }) => seen.size !== seen.add(cidr.toString()).size);
  const blocks = [...distinct].sort((a, b) => b.cidr.prefixLength - a.cidr.prefixLength || a.cidr.first - b.cidr.first);
  return [{ kind: "known", spans: split(blocks), blocks }];
}

/** Cuts the longer prefixes out of the shorter ones. Two blocks are apart, or one lies in the other. */
function split(blocks: readonly { cidr: Ipv4Cidr; rule: SnatRule }[]): readonly SourceSpan[] {
  const spans: SourceSpan[] = [];
  const open: { cidr: Ipv4Cidr; rule: SnatRule; next: number }[] = [];
  const emit = (rule: SnatRule, first: number, last: number): void => {
    const previous = spans.at(-1);
    if (first > last) {
      return;
    }
    if (previous?.rule === rule && previous.last + 1 === first) {
      spans[spans.length - 1] = { first: previous.first, last, rule };
    } else {
      spans.push({ first, last, rule });
    }
  };
  const close = (until: number): void => {
    for (let top = open.at(-1); top !== undefined && top.cidr.last < until; top = open.at(-1)) {
      emit(top.rule, top.next, top.cidr.last);
      open.pop();
      const outer = open.at(-1);
      if (outer !== undefined) {
        outer.next = top.cidr.last + 1;
      }
    }
  };
  const ascending = [...blocks].sort(
    (a, b) => a.cidr.first - b.cidr.first || a.cidr.prefixLength - b.cidr.prefixLength,
  );
  for (const { cidr, rule } of ascending) {
    close(cidr.first);
    const outer = open.at(-1);
    if (outer !== undefined) {
      emit(outer.rule, outer.next, cidr.first - 1);
    }
    open.push({ cidr, rule, next: cidr.first });
  }
  close(Infinity);
  return spans;
}
