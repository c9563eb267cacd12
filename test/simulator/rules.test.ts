import { alicloud } from "../support/simulator/alicloud";
import { durationSeconds, readProviderRules } from "../support/simulator/engine/rules";
import { readProviderSchema } from "../support/simulator/engine/schema";

const schema = readProviderSchema(alicloud.schemaFile, alicloud.source);
const rules = readProviderRules(alicloud.rulesFile);

test("simulates every resource and data source of the schema", () => {
  expect(Object.keys(alicloud.resources).sort()).toEqual(Object.keys(schema.resource_schemas).sort());
  expect(Object.keys(alicloud.dataSources).sort()).toEqual(Object.keys(schema.data_source_schemas).sort());
});

test("has code for every difference that the provider may hide, but for what is not simulated", () => {
  const hidden = Object.entries(rules).flatMap(([type, { attributes = {} }]) => {
    const names = Object.keys(attributes).filter((name) => attributes[name]?.diff_suppressed === true);
    return names
      .filter((name) => alicloud.resources[type]?.suppress?.[name] === undefined)
      .map((name) => `${type}.${name}`);
  });
  expect(hidden).toEqual([
    "alicloud_instance.auto_release_time",
    "alicloud_instance.deployment_set_id",
    "alicloud_vpc.secondary_cidr_blocks",
  ]);
});

test("has an update for every resource that the provider updates", () => {
  const missing = Object.entries(rules).filter(([type, { update }]) => {
    return update === true && alicloud.resources[type]?.update === undefined;
  });
  expect(missing).toEqual([]);
});

test.each([
  ["5m0s", 300],
  ["90s", 90],
  ["1h30m", 5400],
  ["500ms", 0.5],
])("reads the duration %s", (text, seconds) => {
  expect(durationSeconds(text)).toBe(seconds);
});

test("refuses what is no duration", () => {
  expect(() => durationSeconds("5 minutes")).toThrow('not a duration: "5 minutes"');
});
