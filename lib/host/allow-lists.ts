import { identityOf } from "../core/deferred";
import type { Block } from "./host-plan";

/** Numbers the different lists of `allowFrom`, so that entries with the same list share a chain. */
export class AllowLists {
  private readonly numbers = new Map<string, number>();
  private readonly blocks: (readonly Block[])[] = [];

  /** The number of a list, from 1 on; undefined for the empty one, which lets everybody in. */
  numberOf(allowFrom: readonly Block[]): number | undefined {
    if (allowFrom.length === 0) {
      return undefined;
    }
    const key = allowFrom.map(identityOf).sort().join(" ");
    const known = this.numbers.get(key);
    if (known !== undefined) {
      return known;
    }
    this.blocks.push(allowFrom);
    this.numbers.set(key, this.blocks.length);
    return this.blocks.length;
  }

  /** All lists with their numbers, in the order of these. */
  all(): readonly { readonly number: number; readonly blocks: readonly Block[] }[] {
    return this.blocks.map((blocks, place) => ({ number: place + 1, blocks }));
  }
}
