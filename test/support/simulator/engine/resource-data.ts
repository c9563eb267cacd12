import { durationSeconds, type TimeoutName, type TypeRules } from "./rules";
import { conform, type BlockSchema } from "./schema";
import {
  canonical,
  isMap,
  isZero,
  itemsOf,
  Unknown,
  withoutUnknowns,
  type Json,
  type Value,
  type ValueMap,
} from "./value";

/** The attributes of a resource or block with typed access; what is null, unknown or empty text reads as undefined. */
export class Attributes {
  public constructor(private readonly values: ValueMap) {}

  public raw(name: string): Value {
    const value = this.values[name];
    if (value === undefined) throw new Error(`no attribute ${name}`);
    return value;
  }

  /** Whether there is an attribute of this name at all. */
  public has(name: string): boolean {
    return name in this.values;
  }

  public text(name: string): string | undefined {
    const value = this.raw(name);
    return typeof value === "string" && value !== "" ? value : undefined;
  }

  /** Text of an attribute that is required. */
  public requiredText(name: string): string {
    const value = this.text(name);
    if (value === undefined) throw new Error(`${name} must not be empty`);
    return value;
  }

  public number(name: string): number | undefined {
    const value = this.raw(name);
    return typeof value === "number" ? value : undefined;
  }

  public flag(name: string): boolean | undefined {
    const value = this.raw(name);
    return typeof value === "boolean" ? value : undefined;
  }

  public texts(name: string): string[] {
    const value = this.raw(name);
    return itemsOf(value).filter((item) => typeof item === "string");
  }

  public map(name: string): Record<string, string> {
    const value = this.raw(name);
    if (!isMap(value)) return {};
    const entries = Object.entries(value).filter((entry): entry is [string, string] => typeof entry[1] === "string");
    return Object.fromEntries(entries);
  }

  public blocks(name: string): Attributes[] {
    const value = this.raw(name);
    return itemsOf(value)
      .filter(isMap)
      .map((item) => new Attributes(item));
  }

  /** All values, unknowns as null. */
  public json(): Record<string, Json> {
    return withoutUnknowns(this.values) as Record<string, Json>;
  }
}

/** One resource while the provider works on it: what was, what is wanted, and what is written to the state. */
export class ResourceData {
  /** The state before. */
  public readonly prior: Attributes;
  /** The planned values; on read and delete the same as `prior`. */
  public readonly wanted: Attributes;
  public readonly isNew: boolean;
  private currentId: string;
  private readonly written: ValueMap = {};

  public constructor(
    private readonly block: BlockSchema,
    private readonly rules: TypeRules,
    prior: ValueMap | null,
    private readonly planned: ValueMap,
    private readonly configured: Readonly<Record<string, string>> = {},
  ) {
    this.isNew = prior === null;
    this.prior = new Attributes(prior ?? conform(block, {}));
    this.wanted = new Attributes(planned);
    this.currentId = this.prior.text("id") ?? "";
  }

  /** The id; empty until the resource exists. */
  public get id(): string {
    return this.currentId;
  }

  public setId(id: string): void {
    this.currentId = id;
  }

  /** Whether one of these attributes differs from the state; on create, whether one is set. */
  public changed(...names: string[]): boolean {
    return names.some((name) => {
      const wanted = this.wanted.raw(name);
      if (wanted instanceof Unknown) return false;
      const before = this.prior.raw(name);
      if (isZero(wanted) && isZero(before))
        return typeof wanted !== typeof before && wanted !== null && before !== null;
      return canonical(wanted) !== canonical(before);
    });
  }

  /** How a map must change: the keys to take away, and the entries to set. */
  public mapChanges(name: string): { removed: string[]; set: Record<string, string> } {
    const before = this.prior.map(name);
    const wanted = this.wanted.map(name);
    const set = Object.entries(wanted).filter(([key, value]) => before[key] !== value);
    return { removed: Object.keys(before).filter((key) => wanted[key] === undefined), set: Object.fromEntries(set) };
  }

  /** What was configured of an attribute of which the state keeps something else. */
  public original(name: string): string | undefined {
    return this.configured[name];
  }

  /** Writes attributes to the state. */
  public set(values: Record<string, Value | undefined>): void {
    for (const [name, value] of Object.entries(values)) {
      if (this.block.attributes?.[name] === undefined && this.block.block_types?.[name] === undefined) {
        throw new Error(`no attribute ${name}`);
      }
      this.written[name] = value ?? null;
    }
  }

  /** The timeout in seconds: the configured one, else the provider's default. */
  public timeoutSeconds(name: TimeoutName): number {
    const timeouts = this.block.block_types?.timeouts === undefined ? null : this.wanted.raw("timeouts");
    const own = isMap(timeouts) ? timeouts[name] : null;
    return durationSeconds(typeof own === "string" ? own : (this.rules.timeouts?.[name] ?? "20m"));
  }

  /** The state to save. */
  public state(): ValueMap {
    const base = withoutUnknowns(this.planned) as ValueMap;
    const result: ValueMap = { ...base };
    for (const [name, value] of Object.entries(this.written)) {
      // An argument that was left out stays out: reading back its empty value is no difference.
      const keepNull =
        isZero(value) && (base[name] ?? null) === null && this.block.attributes?.[name]?.computed !== true;
      result[name] = keepNull ? (base[name] ?? null) : value;
    }
    return conform(this.block, { ...result, id: this.currentId });
  }
}
