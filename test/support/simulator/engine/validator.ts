import type { AttributeRules } from "./rules";
import type { BlockSchema } from "./schema";
import { isMap, itemsOf, Unknown, type Value, type ValueMap } from "./value";

/** A message for the user; an error stops Terraform. */
export interface Diagnostic {
  readonly severity: "ERROR" | "WARNING";
  readonly summary: string;
  readonly detail?: string;
  /** The top-level attribute it speaks of. */
  readonly attribute?: string;
}

/** An extra check of one attribute that the rules cannot express; returns what is wrong. */
export type AttributeCheck = (value: Value) => string | undefined;

/** Checks a configuration against the provider's own rules, before any call of the API. */
export function validateConfig(
  block: BlockSchema,
  rules: Record<string, AttributeRules>,
  checks: Record<string, AttributeCheck>,
  config: ValueMap,
): Diagnostic[] {
  const found = validateBlock(block, rules, checks, "", config);
  return [...found, ...exclusions(rules, config)];
}

function validateBlock(
  block: BlockSchema,
  rules: Record<string, AttributeRules>,
  checks: Record<string, AttributeCheck>,
  prefix: string,
  config: ValueMap,
): Diagnostic[] {
  const found: Diagnostic[] = [];
  for (const name of Object.keys(block.attributes ?? {})) {
    const path = prefix + name;
    const value = config[name] ?? null;
    if (value === null || value instanceof Unknown) continue;
    const error = checks[path]?.(value) ?? ruleError(rules[path] ?? {}, value);
    if (error !== undefined) found.push(diagnostic("ERROR", path, `${path}: ${error}`));
    else if (rules[path]?.deprecated === true) found.push(diagnostic("WARNING", path, `${path}: deprecated argument`));
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const value = config[name] ?? null;
    for (const item of itemsOf(value)) {
      if (isMap(item)) found.push(...validateBlock(nested.block, rules, checks, `${prefix}${name}.`, item));
    }
  }
  return found;
}

function diagnostic(severity: "ERROR" | "WARNING", path: string, summary: string): Diagnostic {
  return { severity, summary, attribute: path.split(".")[0] ?? path };
}

function ruleError(rules: AttributeRules, value: Value): string | undefined {
  if (rules.removed === true) return "this argument was removed from the provider";
  return choiceError(rules, value) ?? lengthError(rules, value) ?? countError(rules, value);
}

/** A value may be one of `allowed` or inside `range`; some attributes have both. */
function choiceError({ allowed, range }: AttributeRules, value: Value): string | undefined {
  const text = typeof value === "string" ? value : JSON.stringify(value);
  if (allowed?.includes(text) === true) return undefined;
  if (range !== undefined && typeof value === "number" && value >= range[0] && value <= range[1]) return undefined;
  const choices = [
    ...(range === undefined ? [] : [`in the range (${range[0]} - ${range[1]})`]),
    ...(allowed === undefined ? [] : [`one of ${JSON.stringify(allowed)}`]),
  ];
  return choices.length === 0 ? undefined : `expected ${choices.join(" or ")}, got ${JSON.stringify(value)}`;
}

function lengthError({ length }: AttributeRules, value: Value): string | undefined {
  if (length === undefined || typeof value !== "string") return undefined;
  if (value.length >= length[0] && value.length <= length[1]) return undefined;
  return `expected length in the range (${length[0]} - ${length[1]}), got ${JSON.stringify(value)}`;
}

function countError({ min_items, max_items }: AttributeRules, value: Value): string | undefined {
  if (!Array.isArray(value)) return undefined;
  if (min_items !== undefined && value.length < min_items) return `expected at least ${min_items} items`;
  if (max_items !== undefined && value.length > max_items) return `expected at most ${max_items} items`;
  return undefined;
}

function exclusions(rules: Record<string, AttributeRules>, config: ValueMap): Diagnostic[] {
  const isSet = (name: string): boolean => {
    const value = config[name] ?? null;
    return value !== null && !(Array.isArray(value) && value.length === 0);
  };
  const found: Diagnostic[] = [];
  for (const [name, rule] of Object.entries(rules)) {
    const rivals = isSet(name) ? (rule.conflicts_with ?? []).filter(isSet) : [];
    if (rivals.length > 0) found.push(diagnostic("ERROR", name, `${name}: conflicts with ${rivals.join(", ")}`));
    const absent = isSet(name) ? (rule.required_with ?? []).filter((other) => !isSet(other)) : [];
    if (absent.length > 0) found.push(diagnostic("ERROR", name, `${name}: ${absent.join(", ")} must be specified too`));
    if (rule.at_least_one_of?.some(isSet) === false) {
      found.push(diagnostic("ERROR", name, `${name}: one of ${rule.at_least_one_of.join(", ")} must be specified`));
    }
    if (rule.exactly_one_of !== undefined && rule.exactly_one_of.filter(isSet).length !== 1) {
      found.push(diagnostic("ERROR", name, `${name}: only one of ${rule.exactly_one_of.join(", ")} must be specified`));
    }
  }
  return found;
}
