// What a NAT demands that has one rule a port and no order among its sources.
import { Ipv4Cidr } from "../../lib/core/ipv4";
import type { DnatRule, SnatRule } from "../../lib/core/nat-rule";
import { NatTable, type NatTableConstraints } from "../../lib/core/nat-table";
import { dnat, snat } from "./rules";

function problems(
  rules: { readonly snat?: readonly SnatRule[]; readonly dnat?: readonly DnatRule[] },
  constraints: NatTableConstraints,
): string[] {
  const table = NatTable.fromRules({ snat: [], dnat: [], ...rules }, constraints);
  return table.check().map(({ entry, error }) => `${entry} | ${error.message}`);
}

const WEB = "Web=203.0.113.1";
const networkCidrs = [Ipv4Cidr.parse("10.0.0.0/16")];

it("counts each port of a range, and Any Port as one", () => {
  const rules = [dnat("a", WEB, "tcp", "1-3", "10.0.0.1"), dnat("b", "B=$b", "any", undefined, "10.0.0.2")];
  expect(problems({ dnat: rules }, { maxDnatEntries: 3 })).toEqual([]);
  expect(problems({ dnat: rules }, { maxDnatEntries: 4, dnatEntryPerPort: true })).toEqual([]);
  expect(problems({ dnat: rules }, { maxDnatEntries: 3, dnatEntryPerPort: true })).toEqual([
    " | dnatEntries: must be at most 3 in one NAT, got 4; use fewer or a further NAT; if the quota was raised, say so in " +
      "limits.dnatEntries",
  ]);
});

it("keeps sources apart where they must be", () => {
  const rules = [snat("a", "10.0.0.0/24", [WEB]), snat("b", "10.0.0.0/28", [WEB]), snat("c", "$block", [WEB])];
  expect(problems({ snat: rules }, {})).toEqual([]);
  expect(problems({ snat: rules }, { disjointSources: true })).toEqual([
    'b | source: shares addresses with 10.0.0.0/24 of SNAT entry "a", got "10.0.0.0/28"; let sources be apart',
  ]);
});

it("takes a source or a backend outside the network where it is remote, and there only", () => {
  const remote = (rule: SnatRule): SnatRule => ({ ...rule, source: { ...rule.source, isRemote: true } });
  expect(problems({ snat: [remote(snat("a", "192.168.0.0/16", [WEB]))] }, { networkCidrs })).toEqual([]);
  expect(problems({ snat: [remote(snat("a", "10.0.0.0/8", [WEB]))] }, { networkCidrs })).toEqual([
    'a | source: must lie outside the private network, and shares addresses with 10.0.0.0/16, got "10.0.0.0/8"; take it ' +
      "as a block of the private network",
  ]);
  const backend = (ip: string) => ({ ...dnat("b", WEB, "tcp", 443, ip), isRemote: true });
  expect(problems({ dnat: [backend("192.168.0.1")] }, { networkCidrs })).toEqual([]);
  expect(problems({ dnat: [backend("$ip")] }, { networkCidrs })).toEqual([]);
  expect(problems({ dnat: [backend("10.0.0.1")] }, { networkCidrs })).toEqual([
    "b | privateIp: must lie outside the private network under directConnect, it lies in 10.0.0.0/16, got " +
      '"10.0.0.1"; take directConnect out',
  ]);
});

it("gives Any Port the whole backend where it takes it", () => {
  const rules = [dnat("a", WEB, "tcp", 443, "10.0.0.1"), dnat("b", "B=$b", "any", undefined, "10.0.0.1")];
  expect(problems({ dnat: rules }, {})).toEqual([]);
  expect(problems({ dnat: rules }, { anyPortTakesBackend: true })).toEqual([
    'b | privateIp: Any Port takes the whole backend, to which DNAT entry "a" forwards already, got "10.0.0.1"; use ' +
      "another address of the backend for one of the two",
  ]);
});
