// `npm run moto`: makes the moto server, into which the AWS tests and demo deploy, a part of this clone. Nothing is done
// where python3 has that version already.
import { spawnSync } from "node:child_process";
import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { fileURLToPath } from "node:url";

const root = resolve(fileURLToPath(import.meta.url), "../..");
const [, version] = /MOTO_VERSION = "(.*)"/.exec(readFileSync(join(root, "test/support/moto/index.ts"), "utf8")) ?? [];
const venv = join(root, ".cache", "moto");
const check = `import importlib.metadata as m, flask; assert m.version("moto") == "${version}"`;

function has(python) {
  return spawnSync(python, ["-c", check]).status === 0;
}

function run(program, args) {
  const { status, error } = spawnSync(program, args, { stdio: "inherit" });
  if (status === 0) return;
  console.error(`moto: ${program} ${args.join(" ")} failed${error ? `: ${error.message}` : ""}`);
  process.exit(1);
}

if (!has("python3") && !has(join(venv, "bin", "python"))) {
  run("python3", ["-m", "venv", "--clear", venv]);
  run(join(venv, "bin", "python"), ["-m", "pip", "install", "--quiet", `moto[server]==${version}`]);
}
