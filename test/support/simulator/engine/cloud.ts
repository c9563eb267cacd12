import { appendFileSync } from "node:fs";
import { ApiError } from "./api-error";
import { Faults } from "./faults";
import { Random } from "./random";
import { readState, settle, writeState, type CloudAttributes, type CloudObject, type StoredObject } from "./store";
import type { Json } from "./value";

/** One action of the cloud's API. */
export interface ApiAction<Request, Response> {
  readonly name: string;
  /** Whether it changes the cloud. */
  readonly mutating: boolean;
  /** Calls with the same key are refused with `code` while one of them is under way. */
  readonly exclusive?: { readonly code: string; key(cloud: Cloud, request: Request): string | undefined };
  /** Does the work, all at once; throws ApiError to refuse. */
  act(cloud: Cloud, request: Request): Response;
}

/** A line of the call log. */
export interface ApiCall {
  readonly sequence: number;
  readonly action: string;
  readonly mutating: boolean;
  readonly request: Record<string, Json>;
  /** The id that the call made, where it made one. */
  readonly result?: string;
  /** The error code of a refused call. */
  readonly error?: string;
  /** The form of the fault that struck this call. */
  readonly fault?: string;
  /** How long the call took, in real milliseconds. */
  readonly milliseconds: number;
}

/** How a cloud is simulated. */
export interface CloudOptions {
  readonly stateFile: string;
  readonly logFile: string;
  /** Simulated seconds in one real second. */
  readonly timeScale: number;
  readonly seed: number;
  /** Quotas that differ from the default ones. */
  readonly limits: Readonly<Record<string, number>>;
  /** Ends the process at once. */
  readonly die: () => void;
}

/** The simulated cloud: its objects, its API, its clock. */
export class Cloud {
  public readonly faults = new Faults();
  public readonly random: Random;
  private objects = new Map<string, StoredObject>();
  private serial = 0;
  private sequence = 0;
  private frozen = false;
  private readonly underWay = new Set<string>();

  public constructor(private readonly options: CloudOptions) {
    this.random = new Random(options.seed);
    const state = readState(options.stateFile);
    this.serial = state.serial;
    this.objects = new Map(state.objects.map((object) => [object.id, object]));
    this.save();
  }

  /** Calls the API: takes a little while, may be refused or struck by a fault, and is logged. */
  public async call<Request extends object, Response>(
    action: ApiAction<Request, Response>,
    request: Request,
  ): Promise<Response> {
    const started = performance.now();
    const release = this.enter(action, request);
    try {
      await this.sleep(this.random.between(0.05, 0.3));
      return await this.perform(action, request, release === undefined, started);
    } finally {
      release?.();
    }
  }

  /** Waits, in simulated seconds. */
  public async sleep(seconds: number): Promise<void> {
    await new Promise((resolve) => setTimeout(resolve, (seconds * 1000) / this.options.timeScale));
  }

  /** Nothing acts any more: the process is about to die. */
  public freeze(): void {
    this.frozen = true;
  }

  /** Freezes the cloud and ends the process. */
  public die(): void {
    this.freeze();
    this.options.die();
  }

  /** The quota called `name`. */
  public limit(name: string, otherwise: number): number {
    return this.options.limits[name] ?? otherwise;
  }

  /** Every object of a type, in the order of creation. */
  public list(type: string): StoredObject[] {
    return [...this.objects.values()].filter((object) => object.type === type);
  }

  /** The object with this id, if there is one of this type. */
  public find(type: string, id: string): StoredObject | undefined {
    const object = this.objects.get(id);
    return object?.type === type ? object : undefined;
  }

  /** Adds or replaces an object. */
  public put(object: StoredObject): void {
    this.objects.set(object.id, object);
  }

  /** Removes an object. */
  public remove(id: string): void {
    this.objects.delete(id);
  }

  /**
   * Changes attributes of an object now, and others after some simulated seconds (null: it goes away).
   * What was to come stays to come, unless something else is given, or null: nothing is to come any more.
   */
  public change(
    id: string,
    now: CloudAttributes,
    later?: { seconds: number; attributes: CloudAttributes | null } | null,
  ): void {
    const object = this.objects.get(id);
    if (object === undefined) throw new Error(`no object ${id}`);
    const { pending, ...rest } = object;
    const next = later === undefined ? pending : later === null ? undefined : this.due(later);
    const attributes = { ...rest.attributes, ...now };
    this.objects.set(id, { ...rest, attributes, ...(next === undefined ? {} : { pending: next }) });
  }

