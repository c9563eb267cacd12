import { NatError } from "./nat-error";
import type { NatTableContents, NatTableProblems } from "./nat-table-problem";

/** Finds ids given twice and quotas passed. */
export function checkLimits({ snat, dnat, constraints }: NatTableContents, problems: NatTableProblems): void {
  const seen = new Set<string>();
  const checkId = (id: string, add: (error: NatError) => void): void => {
    if (seen.has(id)) {
      add(new NatError("id", "another entry of the NAT table has it already", id, "give each entry an id of its own"));
    }
    seen.add(id);
  };
  snat.forEach(({ id }, place) => checkId(id, (error) => problems.addToSnat(place, error)));
  dnat.forEach(({ id }, place) => checkId(id, (error) => problems.addToDnat(place, error)));

  const { addressesProp } = problems.words;
  const { quotaNames, maxAddresses, maxSnatEntries, maxDnatEntries } = constraints;
  const used = [...snat.flatMap((rule) => rule.addresses), ...dnat.map(({ address }) => address)];
  const count = new Set([...(constraints.addresses ?? []), ...used].map(({ id }) => id)).size;
  checkQuota(addressesProp, count, maxAddresses, quotaNames?.addresses, problems);
  checkQuota("snatEntries", snat.length, maxSnatEntries, quotaNames?.snatEntries, problems);
  const perPort = constraints.dnatEntryPerPort === true;
  const dnatCount = perPort ? dnat.reduce((sum, { ports }) => sum + (ports?.publicPorts.size ?? 1), 0) : dnat.length;
  checkQuota("dnatEntries", dnatCount, maxDnatEntries, quotaNames?.dnatEntries, problems);
}

function checkQuota(
  prop: string,
  count: number,
  max: number | undefined,
  quota: string | undefined,
  problems: NatTableProblems,
): void {
  if (max !== undefined && count > max) {
    const raise = `if the quota${quota === undefined ? "" : ` ${quota}`} was raised, say so in limits.${prop}`;
    const fix = `use fewer or a further NAT; ${raise}`;
    problems.addToTable(new NatError(prop, `must be at most ${max} in one NAT`, count, fix));
  }
}
