import { existsSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { terraform, type TerraformRun } from "../terraform";
import type { CloudName, Simulator } from "./start";

/** Terraform's JSON: type, then name, then arguments. */
export type Blocks = Record<string, Record<string, object>>;

/** What stands in a configuration beside the provider. */
export interface Configuration {
  readonly resource?: Blocks;
  readonly data?: Blocks;
  readonly output?: Record<string, object>;
}

/** A resource in the state. */
export interface StateResource {
  readonly address: string;
  readonly tainted: boolean;
  readonly attributes: Record<string, unknown>;
}

/** What stands in every configuration for a cloud. */
const PROVIDERS: Record<CloudName, object> = {
  alicloud: {
    terraform: { required_providers: { alicloud: { source: "aliyun/alicloud", version: ">= 1.289.0" } } },
    provider: { alicloud: { region: "cn-hangzhou" } },
  },
  opentelekomcloud: {
    terraform: {
      required_providers: { opentelekomcloud: { source: "opentelekomcloud/opentelekomcloud", version: ">= 1.36.54" } },
    },
    provider: { opentelekomcloud: { region: "eu-de" } },
  },
};

/** A Terraform directory for raw resources of a simulated provider; initialised once, used for many runs. */
export class Workspace {
  private readonly stateFile: string;

  private constructor(
    public readonly dir: string,
    private readonly simulator: Simulator,
  ) {
    this.stateFile = join(dir, "terraform.tfstate");
  }

  /** Makes a directory and runs `terraform init` in it. */
  public static async create(simulator: Simulator): Promise<Workspace> {
    const workspace = new Workspace(mkdtempSync(join(tmpdir(), "nat-workspace-")), simulator);
    workspace.write({});
    const { exitCode, stderr } = await workspace.run("init");
    if (exitCode !== 0) throw new Error(stderr);
    return workspace;
  }

  /** Writes the configuration and applies it. */
  public async apply(configuration: Configuration, ...flags: string[]): Promise<TerraformRun> {
    this.write(configuration);
    return await this.run("apply", "-auto-approve", "-lock=false", ...flags);
  }

  /** Applies a configuration that must go through. */
  public async applied(configuration: Configuration): Promise<void> {
    const { exitCode, stdout, stderr } = await this.apply(configuration);
    if (exitCode !== 0) throw new Error(`${stdout}\n${stderr}`);
  }

  /** Checks the configuration without looking at the cloud. */
  public async validate(configuration: Configuration): Promise<TerraformRun> {
    this.write(configuration);
    return await this.run("validate");
  }

  /** What a plan would do: the action of every resource that changes, by address. */
  public async changes(configuration: Configuration): Promise<Record<string, string>> {
    this.write(configuration);
    const { exitCode, stdout } = await this.run("plan", "-json", "-lock=false");
    if (exitCode !== 0) throw new Error(stdout);
    const events = stdout.split("\n").flatMap((line) => (line === "" ? [] : [JSON.parse(line) as PlanEvent]));
    const changes = events.flatMap(({ type, change }) => (type === "planned_change" && change ? [change] : []));
    return Object.fromEntries(changes.map(({ resource, action }) => [resource.addr, action]));
  }

  /** Destroys everything in the state. */
  public async destroy(): Promise<TerraformRun> {
    return await this.run("destroy", "-auto-approve", "-lock=false");
  }

  /** Runs any command of Terraform with the simulated provider. */
  public async run(command: string, ...flags: string[]): Promise<TerraformRun> {
    const env = { TF_REATTACH_PROVIDERS: this.simulator.reattach };
    return await terraform(this.dir, [command, "-no-color", ...flags], env);
  }

  /** The resources of the state. */
  public state(): StateResource[] {
    if (!existsSync(this.stateFile)) return [];
    const { resources } = JSON.parse(readFileSync(this.stateFile, "utf8")) as StateFile;
    return resources.flatMap(({ mode, type, name, instances }) =>
      instances.map(({ status, attributes }) => ({
        address: `${mode === "data" ? "data." : ""}${type}.${name}`,
        tainted: status === "tainted",
        attributes,
      })),
    );
  }

  /** One attribute of a resource in the state. */
  public attribute(address: string, name: string): unknown {
    return this.state().find((resource) => resource.address === address)?.attributes[name];
  }

  /** Forgets the state: the next run knows nothing. */
  public forget(): void {
    rmSync(this.stateFile, { force: true });
    rmSync(`${this.stateFile}.backup`, { force: true });
  }

  /** Removes the directory. */
  public remove(): void {
    rmSync(this.dir, { recursive: true, force: true });
  }

  private write(configuration: Configuration): void {
    // Terraform refuses an empty block, where it takes none.
    const filled = Object.entries(configuration).filter(([, blocks]) => Object.keys(blocks as object).length > 0);
    const text = JSON.stringify({ ...PROVIDERS[this.simulator.cloudName], ...Object.fromEntries(filled) });
    writeFileSync(join(this.dir, "main.tf.json"), text);
  }
}

interface PlanEvent {
  readonly type: string;
  readonly change?: { readonly resource: { readonly addr: string }; readonly action: string };
}

interface StateFile {
  readonly resources: readonly {
    readonly mode: "managed" | "data";
    readonly type: string;
    readonly name: string;
    readonly instances: readonly { readonly status?: string; readonly attributes: Record<string, unknown> }[];
  }[];
}