  /** A number that was never given before. */
  public nextSerial(): number {
    this.serial += 1;
    return this.serial;
  }

  /** A new id such as `vpc-bp1k3...`; the same for the same seed and order. */
  public newId(prefix: string): string {
    const serial = this.nextSerial();
    return prefix + new Random(this.options.seed * 7919 + serial).text(17);
  }

  /** A new UUID; the same for the same seed and order. */
  public newUuid(): string {
    const hex = new Random(this.options.seed * 7919 + this.nextSerial()).hex(32);
    return hex.replace(/^(.{8})(.{4}).(.{3}).(.{3})(.{12})$/, "$1-$2-4$3-a$4-$5");
  }

  /** Lets everything that is due happen. */
  public advance(): void {
    const settled = settle([...this.objects.values()], Date.now());
    this.objects = new Map(settled.map((object) => [object.id, object]));
  }

  /** Writes the state file. */
  public save(): void {
    writeState(this.options.stateFile, { serial: this.serial, objects: [...this.objects.values()] });
  }

  /** Empties the cloud and puts these objects into it; serials go on. */
  public reset(objects: readonly CloudObject[]): void {
    this.objects = new Map(objects.map((object) => [object.id, object]));
    this.sequence = 0;
    this.faults.clear();
    this.save();
  }

  private due(later: { seconds: number; attributes: CloudAttributes | null }): NonNullable<StoredObject["pending"]> {
    return { due: Date.now() + (later.seconds * 1000) / this.options.timeScale, attributes: later.attributes };
  }

  /** Returns how to leave; undefined when a conflicting call is under way. */
  private enter<Request, Response>(action: ApiAction<Request, Response>, request: Request): (() => void) | undefined {
    const key = action.exclusive?.key(this, request);
    if (key === undefined) return () => undefined;
    if (this.underWay.has(key)) return undefined;
    this.underWay.add(key);
    return () => this.underWay.delete(key);
  }

  private async perform<Request extends object, Response>(
    action: ApiAction<Request, Response>,
    request: Request,
    conflict: boolean,
    started: number,
  ): Promise<Response> {
    if (this.frozen) return await never();
    let fault: ReturnType<Faults["onCall"]>;
    const log = (outcome: Pick<ApiCall, "result" | "error">): void => {
      this.log(action, request, { ...outcome, ...(fault && { fault: fault.effect }) }, performance.now() - started);
    };
    try {
      const code = action.exclusive?.code;
      if (conflict && code !== undefined) throw new ApiError(code, "Another operation is under way, try again later.");
      this.advance();
      const before = new Map(this.objects);
      const response = action.act(this, request);
      // Only what the cloud lets through counts: how often it refuses a call first depends on the time.
      fault = this.faults.onCall(action.name, action.mutating);
      if (fault?.effect === "fails-before" || fault?.effect === "dies-before") this.objects = before;
      if (fault?.effect === "fails-before") throw new ApiError(fault.code, "Failed before it acted, as injected.");
      if (fault?.effect === "dies-before") {
        this.die();
        return await never();
      }
      if (action.mutating) this.save();
      const result = typeof response === "string" ? { result: response } : {};
      if (fault?.effect === "answer-lost") {
        log({ ...result, error: fault.code });
        throw new LostAnswer(fault.code, "Acted, but the answer was lost, as injected.");
      }
      log(result);
      if (fault?.effect === "dies-after") {
        this.die();
        return await never();
      }
      return response;
    } catch (error) {
      if (error instanceof ApiError && !(error instanceof LostAnswer)) log({ error: error.code });
      throw error;
    }
  }

  private log<Request extends object, Response>(
    action: ApiAction<Request, Response>,
    request: Request,
    outcome: Pick<ApiCall, "result" | "error" | "fault">,
    milliseconds: number,
  ): void {
    this.sequence += 1;
    const call: ApiCall = {
      sequence: this.sequence,
      action: action.name,
      mutating: action.mutating,
      request: request as Record<string, Json>,
      ...outcome,
      milliseconds: Math.round(milliseconds * 10) / 10,
    };
    appendFileSync(this.options.logFile, `${JSON.stringify(call)}\n`);
  }
}

class LostAnswer extends ApiError {}

async function never(): Promise<never> {
  return new Promise(() => undefined);
}
