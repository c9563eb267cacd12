import { Deferred, identityOf, isDeferred } from "../../lib/core/deferred";
import { Ipv4Address } from "../../lib/core/ipv4";

it("carries its text untouched", () => {
  const text = "${alicloud_instance.web.private_ip}";
  const deferred = Deferred.of(text);

  expect(deferred.text).toBe(text);
  expect(deferred.toString()).toBe(text);
  expect(JSON.stringify({ deferred })).toBe(JSON.stringify({ deferred: text }));
});

it.each([
  ["", '""'],
  [undefined, "undefined"],
  [5, "5"],
])("refuses %j as text", (text, shown) => {
  expect(() => Deferred.of(text as string)).toThrow(
    new Error(`text: must be the text that stands for a deferred value, got ${shown}; use text such as "\${...}"`),
  );
});

it.each([
  ["a deferred value", Deferred.of("x"), true],
  ["a deferred value of another copy of the package", { [Symbol.for("cdktf-nat.Deferred")]: true, text: "x" }, true],
  ["text", "x", false],
  ["something with a text", { text: "x" }, false],
  ["null", null, false],
  ["undefined", undefined, false],
  ["an object without prototype", Object.create(null), false],
  ["a function", () => Deferred.of("x"), false],
])("tells that %s is deferred or not", (_what, value, expected) => {
  expect(isDeferred(value)).toBe(expected);
});

it("gives one identity to equal known values and to deferred values of one text, and to no others", () => {
  const address = Ipv4Address.parse("10.0.0.1");

  expect(identityOf(address)).toBe(identityOf(Ipv4Address.parse("10.0.0.1")));
  expect(identityOf(Deferred.of("x"))).toBe(identityOf(Deferred.of("x")));
  expect(identityOf(Deferred.of("x"))).not.toBe(identityOf(Deferred.of("y")));
  expect(identityOf(Deferred.of("10.0.0.1"))).not.toBe(identityOf(address));
});
