import { execFile } from "node:child_process";
import {
  cpSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readFileSync,
  readdirSync,
  realpathSync,
  rmSync,
  writeFileSync,
} from "node:fs";
import { homedir, tmpdir } from "node:os";
import { join, posix, relative, resolve, sep } from "node:path";
import ts from "typescript";
import manifest from "../../package.json";
import expectedStack from "../support/packed/expected.json";
import { referencesOf } from "./boundaries";

const ROOT = resolve(__dirname, "../..");
const LOWEST_CONSTRUCTS = "10.4.2";

/** The kinds of project that import the package: how each one finds modules, and what Node takes its output for. */
const KINDS = {
  // What `cdktf init` writes: no `exports`, the types are found by `typesVersions`.
  node10: {
    type: "commonjs",
    compilerOptions: { target: "es2018", lib: ["es2018"], module: "commonjs", moduleResolution: "node10" },
  },
  node16: {
    type: "commonjs",
    compilerOptions: { target: "es2022", module: "node16", moduleResolution: "node16" },
  },
  esm: {
    type: "module",
    compilerOptions: { target: "es2022", module: "nodenext", moduleResolution: "nodenext", verbatimModuleSyntax: true },
  },
  bundler: {
    type: "module",
    compilerOptions: { target: "es2022", module: "esnext", moduleResolution: "bundler", verbatimModuleSyntax: true },
  },
} as const;
type Kind = keyof typeof KINDS;

/** What test/support/packed/main.ts printed and synthesized; the folder it ran in is cut from its texts. */
interface Outcome {
  readonly stdout: string;
  readonly synthesized: unknown;
}

const EXPECTED: Outcome = {
  stdout: `${JSON.stringify({
    action: "snat",
    entry: "snat[0]",
    reason:
      "192.168.0.0/24 is the longest prefix among the sources that cover 192.168.0.7; " +
      "it leaves from the one address of the entry",
    source: ["128.105.144.36"],
  })}\n`,
  synthesized: expectedStack,
};

/** How many resources of each type test/support/packed/clouds.ts makes, on AWS and on Open Telekom Cloud. */
const MADE_IN_CLOUDS = [
  {
    aws_eip: 2,
    aws_eip_association: 1,
    aws_iam_instance_profile: 1,
    aws_iam_role: 1,
    aws_iam_role_policy_attachment: 1,
    aws_instance: 1,
    aws_nat_gateway: 1,
    aws_network_interface: 1,
    aws_route: 1,
    aws_security_group: 1,
    aws_vpc_security_group_egress_rule: 1,
    aws_vpc_security_group_ingress_rule: 2,
    terraform_data: 1,
  },
  {
    opentelekomcloud_compute_instance_v2: 1,
    opentelekomcloud_nat_gateway_v2: 1,
    opentelekomcloud_nat_snat_rule_v2: 1,
    opentelekomcloud_networking_floatingip_associate_v2: 1,
    opentelekomcloud_networking_port_v2: 1,
    opentelekomcloud_networking_secgroup_rule_v2: 3,
    opentelekomcloud_networking_secgroup_v2: 1,
    opentelekomcloud_vpc_eip_v1: 2,
    terraform_data: 2,
  },
];

let scratch: string;
/** A project with the newest cdktf and constructs that the peer ranges allow, one subfolder a kind. */
let newest: string;
/** The same with the lowest constructs. */
let floor: string;
/** The newest, with the newest providers that the optional peers allow. */
let clouds: string;
/** Files of the installed package, relative to its folder, sorted. */
let files: string[];
/** The checkout that was packed: what stood in lib/ at that moment. */
let checkout: string;

beforeAll(async () => {
  scratch = realpathSync(mkdtempSync(join(tmpdir(), "cdktf-nat-packed-")));
  const tarball = await pack();
  const typescript = `typescript@${manifest.devDependencies.typescript}`;
  const nodeTypes = `@types/node@${manifest.devDependencies["@types/node"]}`;
  const cdktf = `cdktf@${manifest.peerDependencies.cdktf}`;
  const constructs = `constructs@${manifest.peerDependencies.constructs}`;
  const providers = ["@cdktf/provider-aws", "@cdktf/provider-opentelekomcloud"] as const;
  const peers = providers.map((name) => `${name}@${manifest.peerDependencies[name]}`);
  [newest, floor, clouds] = await Promise.all([
    install("newest", [tarball, cdktf, constructs, typescript, nodeTypes]),
    install("floor", [tarball, cdktf, `constructs@${LOWEST_CONSTRUCTS}`, typescript, nodeTypes]),
    install("clouds", [tarball, cdktf, constructs, typescript, nodeTypes, ...peers]),
  ]);
  files = listFiles(packageFolder());
}, 300_000);

afterAll(() => {
  rmSync(scratch, { recursive: true, force: true });
  rmSync(checkout, { recursive: true, force: true });
});

