import { Token } from "cdktf";
import { Deferred } from "../core/deferred";
import type { Deferrable } from "../core/deferred";

/**
 * Whether a prop's value is there at synth. False for a token, and for text that is a raw Terraform expression
 * (`"${...}"`), which cdktf's own test takes for a literal.
 */
export function isKnown(value: unknown): boolean {
  if (Token.isUnresolved(value)) return false;
  if (typeof value !== "string") return true;
  // The one element of a list token is text that cdktf knows only inside its list.
  return !value.includes("${") && !Token.isUnresolved([value]);
}

/** What `parse` makes of one value (no list), or `undefined` where it is known only at deploy time. */
export function whenKnown<V, T>(value: V, parse: (value: V) => T): T | undefined {
  return isKnown(value) || Array.isArray(value) ? parse(value) : undefined;
}

/** What `parse` makes of the text, or the text itself, carried, where it is known only at deploy time. */
export function deferrable<T>(text: string, parse: (text: string) => T): Deferrable<T> {
  // A number or a list is no text, whatever it turns out to be; an expression of `Fn` may be.
  const given: unknown = text;
  if (isKnown(given) || typeof given === "number" || Array.isArray(given)) return parse(text);
  return Deferred.of(Token.asString(given));
}
