import { ApiError, ProviderError } from "./api-error";
import type { Cloud } from "./cloud";
import { planResource } from "./planner";
import type { ProviderDefinition, ResourceBehaviour } from "./provider";
import { Attributes, ResourceData } from "./resource-data";
import { readProviderRules, type ProviderRules, type TypeRules } from "./rules";
import { conform, readProviderSchema, schemaMessage, type BlockSchema, type ProviderSchema } from "./schema";
import { validateConfig, type Diagnostic } from "./validator";
import { decodeValue, encodeValue, isMap, type Value, type ValueMap } from "./value";

/** A value on the wire. */
export interface DynamicValue {
  readonly msgpack: Uint8Array;
}

/** The requests of the plugin protocol that a resource takes part in; every field is there. */
export interface PluginRequest {
  readonly type_name: string;
  readonly id: string;
  readonly config: DynamicValue;
  readonly raw_state: { readonly json: Uint8Array };
  readonly current_state: DynamicValue;
  readonly prior_state: DynamicValue;
  readonly planned_state: DynamicValue;
  readonly private: Uint8Array;
  readonly prior_private: Uint8Array;
  readonly planned_private: Uint8Array;
}

interface ResourceType {
  readonly name: string;
  readonly block: BlockSchema;
  readonly rules: TypeRules;
  readonly behaviour: ResourceBehaviour;
}

/** Answers Terraform's requests for one provider. */
export class Plugin {
  private readonly schema: ProviderSchema;
  private readonly rules: ProviderRules;

  public constructor(
    private readonly definition: ProviderDefinition,
    private readonly cloud: Cloud,
  ) {
    this.schema = readProviderSchema(definition.schemaFile, definition.source);
    this.rules = readProviderRules(definition.rulesFile);
  }

  public getSchema(): object {
    const messages = (schemas: ProviderSchema["resource_schemas"]): Record<string, object> =>
      Object.fromEntries(Object.entries(schemas).map(([name, schema]) => [name, schemaMessage(schema)]));
    return {
      provider: schemaMessage(this.schema.provider),
      resource_schemas: messages(this.schema.resource_schemas),
      data_source_schemas: messages(this.schema.data_source_schemas),
    };
  }

  public prepareProviderConfig({ config }: PluginRequest): object {
    return { prepared_config: config };
  }

  public configure({ config }: PluginRequest): object {
    this.definition.configure?.(this.cloud, new Attributes(read(this.schema.provider.block, config)));
    return {};
  }

  public validateResource({ type_name, config }: PluginRequest): object {
    const { block, rules, behaviour } = this.type(type_name);
    const found = validateConfig(block, rules.attributes ?? {}, behaviour.checks ?? {}, read(block, config));
    return { diagnostics: found.map(message) };
  }

  public validateDataSource({ type_name, config }: PluginRequest): object {
    const block = this.dataSource(type_name);
    const rules = this.rules[`data.${type_name}`]?.attributes ?? {};
    return { diagnostics: validateConfig(block, rules, {}, read(block, config)).map(message) };
  }

  public upgradeState({ type_name, raw_state }: PluginRequest): object {
    const state = JSON.parse(Buffer.from(raw_state.json).toString("utf8")) as Value;
    return { upgraded_state: write(conform(this.type(type_name).block, state)) };
  }

  public importState({ type_name, id }: PluginRequest): object {
    const state = write(conform(this.type(type_name).block, { id }));
    return { imported_resources: [{ type_name, state, private: Buffer.alloc(0) }] };
  }

  public async readResource(request: PluginRequest): Promise<object> {
    const type = this.type(request.type_name);
    const current = read(type.block, request.current_state);
    const data = new ResourceData(type.block, type.rules, current, current);
    try {
      const found = await type.behaviour.read(this.cloud, data);
      return { new_state: write(found ? data.state() : null), private: request.private };
    } catch (error) {
      return { new_state: request.current_state, diagnostics: [failure(type.name, data.id, error)] };
    }
  }

  public planResource(request: PluginRequest): object {
    const { block, rules, behaviour } = this.type(request.type_name);
    const config = read(block, request.config);
    const { planned, replace } = planResource({
      block,
      rules: rules.attributes ?? {},
      suppress: behaviour.suppress ?? {},
      normalize: behaviour.normalize ?? {},
      computedBlocks: behaviour.computedBlocks ?? [],
      prior: readNullable(block, request.prior_state),
      config,
    });
    return {
      planned_state: write(planned),
      requires_replace: replace.map((name) => ({ steps: [{ attribute_name: name }] })),
      planned_private: behaviour.normalize === undefined ? request.prior_private : originals(behaviour, config),
      legacy_type_system: true,
    };
  }

