/**
 * `npm run demo`: one example through the real `cdktf deploy` and Terraform CLI into a simulated cloud, and away again.
 * See `DEMO_USAGE`.
 */
import { spawn, spawnSync } from "node:child_process";
import { mkdirSync, readdirSync, writeFileSync } from "node:fs";
import { join, relative, resolve } from "node:path";
import { findTerraform } from "../test/support/terraform";
import { startDemoCloud } from "./demo-cloud";
import type { DemoCloud } from "./demo-cloud";
import { DEMO_USAGE, parseDemoOptions } from "./demo-options";
import type { DemoOptions } from "./demo-options";
import { trafficTable } from "./traffic-table";
import type { ShownResource } from "./traffic-table";

const ROOT = resolve(__dirname, "..");
const BIN = join(ROOT, "node_modules", ".bin");

async function main(): Promise<number> {
  const options = parseDemoOptions(process.argv.slice(2), examples());
  if (options.help) {
    console.log(DEMO_USAGE);
    return 0;
  }
  const dir = prepareFolder(options.example);
  const terraform = findTerraform();
  if (terraform === undefined) return synthesizeOnly(options, dir);

  const cloud = await startDemoCloud(options.example, dir);
  try {
    step(`${cloud.name} is started on this machine; ${terraform} talks to it instead of a real one`);
    return await deployAndShow(options, dir, deployEnvironment(cloud, terraform), terraform);
  } finally {
    await cloud.stop();
  }
}

async function deployAndShow(
  { example, keep }: DemoOptions,
  dir: string,
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

async function synthesizeOnly({ example }: DemoOptions, dir: string): Promise<number> {
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

/** The folder of one example, with its state and synthesized stacks; nothing of the demo lies elsewhere. */
function prepareFolder(example: string): string {
  const dir = join(ROOT, ".cache", "demo", example);
  mkdirSync(dir, { recursive: true });
  const config = {
    language: "typescript",
    app: appCommand(dir).join(" "),
    projectId: "cdktf-nat-demo",
    sendCrashReports: "false",
  };
  writeFileSync(join(dir, "cdktf.json"), `${JSON.stringify(config, undefined, 2)}\n`);
  return dir;
}

/** How the examples are run from the workplace, by relative paths: the clone may lie in a folder with a space. */
function appCommand(dir: string): readonly string[] {
  const from = (file: string) => relative(dir, join(ROOT, file));
  return ["node", from("node_modules/tsx/dist/cli.mjs"), "--tsconfig", from("tsconfig.json"), from("examples/main.ts")];
}

function deployEnvironment(cloud: DemoCloud, terraform: string): NodeJS.ProcessEnv {
  return {
    ...process.env,
    ...cloud.env,
    TERRAFORM_BINARY_NAME: terraform,
    CDKTF_DISABLE_PLUGIN_CACHE_ENV: "1",
    CHECKPOINT_DISABLE: "1",
    CI: "1",
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
