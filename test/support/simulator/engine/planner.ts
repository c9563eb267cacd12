import type { AttributeRules } from "./rules";
import { conform, type AttributeSchema, type BlockSchema, type NestedBlockSchema } from "./schema";
import { canonical, hasUnknown, isMap, isZero, itemsOf, UNKNOWN, Unknown, type Value, type ValueMap } from "./value";

/** What a diff suppression may look at. */
export interface Change {
  readonly old: Value;
  readonly new: Value;
  /** Whether the resource is being created. */
  readonly isNew: boolean;
  /** The value of another attribute: the configured one, else the one in the state. */
  readonly get: (name: string) => Value;
}

/** Says whether the provider hides the difference of an attribute. */
export type Suppress = (change: Change) => boolean;

/** What one plan needs. */
export interface PlanInput {
  readonly block: BlockSchema;
  readonly rules: Record<string, AttributeRules>;
  readonly suppress: Record<string, Suppress>;
  /** What the state keeps of an attribute. */
  readonly normalize?: Record<string, (value: string) => string>;
  /** Blocks that keep what the state holds where the configuration has none. */
  readonly computedBlocks?: readonly string[];
  /** The state; null when the resource is being created. */
  readonly prior: ValueMap | null;
  readonly config: ValueMap;
}

/** What will be, and which top-level attributes force a replacement. */
export interface Plan {
  readonly planned: ValueMap;
  readonly replace: readonly string[];
}

/** Plans a create or an update as Terraform's older SDK does. */
export function planResource(input: PlanInput): Plan {
  const { block, prior, config } = input;
  const replace = new Set<string>();
  const get = (name: string): Value => {
    const given = config[name] ?? null;
    return isZero(given) ? (prior?.[name] ?? null) : given;
  };
  const context = { ...input, get };
  const planned = planBlock(context, block, "", config, prior, (path) => replace.add(path.split(".")[0] ?? path));
  if (prior !== null && sameBlock(block, prior, planned)) return { planned: prior, replace: [] };
  return { planned, replace: prior === null ? [] : [...replace] };
}

type Context = PlanInput & { readonly get: (name: string) => Value };

function planBlock(
  context: Context,
  block: BlockSchema,
  prefix: string,
  config: ValueMap,
  prior: ValueMap | null,
  onReplace: (path: string) => void,
): ValueMap {
  const planned: ValueMap = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    const path = prefix + name;
    const old = prior?.[name] ?? null;
    const value = planAttribute(context, attribute, path, config[name] ?? null, old, prior === null);
    planned[name] = value;
    if (context.rules[path]?.force_new === true && !sameAttribute(attribute, old, value)) onReplace(path);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    const value = config[name] ?? null;
    planned[name] = name === "timeouts" ? value : planNested(context, nested, prefix + name, value, prior, onReplace);
  }
  return planned;
}

function planAttribute(
  context: Context,
  attribute: AttributeSchema,
  path: string,
  given: Value,
  old: Value,
  isNew: boolean,
): Value {
  const rules = context.rules[path];
  const normalize = context.normalize?.[path];
  const kept = normalize !== undefined && typeof given === "string" && given !== "" ? normalize(given) : given;
  const candidate = candidateValue(attribute, rules, kept, old, isNew);
  const suppress = context.suppress[path];
  if (suppress === undefined || candidate instanceof Unknown !== given instanceof Unknown) return candidate;
  if (sameAttribute(attribute, old, candidate)) return candidate;
  if (!suppress({ old, new: candidate, isNew, get: context.get })) return candidate;
  if (!isNew) return old;
  return attribute.computed === true ? UNKNOWN : null;
}

function candidateValue(
  attribute: AttributeSchema,
  rules: AttributeRules | undefined,
  given: Value,
  old: Value,
  isNew: boolean,
): Value {
  const unset = given === null || (given === "" && isNew && attribute.computed === true);
  if (!unset) return given === "" && old === null ? null : given;
  if (rules?.default !== undefined) return rules.default;
  if (attribute.computed === true) return isNew ? UNKNOWN : old;
  return isZero(old) ? old : null;
}

function planNested(
  context: Context,
  nested: NestedBlockSchema,
  path: string,
  given: Value,
  prior: ValueMap | null,
  onReplace: (path: string) => void,
): Value {
  if (given instanceof Unknown) return given;
  const name = path.split(".").at(-1) ?? path;
  const old = prior?.[name];
  const oldItems = itemsOf(old);
  const items = itemsOf(given);
  if (items.length === 0 && prior !== null && context.computedBlocks?.includes(path) === true) return old ?? null;
  const planned = items.map((item, index): Value => {
    if (item instanceof Unknown) return item;
    const isSet = nested.nesting_mode === "set";
    const oldItem = isSet ? oldItems.find((other) => agrees(other, item)) : oldItems[index];
    return planBlock(
      context,
      nested.block,
      `${path}.`,
      conform(nested.block, item),
      isMap(oldItem) ? oldItem : null,
      prior === null ? () => undefined : onReplace,
    );
  });
  if (prior !== null && planned.length !== oldItems.length && forcesNew(context, path)) onReplace(path);
  return nested.nesting_mode === "single" ? (planned[0] ?? null) : planned;
}

/** Whether an element of a set in the state is what the configuration says, as far as it says something. */
function agrees(old: Value, given: Value): boolean {
  if (!isMap(old) || !isMap(given)) return false;
  return Object.entries(given).every(
    ([name, value]) => isZero(value) || canonical(old[name] ?? null) === canonical(value),
  );
}

function forcesNew(context: Context, path: string): boolean {
  return Object.entries(context.rules).some(
    ([name, rules]) => rules.force_new === true && (name === path || name.startsWith(`${path}.`)),
  );
}

function sameBlock(block: BlockSchema, left: ValueMap, right: ValueMap): boolean {
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    if (!sameAttribute(attribute, left[name] ?? null, right[name] ?? null)) return false;
  }
  return Object.entries(block.block_types ?? {}).every(([name, nested]) => {
    return sameNested(nested, left[name] ?? null, right[name] ?? null);
  });
}

function sameNested(nested: NestedBlockSchema, left: Value, right: Value): boolean {
  if (hasUnknown(left) || hasUnknown(right)) return false;
  return nested.nesting_mode === "set" ? sameElements(left, right) : canonical(left) === canonical(right);
}

/** Whether two values of an attribute are equal; an unknown equals nothing, a set has no order. */
export function sameAttribute(attribute: AttributeSchema, left: Value, right: Value): boolean {
  if (hasUnknown(left) || hasUnknown(right)) return false;
  const isSet = Array.isArray(attribute.type) && attribute.type[0] === "set";
  return isSet ? sameElements(left, right) : canonical(left) === canonical(right);
}

function sameElements(left: Value, right: Value): boolean {
  if (!Array.isArray(left) || !Array.isArray(right)) return canonical(left) === canonical(right);
  return canonical(left.map(canonical).sort()) === canonical(right.map(canonical).sort());
}