  public async applyResource(request: PluginRequest): Promise<object> {
    const type = this.type(request.type_name);
    const prior = readNullable(type.block, request.prior_state);
    const planned = readNullable(type.block, request.planned_state);
    const { normalize } = type.behaviour;
    const configured = normalize === undefined ? {} : parseOriginals(request.planned_private);
    const data = new ResourceData(type.block, type.rules, prior, planned ?? prior ?? {}, configured);
    const answer = { private: normalize === undefined ? request.planned_private : NOTHING, legacy_type_system: true };
    try {
      if (planned === null) {
        await type.behaviour.delete(this.cloud, data);
        return { ...answer, new_state: write(null) };
      }
      await this.createOrUpdate(type, data);
      return { ...answer, new_state: write(data.state()) };
    } catch (error) {
      // A create that failed after it had an id is saved and tainted; a failed update or delete keeps the state.
      const state = prior ?? (data.id === "" ? null : data.state());
      return { ...answer, new_state: write(state), diagnostics: [failure(type.name, data.id, error)] };
    }
  }

  public async readDataSource({ type_name, config }: PluginRequest): Promise<object> {
    const block = this.dataSource(type_name);
    const behaviour = this.definition.dataSources[type_name];
    if (behaviour === undefined) throw new Error(`data source ${type_name} is not simulated`);
    const given = read(block, config);
    try {
      const found = await behaviour(this.cloud, new Attributes(given));
      return { state: write(conform(block, { ...this.withDefaults(type_name, given), ...found })) };
    } catch (error) {
      return { diagnostics: [failure(`data ${type_name}`, "", error)] };
    }
  }

  private async createOrUpdate({ name, behaviour }: ResourceType, data: ResourceData): Promise<void> {
    if (data.isNew) await behaviour.create(this.cloud, data);
    else await behaviour.update?.(this.cloud, data);
    if (!(await behaviour.read(this.cloud, data))) throw new ProviderError(`${name} ${data.id} is gone right after it`);
  }

  private withDefaults(type: string, given: ValueMap): ValueMap {
    const rules = Object.entries(this.rules[`data.${type}`]?.attributes ?? {});
    const defaults = rules.flatMap(([name, rule]) =>
      rule.default === undefined ? [] : [[name, rule.default] as const],
    );
    const set = Object.entries(given).filter(([, value]) => value !== null);
    return { ...given, ...Object.fromEntries(defaults), ...Object.fromEntries(set) };
  }

  private type(name: string): ResourceType {
    const schema = this.schema.resource_schemas[name];
    const behaviour = this.definition.resources[name];
    if (schema === undefined || behaviour === undefined) throw new Error(`resource ${name} is not simulated`);
    return { name, block: schema.block, rules: this.rules[name] ?? {}, behaviour };
  }

  private dataSource(name: string): BlockSchema {
    const schema = this.schema.data_source_schemas[name];
    if (schema === undefined) throw new Error(`data source ${name} is not simulated`);
    return schema.block;
  }
}

const NOTHING = Buffer.alloc(0);

/** What was configured of the attributes of which the state keeps something else: the plan carries it to the apply. */
function originals({ normalize = {} }: ResourceBehaviour, config: ValueMap): Buffer {
  const given = Object.keys(normalize).flatMap((name) => {
    const value = config[name];
    return typeof value === "string" ? [[name, value] as const] : [];
  });
  return Buffer.from(JSON.stringify(Object.fromEntries(given)));
}

function parseOriginals(planned: Uint8Array): Record<string, string> {
  return planned.length === 0 ? {} : (JSON.parse(Buffer.from(planned).toString("utf8")) as Record<string, string>);
}

function read(block: BlockSchema, value: DynamicValue): ValueMap {
  return conform(block, decodeValue(value.msgpack));
}

function readNullable(block: BlockSchema, value: DynamicValue): ValueMap | null {
  const decoded = decodeValue(value.msgpack);
  return isMap(decoded) ? conform(block, decoded) : null;
}

function write(value: Value): DynamicValue {
  return { msgpack: encodeValue(value) };
}

function message({ severity, summary, detail, attribute }: Diagnostic): object {
  const steps = attribute === undefined ? [] : [{ attribute_name: attribute }];
  return { severity, summary, detail: detail ?? "", attribute: { steps } };
}

function failure(type: string, id: string, error: unknown): object {
  const where = id === "" ? type : `${type} ${id}`;
  if (error instanceof ApiError) {
    return message({ severity: "ERROR", summary: `${where}: ${error.code}`, detail: error.message });
  }
  const text = error instanceof ProviderError ? error.message : String(error instanceof Error ? error.stack : error);
  return message({ severity: "ERROR", summary: `${where}: ${text}` });
}
