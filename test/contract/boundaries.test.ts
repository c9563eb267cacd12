import { readFileSync, readdirSync } from "node:fs";
import { join, relative, resolve, sep } from "node:path";
import ts from "typescript";
import manifest from "../../package.json";
import { findViolations, referencesOf, type SourceTree } from "./boundaries";

const ROOT = resolve(__dirname, "../..");
const FOLDERS = ["lib", "test", "examples", "bench", "scripts"];
const PACKAGES = { runtime: Object.keys(manifest.dependencies) };

function readTree(): SourceTree {
  const tree = new Map<string, string>();
  const present = new Set(readdirSync(ROOT));
  for (const folder of FOLDERS.filter((name) => present.has(name))) {
    for (const entry of readdirSync(join(ROOT, folder), { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !/\.[cm]?[jt]s$/.test(entry.name) || path.includes("node_modules")) continue;
      tree.set(relative(ROOT, path).split(sep).join("/"), readFileSync(path, "utf8"));
    }
  }
  return tree;
}

describe("this repository", () => {
  const tree = readTree();

  it("keeps every direction between its layers", () => {
    expect(findViolations(tree, PACKAGES)).toEqual([]);
  });

  it("is read with the entries of the package and this test in it", () => {
    expect([...tree.keys()]).toEqual(
      expect.arrayContaining([
        "lib/index.ts",
        "lib/alicloud/index.ts",
        "lib/alicloud/bindings/vpc/index.ts",
        "test/contract/boundaries.test.ts",
      ]),
    );
  });
});

describe("every way to import a module", () => {
  it.each([
    ["an import", `import { a } from "./x";`],
    ["an import of a default", `import a from "./x";`],
    ["an import of everything", `import * as a from "./x";`],
    ["an import for its effects", `import "./x";`],
    ["an import of a type", `import type { A } from "./x";`],
    ["an import of one type", `import { type A } from "./x";`],
    ["an export from", `export { a } from "./x";`],
    ["an export of everything", `export * from "./x";`],
    ["an export of a type", `export type { A } from "./x";`],
    ["a dynamic import", `void import("./x");`],
    ["a dynamic import in a template text", "void import(`./x`);"],
    ["a require", `const a = require("./x");`],
    ["a require.resolve", `const a = require.resolve("./x");`],
    ["an import with require", `import a = require("./x");`],
    ["an import type", `let a: import("./x").A;`],
    ["an import type with typeof", `let a: typeof import("./x");`],
  ])("%s is seen", (_way, statement) => {
    const source = ts.createSourceFile("lib/a.ts", `\n${statement}\n`, ts.ScriptTarget.ES2022, true);
    expect(referencesOf(source)).toEqual([{ line: 2, specifier: "./x" }]);
  });

  it("a require with a computed name is seen without its name", () => {
    const source = ts.createSourceFile("lib/a.ts", "const a = require(name);", ts.ScriptTarget.ES2022, true);
    expect(referencesOf(source)).toEqual([{ line: 1, specifier: undefined }]);
  });

  it("a call of another function is not", () => {
    const source = ts.createSourceFile("lib/a.ts", `load("./x"); a.require("./x");`, ts.ScriptTarget.ES2022, true);
    expect(referencesOf(source)).toEqual([]);
  });
});

/** A tree in which every layer imports all that it may. */
const CLEAN = {
  "lib/index.ts": `export { NatTable } from "./core/nat-table";\nexport type { HostFile } from "./host/host-file";`,
  "lib/core/ipv4.ts": `import { IPv4 } from "ipaddr.js";\nimport { createHash } from "node:crypto";`,
  "lib/core/nat-table.ts": `import { Ipv4Cidr } from "./ipv4";`,
  "lib/host/host-file.ts": `import type { NatTable } from "../core/nat-table";`,
  "lib/cdktf/fail.ts": `import { Construct } from "constructs";\nimport { NatTable } from "../core/nat-table";\nimport type { HostFile } from "../host/host-file";`,
  "lib/alicloud/index.ts": `export { Gateway } from "./gateway";\nexport { AlicloudProvider } from "./bindings/provider";`,
  "lib/alicloud/gateway.ts": `import { Fn } from "cdktf";
import { NatTable } from "../core/nat-table";
import { HostFile } from "../host/host-file";
import { fail } from "../cdktf/fail";
import { Vpc } from "./bindings/vpc";
import { createHash } from "node:crypto";`,
  "lib/alicloud/bindings/vpc/index.ts": `import * as cdktf from "cdktf";\nexport * from "./parts";`,
  "lib/alicloud/bindings/vpc/parts.ts": `import { Construct } from "constructs";`,
  "lib/alicloud/bindings/provider/index.ts": `export class AlicloudProvider {}`,
  "lib/aws/index.ts": `export { Gateway } from "./gateway";`,
  "lib/aws/gateway.ts": `import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";`,
  "test/aws/gateway.test.ts": `import { Vpc } from "@cdktf/provider-aws/lib/vpc";\nimport { Gateway } from "cdktf-nat/aws";`,
};

function violationsWith(changes: Record<string, string>): string[] {
  return findViolations(new Map(Object.entries({ ...CLEAN, ...changes })), PACKAGES);
}

describe("the rules", () => {
  it("accept a tree that keeps them", () => {
    expect(violationsWith({})).toEqual([]);
  });

  it.each([
    // 1: core <- host <- cdktf <- cloud
    [
      "core imports the host",
      "lib/core/a.ts",
      `import "../host/host-file";`,
      "lib/core/ may not import lib/host/host-file.ts",
    ],
    [
      "core imports the bridge",
      "lib/core/a.ts",
      `import "../cdktf/fail";`,
      "lib/core/ may not import lib/cdktf/fail.ts",
    ],
    ["core imports cdktf", "lib/core/a.ts", `import type { App } from "cdktf";`, `lib/core/ may not import "cdktf"`],
    ["core imports constructs", "lib/core/a.ts", `import "constructs";`, `lib/core/ may not import "constructs"`],
    ["core imports files of Node", "lib/core/a.ts", `import "node:fs";`, `lib/core/ may not import "node:fs"`],
    [
      "host imports the bridge",
      "lib/host/a.ts",
      `import "../cdktf/fail";`,
      "lib/host/ may not import lib/cdktf/fail.ts",
    ],
    ["host imports cdktf", "lib/host/a.ts", `require("cdktf/lib/app");`, `lib/host/ may not import "cdktf/lib/app"`],
    [
      "the bridge imports a cloud",
      "lib/cdktf/a.ts",
      `import "../aws/gateway";`,
      "lib/cdktf/ may not import lib/aws/gateway.ts",
    ],
    [
      "core imports a cloud",
      "lib/core/a.ts",
      `import "../aws/gateway";`,
      "lib/core/ may not import lib/aws/gateway.ts",
    ],
    [
      "core imports a package that is not installed with it",
      "lib/core/a.ts",
      `import "lodash";`,
      `lib/core/ may not import "lodash"`,
    ],
    // 2: no cloud imports another; lib/index.ts imports core and host only
    [
      "a cloud imports another",
      "lib/aws/a.ts",
      `import "../alicloud/gateway";`,
      "lib/aws/ may not import lib/alicloud/gateway.ts",
    ],
    [
      "a cloud imports the provider of another",
      "lib/alicloud/a.ts",
      `import "@cdktf/provider-aws/lib/vpc";`,
      `lib/alicloud/ may not import "@cdktf/provider-aws/lib/vpc"`,
    ],
    ["a cloud imports the neutral entry", "lib/aws/a.ts", `import "../index";`, "lib/aws/ may not import lib/index.ts"],
    [
      "a cloud imports the package by its name",
      "lib/aws/a.ts",
      `import "cdktf-nat";`,
      `lib/aws/ may not import "cdktf-nat"`,
    ],
    [
      "the neutral entry exports a cloud",
      "lib/index.ts",
      `export { Gateway } from "./aws/gateway";`,
      "lib/index.ts may not import lib/aws/gateway.ts",
    ],
    [
      "the neutral entry exports the bridge",
      "lib/index.ts",
      `export { fail } from "./cdktf/fail";`,
      "lib/index.ts may not import lib/cdktf/fail.ts",
    ],
    // 3: bindings
    [
      "another layer imports bindings",
      "lib/cdktf/a.ts",
      `import "../alicloud/bindings/vpc";`,
      "lib/cdktf/ may not import lib/alicloud/bindings/vpc/index.ts",
    ],
    [
      "another cloud imports bindings",
      "lib/aws/a.ts",
      `import "../alicloud/bindings/vpc";`,
      "lib/aws/ may not import lib/alicloud/bindings/vpc/index.ts",
    ],
    [
      "bindings import our code",
      "lib/alicloud/bindings/vpc/a.ts",
      `import "../../gateway";`,
      "lib/alicloud/bindings/ may not import lib/alicloud/gateway.ts",
    ],
    [
      "bindings import other bindings",
      "lib/alicloud/bindings/vpc/a.ts",
      `import "../provider";`,
      "lib/alicloud/bindings/ may not import lib/alicloud/bindings/provider/index.ts",
    ],
    [
      "bindings import a package",
      "lib/alicloud/bindings/vpc/a.ts",
      `import "ipaddr.js";`,
      `lib/alicloud/bindings/ may not import "ipaddr.js"`,
    ],
    // 5: lib imports nothing around it, creates no provider and no backend
    [
      "lib imports test",
      "lib/core/a.ts",
      `import "../../test/aws/gateway.test";`,
      "lib/core/ may not import test/aws/gateway.test.ts",
    ],
    [
      "lib imports what is no file",
      "lib/core/a.ts",
      `import "../../bench/run";`,
      `imports "../../bench/run", which is no file`,
    ],
    [
      "lib imports a computed module",
      "lib/aws/a.ts",
      "void import(name);",
      "imports a module that is computed at run time",
    ],
    [
      "a construct creates a provider",
      "lib/aws/a.ts",
      `new AwsProvider(this, "Aws");`,
      "creates AwsProvider, which belongs to the user",
    ],
    [
      "a construct creates a backend",
      "lib/aws/a.ts",
      `new cdktf.S3Backend(this, {});`,
      "creates S3Backend, which belongs to the user",
    ],
    [
      "a construct creates a provider by another name",
      "lib/alicloud/a.ts",
      `import { AlicloudProvider as P } from "./bindings/provider"; new P();`,
      "creates AlicloudProvider, which belongs to the user",
    ],
    // layers and provider roots
    [
      "a folder is no layer",
      "lib/utils/a.ts",
      `import "../core/ipv4";`,
      `belongs to no layer, and imports "../core/ipv4"`,
    ],
    [
      "lib imports the root of a provider",
      "lib/aws/a.ts",
      `import { vpc } from "@cdktf/provider-aws";`,
      "imports the root of @cdktf/provider-aws",
    ],
    [
      "a test imports the root of a provider",
      "test/a.test.ts",
      `import * as aws from "@cdktf/provider-aws";`,
      "imports the root of @cdktf/provider-aws",
    ],
    [
      "an example imports the root of a provider by its folder",
      "examples/a.ts",
      `import "@cdktf/provider-aws/lib";`,
      "imports the root of @cdktf/provider-aws",
    ],
    [
      "a bench imports the root of a provider by its file",
      "bench/a.ts",
      `require("@cdktf/provider-aws/lib/index");`,
      "imports the root of @cdktf/provider-aws",
    ],
    // index.ts
    [
      "an index exports everything",
      "lib/aws/index.ts",
      `export * from "./gateway";`,
      "an index.ts holds named exports from other files only",
    ],
    [
      "an index exports a namespace",
      "lib/aws/index.ts",
      `export * as gateway from "./gateway";`,
      "an index.ts holds named exports from other files only",
    ],
    [
      "an index holds code",
      "lib/aws/index.ts",
      `export const a = 1;`,
      "an index.ts holds named exports from other files only",
    ],
    [
      "an index exports a default",
      "lib/aws/index.ts",
      `export default 1;`,
      "an index.ts holds named exports from other files only",
    ],
  ])("refuse: %s", (_what, file, text, message) => {
    expect(violationsWith({ [file]: text })).toEqual([`${file}:1: ${message}`]);
  });

  it("accept the tool whose name looks like a provider's", () => {
    expect(violationsWith({ "scripts/a.ts": `import "@cdktf/provider-generator";` })).toEqual([]);
  });

  it("refuse a cycle of imports, of types as well, and name it once", () => {
    expect(
      violationsWith({
        "lib/core/a.ts": `import { b } from "./b";`,
        "lib/core/b.ts": `import type { C } from "./c";`,
        "lib/core/c.ts": `export { a } from "./a";`,
      }),
    ).toEqual(["lib/core/a.ts:1: cycle of imports: lib/core/a.ts -> lib/core/b.ts -> lib/core/c.ts -> lib/core/a.ts"]);
  });

  it("refuse a file that imports itself", () => {
    expect(violationsWith({ "lib/core/a.ts": `import type { A } from "./a";` })).toEqual([
      "lib/core/a.ts:1: cycle of imports: lib/core/a.ts -> lib/core/a.ts",
    ]);
  });

  it("list every violation of a tree at once", () => {
    expect(
      violationsWith({
        "lib/core/a.ts": `import "cdktf";\n\nexport * from "../aws/gateway";`,
        "lib/aws/index.ts": "1;",
      }),
    ).toEqual([
      "lib/aws/index.ts:1: an index.ts holds named exports from other files only",
      `lib/core/a.ts:1: lib/core/ may not import "cdktf"`,
      "lib/core/a.ts:3: lib/core/ may not import lib/aws/gateway.ts",
    ]);
  });
});
