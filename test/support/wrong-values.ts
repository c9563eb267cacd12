import { Fn, TerraformVariable, Token } from "cdktf";
import type { TerraformStack } from "cdktf";

/** Every kind of wrong value that a user of JavaScript may give a prop, by what it is. */
export const WRONG_VALUES: Record<string, (stack: TerraformStack) => unknown> = {
  undefined: () => undefined,
  null: () => null,
  "{}": () => ({}),
  "[]": () => [],
  "[null]": () => [null],
  '["x"]': () => ["x"],
  NaN: () => NaN,
  "-1": () => -1,
  "a big integer": () => 10n,
  true: () => true,
  '""': () => "",
  '"x"': () => "x",
  "a symbol": () => Symbol("x"),
  "a function": () => () => 1,
  "an object without prototype": () => Object.create(null) as unknown,
  "a date": () => new Date(0),
  "a construct": (stack) => stack,
  "a token": (stack) => new TerraformVariable(stack, "v", {}).stringValue,
  "a raw expression": () => "${var.v}",
  "a number token": (stack) => new TerraformVariable(stack, "v", {}).numberValue,
  "a list token": () => Token.asList(Fn.tolist(["x"])),
  "an object token": (stack) => new TerraformVariable(stack, "v", {}).booleanValue,
  "a map token": () => Token.asStringMap(Token.asAny("${var.v}")),
};
