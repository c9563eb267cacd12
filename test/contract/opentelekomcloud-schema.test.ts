import { existsSync, readFileSync } from "node:fs";
import { join } from "node:path";
import { opentelekomcloud } from "../support/simulator/opentelekomcloud";
import { readProviderRules } from "../support/simulator/engine/rules";
import { readProviderSchema, type AttributeType, type BlockSchema } from "../support/simulator/engine/schema";

const LIB = join(require.resolve("@cdktf/provider-opentelekomcloud/package.json"), "../lib");
const PREFIX = "opentelekomcloud_";
const { resource_schemas, data_source_schemas, provider } = readProviderSchema(
  opentelekomcloud.schemaFile,
  opentelekomcloud.source,
);

/** One argument of a binding: its name in Terraform, and how it is declared in TypeScript. */
interface Argument {
  readonly name: string;
  readonly optional: boolean;
  readonly type: string;
}

/** What a binding shows of a resource or data source. */
interface Binding {
  /** The arguments of every configuration interface, by its name. */
  readonly interfaces: ReadonlyMap<string, readonly Argument[]>;
  /** The getters of every class, by its name. */
  readonly getters: ReadonlyMap<string, readonly string[]>;
  /** The name of the class of the resource or data source. */
  readonly className: string;
  readonly code: string;
}

