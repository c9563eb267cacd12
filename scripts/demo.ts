/**
 * `npm run demo`: one example through the real `cdktf deploy` and Terraform CLI into a simulated cloud, and away again.
 * See `DEMO_USAGE`.
 */
import { spawn, spawnSync } from "node:child_process";
import { existsSync, mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { existingGateway, startSimulator } from "../test/support/simulator";
import type { Simulator } from "../test/support/simulator";
import { findTerraform } from "../test/support/terraform";
import { DEMO_USAGE, parseDemoOptions } from "./demo-options";
import type { DemoOptions } from "./demo-options";
import { trafficTable } from "./traffic-table";
import type { ShownResource } from "./traffic-table";

const ROOT = resolve(__dirname, "..");
const BIN = join(ROOT, "node_modules", ".bin");

/** State, cloud and synthesized stacks of one example; nothing of the demo lies elsewhere. */
interface Workplace {
  readonly dir: string;
  readonly cloudFile: string;
}

async function main(): Promise<number> {
  const options = parseDemoOptions(process.argv.slice(2), examples());
  if (options.help) {
    console.log(DEMO_USAGE);
    return 0;
  }
  const workplace = prepareWorkplace(options.example);
  const terraform = findTerraform();
  if (terraform === undefined) return synthesizeOnly(options, workplace);

  step(`A simulated cloud is started on this machine; ${terraform} talks to it instead of a real one`);
  const isNew = !existsSync(workplace.cloudFile);
  const simulator = await startSimulator({
    cloudFile: workplace.cloudFile,
    seed: isNew ? existingGateway() : undefined,
  });
  try {
    const env = deployEnvironment(simulator, terraform);
    return await deployAndShow(options, workplace, env, terraform);
  } finally {
    await simulator.stop();
  }
}

async function deployAndShow(
  { example, keep }: DemoOptions,
  { dir }: Workplace,
  env: NodeJS.ProcessEnv,
  terraform: string,
): Promise<number> {
  step(`cdktf deploy ${example}`);
  const deployed = await cdktf(["deploy", example, "--auto-approve", "--skip-provider-lock"], dir, env);
  if (deployed !== 0) {
    step(`The deploy failed: the reason stands above. What it had made is kept in ${relative(process.cwd(), dir)}`);
    return deployed;
  }
  step("What the NAT does now");
  console.log(trafficTable(shownResources(terraform, join(dir, "cdktf.out", "stacks", example), env)));
  if (keep) {
    step("Left deployed. Change the example and run the same again to see the update; leave out --keep to destroy it");
    return 0;
  }
  step(`cdktf destroy ${example}`);
  const destroyed = await cdktf(["destroy", example, "--auto-approve", "--skip-provider-lock"], dir, env);
  if (destroyed === 0) step("Done: everything was deployed, shown and taken away again");
  return destroyed;
}

async function synthesizeOnly({ example }: DemoOptions, { dir }: Workplace): Promise<number> {
  console.log(
    [
      "No Terraform CLI was found, so nothing can be deployed; the example is synthesized only.",
      "Get one from https://developer.hashicorp.com/terraform/install (1.5 or newer), or OpenTofu from",
      "https://opentofu.org/docs/intro/install, put it on the PATH, and run the demo again.",
    ].join("\n"),
  );
  step(`Synthesizing ${example}`);
  const status = await run(process.execPath, appCommand(dir).slice(1), dir, process.env);
  if (status === 0) console.log(relative(process.cwd(), join(dir, "cdktf.out", "stacks", example, "cdk.tf.json")));
  return status;
}

function examples(): readonly string[] {
  const folders = readdirSync(join(ROOT, "examples"), { withFileTypes: true });
  return folders.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

function prepareWorkplace(example: string): Workplace {
  const dir = join(ROOT, ".cache", "demo", example);
  mkdirSync(dir, { recursive: true });
  const config = {
    language: "typescript",
    app: appCommand(dir).join(" "),
    projectId: "cdktf-nat-demo",
    sendCrashReports: "false",
  };
  writeFileSync(join(dir, "cdktf.json"), `${JSON.stringify(config, undefined, 2)}\n`);
  return { dir, cloudFile: join(dir, "cloud.json") };
}

/** How the examples are run from the workplace, by relative paths: the clone may lie in a folder with a space. */
function appCommand(dir: string): readonly string[] {
  const from = (file: string) => relative(dir, join(ROOT, file));
  return ["node", from("node_modules/tsx/dist/cli.mjs"), "--tsconfig", from("tsconfig.json"), from("examples/main.ts")];
}

function deployEnvironment(simulator: Simulator, terraform: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    TF_REATTACH_PROVIDERS: simulator.reattach,
    TERRAFORM_BINARY_NAME: terraform,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
    CI: "1",
    // The provider comes from the simulator, so the user's mirrors and caches do not matter.
    TF_CLI_CONFIG_FILE: undefined,
  };
}

function cdktf(args: readonly string[], dir: string, env: NodeJS.ProcessEnv): Promise<number> {
  return run(join(BIN, "cdktf"), args, dir, env);
}

/** Runs a program with its output shown as it comes; the exit code. */
function run(program: string, args: readonly string[], cwd: string, env: NodeJS.ProcessEnv): Promise<number> {
  return new Promise((done, fail) => {
    const child = spawn(program, args, { cwd, env, stdio: ["ignore", "inherit", "inherit"] });
    child.on("error", fail);
    child.on("exit", (code) => done(code ?? 1));
  });
}

function shownResources(terraform: string, dir: string, env: NodeJS.ProcessEnv): readonly ShownResource[] {
  const shown = spawnSync(terraform, ["show", "-json"], { cwd: dir, env, encoding: "utf8", maxBuffer: 1 << 28 });
  if (shown.status !== 0) throw new Error(`demo: terraform show failed: ${shown.stderr}`);
  const state = JSON.parse(shown.stdout) as { values?: { root_module?: { resources?: ShownResource[] } } };
  return state.values?.root_module?.resources ?? [];
}

function step(text: string): void {
  console.log(`\n==> ${text}`);
}

main().then(
  (status) => process.exit(status),
  (error: unknown) => {
    console.error(error instanceof Error ? error.message : error);
    process.exit(1);
  },
);
