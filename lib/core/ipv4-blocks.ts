import type { Ipv4Cidr } from "./ipv4";

/** The most blocks that are worth reading in a message. */
const MOST_SHOWN = 8;

/** Several blocks of IPv4 addresses, taken together. */
export class Ipv4Blocks {
  /** Where addresses begin and end, apart from each other and ascending. */
  private readonly spans: readonly { readonly first: number; readonly last: number }[];

  private text: string | undefined;

  constructor(private readonly blocks: readonly Ipv4Cidr[]) {
    const spans: { first: number; last: number }[] = [];
    for (const { first, last } of [...blocks].sort((a, b) => a.first - b.first)) {
      const previous = spans.at(-1);
      if (previous !== undefined && first <= previous.last + 1) {
        previous.last = Math.max(previous.last, last);
      } else {
        spans.push({ first, last });
      }
    }
    this.spans = spans;
  }

  /** Whether every address of the block lies in one of the blocks; true where there are no blocks at all. */
  covers(cidr: Ipv4Cidr): boolean {
    let low = 0;
    let high = this.spans.length;
    while (low < high) {
      const middle = (low + high) >>> 1;
      if ((this.spans[middle]?.first ?? Infinity) <= cidr.first) {
        low = middle + 1;
      } else {
        high = middle;
      }
    }
    const span = this.spans[low - 1];
    return this.blocks.length === 0 || (span !== undefined && cidr.last <= span.last);
  }

  /** The blocks as they were given, for example `"10.0.0.0/16, 10.1.0.0/16"`; of very many, the first ones. */
  toString(): string {
    this.text ??=
      this.blocks.length > MOST_SHOWN
        ? `${this.blocks.slice(0, MOST_SHOWN).join(", ")} and ${this.blocks.length - MOST_SHOWN} more`
        : this.blocks.join(", ");
    return this.text;
  }
}
