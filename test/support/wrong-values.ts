// What users of JavaScript may pass: every kind of wrong value. Wherever it is put, it is taken, or a NatError with the
// construct's path says what is wrong with it; never an error about internals.
import { type App, Fn, type TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { NatError } from "cdktf-nat";
import { mistakes } from "./stacks";

/** What a value may be made of. */
export interface WrongValueScope {
  readonly app: App;
  readonly stack: TerraformStack;
}

/** Wrong values by what they are; `id` names what a value needs in the stack. */
export const WRONG_VALUES: Readonly<Record<string, (fixture: WrongValueScope, id: string) => unknown>> = {
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
  "a construct": ({ stack }) => stack,
  "a token": ({ stack }, id) => new TerraformVariable(stack, id, {}).stringValue,
  "a raw expression": () => "${var.v}",
  "a number token": ({ stack }, id) => new TerraformVariable(stack, id, {}).numberValue,
  "a list token": () => Token.asList(Fn.tolist(["x"])),
  "an object token": ({ stack }, id) => new TerraformVariable(stack, id, {}).booleanValue,
  "a map token": () => Token.asStringMap(Token.asAny("${var.v}")),
};

/**
 * What there is to complain about when each wrong value is put in one place of a stack: errors about internals, and
 * errors whose path does not begin with `scope`.
 */
export function complaints<F extends WrongValueScope>(
  fixture: F,
  put: (fixture: F, value: never, id: string) => unknown,
  scope: string,
): readonly string[] {
  const found: string[] = [];
  Object.entries(WRONG_VALUES).forEach(([what, value], place) => {
    try {
      put(fixture, value(fixture, `V${place}`) as never, `X${place}`);
    } catch (error) {
      if (!(error instanceof NatError)) found.push(`${what}: ${String(error)}`);
      else if (!error.message.startsWith(`[${scope}`)) found.push(`${what} has no path: ${error.message}`);
    }
  });
  // What all values together make of the app is no matter here; what can't be written out is.
  if (mistakes(fixture.app).length > 0) Testing.synth(fixture.stack);
  return found;
}
