import fc from "fast-check";
import { Deferred } from "../../lib/core/deferred";
import { Ipv4Cidr } from "../../lib/core/ipv4";
import type { DnatRule, SnatRule } from "../../lib/core/nat-rule";
import type { NatPacket, NatTableConstraints } from "../../lib/core/nat-table";
import { address, dnat, snat } from "./rules";

/** A NAT table and what it is checked against. */
export interface RandomTable {
  readonly snat: readonly SnatRule[];
  readonly dnat: readonly DnatRule[];
  readonly constraints: NatTableConstraints;
}

// Everything comes out of small pools, so that most rules have something to do with each other.
const known = ["A=203.0.113.1", "B=203.0.113.2", "C=203.0.113.3"];
const translated = ["P=203.0.113.4@10.0.9.1", "Q=203.0.113.5@10.0.9.1", "P=203.0.113.4@$e", "R=$r@10.0.9.2"];
const anyAddress = [...known, "A2=203.0.113.1", "D=$d", "E=$e", "D2=$d", ...translated];
const host = fc.integer({ min: 0, max: 15 }).map((low) => `10.0.0.${low}`);
const block = fc
  .tuple(fc.integer({ min: 0, max: 15 }), fc.integer({ min: 28, max: 32 }))
  .map(([low, length]) => `10.0.0.${low - (low % 2 ** (32 - length))}/${length}`);
const port = fc.integer({ min: 1, max: 12 });

const maybe = <T>(arbitrary: fc.Arbitrary<T>) => fc.option(arbitrary, { nil: undefined, freq: 2 });
const orDeferred = (text: fc.Arbitrary<string>, deferred: number) =>
  fc.oneof({ weight: 10 - deferred, arbitrary: text }, { weight: deferred, arbitrary: fc.constantFrom("$x", "$y") });

function snatRules(deferred: number): fc.Arbitrary<SnatRule[]> {
  const rule = fc.record({
    source: orDeferred(block, deferred),
    addresses: fc.array(fc.constantFrom(...anyAddress), { maxLength: 3 }),
    kind: fc.constantFrom("host", "subnet", "vpc", "cidr"),
    networkId: fc.option(fc.constantFrom("n1", "n2"), { nil: undefined, freq: 2 }),
    eipAffinity: fc.boolean(),
    twinId: fc.constantFrom(false, false, false, false, false, true),
  });
  return fc.array(rule, { maxLength: 7 }).map((rules) =>
    rules.map(({ source, addresses, kind, networkId, eipAffinity, twinId }, place) =>
      snat(twinId ? "twin" : `s${place}`, source, addresses, {
        kind,
        eipAffinity,
        ...(networkId !== undefined && { networkId }),
      }),
    ),
  );
}

function dnatRules(deferred: number): fc.Arbitrary<DnatRule[]> {
  const rule = fc.record({
    at: fc.constantFrom(...anyAddress),
    protocol: fc.constantFrom("tcp", "tcp", "udp", "any"),
    publicPort: port,
    privatePort: maybe(port),
    size: fc.integer({ min: 1, max: 5 }),
    privateIp: orDeferred(host, deferred),
    removePortLimits: fc.boolean(),
    allowFrom: fc.oneof(fc.constant([]), fc.array(orDeferred(block, deferred), { minLength: 1, maxLength: 3 })),
    twinId: fc.constantFrom(false, false, false, false, false, true),
  });
  return fc.array(rule, { maxLength: 10 }).map((rules) =>
    rules.map(({ at, protocol, publicPort, privatePort = publicPort, size, privateIp, twinId, ...more }, place) => {
      const ports = (from: number) => `${from}-${from + size - 1}`;
      const id = twinId ? "twin" : `d${place}`;
      return protocol === "any"
        ? dnat(id, at, "any", undefined, privateIp, more)
        : dnat(id, at, protocol, ports(publicPort), `${privateIp}:${ports(privatePort)}`, more);
    }),
  );
}

const constraints = fc
  .record({
    addresses: fc.array(fc.constantFrom("Idle=203.0.113.9", ...anyAddress), { maxLength: 3 }),
    maxAddresses: maybe(fc.integer({ min: 0, max: 6 })),
    maxSnatEntries: maybe(fc.integer({ min: 0, max: 6 })),
    maxDnatEntries: maybe(fc.integer({ min: 0, max: 6 })),
    networkCidrs: fc.array(block, { maxLength: 4 }),
    firstSnatPort: maybe(port),
    uniqueBackends: fc.boolean(),
    orderedSources: fc.boolean(),
    addressesRequired: fc.boolean(),
  })
  .map(({ addresses, networkCidrs, ...others }): NatTableConstraints => ({
    ...(Object.fromEntries(Object.entries(others).filter(([, value]) => value !== undefined)) as NatTableConstraints),
    addresses: addresses.map(address),
    networkCidrs: networkCidrs.map((text) => Ipv4Cidr.parse(text)),
  }));

/** Tables with and without deferred values, with and without mistakes. */
export const randomTable: fc.Arbitrary<RandomTable> = fc
  .constantFrom(0, 0, 1, 4)
  .chain((deferred) => fc.record({ snat: snatRules(deferred), dnat: dnatRules(deferred), constraints }));

/** Packets of which most have something to do with the tables. */
export const randomPacket: fc.Arbitrary<NatPacket> = fc
  .record({
    source: fc.oneof(host, host, fc.constantFrom("10.0.0.16", "198.51.100.7")),
    destination: fc.oneof(
      fc.constantFrom("203.0.113.1", "203.0.113.2", "203.0.113.3", "203.0.113.9", "8.8.8.8", "10.0.0.3", "10.0.9.1"),
      fc.constantFrom("$d", "$e", "$x").map((text) => Deferred.of(text)),
    ),
    protocol: fc.constantFrom("tcp", "tcp", "udp", "icmp"),
    destinationPort: fc.integer({ min: 1, max: 18 }),
  })
  .map(({ destinationPort, ...packet }) => (packet.protocol === "icmp" ? packet : { ...packet, destinationPort }));