/**
 * Packs a copy of this checkout without dist/, so that the build that `npm pack` starts is from nothing and meets no
 * other test. The copy stands inside the repository, where it finds node_modules above it.
 */
async function pack(): Promise<string> {
  mkdirSync(join(ROOT, ".cache"), { recursive: true });
  checkout = mkdtempSync(join(ROOT, ".cache/package-test-"));
  const left = new Set([".git", ".cache", "node_modules", "dist", "cdktf.out", "coverage"]);
  for (const name of readdirSync(ROOT)) {
    if (!left.has(name)) cpSync(join(ROOT, name), join(checkout, name), { recursive: true });
  }
  await run("npm", ["pack", "--silent", "--pack-destination", scratch], checkout);
  return join(scratch, `cdktf-nat-${manifest.version}.tgz`);
}

async function install(name: string, packages: readonly string[]): Promise<string> {
  const project = join(scratch, name);
  mkdirSync(project);
  writeFileSync(join(project, "package.json"), JSON.stringify({ private: true }));
  await run("npm", ["install", "--prefer-offline", "--no-audit", "--no-fund", "--silent", ...packages], project);
  return project;
}

/** As `buildAndRunApp`, for main.ts. */
async function buildAndRun(project: string, kind: Kind): Promise<Outcome> {
  const { folder, stdout } = await buildAndRunApp(project, kind, "main.ts");
  const stack = readFileSync(join(folder, "cdktf.out/stacks/packed/cdk.tf.json"), "utf8");
  const prefix = JSON.stringify(folder + sep).slice(1, -1);
  const synthesized: unknown = JSON.parse(stack.replaceAll(prefix, ""));
  return { stdout, synthesized };
}

/** Type-checks and compiles an app with the project's own TypeScript, then runs it with Node. */
async function buildAndRunApp(project: string, kind: Kind, app: string): Promise<{ folder: string; stdout: string }> {
  const { type, compilerOptions } = KINDS[kind];
  const folder = join(project, kind);
  mkdirSync(folder);
  writeFileSync(join(folder, "package.json"), JSON.stringify({ private: true, type }));
  const tsconfig = {
    compilerOptions: { ...compilerOptions, types: ["node"], strict: true, skipLibCheck: false, outDir: "out" },
    files: [app],
  };
  writeFileSync(join(folder, "tsconfig.json"), JSON.stringify(tsconfig));
  cpSync(join(ROOT, "test/support/packed", app), join(folder, app));
  await run(process.execPath, [join(project, "node_modules/typescript/bin/tsc"), "-p", "."], folder);
  return { folder, stdout: await run(process.execPath, [join("out", app.replace(".ts", ".js"))], folder) };
}

/** Runs a program to its end and gives its standard output; what it printed is in the error when it fails. */
function run(program: string, args: readonly string[], cwd: string): Promise<string> {
  return new Promise((fulfil, reject) => {
    const shell = program === "npm" && process.platform === "win32";
    execFile(program, args, { cwd, shell, maxBuffer: 64 << 20 }, (error, stdout, stderr) => {
      if (error === null) fulfil(stdout);
      else reject(new Error(`${program} ${args.join(" ")}\n${stdout}${stderr}`, { cause: error }));
    });
  });
}

function packageFolder(): string {
  return join(newest, "node_modules/cdktf-nat");
}

function listFiles(folder: string): string[] {
  return readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
}

/** The packages, by the name in the import, that the packed sources import. */
function importsOfLib(): string[] {
  return files
    .filter((path) => path.startsWith("lib/"))
    .flatMap((path) => {
      const text = readFileSync(join(packageFolder(), path), "utf8");
      return referencesOf(ts.createSourceFile(path, text, ts.ScriptTarget.ES2022, true));
    })
    .flatMap(({ specifier = "" }) => (/^[^.]/.test(specifier) ? [specifier] : []));
}

function readJson(path: string): unknown {
  return JSON.parse(readFileSync(path, "utf8"));
}

