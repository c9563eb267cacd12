import { Ipv4Address, Ipv4Cidr } from "../core/ipv4";

/** Addresses that follow each other. */
export interface AddressSpan {
  /** The first address as a whole number. */
  readonly first: number;
  /** The last address as a whole number. */
  readonly last: number;
}

/** The addresses of several blocks as spans that are apart from each other, ascending. */
export function mergeSpans(blocks: readonly AddressSpan[]): readonly AddressSpan[] {
  const spans: { first: number; last: number }[] = [];
  for (const { first, last } of [...blocks].sort((a, b) => a.first - b.first)) {
    const previous = spans.at(-1);
    if (previous !== undefined && first <= previous.last + 1) {
      previous.last = Math.max(previous.last, last);
    } else {
      spans.push({ first, last });
    }
  }
  return spans;
}

/** The fewest blocks that hold the addresses of a span and no others, ascending. */
export function cidrsOf({ first, last }: AddressSpan): readonly Ipv4Cidr[] {
  const cidrs: Ipv4Cidr[] = [];
  for (let at = first; at <= last;) {
    let prefixLength = 32;
    while (prefixLength > 0) {
      const size = 2 ** (33 - prefixLength);
      if (at % size !== 0 || at + size - 1 > last) {
        break;
      }
      prefixLength--;
    }
    cidrs.push(Ipv4Cidr.parse(`${Ipv4Address.fromNumber(at).toString()}/${prefixLength}`));
    at += 2 ** (32 - prefixLength);
  }
  return cidrs;
}

/** Whether the span holds every address that there is. */
export function isEverything({ first, last }: AddressSpan): boolean {
  return first === 0 && last === 0xffffffff;
}
