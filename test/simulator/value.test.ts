import fc from "fast-check";
import {
  canonical,
  decodeValue,
  encodeValue,
  hasUnknown,
  UNKNOWN,
  withoutUnknowns,
  type Value,
} from "../support/simulator/engine/value";

const { value: anyValue } = fc.letrec<{ value: Value; leaf: Value }>((tie) => ({
  leaf: fc.oneof(fc.string(), fc.boolean(), fc.integer(), fc.constant(null), fc.constant(UNKNOWN)),
  value: fc.oneof(
    { maxDepth: 3 },
    tie("leaf"),
    fc.array(tie("value")),
    fc.dictionary(fc.stringMatching(/^[a-z]{1,5}$/), tie("value")),
  ),
}));

test("comes back from the wire as it went", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(canonical(decodeValue(encodeValue(value)))).toBe(canonical(value));
    }),
  );
});

test("writes an unknown as Terraform does", () => {
  expect([...encodeValue(UNKNOWN)]).toEqual([0xd4, 0, 0]);
});

test("reads an unknown about which Terraform knows something", () => {
  // Extension 12 with an empty map of refinements.
  expect(decodeValue(new Uint8Array([0xc7, 1, 12, 0x80]))).toBe(UNKNOWN);
});

test("saves no unknown", () => {
  fc.assert(
    fc.property(anyValue, (value) => {
      expect(hasUnknown(withoutUnknowns(value))).toBe(false);
    }),
  );
});
