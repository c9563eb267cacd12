import type { Deferred } from "../core/deferred";
import { NatError } from "../core/nat-error";

/** What may stand around a reference: parts of an address or a block. */
const AROUND = /^[0-9./]*$/;

/**
 * Checks that the text of a deferred value is safe where an address stands in a rule or a script: references such as
 * `${...}`, with nothing but digits, dots and slashes around them.
 *
 * @param prop the prop to name in an error
 * @throws NatError where it is anything else
 */
export function parseDeferred(value: Deferred, prop: string): Deferred {
  const around = withoutReferences(value.text);
  if (around !== undefined && around !== value.text && AROUND.test(around)) {
    return value;
  }
  const fix = "give the reference itself, or an address as text";
  throw new NatError(prop, 'must be a reference "${...}" that stands for an address or a block', value.text, fix);
}

/** The text without `${...}`; undefined where one of them does not end, or holds what could end a line. */
function withoutReferences(text: string): string | undefined {
  let around = "";
  let depth = 0;
  for (let at = 0; at < text.length; at++) {
    const character = text.charAt(at);
    if (character < " ") {
      return undefined;
    }
    if (depth === 0 && text.startsWith("${", at)) {
      depth = 1;
      at++;
    } else if (depth > 0) {
      depth += character === "{" ? 1 : character === "}" ? -1 : 0;
    } else {
      around += character;
    }
  }
  return depth === 0 ? around : undefined;
}
