import type { AttributeRules } from "../support/simulator/engine/rules";
import { conform, type BlockSchema } from "../support/simulator/engine/schema";
import { validateConfig } from "../support/simulator/engine/validator";
import { UNKNOWN, type ValueMap } from "../support/simulator/engine/value";

const BLOCK: BlockSchema = {
  attributes: Object.fromEntries(
    ["kind", "old", "gone", "left", "right", "short"].map((name) => [name, { type: "string", optional: true }]),
  ),
  block_types: {
    alarm: { nesting_mode: "list", block: { attributes: { operator: { type: "string", optional: true } } } },
  },
};
const NUMBERS: BlockSchema = { attributes: { period: { type: "number", optional: true } } };

function check(rules: Record<string, AttributeRules>, config: ValueMap, block = BLOCK): string[] {
  const found = validateConfig(block, rules, {}, conform(block, config));
  return found.map(({ severity, summary }) => `${severity} ${summary}`);
}

test("names the choices of an argument", () => {
  const rules = { kind: { allowed: ["a", "b"] } };
  expect(check(rules, { kind: "c" })).toEqual(['ERROR kind: expected one of ["a","b"], got "c"']);
  expect(check(rules, { kind: "a" })).toEqual([]);
});

test("takes a number that is in the range or among the choices", () => {
  const rules: Record<string, AttributeRules> = { period: { range: [1, 9], allowed: ["12", "24"] } };
  const verdicts = [0, 1, 9, 10, 12].map((period) => check(rules, { period }, NUMBERS).length === 0);
  expect(verdicts).toEqual([false, true, true, false, true]);
});

test("checks the length of a text at both edges", () => {
  const rules: Record<string, AttributeRules> = { short: { length: [2, 4] } };
  const verdicts = ["a", "ab", "abcd", "abcde"].map((short) => check(rules, { short }).length === 0);
  expect(verdicts).toEqual([false, true, true, false]);
});

test("says nothing about what is not known yet", () => {
  expect(check({ kind: { allowed: ["a"] } }, { kind: UNKNOWN })).toEqual([]);
});

test("refuses a removed argument and warns about a deprecated one", () => {
  const rules = { gone: { removed: true }, old: { deprecated: true } };
  expect(check(rules, { gone: "x", old: "y" })).toEqual([
    "WARNING old: deprecated argument",
    "ERROR gone: this argument was removed from the provider",
  ]);
});

test("checks inside blocks", () => {
  const rules = { "alarm.operator": { allowed: [">"] } };
  expect(check(rules, { alarm: [{ operator: "=>" }] })).toEqual([
    'ERROR alarm.operator: expected one of [">"], got "=>"',
  ]);
});

test("wants one, or only one, of several arguments, and no two that exclude each other", () => {
  const pair = ["left", "right"];
  expect(check({ left: { at_least_one_of: pair } }, {})).toEqual(["ERROR left: one of left, right must be specified"]);
  expect(check({ left: { exactly_one_of: pair } }, { left: "x", right: "y" })).toEqual([
    "ERROR left: only one of left, right must be specified",
  ]);
  expect(check({ left: { conflicts_with: ["right"] } }, { left: "x", right: "y" })).toEqual([
    "ERROR left: conflicts with right",
  ]);
});

test("wants what an argument needs beside it", () => {
  const rules = { left: { required_with: ["right", "kind"] } };
  expect(check(rules, { left: "x", kind: "y" })).toEqual(["ERROR left: right must be specified too"]);
  expect(check(rules, { right: "x" })).toEqual([]);
  expect(check(rules, { left: "x", right: "y", kind: "z" })).toEqual([]);
});
