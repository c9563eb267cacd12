import { NatError } from "./nat-error";

/** The whole numbers that a prop takes. */
export interface WholeNumberRange {
  /** The smallest. */
  readonly min: number;
  /** The largest; `Infinity` where there is none. */
  readonly max: number;
  /** What is counted, for messages, for example `"Mbit/s"`. @default - not named */
  readonly unit?: string;
}

/**
 * Checks that a value is a whole number of a range, both ends included.
 *
 * @param prop the prop to name in an error
 * @throws NatError where it is not, also where it is a number in quotes
 */
export function parseWholeNumber(value: number, range: WholeNumberRange, prop: string): number {
  const { min, max, unit } = range;
  if (Number.isInteger(value) && value >= min && value <= max) {
    return value;
  }
  const counted = unit === undefined ? "" : ` of ${unit}`;
  const ends = max === Infinity ? `, at least ${min}` : ` from ${min} to ${max}`;
  throw new NatError(prop, `must be a whole number${counted}${ends}`, value, fixFor(value, range));
}

function fixFor(value: unknown, { min, max }: WholeNumberRange): string {
  if (typeof value === "string") {
    return "use a number, without quotes";
  }
  if (typeof value !== "number" || Number.isNaN(value)) {
    return `use a number such as ${min}`;
  }
  if (value < min) {
    return max === min ? `use ${min}` : `use ${min} or more`;
  }
  return value > max ? `use ${max} or less` : `use ${Math.floor(value)} or ${Math.ceil(value)}`;
}
