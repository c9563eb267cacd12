import { isDeferred } from "../core/deferred";
import { cidrsOf, isEverything, mergeSpans } from "./address-span";
import { type Block, knownBlocks } from "./host-plan";

/** Our chains begin with this; the longest name that iptables takes has 28 characters. */
const PREFIX = "CDKTF-NAT";

/** Name of a chain of ours. */
export function iptName(...parts: readonly (string | number)[]): string {
  return [PREFIX, ...parts].join("-");
}

/** Conditions, one of which holds where the address lies in one of the blocks; `""` where it always does. */
export function iptMatches(option: "-s" | "-d", blocks: readonly Block[]): readonly string[] {
  const known = mergeSpans(knownBlocks(blocks));
  if (known.some(isEverything)) {
    return [""];
  }
  return [
    ...known.flatMap(cidrsOf).map((cidr) => `${option} ${cidr.toString()} `),
    ...blocks.filter(isDeferred).map(({ text }) => `${option} ${text} `),
  ];
}

/** A table of iptables in the making: chains, and the rules of each in order. */
export class IptTable {
  private readonly chains = new Map<string, readonly string[]>();

  constructor(private readonly name: "filter" | "mangle" | "nat") {}

  /** Gives a chain of ours its rules. */
  chain(name: string, rules: readonly string[]): void {
    this.chains.set(name, rules);
  }

  /** The table in the language of iptables-restore. Naming a chain clears it; chains of others are not named. */
  toString(): string {
    return [
      `*${this.name}`,
      ...[...this.chains.keys()].map((name) => `:${name} - [0:0]`),
      ...[...this.chains].flatMap(([name, rules]) => rules.map((rule) => `-A ${name} ${rule}`)),
      "COMMIT",
    ].join("\n");
  }
}
