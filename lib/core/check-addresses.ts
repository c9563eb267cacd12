import { identityOf } from "./deferred";
import { NatError } from "./nat-error";
import type { NatAddress } from "./nat-rule";
import { type NatTableContents, type NatTableProblems, snatEntry } from "./nat-table-problem";

/**
 * Finds what is wrong with the addresses of a table: one given twice in an SNAT rule, none where one is needed, one
 * address under two identities, Any Port beside another rule.
 */
export function checkAddresses(contents: NatTableContents, problems: NatTableProblems): void {
  checkSnatAddresses(contents, problems);
  checkIdentities(contents, problems);
  checkAnyPort(contents, problems);
}

function checkSnatAddresses({ snat, constraints }: NatTableContents, problems: NatTableProblems): void {
  const { address, addresses, addressesProp } = problems.words;
  snat.forEach((rule, place) => {
    const ids = rule.addresses.map(({ id }) => id);
    if (ids.length === 0 && constraints.addressesRequired === true) {
      const fix = `name the ${addresses} to leave from`;
      problems.addToSnat(place, new NatError(addressesProp, `must name at least one ${address}`, ids, fix));
    }
    const seen = new Set<string>();
    const twice = ids.find((id) => seen.size === seen.add(id).size);
    if (twice !== undefined) {
      const fix = `leave out the second ${JSON.stringify(twice)}`;
      problems.addToSnat(place, new NatError(addressesProp, `must name each ${address} once`, ids, fix));
    }
  });
}

function checkIdentities({ snat, dnat, constraints }: NatTableContents, problems: NatTableProblems): void {
  const { address, addressProp, addressesProp } = problems.words;
  const idByIp = new Map<string, string>();
  const byId = new Map<string, NatAddress>();
  const byPrivateIp = new Map<string, NatAddress>();
  const checkPrivateIp = (given: NatAddress, known: NatAddress, prop: string, add: (error: NatError) => void): void => {
    if (privateIdentity(given) !== privateIdentity(known)) {
      const rule = `${address} ${JSON.stringify(given.id)} has ${known.privateIp === undefined ? "no private address" : `the private address ${known.privateIp.toString()}`} elsewhere`;
      add(new NatError(prop, rule, given.privateIp, "give the same in all places"));
    }
  };
  const check = (given: NatAddress, prop: string, add: (error: NatError) => void): void => {
    const ip = identityOf(given.ip);
    const known = byId.get(given.id);
    if (known !== undefined) {
      checkPrivateIp(given, known, prop, add);
      return;
    }
    byId.set(given.id, given);
    const sameIp = privateIdentity(given);
    const sharing = sameIp === undefined ? undefined : byPrivateIp.get(sameIp);
    if (sharing !== undefined) {
      const rule = `${address} ${JSON.stringify(sharing.id)} has this private address already`;
      add(new NatError(prop, rule, given.privateIp, "give each its own"));
    } else if (sameIp !== undefined) {
      byPrivateIp.set(sameIp, given);
    }
    const other = idByIp.get(ip);
    if (other === undefined) {
      idByIp.set(ip, given.id);
      return;
    }
    const rule = `${given.ip.toString()} is already the address of ${address} ${JSON.stringify(other)}`;
    add(new NatError(prop, rule, given.id, `use ${JSON.stringify(other)} in both places`));
  };
  // Those that rules use come first: a problem with one of them belongs to the rule.
  snat.forEach((rule, place) => {
    rule.addresses.forEach((given) => check(given, addressesProp, (error) => problems.addToSnat(place, error)));
  });
  dnat.forEach((rule, place) => check(rule.address, addressProp, (error) => problems.addToDnat(place, error)));
  constraints.addresses?.forEach((given) => check(given, addressesProp, (error) => problems.addToTable(error)));
}

function privateIdentity({ privateIp }: NatAddress): string | undefined {
  return privateIp === undefined ? undefined : identityOf(privateIp);
}

function checkAnyPort({ snat, dnat }: NatTableContents, problems: NatTableProblems): void {
  const { address: word, addressProp } = problems.words;
  const firstUse = new Map<string, { readonly entry: string; anyPort?: string }>();
  for (const rule of snat) {
    for (const { id } of rule.addresses) {
      if (!firstUse.has(id)) {
        firstUse.set(id, { entry: snatEntry(rule) });
      }
    }
  }
  dnat.forEach(({ id, address, protocol }, place) => {
    const entry = `DNAT entry ${JSON.stringify(id)}`;
    const isAnyPort = protocol === "any";
    const use = firstUse.get(address.id);
    if (use === undefined) {
      firstUse.set(address.id, { entry, ...(isAnyPort && { anyPort: entry }) });
      return;
    }
    const other = isAnyPort ? use.entry : use.anyPort;
    if (other !== undefined) {
      const rule = isAnyPort
        ? `Any Port takes the whole ${word}, which serves ${other} already`
        : `Any Port of ${other} takes the whole ${word}`;
      problems.addToDnat(place, new NatError(addressProp, rule, address.id, `use another ${word} for one of the two`));
    }
    if (isAnyPort) {
      use.anyPort ??= entry;
    }
  });
}
