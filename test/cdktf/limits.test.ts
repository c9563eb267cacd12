import { resolveQuotas } from "../../lib/cdktf/limits";

describe("quotas", () => {
  const DEFAULTS = { eips: 2, entries: 40 };

  it("are the vendor's defaults, or what the account was granted", () => {
    expect(resolveQuotas(DEFAULTS)).toEqual(DEFAULTS);
    expect(resolveQuotas(DEFAULTS, {})).toEqual(DEFAULTS);
    expect(resolveQuotas(DEFAULTS, { eips: 8, entries: 1_000_000 }, { eips: 8 })).toEqual({
      eips: 8,
      entries: 1_000_000,
    });
    expect(DEFAULTS).toEqual({ eips: 2, entries: 40 });
  });

  it.each<[unknown, string]>([
    [null, "limits: must be an object, got null; pass the props that the documentation lists"],
    [{ eip: 5 }, 'limits: knows no such quota, got "eip"; use eips, entries'],
    [{ toString: 5 }, 'limits: knows no such quota, got "toString"; use eips, entries'],
    [{ eips: 9 }, "limits.eips: must be a whole number from 1 to 8, got 9; use 8 or less"],
    [{ eips: 0 }, "limits.eips: must be a whole number from 1 to 8, got 0; use 1 or more"],
    [
      { entries: 1_000_001 },
      "limits.entries: must be a whole number from 1 to 1000000, got 1000001; use 1000000 or less",
    ],
  ])("can't be %j", (given, message) => {
    expect(() => resolveQuotas(DEFAULTS, given as object, { eips: 8 })).toThrow(message);
  });
});
