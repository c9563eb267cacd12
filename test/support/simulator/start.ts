import { fork, type ChildProcess } from "node:child_process";
import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Cloud } from "../cloud";
import type { Command } from "./control";
import type { ApiCall } from "./engine/cloud";
import type { Fault } from "./engine/faults";
import { readState, settle, type CloudAttributes, type CloudObject } from "./engine/store";

/** The clouds that are simulated. */
export type CloudName = "alicloud" | "opentelekomcloud";

/** How to run a simulator. */
export interface SimulatorOptions {
  /** The rules to simulate. @default "alicloud" */
  readonly cloud?: CloudName;
  /** Simulated seconds in a real one. @default 100: what takes 5 s there takes 50 ms here */
  readonly timeScale?: number;
  /** Seed of ids and random delays. @default 1 */
  readonly randomSeed?: number;
  /** Quotas that differ from the cloud's defaults, such as `{ eipsPerNatGateway: 2 }`. @default - the documented quotas */
  readonly limits?: Readonly<Record<string, number>>;
  /** What is added to the cloud at the start, as if made outside Terraform. @default - nothing */
  readonly seed?: Seed | undefined;
  /** The cloud's file; one that exists is gone on with, and it stays after `stop`. @default - a temporary one */
  readonly cloudFile?: string;
}

/** Things that exist without Terraform; `existingGateway()` is one. */
export type Seed = readonly CloudObject[] | { readonly objects: readonly CloudObject[] };

/** A running simulator and the cloud in it. */
export interface Simulator extends Cloud {
  /** The cloud that is simulated. */
  readonly cloudName: CloudName;
  /** The value of TF_REATTACH_PROVIDERS; another one after `restart`. */
  readonly reattach: string;
  /** Whether the process lives. */
  readonly isAlive: boolean;
  /** The calls of the API since the start or the last reset, in the order in which they acted. */
  log(): ApiCall[];
  /** Everything in the cloud now; also readable after the process died. */
  cloud(): CloudObject[];
  /** Adds things that were made outside Terraform. */
  seed(seed: Seed): Promise<void>;
  /** Changes attributes of a thing outside Terraform. */
  modify(type: string, id: string, attributes: CloudAttributes): Promise<void>;
  /** Removes a thing outside Terraform, unchecked. */
  remove(type: string, id: string): Promise<void>;
  /** Makes a call of the API, or the process, fail from now on. */
  inject(fault: Fault): Promise<void>;
  /** Whether every injected fault has happened; a dead process had its fault. */
  struck(): Promise<boolean>;
  /** Forgets the faults that have not happened; returns how many there were. */
  clearFaults(): Promise<number>;
  /** Empties cloud and log, forgets the faults, and puts this in. */
  reset(seed?: Seed): Promise<void>;
  /** Ends the process where it lives, and starts another one with the same cloud. */
  restart(): Promise<void>;
  /** Ends the process and removes its files. */
  stop(): Promise<void>;
}

/** Starts a simulator in a process of its own. */
export async function startSimulator(options: SimulatorOptions = {}): Promise<Simulator> {
  const simulator = new ForkedSimulator(options);
  await simulator.start();
  if (options.seed) await simulator.seed(options.seed);
  return simulator;
}

class ForkedSimulator implements Simulator {
  public reattach = "";
  public readonly cloudName: CloudName;
  private child: ChildProcess | undefined;
  private lastId = 0;
  private readonly waiting = new Map<number, { resolve: (result: number) => void; reject: (error: Error) => void }>();
  private readonly dir = mkdtempSync(join(tmpdir(), "nat-sim-"));
  private readonly stateFile: string;
  private readonly logFile = join(this.dir, "calls.jsonl");

  public constructor(private readonly options: SimulatorOptions) {
    this.cloudName = options.cloud ?? "alicloud";
    this.stateFile = options.cloudFile ?? join(this.dir, "cloud.json");
  }

  public get env(): Readonly<Record<string, string>> {
    return { TF_REATTACH_PROVIDERS: this.reattach };
  }

  public get isAlive(): boolean {
    return this.child !== undefined;
  }

  public log(): ApiCall[] {
    if (!existsSync(this.logFile)) return [];
    const lines = readFileSync(this.logFile, "utf8").split("\n");
    return lines.filter((line) => line !== "").map((line) => JSON.parse(line) as ApiCall);
  }

