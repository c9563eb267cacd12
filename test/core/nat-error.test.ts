import { NatError } from "../../lib/core/nat-error";

const message = (given: unknown) => new NatError("prop", "rule", given, "fix").message;

describe("the message", () => {
  it("names prop, rule, what was given and the fix", () => {
    const error = new NatError("source", "host bits must be zero", "10.0.3.1/24", 'use "10.0.3.0/24"');

    expect(error.message).toBe('source: host bits must be zero, got "10.0.3.1/24"; use "10.0.3.0/24"');
    expect(error).toBeInstanceOf(Error);
    expect([error.name, error.prop, error.path]).toEqual(["NatError", "source", undefined]);
  });

  const cyclic: Record<string, unknown> = {};
  cyclic.self = cyclic;
  const hostile = new Proxy(
    {},
    {
      get() {
        throw new Error("no");
      },
    },
  );
  const cases: [string, unknown, string][] = [
    ["text", 'a"b', '"a\\"b"'],
    ["a line break", "a\nb", '"a\\nb"'],
    ["a number", 1.5, "1.5"],
    ["NaN", NaN, "NaN"],
    ["infinity", -Infinity, "-Infinity"],
    ["undefined", undefined, "undefined"],
    ["null", null, "null"],
    ["a boolean", false, "false"],
    ["a big integer", 10n, "10n"],
    ["a symbol", Symbol("s"), "Symbol(s)"],
    ["a function", () => 1, "a function"],
    ["a list", [1, "a"], '[1,"a"]'],
    [
      "parts without JSON",
      { a: undefined, b: 5n, c: () => 1, d: [NaN] },
      '{"a":"undefined","b":"5n","c":"a function","d":["NaN"]}',
    ],
    ["an object without prototype", Object.create(null), "{}"],
    ["JSON that is nothing", { toJSON: () => undefined }, '"undefined"'],
    ["a cycle", cyclic, "a value that has no JSON"],
    ["an object that throws", hostile, "a value that has no JSON"],
  ];
  it.each(cases)("shows %s", (_what, given, shown) => {
    expect(message(given)).toBe(`prop: rule, got ${shown}; fix`);
  });

  it("shows 300 characters whole, and cuts the 301st off", () => {
    expect(message("x".repeat(298))).toBe(`prop: rule, got "${"x".repeat(298)}"; fix`);
    expect(message("x".repeat(299))).toBe(`prop: rule, got "${"x".repeat(299)}…; fix`);
  });

  it("does not cut a character in two", () => {
    expect(message(`${"x".repeat(298)}😀`)).toBe(`prop: rule, got "${"x".repeat(298)}…; fix`);
  });
});

describe("a path", () => {
  const error = new NatError("source", "must be a block", 5, "use one");

  it("stands in front of the message, in a copy", () => {
    const placed = error.at("Stack/Nat");

    expect(placed).toBeInstanceOf(NatError);
    expect(placed.message).toBe("[Stack/Nat] source: must be a block, got 5; use one");
    expect([placed.prop, placed.path]).toEqual(["source", "Stack/Nat"]);
    expect(error.message).toBe("source: must be a block, got 5; use one");
    expect(new NatError("source", "must be a block", 5, "use one", "Stack/Nat").message).toBe(placed.message);
  });

  it.each([
    ["Stack/Nat", "[Stack/Nat/snat[0]] "],
    ["snat[0]", "[snat[0]] "],
    ["snat", "[snat/snat[0]] "],
  ])("%s goes before an earlier one that does not begin with it", (path, prefix) => {
    expect(error.at("snat[0]").at(path).message).toBe(`${prefix}source: must be a block, got 5; use one`);
  });

  it("is not repeated where the earlier one begins with it", () => {
    expect(error.at("Stack/Nat/Eip").at("Stack/Nat").path).toBe("Stack/Nat/Eip");
  });
});

describe("a list of errors", () => {
  const first = new NatError("a", "rule", 1, "fix");
  const second = new NatError("b", "rule", 2, "fix", "x");

  it("is the error itself where there is one", () => {
    expect(NatError.list([first])).toBe(first);
    expect(first.errors).toEqual([first]);
  });

  it("has each error on a line of its own", () => {
    const list = NatError.list([first, second]);

    expect(list).toBeInstanceOf(NatError);
    expect(list.message).toBe("2 errors\na: rule, got 1; fix\n[x] b: rule, got 2; fix");
    expect([list.prop, list.path]).toEqual(["a", undefined]);
    expect(list.errors).toEqual([first, second]);
  });

  it("flattens lists in it, and gives each error the path", () => {
    const list = NatError.list([NatError.list([first, second]), first]);

    expect(list.at("P").message).toBe(
      "3 errors\n[P] a: rule, got 1; fix\n[P/x] b: rule, got 2; fix\n[P] a: rule, got 1; fix",
    );
  });
});
