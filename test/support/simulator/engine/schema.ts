import { readFileSync } from "node:fs";
import { isMap, Unknown, type Value, type ValueMap } from "./value";

/** A type as `terraform providers schema -json` writes it. */
export type AttributeType =
  "string" | "number" | "bool" | ["list" | "set" | "map", AttributeType] | ["object", Record<string, AttributeType>];

/** One attribute of a block. */
export interface AttributeSchema {
  readonly type: AttributeType;
  readonly required?: boolean;
  readonly optional?: boolean;
  readonly computed?: boolean;
  readonly sensitive?: boolean;
  readonly deprecated?: boolean;
}

/** A block inside a block. */
export interface NestedBlockSchema {
  readonly nesting_mode: "single" | "list" | "set";
  readonly min_items?: number;
  readonly max_items?: number;
  readonly block: BlockSchema;
}

/** The attributes and blocks of a resource, data source, provider or nested block. */
export interface BlockSchema {
  readonly attributes?: Record<string, AttributeSchema>;
  readonly block_types?: Record<string, NestedBlockSchema>;
}

/** A resource or data source. */
export interface ResourceSchema {
  readonly version: number;
  readonly block: BlockSchema;
}

/** Everything one provider offers. */
export interface ProviderSchema {
  readonly provider: ResourceSchema;
  readonly resource_schemas: Record<string, ResourceSchema>;
  readonly data_source_schemas: Record<string, ResourceSchema>;
}

/** Reads a file written by `terraform providers schema -json` that holds `source`. */
export function readProviderSchema(file: string, source: string): ProviderSchema {
  const { provider_schemas } = JSON.parse(readFileSync(file, "utf8")) as {
    provider_schemas: Record<string, ProviderSchema>;
  };
  const schema = provider_schemas[source];
  if (schema === undefined) throw new Error(`${file} has no provider ${source}`);
  return schema;
}

/** Makes a value complete: every attribute is there, null where it is missing, and every list or set of blocks is a list. */
export function conform(block: BlockSchema, given: Value | undefined): ValueMap {
  const value = isMap(given) ? given : {};
  const result: ValueMap = {};
  for (const [name, attribute] of Object.entries(block.attributes ?? {})) {
    result[name] = conformAttribute(attribute.type, value[name] ?? null);
  }
  for (const [name, nested] of Object.entries(block.block_types ?? {})) {
    result[name] = conformNested(nested, value[name] ?? null);
  }
  return result;
}

function conformNested(nested: NestedBlockSchema, value: Value): Value {
  if (value instanceof Unknown) return value;
  if (nested.nesting_mode === "single") return value === null ? null : conform(nested.block, value);
  return Array.isArray(value)
    ? value.map((item) => (item instanceof Unknown ? item : conform(nested.block, item)))
    : [];
}

function conformAttribute(type: AttributeType, value: Value): Value {
  if (value === null || value instanceof Unknown) return value;
  if (typeof type === "string") return conformPrimitive(type, value);
  if (type[0] === "object") {
    const given = isMap(value) ? value : {};
    return Object.fromEntries(
      Object.entries(type[1]).map(([name, item]) => [name, conformAttribute(item, given[name] ?? null)]),
    );
  }
  const element = type[1];
  if (type[0] === "map") {
    if (!isMap(value)) throw new Error(`expected a map, got ${JSON.stringify(value)}`);
    return Object.fromEntries(Object.entries(value).map(([key, item]) => [key, conformAttribute(element, item)]));
  }
  if (!Array.isArray(value)) throw new Error(`expected a list, got ${JSON.stringify(value)}`);
  return value.map((item) => conformAttribute(element, item));
}

function conformPrimitive(type: "string" | "number" | "bool", value: Value): Value {
  if (type === "string") return typeof value === "string" ? value : JSON.stringify(value);
  if (type === "number") return typeof value === "number" ? value : Number(value);
  if (typeof value === "boolean") return value;
  return value === "true";
}

const NESTING = { single: "SINGLE", list: "LIST", set: "SET" } as const;

/** A block in the form of the plugin protocol. */
export function blockMessage(block: BlockSchema): object {
  return {
    attributes: Object.entries(block.attributes ?? {}).map(([name, attribute]) => ({
      name,
      type: Buffer.from(JSON.stringify(attribute.type)),
      required: attribute.required ?? false,
      optional: attribute.optional ?? false,
      computed: attribute.computed ?? false,
      sensitive: attribute.sensitive ?? false,
      deprecated: attribute.deprecated ?? false,
    })),
    block_types: Object.entries(block.block_types ?? {}).map(([name, nested]) => ({
      type_name: name,
      block: blockMessage(nested.block),
      nesting: NESTING[nested.nesting_mode],
      min_items: nested.min_items ?? 0,
      max_items: nested.max_items ?? 0,
    })),
  };
}

/** A resource, data source or provider in the form of the plugin protocol. */
export function schemaMessage(schema: ResourceSchema): object {
  return { version: schema.version, block: blockMessage(schema.block) };
}
