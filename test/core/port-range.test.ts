import fc from "fast-check";
import { PortRange } from "../../lib/core/port-range";

it.each<[number | string, number, number, string, string]>([
  [443, 443, 443, "443", "443"],
  ["443", 443, 443, "443", "443"],
  [1, 1, 1, "1", "1"],
  [65535, 65535, 65535, "65535", "65535"],
  ["7000-7010", 7000, 7010, "7000-7010", "7000/7010"],
  ["7000/7010", 7000, 7010, "7000-7010", "7000/7010"],
  ["7000-7000", 7000, 7000, "7000", "7000"],
  ["1-65535", 1, 65535, "1-65535", "1/65535"],
])("reads %j", (value, from, to, withDash, withSlash) => {
  const range = PortRange.parse(value);

  expect([range.from, range.to, range.size, range.isSingle]).toEqual([from, to, to - from + 1, from === to]);
  expect([range.toString(), range.format("-"), range.format("/")]).toEqual([withDash, withDash, withSlash]);
  expect(JSON.stringify([range])).toBe(JSON.stringify([withDash]));
});

const form: [string, string] = [
  "must be a port or a range of ports",
  'use a form like 443, "443", "7000-7010" or "7000/7010"',
];
const limits: [string, string] = ["must be within 1 to 65535", "use ports from 1 to 65535"];
it.each<[unknown, string, [string, string]]>([
  ["7000--7010", '"7000--7010"', form],
  ["7000-7010-7020", '"7000-7010-7020"', form],
  ["7000-", '"7000-"', form],
  ["-7010", '"-7010"', form],
  ["7000:7010", '"7000:7010"', form],
  ["7000 - 7010", '"7000 - 7010"', form],
  ["1e3", '"1e3"', form],
  ["0x1b", '"0x1b"', form],
  ["0443", '"0443"', form],
  ["1-010", '"1-010"', form],
  ["443.0", '"443.0"', form],
  ["+443", '"+443"', form],
  [" 443", '" 443"', form],
  ["443\n", '"443\\n"', form],
  ["٤٤٣", '"٤٤٣"', form],
  ["", '""', form],
  ["any", '"any"', form],
  [1.5, "1.5", form],
  [NaN, "NaN", form],
  [Infinity, "Infinity", form],
  [undefined, "undefined", form],
  [null, "null", form],
  [true, "true", form],
  [80n, "80n", form],
  [[80], "[80]", form],
  [0, "0", limits],
  ["0", '"0"', limits],
  ["0-10", '"0-10"', limits],
  [-1, "-1", limits],
  [65536, "65536", limits],
  ["65536", '"65536"', limits],
  ["65530-65536", '"65530-65536"', limits],
  ["99999999999999999999", '"99999999999999999999"', limits],
  ["7010-7000", '"7010-7000"', ["the first port must not be above the last", 'use "7000-7010"']],
  ["65535/1", '"65535/1"', ["the first port must not be above the last", 'use "1-65535"']],
])("refuses %p", (value, shown, [rule, fix]) => {
  expect(() => PortRange.parse(value as string, "publicPort")).toThrow(
    new Error(`publicPort: ${rule}, got ${shown}; ${fix}`),
  );
});

it("is called port in an error where no prop is named", () => {
  expect(() => PortRange.parse(0)).toThrow(/^port: /);
});

const port = fc.oneof(fc.integer({ min: 1, max: 12 }), fc.integer({ min: 1, max: 65535 }));
const range = fc.tuple(port, port).map(([a, b]) => PortRange.parse(`${Math.min(a, b)}-${Math.max(a, b)}`));

it("comes back from its text with either separator", () => {
  fc.assert(
    fc.property(range, (ports) => {
      expect(PortRange.parse(ports.format("-"))).toEqual(ports);
      expect(PortRange.parse(ports.format("/"))).toEqual(ports);
    }),
  );
});

it("contains and overlaps as its ends say", () => {
  fc.assert(
    fc.property(range, range, port, (a, b, other) => {
      expect(a.contains(other)).toBe(other >= a.from && other <= a.to);
      expect(a.overlaps(b)).toBe(!(a.to < b.from || b.to < a.from));
      expect(a.equals(b)).toBe(a.toString() === b.toString());
    }),
  );
});
