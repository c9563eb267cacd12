import { identityOf, isDeferred } from "./deferred";
import type { Ipv4Cidr } from "./ipv4";
import { Ipv4Blocks } from "./ipv4-blocks";
import { NatError } from "./nat-error";
import type { SnatRule } from "./nat-rule";
import { type NatTableContents, type NatTableProblems, snatEntry } from "./nat-table-problem";

const KEEP_ONE = "keep one of the two and give it all addresses";

/** Finds what is wrong with the sources of SNAT rules: given twice, outside the private network, without a place. */
export function checkSnat({ snat, constraints }: NatTableContents, problems: NatTableProblems): void {
  const { namedSources, network, subnet } = problems.words;
  const blocks = new Ipv4Blocks(constraints.networkCidrs ?? []);
  const byNetwork = new Map<string, SnatRule>();
  const byCidr = new Map<string, SnatRule>();

  snat.forEach((rule, place) => {
    const { cidr, kind, networkId, isRemote = false } = rule.source;
    const add = (text: string, fix: string, given: unknown = cidr): void =>
      problems.addToSnat(place, new NatError("source", text, given, fix));

    const sameNetwork = networkId === undefined ? undefined : byNetwork.get(networkId);
    const sameCidr = byCidr.get(identityOf(cidr));
    if (sameNetwork !== undefined) {
      add(`${snatEntry(sameNetwork)} is for the same ${subnet}`, KEEP_ONE, networkId);
    } else if (sameCidr !== undefined) {
      const named = [networkId, sameCidr.source.networkId].filter((id) => id !== undefined);
      add(
        named.length === 1
          ? `${snatEntry(sameCidr)} has the same block, one of the two by its ${subnet}`
          : `${snatEntry(sameCidr)} has the same source`,
        KEEP_ONE,
      );
    }
    if (constraints.disjointSources === true && sameNetwork === undefined && sameCidr === undefined) {
      const other = isDeferred(cidr) ? undefined : sharing(snat.slice(0, place), cidr);
      if (other !== undefined) {
        add(`shares addresses with ${other.source.cidr.toString()} of ${snatEntry(other)}`, "let sources be apart");
      }
    }
    if (networkId !== undefined && sameNetwork === undefined) {
      byNetwork.set(networkId, rule);
    }
    if (sameCidr === undefined) {
      byCidr.set(identityOf(cidr), rule);
    }

    if (isDeferred(cidr)) {
      const other = snat[place === 0 ? 1 : 0];
      if (constraints.orderedSources === true && kind === "cidr" && other !== undefined) {
        const text = `a block known only at deploy time has no place in the order beside ${snatEntry(other)}`;
        add(text, namedSources === "" ? "write the block as text" : `write the block as text, or name ${namedSources}`);
      }
    } else if (isRemote) {
      const own = (constraints.networkCidrs ?? []).find((block) => block.overlaps(cidr));
      if (own !== undefined) {
        add(
          `must lie outside the ${network}, and shares addresses with ${own}`,
          `take it as a block of the ${network}`,
        );
      }
    } else if (!blocks.covers(cidr)) {
      add(`must lie in the ${network} ${blocks.toString()}`, `use a source of the ${network}`);
    }
  });
}

/** The first of the rules whose source shares addresses with a block. */
function sharing(rules: readonly SnatRule[], cidr: Ipv4Cidr): SnatRule | undefined {
  return rules.find(({ source }) => !isDeferred(source.cidr) && source.cidr.overlaps(cidr));
}
