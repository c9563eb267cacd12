import { Fn, TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { deferrable, isKnown, whenKnown } from "../../lib/cdktf/when-known";
import { Deferred } from "../../lib/core/deferred";

const stack = new TerraformStack(Testing.app(), "stack");
const variable = new TerraformVariable(stack, "v", {});

const UNKNOWN: Record<string, unknown> = {
  "a text token": variable.stringValue,
  "a token inside text": `x-${variable.stringValue}`,
  "a number token": variable.numberValue,
  "a list token": variable.listValue,
  "the element of a list token": variable.listValue[0],
  "a computed flag": variable.booleanValue,
  "a map token": Token.asStringMap(Token.asAny("${var.v}")),
  "an expression": variable.value as unknown,
  "a function of Terraform": Fn.element(variable.listValue, 0) as unknown,
  "a raw expression": "${var.v}",
  "text with a raw expression": "x-${var.v}",
};

const KNOWN: Record<string, unknown> = {
  "empty text": "",
  text: "10.0.0.0/24",
  "text with a dollar": "$x {y}",
  zero: 0,
  NaN: NaN,
  "a negative number": -1,
  undefined: undefined,
  null: null,
  false: false,
  "an object": {},
  "an empty list": [],
  "a list of text": ["x"],
  "a list of two with a token": ["x", variable.stringValue],
};

describe("a value", () => {
  it.each(Object.keys(UNKNOWN))("is not known at synth: %s", (what) => {
    expect(isKnown(UNKNOWN[what])).toBe(false);
  });

  it.each(Object.keys(KNOWN))("is known at synth: %s", (what) => {
    expect(isKnown(KNOWN[what])).toBe(true);
  });

  it("is parsed when it is known, and not touched otherwise", () => {
    const parse = jest.fn((value: unknown) => [value]);
    expect(whenKnown("x", parse)).toEqual(["x"]);
    expect(whenKnown(variable.stringValue, parse)).toBeUndefined();
    expect(whenKnown(variable.numberValue, parse)).toBeUndefined();
    expect(parse).toHaveBeenCalledTimes(1);
  });

  it("is parsed, and so refused, when it is a list where one value belongs", () => {
    expect(whenKnown(variable.listValue, () => "parsed")).toBe("parsed");
  });
});

describe("text that can be deferred", () => {
  const parse = (text: string) => `parsed ${text}`;

  it("is parsed when it is known", () => {
    expect(deferrable("x", parse)).toBe("parsed x");
  });

  it("is carried otherwise", () => {
    expect(deferrable("${var.v}", parse)).toEqual(Deferred.of("${var.v}"));
    const token = variable.stringValue;
    expect(deferrable(token, parse)).toEqual(Deferred.of(token));
  });

  it("is carried as text where it is an expression of any type", () => {
    const carried = deferrable(variable.value as string, parse) as Deferred;
    expect(carried.text).toMatch(/^\$\{TfToken\[TOKEN\.\d+\]\}$/);
  });

  it("is parsed, and so refused, when it is a number or a list whatever it becomes", () => {
    expect(deferrable(variable.numberValue as unknown as string, parse)).toMatch(/^parsed -/);
    expect(deferrable(variable.listValue as unknown as string, parse)).toMatch(/^parsed #\{TfToken/);
  });
});
