import { createHash } from "node:crypto";
import fc from "fast-check";
import { nameFromPath, parseEntryName } from "../../lib/core/entry-name";

const hash = (path: string) => createHash("sha256").update(path).digest("hex").slice(0, 8);

describe("an entry name", () => {
  it.each(["ab", "a1", "a_", "a-", "Z9_-", "a".repeat(128)])("may be %s", (name) => {
    expect(parseEntryName(name)).toBe(name);
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
    const rule = 'must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-"';

    expect(() => parseEntryName(name as string)).toThrow(new Error(`name: ${rule}, got ${shown}; ${fix}`));
  });

  it("is called by the prop that it is given", () => {
    expect(() => parseEntryName("", "snatName")).toThrow(/^snatName: /);
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
    expect(nameFromPath(path)).toBe(name);
  });

  it("is cut to the length that is asked for", () => {
    expect(nameFromPath("Stack/Nat", 10)).toBe("Stack-Nat");
    expect(nameFromPath("Stack/Nat/Web", 12)).toBe(`Sta-${hash("Stack/Nat/Web")}`);
    expect(nameFromPath("Stack/Nat/Web", 10)).toBe(`S-${hash("Stack/Nat/Web")}`);
  });

  it.each([9, 129, 10.5])("can't be of %s characters at most", (maxLength) => {
    expect(() => nameFromPath("Stack", maxLength)).toThrow(
      /^maxLength: must be a whole number of characters from 10 to 128, got /,
    );
  });

  it("is legal, is not longer than asked for, and is always the same", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme" }), fc.integer({ min: 10, max: 128 }), (path, maxLength) => {
        const name = nameFromPath(path, maxLength);
        expect(parseEntryName(name)).toBe(name);
        expect(name.length).toBeLessThanOrEqual(maxLength);
        expect(nameFromPath(path, maxLength)).toBe(name);
      }),
    );
  });

  it("differs between paths that differ, but for / and -", () => {
    const path = fc.string({ unit: fc.constantFrom("a", "b", "/", ".", " ", "é", "_"), minLength: 1, maxLength: 5 });
    fc.assert(
      fc.property(path, path, (one, other) => {
        fc.pre(one !== other);
        expect(nameFromPath(`S${one}`)).not.toBe(nameFromPath(`S${other}`));
      }),
      { numRuns: 1000 },
    );
  });
});
