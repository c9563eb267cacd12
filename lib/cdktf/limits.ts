import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { checkProps } from "./fail";

/** Far above every quota there is. */
const HIGHEST = 1_000_000;

/**
 * The quotas in force: what the account was granted, or the vendor's defaults.
 *
 * @param highest what the vendor grants at most, where it says so
 * @throws NatError for a quota that is not among the defaults, and for one that is no whole number
 */
export function resolveQuotas<Key extends string>(
  defaults: Readonly<Record<Key, number>>,
  given?: Readonly<Partial<Record<Key, number>>>,
  highest?: Readonly<Partial<Record<Key, number>>>,
): Readonly<Record<Key, number>> {
  if (given === undefined) return defaults;
  checkProps(given, "limits");
  for (const key of Object.keys(given)) {
    if (Object.hasOwn(defaults, key)) continue;
    throw new NatError("limits", "knows no such quota", key, `use ${Object.keys(defaults).join(", ")}`);
  }
  const quotas: Record<Key, number> = { ...defaults };
  for (const key of Object.keys(defaults) as Key[]) {
    const quota = given[key];
    if (quota === undefined) continue;
    quotas[key] = parseWholeNumber(quota, { min: 1, max: highest?.[key] ?? HIGHEST }, `limits.${key}`);
  }
  return quotas;
}
