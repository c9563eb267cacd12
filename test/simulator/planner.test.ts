import { planResource, type PlanInput, type Suppress } from "../support/simulator/engine/planner";
import type { AttributeRules } from "../support/simulator/engine/rules";
import { conform, type BlockSchema } from "../support/simulator/engine/schema";
import { UNKNOWN, type Value, type ValueMap } from "../support/simulator/engine/value";

const BLOCK: BlockSchema = {
  attributes: {
    id: { type: "string", optional: true, computed: true },
    name: { type: "string", optional: true, computed: true },
    note: { type: "string", optional: true },
    zone: { type: "string", optional: true },
    groups: { type: ["set", "string"], optional: true },
    tags: { type: ["map", "string"], optional: true },
  },
  block_types: {
    disk: {
      nesting_mode: "list",
      block: { attributes: { size: { type: "number" }, kind: { type: "string", optional: true } } },
    },
    timeouts: { nesting_mode: "single", block: { attributes: { create: { type: "string", optional: true } } } },
  },
};

const RULES: Record<string, AttributeRules> = {
  zone: { force_new: true },
  "disk.kind": { default: "essd", force_new: true },
};

function plan(prior: ValueMap | null, config: ValueMap, suppress: Record<string, Suppress> = {}) {
  const input: PlanInput = {
    block: BLOCK,
    rules: RULES,
    suppress,
    prior: prior && conform(BLOCK, prior),
    config: conform(BLOCK, config),
  };
  return planResource(input);
}

const PRIOR: ValueMap = { id: "x-1", name: "made-up", zone: "a", groups: ["g1", "g2"], tags: { a: "b" } };

test("leaves what the cloud computes unknown on create", () => {
  expect(plan(null, { zone: "a" })).toEqual({
    planned: {
      id: UNKNOWN,
      name: UNKNOWN,
      note: null,
      zone: "a",
      groups: null,
      tags: null,
      disk: [],
      timeouts: null,
    },
    replace: [],
  });
});

test("keeps what the cloud computed on update", () => {
  const { planned, replace } = plan(PRIOR, { zone: "a", groups: ["g1", "g2"], tags: { a: "c" } });
  expect(planned).toMatchObject({ id: "x-1", name: "made-up", tags: { a: "c" } });
  expect(replace).toEqual([]);
});

test("plans the state itself where nothing differs, whatever the order of a set", () => {
  const prior = conform(BLOCK, PRIOR);
  const input = { block: BLOCK, rules: RULES, suppress: {}, prior };
  const config = conform(BLOCK, { zone: "a", groups: ["g2", "g1"], tags: { a: "b" } });
  expect(planResource({ ...input, config }).planned).toBe(prior);
});

test("takes empty text, false and nothing for the same where the argument was left out", () => {
  const prior = conform(BLOCK, { ...PRIOR, note: "", tags: {} });
  const config = conform(BLOCK, { zone: "a", groups: ["g1", "g2"] });
  expect(planResource({ block: BLOCK, rules: RULES, suppress: {}, prior, config }).planned).toBe(prior);
});

test("replaces for what forces it, also when the value is not known yet or taken away", () => {
  expect(plan(PRIOR, { zone: "b" }).replace).toEqual(["zone"]);
  expect(plan(PRIOR, { zone: UNKNOWN }).replace).toEqual(["zone"]);
  expect(plan(PRIOR, {}).replace).toEqual(["zone"]);
  expect(plan(PRIOR, { zone: "a", note: "n" }).replace).toEqual([]);
});

test("fills in defaults inside a block, and replaces for them", () => {
  expect(plan(null, { disk: [{ size: 20 }] }).planned.disk).toEqual([{ size: 20, kind: "essd" }]);
  const prior = { ...PRIOR, disk: [{ size: 20, kind: "essd" }] };
  const config = { zone: "a", groups: ["g1", "g2"], tags: { a: "b" } };
  expect(plan(prior, { ...config, disk: [{ size: 20, kind: "ssd" }] }).replace).toEqual(["disk"]);
  expect(plan(prior, { ...config, disk: [{ size: 40 }] }).replace).toEqual([]);
  expect(plan(prior, { ...config, disk: [] }).replace).toEqual(["disk"]);
});

test("keeps a computed block where the configuration has none, and replaces for another one", () => {
  const prior = conform(BLOCK, { ...PRIOR, disk: [{ size: 20, kind: "ssd" }] });
  const config = { zone: "a", groups: ["g1", "g2"], tags: { a: "b" } };
  const planned = (disk: Value) =>
    planResource({
      ...{ block: BLOCK, rules: RULES, suppress: {}, computedBlocks: ["disk"], prior },
      config: conform(BLOCK, { ...config, disk }),
    });
  expect(planned([])).toEqual({ planned: prior, replace: [] });
  expect(planned([{ size: 20, kind: "essd" }]).replace).toEqual(["disk"]);
});

test("drops a suppressed argument on create and keeps the old value on update", () => {
  const hidden: Record<string, Suppress> = { zone: ({ get }) => get("note") !== "show" };
  expect(plan(null, { zone: "a" }, hidden).planned.zone).toBeNull();
  expect(plan(null, { zone: UNKNOWN }, hidden).planned.zone).toBeNull();
  expect(plan(null, { zone: "a", note: "show" }, hidden).planned.zone).toBe("a");
  expect(plan(PRIOR, { zone: "b" }, hidden)).toMatchObject({ planned: { zone: "a" }, replace: [] });
});

const PAIRS: BlockSchema = {
  attributes: { data: { type: "string", optional: true } },
  block_types: {
    pair: {
      nesting_mode: "set",
      block: { attributes: { ip: { type: "string" }, mac: { type: "string", optional: true, computed: true } } },
    },
  },
};

function planPairs(prior: ValueMap | null, config: ValueMap) {
  return planResource({
    block: PAIRS,
    rules: { data: { force_new: true } },
    suppress: {},
    normalize: { data: (value) => `#${value.length}` },
    prior: prior && conform(PAIRS, prior),
    config: conform(PAIRS, config),
  });
}

test("finds an element of a set by what the configuration says of it, not by its place", () => {
  const prior = { pair: ["a", "b"].map((ip) => ({ ip, mac: `mac of ${ip}` })) };
  const { planned } = planPairs(prior, { pair: [{ ip: "b" }, { ip: "c" }] });
  expect(planned.pair).toEqual([
    { ip: "b", mac: "mac of b" },
    { ip: "c", mac: UNKNOWN },
  ]);
  expect(planPairs(prior, { pair: [{ ip: "b" }, { ip: "a" }] }).planned).toMatchObject(prior);
});

test("plans what the state keeps of an attribute, and replaces for another", () => {
  expect(planPairs(null, { data: "text" }).planned.data).toBe("#4");
  expect(planPairs({ data: "#4" }, { data: "next" })).toMatchObject({ planned: { data: "#4" }, replace: [] });
  expect(planPairs({ data: "#4" }, { data: "other" })).toMatchObject({ planned: { data: "#5" }, replace: ["data"] });
});
