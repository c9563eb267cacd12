import { createHash } from "node:crypto";
import fc from "fast-check";
import { nameFromPath, parseName } from "../../lib/core/entry-name";
import type { NameRule } from "../../lib/core/entry-name";

const hash = (path: string) => createHash("sha256").update(path).digest("hex").slice(0, 8);

const WORDS = '2 to 128 characters, first a letter, then letters, digits, "_" and "-"';
const RULE: NameRule = { form: /^[A-Za-z][A-Za-z0-9_-]{1,127}$/, words: WORDS, maxLength: 128 };
/** At most 64 characters, of which a digit may be the first. */
const SHORT: NameRule = { form: /^[A-Za-z0-9_.-]{1,64}$/, words: "1 to 64 letters, digits, _, - and .", maxLength: 64 };
/** At least three characters, and a beginning that is not taken. */
const LONG: NameRule = { form: /^(?!sg-).{3,255}$/, words: 'at least 3 characters, not after "sg-"', maxLength: 255 };

describe("an entry name", () => {
  it.each(["ab", "a1", "a_", "a-", "Z9_-", "a".repeat(128)])("may be %s", (name) => {
    expect(parseName(name, RULE)).toBe(name);
  });

  const long = "a".repeat(129);
  it.each<[unknown, string]>([
    ["a", 'use a name such as "n-a"'],
    [long, `use a name such as "${"a".repeat(119)}-${hash(long)}"`],
    ["1a", 'use a name such as "n-1a"'],
    ["_a", 'use a name such as "n-_a"'],
    ["Stack/Nat", 'use a name such as "Stack-Nat"'],
    ["web server", `use a name such as "web-server-${hash("web server")}"`],
    ["web\n", `use a name such as "web--${hash("web\n")}"`],
    ["é", 'use a name such as "nat-1"'],
    ["", 'use a name such as "nat-1"'],
    [undefined, 'use a name such as "nat-1"'],
    [12, 'use a name such as "nat-1"'],
  ])("is not %j", (name, fix) => {
    const shown = name === undefined ? "undefined" : JSON.stringify(name);
    expect(() => parseName(name as string, RULE)).toThrow(new Error(`name: must be ${WORDS}, got ${shown}; ${fix}`));
  });

  it("is measured by the rule", () => {
    expect(parseName("1.a", SHORT)).toBe("1.a");
    expect(() => parseName("sg-nat", LONG)).toThrow(
      'name: must be at least 3 characters, not after "sg-", got "sg-nat"; use a name such as "n-sg-nat"',
    );
  });

  it("is called by the prop that it is given", () => {
    expect(() => parseName("", RULE, "snatName")).toThrow(/^snatName: /);
  });
});

describe("a name out of a path", () => {
  it.each([
    ["Stack/Nat/Web", "Stack-Nat-Web"],
    ["a_b-c", "a_b-c"],
    ["x", "n-x"],
    ["1/Nat", "n-1-Nat"],
    ["/Nat", "n--Nat"],
    ["", `n--${hash("")}`],
    ["Stack/é", `Stack---${hash("Stack/é")}`],
    ["Stack/a.b", `Stack-a-b-${hash("Stack/a.b")}`],
    ["a".repeat(128), "a".repeat(128)],
    ["a".repeat(129), `${"a".repeat(119)}-${hash("a".repeat(129))}`],
    [`1${"a".repeat(127)}`, `n-1${"a".repeat(116)}-${hash(`1${"a".repeat(127)}`)}`],
  ])("%j is %s", (path, name) => {
    expect(nameFromPath(path, RULE)).toBe(name);
  });

  it("is cut to the length that is asked for", () => {
    expect(nameFromPath("Stack/Nat", { ...RULE, maxLength: 10 })).toBe("Stack-Nat");
    expect(nameFromPath("Stack/Nat/Web", { ...RULE, maxLength: 12 })).toBe(`Sta-${hash("Stack/Nat/Web")}`);
    expect(nameFromPath("Stack/Nat/Web", { ...RULE, maxLength: 10 })).toBe(`S-${hash("Stack/Nat/Web")}`);
  });

  it.each<[NameRule, string, string]>([
    [SHORT, "1/Nat", "1-Nat"],
    [SHORT, "x", "x"],
    [SHORT, "a".repeat(65), `${"a".repeat(55)}-${hash("a".repeat(65))}`],
    [LONG, "ab", "n-ab"],
    [LONG, "sg/Nat", "n-sg-Nat"],
    [LONG, "a".repeat(255), "a".repeat(255)],
    [LONG, "a".repeat(256), `${"a".repeat(246)}-${hash("a".repeat(256))}`],
  ])("follows another rule: %j, %s is %s", (rule, path, name) => {
    expect(nameFromPath(path, rule)).toBe(name);
    expect(parseName(name, rule)).toBe(name);
  });

  it.each([9, 256, 10.5])("can't be of %s characters at most", (maxLength) => {
    expect(() => nameFromPath("Stack", { ...RULE, maxLength })).toThrow(
      /^maxLength: must be a whole number of characters from 10 to 255, got /,
    );
  });

  it("is legal, is not longer than asked for, and is always the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 10, max: 128 }), (path, maxLength) => {
        const name = nameFromPath(path, { ...RULE, maxLength });
        expect(parseName(name, RULE)).toBe(name);
        expect(name.length).toBeLessThanOrEqual(maxLength);
        expect(nameFromPath(path, { ...RULE, maxLength })).toBe(name);
      }),
    );
  });

  it("differs between paths that differ, but for / and -", () => {
    const path = fc.string({ unit: fc.constantFrom("a", "b", "/", ".", " ", "é", "_"), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(path, path, (one, other) => {
        fc.pre(one !== other);
        expect(nameFromPath(`S${one}`, RULE)).not.toBe(nameFromPath(`S${other}`, RULE));
      }),
      { numRuns: 1000 },
    );
  });
});
