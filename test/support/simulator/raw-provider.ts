import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { Cloud, type ApiCall } from "./engine/cloud";
import { Plugin, type DynamicValue, type PluginRequest } from "./engine/plugin";
import type { ProviderDefinition } from "./engine/provider";
import { decodeValue, encodeValue, isMap, type Value, type ValueMap } from "./engine/value";
import type { CloudObject } from "./engine/store";

/** A resource as the state has it. */
export interface RawResource {
  readonly type: string;
  readonly state: ValueMap;
  /** What Terraform keeps beside the state. */
  readonly private: Uint8Array;
}

/** What a plan does with a resource. */
export type RawAction = "create" | "update" | "replace" | "no-op";

/** An apply that was refused. */
export class Refused extends Error {
  constructor(
    message: string,
    /** What was made all the same, and is tainted. */
    public readonly left: RawResource | undefined,
  ) {
    super(message);
  }
}

interface Answer {
  readonly planned_state?: DynamicValue;
  readonly planned_private?: Uint8Array;
  readonly new_state?: DynamicValue;
  readonly state?: DynamicValue;
  readonly private?: Uint8Array;
  readonly requires_replace?: readonly object[];
  readonly diagnostics?: readonly { readonly severity: string; readonly summary: string; readonly detail: string }[];
}

const NOTHING: DynamicValue = { msgpack: encodeValue(null) };

/**
 * A simulated provider in this process, asked as Terraform asks it, resource by resource: what a thousand small checks
 * need, each of which would cost Terraform a second.
 */
export class RawProvider {
  public readonly cloud: Cloud;
  private readonly dir = mkdtempSync(join(tmpdir(), "nat-raw-"));
  private readonly logFile = join(this.dir, "calls.jsonl");
  private readonly plugin: Plugin;

  /** @param timeScale by default all that takes time is done by the next call; with a small number it is never done */
  constructor(definition: ProviderDefinition, timeScale = Number.POSITIVE_INFINITY) {
    this.cloud = new Cloud({
      stateFile: join(this.dir, "cloud.json"),
      logFile: this.logFile,
      timeScale,
      seed: 1,
      limits: {},
      die: () => undefined,
    });
    // Nobody waits: what is waited for is there already, or never comes.
    this.cloud.sleep = async () => Promise.resolve();
    this.plugin = new Plugin(definition, this.cloud);
    this.plugin.configure(request("", { config: NOTHING }));
  }

  /** Everything in the cloud. */
  public objects(): CloudObject[] {
    this.cloud.advance();
    this.cloud.save();
    const { objects } = JSON.parse(readFileSync(join(this.dir, "cloud.json"), "utf8")) as { objects: CloudObject[] };
    return objects;
  }

  /** Makes the cloud what it was, and forgets the calls. */
  public reset(objects: readonly CloudObject[]): void {
    this.cloud.reset(objects);
    rmSync(this.logFile, { force: true });
  }

  /** The calls since the last reset. */
  public log(): ApiCall[] {
    const lines = readFileSync(this.logFile, { encoding: "utf8", flag: "a+" }).split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ApiCall);
  }

  /** What a plan would do. */
  public plan(type: string, config: object, prior?: RawResource): RawAction {
    const { planned_state, requires_replace = [] } = this.planned(type, config, prior);
    if (prior === undefined) return "create";
    if (requires_replace.length > 0) return "replace";
    const same = JSON.stringify(decode(planned_state)) === JSON.stringify(prior.state);
    return same ? "no-op" : "update";
  }

  /** Makes a resource, or changes the prior one; what must be replaced is. */
  public async apply(type: string, config: object, prior?: RawResource): Promise<RawResource> {
    if (prior !== undefined && this.plan(type, config, prior) === "replace") {
      await this.destroy(prior);
      return await this.apply(type, config);
    }
    const { planned_state = NOTHING, planned_private = Buffer.alloc(0) } = this.planned(type, config, prior);
    const prior_state = prior === undefined ? NOTHING : encode(prior.state);
    const answer = (await this.plugin.applyResource(
      request(type, { prior_state, planned_state, planned_private, config: encode(config) }),
    )) as Answer;
    const state = decode(answer.new_state);
    const resource = isMap(state) ? { type, state, private: answer.private ?? Buffer.alloc(0) } : undefined;
    refuse(answer, resource);
    if (resource === undefined) throw new Error(`${type} was applied, and is not there`);
    return resource;
  }

  /** Reads a resource again; undefined when it is gone. */
  public async refresh({ type, state, private: kept }: RawResource): Promise<RawResource | undefined> {
    const answer = (await this.plugin.readResource(
      request(type, { current_state: encode(state), private: kept }),
    )) as Answer;
    refuse(answer);
    const next = decode(answer.new_state);
    return isMap(next) ? { type, state: next, private: kept } : undefined;
  }

  /** Destroys a resource. */
  public async destroy({ type, state }: RawResource): Promise<void> {
    refuse(await this.plugin.applyResource(request(type, { prior_state: encode(state) })));
  }

  /** Reads a data source. */
  public async data(type: string, config: object): Promise<ValueMap> {
    const answer = (await this.plugin.readDataSource(request(type, { config: encode(config) }))) as Answer;
    refuse(answer);
    return decode(answer.state) as ValueMap;
  }

  /** Removes the files. */
  public end(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private planned(type: string, config: object, prior?: RawResource): Answer {
    refuse(this.plugin.validateResource(request(type, { config: encode(config) })));
    const prior_state = prior === undefined ? NOTHING : encode(prior.state);
    return this.plugin.planResource(request(type, { config: encode(config), prior_state }));
  }
}

function request(type_name: string, given: Partial<PluginRequest>): PluginRequest {
  const nothing = Buffer.alloc(0);
  return {
    type_name,
    id: "",
    config: NOTHING,
    raw_state: { json: nothing },
    current_state: NOTHING,
    prior_state: NOTHING,
    planned_state: NOTHING,
    private: nothing,
    prior_private: nothing,
    planned_private: nothing,
    ...given,
  };
}

function encode(value: object): DynamicValue {
  return { msgpack: encodeValue(value) };
}

function decode(value: DynamicValue | undefined): Value {
  return value === undefined ? null : decodeValue(value.msgpack);
}

function refuse({ diagnostics = [] }: Answer, left?: RawResource): void {
  const errors = diagnostics.filter(({ severity }) => severity === "ERROR");
  if (errors.length === 0) return;
  throw new Refused(
    errors.map(({ summary, detail }) => `${summary}${detail === "" ? "" : `: ${detail}`}`).join("\n"),
    left,
  );
}
