import fc from "fast-check";
import { Deferred, Ipv4Address, Ipv4Cidr, type SnatRule, type SnatSourceKind } from "cdktf-nat";
import { cidrsOf, mergeSpans } from "../../lib/host/address-span";
import { orderSources } from "../../lib/host/source-tiers";

const cidr = fc.tuple(fc.nat(0xff), fc.constantFrom(0, 24, 25, 26, 28, 30, 31, 32)).map(([last, length]) => {
  const size = 2 ** (32 - length);
  const value = 0x0a000000 + last;
  return Ipv4Cidr.parse(`${Ipv4Address.fromNumber(value - (value % size)).toString()}/${length}`);
});

function rule(id: string, source: Ipv4Cidr | Deferred, kind: SnatSourceKind = "cidr"): SnatRule {
  return { id, source: { kind, cidr: source }, addresses: [], eipAffinity: false };
}

describe("orderSources", () => {
  it("gives every address the rule of its longest prefix, as spans and as blocks", () => {
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 12 }), (cidrs) => {
        const rules = cidrs.map((source, place) => rule(String(place), source));
        const [tier] = orderSources(rules);
        for (let value = 0x0a000000 - 2; value < 0x0a000102; value++) {
          const address = Ipv4Address.fromNumber(value);
          const covering = rules.filter(({ source }) => (source.cidr as Ipv4Cidr).contains(address));
          const longest = Math.max(...covering.map(({ source }) => (source.cidr as Ipv4Cidr).prefixLength));
          const expected = covering.find(({ source }) => (source.cidr as Ipv4Cidr).prefixLength === longest);
          const known = tier?.kind === "known" ? tier : undefined;
          const span = known?.spans.filter(({ first, last }) => first <= value && value <= last) ?? [];
          expect(span.map((one) => one.rule.id)).toEqual(expected === undefined ? [] : [expected.id]);
          expect(known?.blocks.find((one) => one.cidr.contains(address))?.rule.id).toBe(expected?.id);
        }
      }),
      { numRuns: 60 },
    );
  });

  it("asks around deferred sources by what they surely are", () => {
    const deferred = (id: string, kind: SnatSourceKind) => rule(id, Deferred.of(`\${${id}}`), kind);
    const tiers = orderSources([
      deferred("deferred vpc", "vpc"),
      deferred("deferred subnet", "subnet"),
      deferred("deferred host", "host"),
      rule("vpc", Ipv4Cidr.parse("10.0.0.0/16"), "vpc"),
      rule("block", Ipv4Cidr.parse("10.0.1.0/28")),
      rule("host", Ipv4Cidr.parse("10.0.1.7/32"), "host"),
    ]);
    expect(
      tiers.map((tier) => (tier.kind === "deferred" ? tier.rule.id : tier.spans.map((span) => span.rule.id).join())),
    ).toEqual(["host", "deferred host", "block", "deferred subnet", "vpc", "deferred vpc"]);
  });

  it("has nothing to ask without sources", () => {
    expect(orderSources([])).toEqual([]);
  });
});

describe("spans", () => {
  it("hold the addresses of their blocks and no others, apart from each other", () => {
    fc.assert(
      fc.property(fc.array(cidr, { maxLength: 8 }), (cidrs) => {
        const spans = mergeSpans(cidrs);
        const blocks = spans.flatMap(cidrsOf);
        for (let value = 0x0a000000 - 2; value < 0x0a000102; value++) {
          const address = Ipv4Address.fromNumber(value);
          const covered = cidrs.some((one) => one.contains(address));
          expect(spans.filter(({ first, last }) => first <= value && value <= last)).toHaveLength(Number(covered));
          expect(blocks.filter((one) => one.contains(address))).toHaveLength(Number(covered));
        }
      }),
      { numRuns: 60 },
    );
  });
});
