import { parseWholeNumber } from "../../lib/core/whole-number";

it.each([1, 2, 199, 200])("takes %s from 1 to 200", (value) => {
  expect(parseWholeNumber(value, { min: 1, max: 200 }, "bandwidthMbps")).toBe(value);
});

it.each<[unknown, string, string]>([
  [0, "0", "use 1 or more"],
  [0.5, "0.5", "use 1 or more"],
  [-Infinity, "-Infinity", "use 1 or more"],
  [201, "201", "use 200 or less"],
  [200.5, "200.5", "use 200 or less"],
  [Infinity, "Infinity", "use 200 or less"],
  [5.5, "5.5", "use 5 or 6"],
  [NaN, "NaN", "use a number such as 1"],
  ["5", '"5"', "use a number, without quotes"],
  [undefined, "undefined", "use a number such as 1"],
  [null, "null", "use a number such as 1"],
  [5n, "5n", "use a number such as 1"],
])("refuses %p", (value, shown, fix) => {
  expect(() => parseWholeNumber(value as number, { min: 1, max: 200, unit: "Mbit/s" }, "bandwidthMbps")).toThrow(
    new Error(`bandwidthMbps: must be a whole number of Mbit/s from 1 to 200, got ${shown}; ${fix}`),
  );
});

it("says the rule without a unit, without an upper end, and for one number only", () => {
  expect(() => parseWholeNumber(0, { min: 1, max: 9 }, "count")).toThrow(
    new Error("count: must be a whole number from 1 to 9, got 0; use 1 or more"),
  );
  expect(() => parseWholeNumber(0, { min: 1, max: Infinity, unit: "seconds" }, "idle")).toThrow(
    new Error("idle: must be a whole number of seconds, at least 1, got 0; use 1 or more"),
  );
  expect(() => parseWholeNumber(0, { min: 1, max: 1 }, "count")).toThrow(
    new Error("count: must be a whole number from 1 to 1, got 0; use 1"),
  );
});