  public cloud(): CloudObject[] {
    return settle(readState(this.stateFile).objects, Date.now()).map(({ type, id, attributes }) => {
      return { type, id, attributes };
    });
  }

  public async seed(seed: Seed): Promise<void> {
    await this.ask({ do: "seed", objects: objectsOf(seed) });
  }

  public async modify(type: string, id: string, attributes: CloudAttributes): Promise<void> {
    await this.ask({ do: "modify", type, id, attributes });
  }

  public async remove(type: string, id: string): Promise<void> {
    await this.ask({ do: "remove", type, id });
  }

  public async inject(fault: Fault): Promise<void> {
    await this.ask({ do: "inject", fault });
  }

  public async struck(): Promise<boolean> {
    if (!this.isAlive) return true;
    const left = await this.ask({ do: "faults-left" }).catch((error: unknown) => {
      if (this.isAlive) throw error;
      return 0;
    });
    return left === 0;
  }

  public async clearFaults(): Promise<number> {
    const left = await this.ask({ do: "faults-left" });
    await this.ask({ do: "clear-faults" });
    return left;
  }

  public async reset(seed: Seed = []): Promise<void> {
    if (!this.isAlive) await this.start();
    writeFileSync(this.logFile, "");
    await this.ask({ do: "reset", objects: objectsOf(seed) });
  }

  public async restart(): Promise<void> {
    await this.end();
    await this.start();
  }

  public async stop(): Promise<void> {
    await this.end();
    rmSync(this.dir, { recursive: true, force: true });
  }

  public async start(): Promise<void> {
    const { timeScale = 100, randomSeed = 1, limits = {} } = this.options;
    const flags = ["--cloud", this.cloudName, "--state", this.stateFile, "--log", this.logFile];
    const tuning = [
      "--time-scale",
      String(timeScale),
      "--seed",
      String(randomSeed),
      "--limits",
      JSON.stringify(limits),
    ];
    // Windows has no Unix sockets that Terraform's Go client takes: loopback there.
    const socket = process.platform === "win32" ? [] : ["--socket", join(this.dir, "plugin.sock")];
    const child = fork(join(__dirname, "main.ts"), [...flags, ...tuning, ...socket], {
      execArgv: ["--require", join(__dirname, "typescript.cjs")],
      stdio: ["ignore", "pipe", "pipe", "ipc"],
    });
    this.reattach = await firstLine(child);
    this.child = child;
    child.on("message", (message) => this.answer(message as Answer));
    child.once("exit", () => this.onExit(child));
  }

  private async end(): Promise<void> {
    const { child } = this;
    if (child === undefined) return;
    const ended = new Promise((resolve) => child.once("exit", resolve));
    child.kill("SIGKILL");
    await ended;
  }

  private onExit(child: ChildProcess): void {
    if (this.child !== child) return;
    this.child = undefined;
    for (const { reject } of this.waiting.values()) reject(new Error("the simulator died"));
    this.waiting.clear();
  }

  private async ask(command: Command): Promise<number> {
    const { child } = this;
    if (child === undefined) throw new Error("the simulator is not running; restart() it");
    this.lastId += 1;
    const id = this.lastId;
    return await new Promise((resolve, reject) => {
      this.waiting.set(id, { resolve, reject });
      child.send({ id, command });
    });
  }

  private answer({ id, result, error }: Answer): void {
    const asked = this.waiting.get(id);
    this.waiting.delete(id);
    if (error === undefined) asked?.resolve(result);
    else asked?.reject(new Error(error));
  }
}

function objectsOf(seed: Seed): readonly CloudObject[] {
  return "objects" in seed ? seed.objects : seed;
}

interface Answer {
  readonly id: number;
  readonly result: number;
  readonly error?: string;
}

/** The first line that a process prints; fails with its error output when it ends before that. */
async function firstLine(child: ChildProcess): Promise<string> {
  return await new Promise((resolve, reject) => {
    let printed = "";
    let complained = "";
    child.stderr?.on("data", (chunk: Buffer) => {
      complained += chunk.toString();
    });
    child.stdout?.on("data", (chunk: Buffer) => {
      printed += chunk.toString();
      const end = printed.indexOf("\n");
      if (end !== -1) resolve(printed.slice(0, end));
    });
    child.once("error", reject);
    child.once("exit", (code) => reject(new Error(`the simulator ended with ${String(code)}: ${complained}`)));
  });
}
