import type { Deferrable, Deferred } from "../../lib/core/deferred";
import type { DnatRule, NatAddress, SnatRule } from "../../lib/core/nat-rule";
import type { NatTableConstraints } from "../../lib/core/nat-table";

const isText = <T extends object>(value: Deferrable<T>): value is Deferred => "text" in value;
const isSame = <T extends { toString(): string }>(a: Deferrable<T>, b: Deferrable<T>) =>
  isText(a) === isText(b) && a.toString() === b.toString();

/** Which entries have which props wrong, by one look at every pair of rules; `"<entry> <prop>"`, once for each mistake. */
export function naiveCheck(
  { snat, dnat }: { readonly snat: readonly SnatRule[]; readonly dnat: readonly DnatRule[] },
  constraints: NatTableConstraints,
): readonly string[] {
  return [
    ...snat.flatMap((rule, place) => ofSnat(rule, snat.slice(0, place), snat.length > 1, constraints)),
    ...dnat.flatMap((rule, place) => ofDnat(rule, snat, dnat.slice(0, place), constraints)),
    ...ofIdentities(snat, dnat, constraints.addresses ?? []),
    ...ofTable(snat, dnat, constraints),
  ];
}

function ofSnat(
  rule: SnatRule,
  earlier: readonly SnatRule[],
  hasOthers: boolean,
  { orderedSources, networkCidrs = [], addressesRequired }: NatTableConstraints,
): string[] {
  const { id, source, addresses } = rule;
  const { cidr, kind, networkId } = source;
  const isDouble = earlier.some(
    (other) => isSame(other.source.cidr, cidr) || (networkId !== undefined && other.source.networkId === networkId),
  );
  const isOutside =
    networkCidrs.length > 0 &&
    !isText(cidr) &&
    Array.from({ length: cidr.size }, (_, n) => cidr.first + n).some(
      (value) => !networkCidrs.some(({ first, last }) => first <= value && value <= last),
    );
  return [
    ...when(
      earlier.some((other) => other.id === id),
      `${id} id`,
    ),
    ...when(addressesRequired === true && addresses.length === 0, `${id} eips`),
    ...when(
      addresses.some((one, n) => addresses.some((other, m) => m < n && other.id === one.id)),
      `${id} eips`,
    ),
    ...when(isDouble, `${id} source`),
    ...when(orderedSources === true && isText(cidr) && kind === "cidr" && hasOthers, `${id} source`),
    ...when(isOutside, `${id} source`),
  ];
}

function ofDnat(
  rule: DnatRule,
  snat: readonly SnatRule[],
  earlier: readonly DnatRule[],
  { firstSnatPort, networkCidrs = [], uniqueBackends }: NatTableConstraints,
): string[] {
  const { id, address, protocol, ports, privateIp } = rule;
  const isOnAddress = (other: DnatRule) => other.address.id === address.id;
  const servesSnat = snat.some((other) => other.addresses.some((one) => one.id === address.id));
  const clashes = (other: DnatRule, side: "publicPorts" | "privatePorts") =>
    protocol === other.protocol &&
    ports !== undefined &&
    other.ports !== undefined &&
    ports[side].from <= other.ports[side].to &&
    other.ports[side].from <= ports[side].to;
  const sameBackend = earlier.filter((other) => uniqueBackends === true && isSame(other.privateIp, privateIp));
  return [
    ...when(snat.some((other) => other.id === id) || earlier.some((other) => other.id === id), `${id} id`),
    ...when(
      protocol === "any"
        ? servesSnat || earlier.some(isOnAddress)
        : earlier.some((other) => isOnAddress(other) && other.protocol === "any"),
      `${id} eip`,
    ),
    ...when(
      earlier.some((other) => isOnAddress(other) && clashes(other, "publicPorts")),
      `${id} publicPort`,
    ),
    ...when(
      servesSnat &&
        firstSnatPort !== undefined &&
        ports !== undefined &&
        ports.publicPorts.to >= firstSnatPort &&
        !rule.removePortLimits,
      `${id} removePortLimits`,
    ),
    ...when(
      networkCidrs.length > 0 && !isText(privateIp) && !networkCidrs.some((cidr) => cidr.contains(privateIp)),
      `${id} privateIp`,
    ),
    ...when(
      sameBackend.some((other) => clashes(other, "privatePorts")),
      `${id} privatePort`,
    ),
    ...when(protocol === "any" && sameBackend.some((other) => other.protocol === "any"), `${id} privateIp`),
  ];
}

function ofIdentities(
  snat: readonly SnatRule[],
  dnat: readonly DnatRule[],
  addresses: readonly NatAddress[],
): string[] {
  const uses = [
    ...snat.flatMap((rule) => rule.addresses.map((address) => ({ line: `${rule.id} eips`, address }))),
    ...dnat.map(({ id, address }) => ({ line: `${id} eip`, address })),
    ...addresses.map((address) => ({ line: " eips", address })),
  ];
  return uses.flatMap(({ line, address }, place) => {
    const earlier = uses
      .slice(0, place)
      .map((use) => use.address)
      .filter(({ id }, index, all) => all.findIndex((other) => other.id === id) === index);
    const itself = earlier.find(({ id }) => id === address.id);
    return itself === undefined
      ? [
          ...when(
            earlier.some(({ ip }) => isSame(ip, address.ip)),
            line,
          ),
          ...when(
            earlier.some(({ privateIp }) => isSamePrivate(privateIp, address.privateIp)),
            line,
          ),
        ]
      : when(
          (itself.privateIp ?? address.privateIp) !== undefined && !isSamePrivate(itself.privateIp, address.privateIp),
          line,
        );
  });
}

function ofTable(
  snat: readonly SnatRule[],
  dnat: readonly DnatRule[],
  {
    addresses = [],
    maxAddresses = Infinity,
    maxSnatEntries = Infinity,
    maxDnatEntries = Infinity,
  }: NatTableConstraints,
): string[] {
  const all = [...addresses, ...snat.flatMap((rule) => rule.addresses), ...dnat.map(({ address }) => address)];
  const distinct = all.filter(({ id }, place) => all.findIndex((other) => other.id === id) === place);
  return [
    ...when(distinct.length > maxAddresses, " eips"),
    ...when(snat.length > maxSnatEntries, " snatEntries"),
    ...when(dnat.length > maxDnatEntries, " dnatEntries"),
  ];
}

function isSamePrivate(a: NatAddress["privateIp"], b: NatAddress["privateIp"]): boolean {
  return a !== undefined && b !== undefined && isSame(a, b);
}

function when(isWrong: boolean, line: string): string[] {
  return isWrong ? [line] : [];
}
