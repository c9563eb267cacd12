import type { IptTable } from "./ipt-text";

/** A rule that holds for ports that follow each other. */
export interface PortRule {
  readonly from: number;
  readonly to: number;
  /** What it does, without the match of the ports. */
  readonly action: string;
}

/** How many rules a chain holds before it is divided: a packet passes half of them in each chain on its way. */
const FAN_OUT = 24;

/**
 * Adds rules for ports that do not overlap to a chain. Many of them are divided into chains that a packet is sent to by
 * its port, so that it passes a few rules, not all of them.
 */
export function addPortRules(
  table: IptTable,
  name: string,
  match: "-p tcp" | "-p udp",
  rules: readonly PortRule[],
): readonly string[] {
  if (rules.length <= FAN_OUT) {
    return rules.map(({ from, to, action }) => `${match} --dport ${portsOf(from, to)} ${action}`);
  }
  const sorted = [...rules].sort((a, b) => a.from - b.from);
  const size = Math.max(FAN_OUT, Math.ceil(sorted.length / FAN_OUT));
  const parts: PortRule[][] = [];
  for (let at = 0; at < sorted.length; at += size) {
    parts.push(sorted.slice(at, at + size));
  }
  return parts.map((part, place) => {
    const chain = `${name}-${place + 1}`;
    const [from, to] = [part[0]?.from ?? 0, part.at(-1)?.to ?? 0];
    table.chain(chain, addPortRules(table, chain, match, part));
    return `${match} --dport ${portsOf(from, to)} -g ${chain}`;
  });
}

function portsOf(from: number, to: number): string {
  return from === to ? String(from) : `${from}:${to}`;
}