function readBinding(folder: string): Binding {
  const declarations = readFileSync(join(LIB, folder, "index.d.ts"), "utf8");
  const interfaces = [...declarations.matchAll(/^export interface (\w+)[^{]*\{\n([\s\S]*?\n)\}$/gm)];
  const classes = [...declarations.matchAll(/^export declare class (\w+) [^{]*\{\n([\s\S]*?\n)\}$/gm)];
  const config = interfaces.find(([, name]) => name?.endsWith("Config"))?.[1];
  if (config === undefined) throw new Error(`${folder} declares no Config`);
  return {
    interfaces: new Map(interfaces.map(([, name = "", body = ""]) => [name, argumentsOf(body)])),
    getters: new Map(
      classes.map(([, name = "", body = ""]) => [
        name,
        [...body.matchAll(/^ {4}get (\w+)\(/gm)].map(([, get = ""]) => get),
      ]),
    ),
    className: config.slice(0, -"Config".length),
    code: readFileSync(join(LIB, folder, "index.js"), "utf8"),
  };
}

/** Every property is preceded by a link to its documentation, which ends with its name in Terraform. */
function argumentsOf(body: string): Argument[] {
  const property = /#(\w+) \w+#\w+\}[^{}]*?\*\/\n {4}readonly \w+(\??): ([\s\S]*?);(?=\n(?: {4}\/|$))/g;
  const found = [...body.matchAll(property)].map(([, name = "", mark, type = ""]) => {
    return { name, optional: mark === "?", type: type.replace(/\s+/g, " ") };
  });
  const declared = [...body.matchAll(/^ {4}readonly \w+\??:/gm)].length;
  if (found.length !== declared) throw new Error(`${declared} properties, of which ${found.length} were understood`);
  return found;
}

const PRIMITIVES = { string: "string", number: "number", bool: "boolean | cdktf.IResolvable" };

function declaredType(type: AttributeType): string {
  if (typeof type === "string") return PRIMITIVES[type];
  return type[0] === "map" ? "{ [key: string]: string; }" : "string[]";
}

function getterOf(name: string): string {
  return name.replace(/_+([a-z0-9])/g, (_, letter: string) => letter.toUpperCase());
}

/** Where a schema and its binding differ, one line a difference; `iface` is the name of the configuration interface. */
function differences(binding: Binding, block: BlockSchema, iface: string, className: string, path = ""): string[] {
  const declared = binding.interfaces.get(iface) ?? [];
  const getters = binding.getters.get(className) ?? [];
  const attributes = block.attributes ?? {};
  const blocks = block.block_types ?? {};
  const found: string[] = [];
  for (const { name, optional, type } of declared) {
    const where = path + name;
    const attribute = attributes[name];
    const nested = blocks[name];
    if (attribute !== undefined) {
      if ((attribute.required ?? false) === optional) found.push(`${where}: required`);
      if (attribute.required !== true && attribute.optional !== true)
        found.push(`${where}: only computed in the schema`);
      if (declaredType(attribute.type) !== type) found.push(`${where}: is ${type}`);
    } else if (nested !== undefined) {
      const single = nested.nesting_mode === "single" || nested.max_items === 1;
      const inner = type.replace(/\[\] \| cdktf\.IResolvable$/, "");
      if ((inner === type) !== single) found.push(`${where}: is ${type}`);
      if ((nested.min_items ?? 0) > 0 === optional) found.push(`${where}: required`);
      found.push(...differences(binding, nested.block, inner, `${inner}OutputReference`, `${where}.`));
    } else {
      found.push(`${where}: missing in the schema`);
    }
  }
  const names = new Set(declared.map(({ name }) => name));
  for (const [name, attribute] of Object.entries(attributes)) {
    const settable = attribute.required === true || attribute.optional === true;
    if (settable && !names.has(name)) found.push(`${path}${name}: cannot be set in the binding`);
    if (!getters.includes(getterOf(name))) found.push(`${path}${name}: cannot be read in the binding`);
  }
  for (const name of Object.keys(blocks)) if (!names.has(name)) found.push(`${path}${name}: no block of the binding`);
  const known = new Set([...Object.keys(attributes), ...Object.keys(blocks)].map(getterOf));
  for (const getter of getters) {
    const isInput = getter.endsWith("Input") && known.has(getter.slice(0, -"Input".length));
    if (!known.has(getter) && !isInput && getter !== "internalValue")
      found.push(`${path}${getter}: missing in the schema`);
  }
  return found;
}

/** How the binding writes the arguments of the top level: a set is no list, and a block no attribute. */
function kindDifferences({ code }: Binding, block: BlockSchema): string[] {
  const kinds = Object.fromEntries(
    [...code.matchAll(/^ {12}(\w+): \{\n {16}value:[^\n]*\n {16}isBlock: (\w+),\n {16}type: "(\w+)"/gm)].map(
      ([, name = "", isBlock, type]) => [name, `${isBlock === "true" ? "block" : "attribute"} ${type}`],
    ),
  );
  const attributes = Object.entries(block.attributes ?? {}).flatMap(([name, { type, required, optional }]) => {
    if (required !== true && optional !== true) return [];
    const kind = typeof type === "string" ? "simple" : type[0];
    return [[name, `attribute ${kind}`] as const];
  });
  const blocks = Object.entries(block.block_types ?? {}).map(([name, { nesting_mode }]) => {
    return [name, `block ${nesting_mode === "single" ? "struct" : nesting_mode}`] as const;
  });
  return [...attributes, ...blocks]
    .filter(([name, kind]) => kinds[name] !== kind)
    .map(([name, kind]) => `${name}: ${kind} in the schema, ${String(kinds[name])} in the binding`);
}

function folderOf(type: string): string {
  return type.slice(PREFIX.length).replaceAll("_", "-");
}

describe("schema/opentelekomcloud.json, compared with the installed bindings", () => {
  it.each(Object.keys(resource_schemas))("has the resource %s as the bindings have it", (type) => {
    const binding = readBinding(folderOf(type));
    const { block } = resource_schemas[type]!;
    expect(differences(binding, block, `${binding.className}Config`, binding.className)).toEqual([]);
    expect(kindDifferences(binding, block)).toEqual([]);
  });

  it.each(Object.keys(data_source_schemas))("has the data source %s as the bindings have it", (type) => {
    const binding = readBinding(`data-opentelekomcloud-${folderOf(type)}`);
    const { block } = data_source_schemas[type]!;
    expect(differences(binding, block, `${binding.className}Config`, binding.className)).toEqual([]);
    expect(kindDifferences(binding, block)).toEqual([]);
  });

  it("has the provider block as the bindings have it, apart from its alias", () => {
    const binding = readBinding("provider");
    const declared = binding.interfaces.get(`${binding.className}Config`)!.map(({ name }) => name);
    expect(declared.filter((name) => name !== "alias").sort()).toEqual(Object.keys(provider.block.attributes!).sort());
  });

  it("holds what is simulated, and nothing else", () => {
    expect(Object.keys(resource_schemas).sort()).toEqual(Object.keys(opentelekomcloud.resources).sort());
    expect(Object.keys(data_source_schemas).sort()).toEqual(Object.keys(opentelekomcloud.dataSources).sort());
  });

  it("has rules for attributes that exist", () => {
    const rules = readProviderRules(opentelekomcloud.rulesFile);
    const unknown = Object.entries(rules).flatMap(([type, { attributes = {} }]) => {
      const schema = type.startsWith("data.")
        ? data_source_schemas[type.slice("data.".length)]
        : resource_schemas[type];
      if (schema === undefined) return [type];
      return Object.keys(attributes)
        .filter((path) => !exists(schema.block, path.split(".")))
        .map((path) => `${type}.${path}`);
    });
    expect(unknown).toEqual([]);
  });

  it("is of the version that the bindings are made from", () => {
    const document = readFileSync(join(LIB, "nat-gateway-v2/index.d.ts"), "utf8");
    expect(document).toContain("/opentelekomcloud/1.36.54/docs/");
    expect(existsSync(opentelekomcloud.rulesFile)).toBe(true);
  });
});

function exists(block: BlockSchema, [name = "", ...rest]: readonly string[]): boolean {
  const nested = block.block_types?.[name];
  if (rest.length === 0) return nested !== undefined || block.attributes?.[name] !== undefined;
  return nested !== undefined && exists(nested.block, rest);
}
