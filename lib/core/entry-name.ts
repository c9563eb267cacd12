import { createHash } from "node:crypto";
import { NatError } from "./nat-error";
import { parseWholeNumber } from "./whole-number";

const FORM = /^[A-Za-z][A-Za-z0-9_-]{1,127}$/;
const HASH_LENGTH = 8;

/**
 * Checks a name: 2 to 128 characters, first a letter, then letters, digits, `_` and `-`.
 *
 * @param prop the prop to name in an error
 * @throws NatError where it is anything else
 */
export function parseEntryName(text: string, prop = "name"): string {
  if (typeof text === "string" && FORM.test(text)) {
    return text;
  }
  throw new NatError(
    prop,
    'must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-"',
    text,
    typeof text === "string" && /[A-Za-z0-9]/.test(text)
      ? `use a name such as ${JSON.stringify(nameFromPath(text))}`
      : 'use a name such as "nat-1"',
  );
}

/**
 * A legal name out of a construct path: `/` becomes `-`. A name that has lost something else (an illegal character, or
 * what is beyond the longest length) ends with a hash of the whole path, so that different paths keep different names.
 *
 * @param maxLength the longest name that the cloud takes, in characters; at least 10
 */
export function nameFromPath(path: string, maxLength = 128): string {
  parseWholeNumber(maxLength, { min: HASH_LENGTH + 2, max: 128, unit: "characters" }, "maxLength");
  const legal = path.replace(/[^A-Za-z0-9_-]/gu, "-");
  const name = FORM.test(legal) || /^[A-Za-z].{128}/.test(legal) ? legal : `n-${legal}`;
  if (name.length <= maxLength && /^[A-Za-z0-9_/-]+$/.test(path)) {
    return name;
  }
  const hash = createHash("sha256").update(path).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, maxLength - HASH_LENGTH - 1)}-${hash}`;
}
