import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Simulator } from "./simulator";
import { terraform } from "./terraform";
import type { TerraformRun } from "./terraform";

/** What a plan does, by action: the Terraform addresses, without the hash at their end. */
export interface PlannedActions {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly delete: readonly string[];
}

/** A stack with its state, deployed by the real Terraform CLI into a simulated cloud. */
export class Deployment<S extends TerraformStack> {
  private readonly dir = mkdtempSync(join(tmpdir(), "cdktf-nat-deployment-"));
  private stackDir = "";

  constructor(
    private readonly simulator: Simulator,
    private readonly makeStack: (app: App) => S,
  ) {}

  /** Synthesizes the stack, with a change where one is given, and initializes the folder. */
  async synthesize(change?: (stack: S) => void): Promise<void> {
    const app = new App({ outdir: join(this.dir, "out") });
    const stack = this.makeStack(app);
    new LocalBackend(stack, { path: this.stateFile });
    change?.(stack);
    app.synth();
    this.stackDir = join(this.dir, "out", "stacks", stack.node.id);
    if (!existsSync(join(this.stackDir, ".terraform"))) await this.succeed("init");
  }

  /** A run that must end well; the error holds what Terraform said. */
  async succeed(...args: readonly string[]): Promise<TerraformRun> {
    const run = await this.run(...args);
    if (run.exitCode !== 0) throw new Error(`terraform ${args.join(" ")}:\n${run.stdout}\n${run.stderr}`);
    return run;
  }

  async apply(): Promise<TerraformRun> {
    return this.succeed("apply", "-auto-approve", "-no-color");
  }

  /** An apply that may fail. */
  async tryApply(...args: readonly string[]): Promise<TerraformRun> {
    return this.run("apply", "-auto-approve", "-no-color", ...args);
  }

  async destroy(...args: readonly string[]): Promise<void> {
    await this.succeed("destroy", "-auto-approve", "-no-color", ...args);
  }

  /** What an apply would do now. */
  async plan(): Promise<PlannedActions> {
    await this.succeed("plan", "-out=planned", "-no-color");
    const { stdout } = await this.succeed("show", "-json", "planned");
    const plan = JSON.parse(stdout) as { resource_changes?: readonly ResourceChange[] };
    const actions = { create: [], update: [], replace: [], delete: [] } as Record<keyof PlannedActions, string[]>;
    for (const { address, change, mode } of plan.resource_changes ?? []) {
      const action = mode === "managed" ? actionOf(change.actions) : undefined;
      if (action !== undefined) actions[action].push(address.replace(/_[0-9A-F]{8}$/, ""));
    }
    return actions;
  }

  /** The values of the resources in the state, by address without hash. */
  async resources(): Promise<ReadonlyMap<string, Readonly<Record<string, unknown>>>> {
    const { stdout } = await this.succeed("show", "-json");
    const state = JSON.parse(stdout) as { values?: { root_module?: { resources?: readonly StateResource[] } } };
    const resources = state.values?.root_module?.resources ?? [];
    return new Map(resources.map(({ address, values }) => [address.replace(/_[0-9A-F]{8}$/, ""), values]));
  }

  /** What Terraform keeps in its state: the managed resources, in order, each with a mark where it is tainted. */
  kept(): readonly string[] {
    const { resources } = JSON.parse(readFileSync(this.stateFile, "utf8")) as {
      resources: readonly StateFileResource[];
    };
    return resources
      .filter(({ mode }) => mode === "managed")
      .flatMap(({ type, name, instances }) =>
        instances.map(({ status, deposed }) =>
          [`${type}.${name}`, deposed && "deposed", status].filter(Boolean).join(" "),
        ),
      )
      .sort();
  }

  /** Forgets the state, as on a first deploy. */
  forgetState(): void {
    rmSync(this.stateFile, { force: true });
    rmSync(`${this.stateFile}.backup`, { force: true });
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private get stateFile(): string {
    return join(this.dir, "terraform.tfstate");
  }

  private async run(...args: readonly string[]): Promise<TerraformRun> {
    return terraform(this.stackDir, args, { TF_REATTACH_PROVIDERS: this.simulator.reattach });
  }
}

interface ResourceChange {
  readonly address: string;
  readonly mode: string;
  readonly change: { readonly actions: readonly string[] };
}

interface StateFileResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly { readonly status?: string; readonly deposed?: string }[];
}

interface StateResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function actionOf(actions: readonly string[]): keyof PlannedActions | undefined {
  if (actions.length > 1) return "replace";
  return (["create", "update", "delete"] as const).find((action) => action === actions[0]);
}
