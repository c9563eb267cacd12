import { existsSync, mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { App, LocalBackend } from "cdktf";
import type { TerraformStack } from "cdktf";
import type { Cloud } from "./cloud";
import { terraform } from "./terraform";
import type { TerraformRun } from "./terraform";

/** What a plan does, by action: the Terraform addresses, without the hash at their end. */
export interface PlannedActions {
  readonly create: readonly string[];
  readonly update: readonly string[];
  readonly replace: readonly string[];
  readonly delete: readonly string[];
}

/** The values of resources, by Terraform address without the hash at its end. */
export type Values = ReadonlyMap<string, Readonly<Record<string, unknown>>>;

/** A stack with its state, deployed by the real Terraform CLI into a cloud on this machine. */
export class Deployment<S extends TerraformStack> {
  private readonly dir = mkdtempSync(join(tmpdir(), "cdktf-nat-deployment-"));
  private stackDir = "";
  private readonly steps: string[] = [];

  constructor(
    private readonly cloud: Cloud,
    private readonly makeStack: (app: App) => S,
  ) {}

  /** Synthesizes the stack, with a change where one is given, and initializes the folder with these arguments. */
  async synthesize(change?: (stack: S) => void, initArguments: readonly string[] = []): Promise<void> {
    const app = new App({ outdir: join(this.dir, "out") });
    const stack = this.makeStack(app);
    new LocalBackend(stack, { path: this.stateFile });
    change?.(stack);
    app.synth();
    this.stackDir = join(this.dir, "out", "stacks", stack.node.id);
    if (!existsSync(join(this.stackDir, ".terraform"))) await this.succeed("init", ...initArguments);
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
    const { stdout } = await this.succeed("plan", "-json");
    const lines = stdout.split("\n").filter((line) => line !== "");
    const actions = { create: [], update: [], replace: [], delete: [] } as Record<keyof PlannedActions, string[]>;
    for (const { type, change } of lines.map((line) => JSON.parse(line) as PlanEvent)) {
      if (type !== "planned_change" || change === undefined || !(change.action in actions)) continue;
      actions[change.action as keyof PlannedActions].push(withoutHash(change.resource.addr));
    }
    // Terraform tells them in no order.
    for (const addresses of Object.values(actions)) addresses.sort();
    return actions;
  }

  /**
   * The values that an apply would give the resources, by address without hash; what is known only after it is left
   * out. For what a cloud on this machine cannot do.
   */
  async plannedValues(): Promise<Values> {
    await this.succeed("plan", "-out=planned", "-no-color");
    const { stdout } = await this.succeed("show", "-json", "planned");
    const plan = JSON.parse(stdout) as {
      planned_values?: { root_module?: { resources?: readonly PlannedResource[] } };
    };
    const resources = plan.planned_values?.root_module?.resources ?? [];
    return new Map(resources.map(({ address, values }) => [withoutHash(address), values]));
  }

  /** The values of the resources and data sources in the state, by address without hash. */
  resources(): Promise<Values> {
    // Read from the file: to load the schema of a large provider for `terraform show` takes seconds.
    const values = this.stateResources().flatMap(({ mode, type, name, instances }) =>
      instances
        .filter(({ deposed }) => deposed === undefined)
        .map(
          ({ attributes }) => [withoutHash(`${mode === "data" ? "data." : ""}${type}.${name}`), attributes] as const,
        ),
    );
    return Promise.resolve(new Map(values));
  }

  /** What Terraform keeps in its state: the managed resources, in order, each with a mark where it is tainted. */
  kept(): readonly string[] {
    return this.stateResources()
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

  /** How long each command of Terraform took, in order. */
  timing(): string {
    return this.steps.join(", ");
  }

  remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private stateResources(): readonly StateFileResource[] {
    if (!existsSync(this.stateFile)) return [];
    const { resources } = JSON.parse(readFileSync(this.stateFile, "utf8")) as {
      resources: readonly StateFileResource[];
    };
    return resources;
  }

  private get stateFile(): string {
    return join(this.dir, "terraform.tfstate");
  }

  private async run(...args: readonly string[]): Promise<TerraformRun> {
    const started = Date.now();
    const ended = await terraform(this.stackDir, args, this.cloud.env);
    this.steps.push(`${args[0] ?? ""} ${((Date.now() - started) / 1000).toFixed(1)} s`);
    return ended;
  }
}

interface PlanEvent {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
}

interface StateFileResource {
  readonly mode: string;
  readonly type: string;
  readonly name: string;
  readonly instances: readonly {
    readonly status?: string;
    readonly deposed?: string;
    readonly attributes: Readonly<Record<string, unknown>>;
  }[];
}

interface PlannedResource {
  readonly address: string;
  readonly values: Readonly<Record<string, unknown>>;
}

function withoutHash(address: string): string {
  return address.replace(/_[0-9A-F]{8}$/, "");
}
