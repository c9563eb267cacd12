import fc from "fast-check";
import { NatTable } from "../../lib/core/nat-table";
import { naiveCheck } from "./naive-check";
import { naiveTrace } from "./naive-trace";
import { randomPacket, randomTable } from "./random-table";

it("traces packets as a scan of all rules does", () => {
  const actions = new Map<string, number>();
  fc.assert(
    fc.property(randomTable, fc.array(randomPacket, { minLength: 10, maxLength: 10 }), (rules, packets) => {
      const table = NatTable.fromRules(rules, rules.constraints);
      const traces = packets.map((packet) => {
        const trace = table.trace(packet);
        actions.set(trace.action, (actions.get(trace.action) ?? 0) + 1);
        return trace;
      });
      expect(traces).toEqual(
        packets.map((packet) => ({
          ...naiveTrace(rules, rules.constraints.addresses ?? [], packet),
          reason: expect.any(String) as string,
        })),
      );
    }),
    { numRuns: 200 },
  );
  // Guards against packets that have nothing to do with the tables.
  for (const action of ["snat", "dnat", "none", "undecided"]) {
    expect(actions.get(action) ?? 0).toBeGreaterThan(100);
  }
});

it("finds the mistakes that a look at every pair of rules finds", () => {
  let correct = 0;
  fc.assert(
    fc.property(randomTable, (rules) => {
      const found = NatTable.fromRules(rules, rules.constraints)
        .check()
        .map(({ entry, error }) => `${entry} ${error.prop}`);
      expect([...found].sort()).toEqual([...naiveCheck(rules, rules.constraints)].sort());
      correct += found.length === 0 ? 1 : 0;
    }),
    { numRuns: 400 },
  );
  expect(correct).toBeGreaterThan(5);
});

it("answers the same each time, and leaves the rules as they are", () => {
  fc.assert(
    fc.property(randomTable, randomPacket, (rules, packet) => {
      const before = JSON.stringify(rules);
      const one = NatTable.fromRules(rules, rules.constraints);
      const other = NatTable.fromRules(rules, rules.constraints);
      expect(one.check()).toEqual(other.check());
      expect(one.trace(packet)).toEqual(one.trace(packet));
      expect(one.trace(packet)).toEqual(other.trace(packet));
      expect(JSON.stringify(rules)).toBe(before);
    }),
    { numRuns: 60 },
  );
});
