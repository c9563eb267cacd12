import { createHash } from "node:crypto";
import { NatError } from "./nat-error";
import { parseWholeNumber } from "./whole-number";

const HASH_LENGTH = 8;

/**
 * Which names a cloud takes. Whatever else it takes, it takes letters, digits, `_` and `-` behind a first letter, from
 * four characters on up to the longest.
 */
export interface NameRule {
  /** The legal names, from `^` to `$`. */
  readonly form: RegExp;
  /** What the form says, for the message `must be ...`. */
  readonly words: string;
  /** The longest name, in characters, 10 to 255. */
  readonly maxLength: number;
}

/**
 * Checks a name.
 *
 * @param prop the prop to name in an error
 * @throws NatError where it breaks the rule
 */
export function parseName(text: string, rule: NameRule, prop = "name"): string {
  if (typeof text === "string" && rule.form.test(text)) {
    return text;
  }
  throw new NatError(
    prop,
    `must be ${rule.words}`,
    text,
    typeof text === "string" && /[A-Za-z0-9]/.test(text)
      ? `use a name such as ${JSON.stringify(nameFromPath(text, rule))}`
      : 'use a name such as "nat-1"',
  );
}

/**
 * A legal name out of a construct path: `/` becomes `-`, and what the rule does not take as a beginning gets `n-` in
 * front. A name that has lost something else (an illegal character, or what is beyond the longest length) ends with a
 * hash of the whole path, so that different paths keep different names.
 */
export function nameFromPath(path: string, { form, maxLength }: NameRule): string {
  parseWholeNumber(maxLength, { min: HASH_LENGTH + 2, max: 255, unit: "characters" }, "maxLength");
  const legal = path.replace(/[^A-Za-z0-9_-]/gu, "-");
  const name = form.test(legal.slice(0, maxLength)) ? legal : `n-${legal}`;
  if (name.length <= maxLength && /^[A-Za-z0-9_/-]+$/.test(path)) {
    return name;
  }
  const hash = createHash("sha256").update(path).digest("hex").slice(0, HASH_LENGTH);
  return `${name.slice(0, maxLength - HASH_LENGTH - 1)}-${hash}`;
}