describe("the tarball", () => {
  it("holds the sources of lib, what is compiled from them, and the four documents", () => {
    const sources = listFiles(join(checkout, "lib")).filter((path) => path.endsWith(".ts"));
    const compiled = sources.flatMap((path) =>
      [".d.ts", ".d.ts.map", ".js", ".js.map"].map((extension) => `dist/${path.replace(/\.ts$/, extension)}`),
    );
    const documents = ["CHANGELOG.md", "LICENSE", "README.md", "package.json"];
    expect(files).toEqual([...documents, ...compiled, ...sources.map((path) => `lib/${path}`)].sort());
  });

  it("maps every declaration and every line of code to a source that it holds", () => {
    const maps = files.filter((path) => path.endsWith(".map"));
    const missing = maps.flatMap((path) => {
      const { sources } = readJson(join(packageFolder(), path)) as { sources: string[] };
      const targets = sources.map((source) => posix.join(posix.dirname(path), source));
      return targets.filter((target) => !files.includes(target)).map((target) => `${path}: ${target}`);
    });
    expect(maps.length).toBeGreaterThan(0);
    expect(missing).toEqual([]);
  });

  it("names no folder of the machine that packed it", () => {
    const folders = [ROOT, homedir(), tmpdir()].filter((folder) => folder.length > "/tmp".length);
    const naming = files.filter((path) => {
      const text = readFileSync(join(packageFolder(), path), "utf8");
      return folders.some((folder) => text.includes(folder));
    });
    expect(naming).toEqual([]);
  });

  it("holds every file that `main`, `types`, `exports` and `typesVersions` point to, with each binding", () => {
    const bindings = readdirSync(join(checkout, "lib/alicloud/bindings")).filter((name) => !name.endsWith(".json"));
    const { main, types, exports, typesVersions } = manifest;
    const targets = [
      main,
      types,
      ...Object.values(exports).flatMap((target) => (typeof target === "string" ? target : Object.values(target))),
      ...Object.values(typesVersions["*"]).flat(),
    ];
    const expanded = targets.flatMap((target) =>
      target.includes("*") ? bindings.map((binding) => target.replace("*", binding)) : target,
    );
    expect(expanded.map((target) => posix.normalize(target)).filter((target) => !files.includes(target))).toEqual([]);
    expect(targets.filter((target) => target.includes("*"))).toHaveLength(3);
  });

  it("finds the types of every entry both ways: `exports` and `typesVersions` agree", () => {
    const { exports, typesVersions } = manifest;
    const byExports = Object.entries(exports).flatMap(([entry, target]) =>
      typeof target === "string" || entry === "." ? [] : [[entry.replace("./", ""), [target.types]]],
    );
    expect(typesVersions).toEqual({ "*": Object.fromEntries(byExports) as unknown });
  });

  it("depends on what lib imports, of ipaddr.js and yaml, beside cdktf and constructs of the user", () => {
    const packed = readJson(join(packageFolder(), "package.json")) as Partial<Record<string, Record<string, string>>>;
    const imported = new Set(importsOfLib().filter((name) => name === "ipaddr.js" || name === "yaml"));
    expect({
      dependencies: Object.keys(packed.dependencies ?? {}),
      peerDependencies: packed.peerDependencies,
      others: Object.keys(packed).filter((key) => /^(optional|bundled?)Dependencies$|^peerDependenciesMeta$/.test(key)),
    }).toEqual({
      dependencies: [...imported].sort(),
      peerDependencies: {
        "@cdktf/provider-aws": "^20.1.0 || ^21.0.0",
        "@cdktf/provider-opentelekomcloud": "^12.0.16",
        cdktf: "^0.21.0",
        constructs: `^${LOWEST_CONSTRUCTS}`,
      },
      others: ["peerDependenciesMeta"],
    });
  });

  it("needs the providers of the clouds that are used only", () => {
    const optional = { optional: true };
    const { peerDependenciesMeta } = manifest;
    expect(peerDependenciesMeta).toEqual({
      "@cdktf/provider-aws": optional,
      "@cdktf/provider-opentelekomcloud": optional,
    });
  });

  it("runs nothing on the user's machine when it is installed", () => {
    const { scripts } = readJson(join(packageFolder(), "package.json")) as { scripts: Record<string, string> };
    expect(Object.keys(scripts).filter((name) => /^(pre|post)?install$|^prepare$/.test(name))).toEqual([]);
  });
});

describe("an empty project that installs it", () => {
  it("holds it once, what the user asked for, and its dependencies: no provider package", () => {
    const asked = ["@types", "cdktf", "cdktf-nat", "constructs", "typescript", "undici-types"];
    const top = readdirSync(join(newest, "node_modules")).filter((name) => !name.startsWith("."));
    expect(top.sort()).toEqual([...asked, ...Object.keys(manifest.dependencies)].sort());
    expect(existsSync(join(packageFolder(), "node_modules"))).toBe(false);
  });

  it.each(Object.keys(KINDS) as Kind[])(
    "type-checks, synthesizes and traces as a %s project",
    async (kind) => {
      expect(await buildAndRun(newest, kind)).toEqual(EXPECTED);
    },
    180_000,
  );

  it(`does the same with constructs ${LOWEST_CONSTRUCTS}`, async () => {
    const { version } = readJson(join(floor, "node_modules/constructs/package.json")) as { version: string };
    expect(version).toBe(LOWEST_CONSTRUCTS);
    expect(await buildAndRun(floor, "node16")).toEqual(EXPECTED);
  }, 180_000);

  it.each(["node10", "esm"] as const)(
    "uses the providers of AWS and Open Telekom Cloud from npm as a %s project",
    async (kind) => {
      const { stdout } = await buildAndRunApp(clouds, kind, "clouds.ts");
      const made = stdout.trim().split("\n");
      expect(made.map((counts) => JSON.parse(counts) as unknown)).toEqual(MADE_IN_CLOUDS);
    },
    240_000,
  );
});
