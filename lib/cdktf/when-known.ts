import { Token } from "cdktf";
import { Deferred } from "../core/deferred";
import type { Deferrable } from "../core/deferred";

/**
 * Whether a prop's value is there at synth. False for a token, and for text that is a raw Terraform expression
 * (`"${...}"`), which cdktf's own test takes for a literal.
 */
export function isKnown(value: unknown): boolean {
  if (Token.isUnresolved(value)) return false;
  return typeof value !== "string" || !value.includes("${");
}

/** What `parse` makes of the value, or `undefined` where it is known only at deploy time. */
export function whenKnown<V, T>(value: V, parse: (value: V) => T): T | undefined {
  return isKnown(value) ? parse(value) : undefined;
}

/** What `parse` makes of the text, or the text itself, carried, where it is known only at deploy time. */
export function deferrable<T>(text: string, parse: (text: string) => T): Deferrable<T> {
  return isKnown(text) ? parse(text) : Deferred.of(text);
}
