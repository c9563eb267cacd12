import { spawn, spawnSync } from "node:child_process";
import { mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";

/** How one run of Terraform ended. */
export interface TerraformRun {
  readonly exitCode: number;
  readonly stdout: string;
  readonly stderr: string;
}

/** What is said where there is none. */
export const NO_TERRAFORM = "no Terraform CLI here (TERRAFORM_BINARY, terraform or tofu)";

let found: string | undefined | null = null;
let emptyConfig: string | undefined;

/** The Terraform CLI of this machine: `TERRAFORM_BINARY`, else `terraform`, else `tofu`; undefined when there is none. */
export function findTerraform(): string | undefined {
  if (found !== null) return found;
  const names = [process.env.TERRAFORM_BINARY, "terraform", "tofu"].filter((name) => name !== undefined);
  found = names.find((name) => spawnSync(name, ["version"], { env: environment({}) }).status === 0);
  return found;
}

/** Runs Terraform in `dir`. It reads no CLI configuration of the user, asks nothing and calls nobody at home. */
export async function terraform(
  dir: string,
  args: readonly string[],
  env: Readonly<Record<string, string>> = {},
): Promise<TerraformRun> {
  const binary = findTerraform();
  if (binary === undefined) throw new Error("no Terraform CLI: set TERRAFORM_BINARY, or install terraform or tofu");
  return await new Promise((resolve, reject) => {
    const child = spawn(binary, [...args], { cwd: dir, env: environment(env), stdio: ["ignore", "pipe", "pipe"] });
    let stdout = "";
    let stderr = "";
    child.stdout.on("data", (chunk: Buffer) => (stdout += chunk.toString()));
    child.stderr.on("data", (chunk: Buffer) => (stderr += chunk.toString()));
    child.once("error", reject);
    child.once("close", (code) => resolve({ exitCode: code ?? -1, stdout, stderr }));
  });
}

function environment(env: Readonly<Record<string, string>>): NodeJS.ProcessEnv {
  if (emptyConfig === undefined) {
    emptyConfig = join(mkdtempSync(join(tmpdir(), "nat-terraform-")), "empty.tfrc");
    writeFileSync(emptyConfig, "");
  }
  return {
    ...withoutSettings(process.env),
    CHECKPOINT_DISABLE: "1",
    TF_IN_AUTOMATION: "1",
    TF_INPUT: "0",
    TF_CLI_CONFIG_FILE: emptyConfig,
    // Terraform and its providers collect garbage less often: a fifth of their processor time.
    GOGC: "400",
    ...env,
  };
}

/** An environment without what would lead Terraform or a provider to the user's own configuration or account. */
export function withoutSettings(env: NodeJS.ProcessEnv): NodeJS.ProcessEnv {
  return Object.fromEntries(Object.entries(env).filter(([name]) => !/^(TF_|AWS_)/.test(name)));
}
