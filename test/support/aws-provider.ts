import { spawn } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, renameSync, rmSync, writeFileSync } from "node:fs";
import { homedir } from "node:os";
import { join, resolve } from "node:path";
import type { ChildProcess } from "node:child_process";
import { terraform, withoutSettings } from "./terraform";

/** The version that `@cdktf/provider-aws` of this repository asks for. */
export const AWS_PROVIDER_VERSION = "5.100.0";

const SOURCE = "registry.terraform.io/hashicorp/aws";
const DOWNLOADS = resolve(__dirname, "../../.cache/aws-provider");
const DOWNLOADED = join(DOWNLOADS, "providers");

/**
 * A folder that `terraform init -plugin-dir` takes the AWS provider from: `CDKTF_NAT_PLUGIN_DIR`, one of Terraform's own
 * mirror folders, or a folder of /opt; undefined where there is none.
 */
export function awsPluginDir(): string | undefined {
  const places = [
    process.env.CDKTF_NAT_PLUGIN_DIR,
    join(homedir(), ".terraform.d", "plugins"),
    join(homedir(), ".local", "share", "terraform", "plugins"),
    "/usr/local/share/terraform/plugins",
    "/usr/share/terraform/plugins",
    ...(existsSync("/opt") ? readdirSync("/opt").map((name) => join("/opt", name)) : []),
  ];
  return places.find((place) => place !== undefined && executableIn(place) !== undefined);
}

/**
 * The executable of the AWS provider: from a mirror on this machine, else downloaded once by `terraform init` into
 * .cache/; undefined where neither is possible.
 */
export async function awsProviderExecutable(): Promise<string | undefined> {
  const mirror = awsPluginDir();
  if (mirror !== undefined) return executableIn(mirror);
  if (executableIn(DOWNLOADED) === undefined) await download();
  return executableIn(DOWNLOADED);
}

/** Puts it in its place when it is whole: tests that run side by side may do this at once. */
async function download(): Promise<void> {
  mkdirSync(DOWNLOADS, { recursive: true });
  const dir = mkdtempSync(join(DOWNLOADS, "init-"));
  try {
    const required = { aws: { source: "hashicorp/aws", version: AWS_PROVIDER_VERSION } };
    writeFileSync(join(dir, "main.tf.json"), JSON.stringify({ terraform: { required_providers: required } }));
    await terraform(dir, ["init", "-no-color"]);
    const providers = join(dir, ".terraform", "providers");
    if (executableIn(providers) !== undefined) renameSync(providers, DOWNLOADED);
  } catch (error) {
    // Another one was faster.
    if (executableIn(DOWNLOADED) === undefined) throw error;
  } finally {
    rmSync(dir, { recursive: true, force: true });
  }
}

function executableIn(place: string): string | undefined {
  const platform = `${process.platform === "win32" ? "windows" : process.platform}_${goArchitecture()}`;
  const dir = join(place, SOURCE, AWS_PROVIDER_VERSION, platform);
  const name = existsSync(dir)
    ? readdirSync(dir).find((file) => file.startsWith("terraform-provider-aws_"))
    : undefined;
  return name === undefined ? undefined : join(dir, name);
}

function goArchitecture(): string {
  return process.arch === "x64" ? "amd64" : process.arch;
}

/** The AWS provider, running once for many runs of Terraform: to start it for each takes seconds of a processor. */
export class RunningProvider {
  private constructor(
    private readonly child: ChildProcess,
    /** The value of TF_REATTACH_PROVIDERS. */
    readonly reattach: string,
  ) {}

  static async start(executable: string, env: Readonly<Record<string, string>>): Promise<RunningProvider> {
    const child = spawn(executable, ["-debug"], {
      env: { ...withoutSettings(process.env), ...env },
      stdio: ["ignore", "pipe", "ignore"],
    });
    const reattach = await new Promise<string>((done, fail) => {
      let printed = "";
      child.stdout.on("data", (chunk: Buffer) => {
        printed += chunk.toString();
        const [, value] = /TF_REATTACH_PROVIDERS='(.*)'/.exec(printed) ?? [];
        if (value !== undefined) done(value);
      });
      child.once("error", fail);
      child.once("exit", (code) => fail(new Error(`the AWS provider ended with ${String(code)}: ${printed}`)));
    });
    return new RunningProvider(child, reattach);
  }

  async stop(): Promise<void> {
    if (this.child.exitCode !== null) return;
    const ended = new Promise((done) => this.child.once("exit", done));
    this.child.kill("SIGKILL");
    await ended;
  }
}
