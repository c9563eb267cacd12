import { parseChoice } from "../../lib/core/choice";

it("gives back a choice", () => {
  expect(parseChoice("b", ["a", "b", "c"], "mode")).toBe("b");
});

it.each<[unknown, string, string]>([
  ["d", '"d"', "use one of them"],
  ["", '""', "use one of them"],
  ["ab", '"ab"', "use one of them"],
  ["cross-zone ", '"cross-zone "', 'use "cross-zone"'],
  ["Cross-Zone", '"Cross-Zone"', 'use "cross-zone"'],
  [undefined, "undefined", "use one of them"],
  [0, "0", "use one of them"],
  [["a"], '["a"]', "use one of them"],
])("refuses %j", (value, shown, fix) => {
  expect(() => parseChoice(value as string, ["a", "b", "cross-zone"], "mode")).toThrow(
    new Error(`mode: must be "a", "b" or "cross-zone", got ${shown}; ${fix}`),
  );
});

it.each<[readonly string[], string]>([
  [["a"], 'must be "a"'],
  [["a", "b"], 'must be "a" or "b"'],
])("lists the choices %j", (choices, rule) => {
  expect(() => parseChoice("x", choices, "mode")).toThrow(new Error(`mode: ${rule}, got "x"; use one of them`));
});

it("does not name a choice that case alone leaves open", () => {
  expect(() => parseChoice("AB", ["ab", "aB"], "mode")).toThrow(
    new Error('mode: must be "ab" or "aB", got "AB"; use one of them'),
  );
});
