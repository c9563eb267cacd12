import { isDeferred } from "../core/deferred";
import { Ipv4Address } from "../core/ipv4";
import { type AddressSpan, isEverything, mergeSpans } from "./address-span";
import { type Block, knownBlocks } from "./host-plan";

/** A chain: its rules, and for one that the kernel calls where it hooks in. */
export function nftChain(name: string, rules: readonly string[], hook?: string): string {
  return block(`chain ${name}`, hook === undefined ? rules : [hook, ...rules]);
}

/** A map or a set with its elements, one a line; none where it would be empty, which nft refuses. */
export function nftElements(header: string, type: string, elements: readonly string[]): string[] {
  if (elements.length === 0) {
    return [];
  }
  return [block(header, [`type ${type}`, "elements = {", ...elements.map((element) => `\t${element},`), "}"])];
}

/** Conditions, one of which holds where the address lies in one of the blocks; `""` where it always does. */
export function nftMatches(field: "ip saddr" | "ip daddr", blocks: readonly Block[]): readonly string[] {
  const known = mergeSpans(knownBlocks(blocks));
  if (known.some(isEverything)) {
    return [""];
  }
  const spans = known.map(nftSpan);
  const [span] = spans;
  return [
    ...(span === undefined ? [] : [`${field} ${spans.length === 1 ? span : `{ ${spans.join(", ")} }`} `]),
    ...blocks.filter(isDeferred).map(({ text }) => `${field} ${text} `),
  ];
}

/** A span in the shortest form: an address, a block or both ends. */
export function nftSpan({ first, last }: AddressSpan): string {
  const size = last - first + 1;
  const start = Ipv4Address.fromNumber(first).toString();
  if (size === 1) {
    return start;
  }
  return Number.isInteger(Math.log2(size)) && first % size === 0
    ? `${start}/${32 - Math.log2(size)}`
    : `${start}-${Ipv4Address.fromNumber(last).toString()}`;
}

/** Lines between braces. */
export function block(header: string, lines: readonly string[]): string {
  return [`${header} {`, ...lines.flatMap((line) => line.split("\n")).map((line) => `\t${line}`), "}"].join("\n");
}
