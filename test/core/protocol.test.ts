import { parseNatProtocol } from "../../lib/core/protocol";

it.each(["tcp", "udp", "any"])("reads %s", (protocol) => {
  expect(parseNatProtocol(protocol)).toBe(protocol);
});

it.each([
  ["icmp", "use one of them"],
  ["TCP", 'use "tcp"'],
  ["Any", 'use "any"'],
])("refuses %s", (protocol, fix) => {
  expect(() => parseNatProtocol(protocol)).toThrow(
    new Error(`protocol: must be "tcp", "udp" or "any", got "${protocol}"; ${fix}`),
  );
});

it("names the prop that it is given", () => {
  expect(() => parseNatProtocol("x", "ipProtocol")).toThrow(/^ipProtocol: /);
});
