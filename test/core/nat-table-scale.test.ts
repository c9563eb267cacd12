import { Ipv4Address, Ipv4Cidr } from "../../lib/core/ipv4";
import type { DnatRule, NatAddress, SnatRule } from "../../lib/core/nat-rule";
import { NatTable } from "../../lib/core/nat-table";
import { PortMapping } from "../../lib/core/port-mapping";

const ip = (n: number) => Ipv4Address.fromNumber(0x0a000000 + n);
const publicAddress = (n: number): NatAddress => ({ id: `eip-${n}`, ip: Ipv4Address.fromNumber(0xcb007100 + n) });

const snatRule = (n: number, block: number, address: number): SnatRule => ({
  id: `snat-${n}`,
  source: { kind: "host", cidr: Ipv4Cidr.host(ip(block)) },
  addresses: [publicAddress(address)],
  eipAffinity: false,
});
const dnatRule = (n: number, address: number, ports: PortMapping | undefined, backend: number): DnatRule => ({
  id: `dnat-${n}`,
  address: publicAddress(address),
  protocol: ports === undefined ? "any" : "tcp",
  ...(ports && { ports }),
  privateIp: ip(backend),
  removePortLimits: false,
  allowFrom: [],
});

const constraints = {
  firstSnatPort: 1025,
  uniqueBackends: true,
  networkCidrs: Array.from({ length: 25_000 }, (_, n) => Ipv4Cidr.host(ip(n))),
};
const shapes: Record<string, (n: number) => SnatRule | DnatRule> = {
  "rules that agree": (n) =>
    n % 2 === 0 ? snatRule(n, n, n) : dnatRule(n, 1 + 2 * (n % 100), PortMapping.parse(1 + (n % 60000)), n),
  "ranges that lie in each other": (n) => dnatRule(n, 0, PortMapping.parse(`${1 + n}-${65535 - n}`), n),
  "one address for SNAT and Any Port": (n) => (n % 2 === 0 ? snatRule(n, n, 0) : dnatRule(n, 0, undefined, n)),
  "one source": (n) => snatRule(n, 0, n % 2),
};

/** Processor time to check a table and trace some packets; what else the machine does counts for nothing. */
function secondsFor(rules: readonly (SnatRule | DnatRule)[]): number {
  const snat = rules.filter((rule): rule is SnatRule => "source" in rule);
  const dnat = rules.filter((rule): rule is DnatRule => "privateIp" in rule);
  const start = process.cpuUsage();
  const table = NatTable.fromRules({ snat, dnat }, constraints);
  expect(table.check().length).toBeLessThanOrEqual(rules.length);
  for (let n = 0; n < rules.length; n += 10) {
    table.trace({ source: ip(n).toString(), destination: "8.8.8.8", protocol: "icmp" });
    table.trace({ source: "198.51.100.7", destination: "203.0.113.0", protocol: "tcp", destinationPort: 1 + n });
  }
  const { user, system } = process.cpuUsage(start);
  return (user + system) / 1e6;
}

it.each(Object.entries(shapes))("checks and traces 20,000 rules in under two seconds: %s", (_what, rule) => {
  const rules = Array.from({ length: 20_000 }, (_, n) => rule(n));
  const small = Math.min(...[1, 2].map(() => secondsFor(rules.slice(0, 2_500))));
  const large = secondsFor(rules);

  expect(large).toBeLessThan(2);
  // Eight times the rules would take 64 times the time if it grew with the square.
  expect(large / small).toBeLessThan(30);
});
