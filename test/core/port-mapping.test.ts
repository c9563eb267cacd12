import fc from "fast-check";
import { PortMapping } from "../../lib/core/port-mapping";
import { PortRange } from "../../lib/core/port-range";

it("shifts each port inside a range", () => {
  const mapping = PortMapping.parse("7000-7010", "8000/8010");

  expect([7000, 7003, 7010].map((port) => mapping.toPrivate(port))).toEqual([8000, 8003, 8010]);
  expect(mapping.toString()).toBe("7000-7010 to 8000-8010");
});

it("maps a port to itself where no private port is given", () => {
  const mapping = PortMapping.parse(443);

  expect(mapping.privatePorts).toEqual(PortRange.parse(443));
  expect(mapping.toPrivate(443)).toBe(443);
});

it("takes a range of one port for that port", () => {
  expect(PortMapping.parse(443, "8443-8443").toPrivate(443)).toBe(8443);
});

it.each<[number | string, number | string, string]>([
  [
    "7000-7010",
    "8000-8009",
    'must hold as many ports as publicPort 7000-7010, which is 11, got "8000-8009"; use "8000-8010"',
  ],
  [
    "7000-7010",
    "8000-8011",
    'must hold as many ports as publicPort 7000-7010, which is 11, got "8000-8011"; use "8000-8010"',
  ],
  ["7000-7010", 8000, 'must hold as many ports as publicPort 7000-7010, which is 11, got 8000; use "8000-8010"'],
  [443, "8443-8444", 'must hold as many ports as publicPort 443, which is 1, got "8443-8444"; use 8443'],
  ["1-11", 65525, 'must hold as many ports as publicPort 1-11, which is 11, got 65525; use "65525-65535"'],
  ["1-11", 65526, "must hold as many ports as publicPort 1-11, which is 11, got 65526; use 11 ports"],
])("refuses %j to %j", (publicPort, privatePort, text) => {
  expect(() => PortMapping.parse(publicPort, privatePort)).toThrow(new Error(`privatePort: ${text}`));
});

it("names the side that is malformed", () => {
  const form = 'use a form like 443, "443", "7000-7010" or "7000/7010"';

  expect(() => PortMapping.parse("x", "y")).toThrow(
    new Error(`publicPort: must be a port or a range of ports, got "x"; ${form}`),
  );
  expect(() => PortMapping.parse(1, "y")).toThrow(
    new Error(`privatePort: must be a port or a range of ports, got "y"; ${form}`),
  );
});

it("keeps the distance from the first port", () => {
  const start = fc.integer({ min: 1, max: 60000 });
  fc.assert(
    fc.property(start, start, fc.integer({ min: 0, max: 5000 }), (from, to, distance) => {
      const mapping = PortMapping.parse(`${from}-${from + 5000}`, `${to}-${to + 5000}`);
      expect(mapping.toPrivate(from + distance)).toBe(to + distance);
    }),
  );
});
