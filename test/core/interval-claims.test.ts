import fc from "fast-check";
import { claimIntervals, findClaim, type Interval } from "../../lib/core/interval-claims";

it("leaves a number to the interval that came first", () => {
  const { conflicts, claims } = claimIntervals([
    { from: 5, to: 8 },
    { from: 1, to: 10 },
    { from: 11, to: 11 },
    { from: 10, to: 12 },
    { from: 6, to: 6 },
  ]);

  expect(conflicts).toEqual([undefined, 0, undefined, 1, 0]);
  expect(claims).toEqual([
    { from: 1, to: 4, owner: 1 },
    { from: 5, to: 8, owner: 0 },
    { from: 9, to: 10, owner: 1 },
    { from: 11, to: 11, owner: 2 },
    { from: 12, to: 12, owner: 3 },
  ]);
});

it("finds nothing among no intervals", () => {
  expect(claimIntervals([])).toEqual({ conflicts: [], claims: [] });
  expect(findClaim([], 1)).toBeUndefined();
});

it("says the same as a walk over every number", () => {
  const interval = fc
    .tuple(fc.integer({ min: 0, max: 30 }), fc.integer({ min: 0, max: 30 }))
    .map(([a, b]): Interval => ({ from: Math.min(a, b), to: Math.max(a, b) }));
  fc.assert(
    fc.property(fc.array(interval, { maxLength: 12 }), (intervals) => {
      const owners = Array.from({ length: 32 }, (_, n) => {
        const owner = intervals.findIndex(({ from, to }) => from <= n && n <= to);
        return owner === -1 ? undefined : owner;
      });
      const { conflicts, claims } = claimIntervals(intervals);

      expect(owners.map((_, n) => findClaim(claims, n)?.owner)).toEqual(owners);
      intervals.forEach((later, place) => {
        const overlapping = intervals.flatMap((earlier, index) =>
          index < place && earlier.from <= later.to && later.from <= earlier.to ? [index] : [],
        );
        if (overlapping.length === 0) {
          expect(conflicts[place]).toBeUndefined();
        } else {
          expect(overlapping).toContain(conflicts[place]);
        }
      });
    }),
    { numRuns: 500 },
  );
});

it("takes intervals that all overlap in time that does not grow with their square", () => {
  const nested = Array.from({ length: 50_000 }, (_, n) => ({ from: n, to: 200_000 - n }));
  const start = process.cpuUsage();
  const { conflicts } = claimIntervals(nested);

  expect(process.cpuUsage(start).user).toBeLessThan(1_000_000);
  expect(conflicts.filter((conflict) => conflict === 0)).toHaveLength(49_999);
});
