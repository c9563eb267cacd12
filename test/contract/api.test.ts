import { existsSync, readFileSync, writeFileSync } from "node:fs";
import { join, resolve, sep } from "node:path";
import { readApi, type ApiReport } from "./exported-api";

const ROOT = resolve(__dirname, "../..").split(sep).join("/");
const LIST = join(__dirname, "api.txt");
const ENTRIES = [
  { name: "cdktf-nat", file: "lib/index.ts" },
  { name: "cdktf-nat/alicloud", file: "lib/alicloud/index.ts" },
  { name: "cdktf-nat/aws", file: "lib/aws/index.ts" },
  { name: "cdktf-nat/opentelekomcloud", file: "lib/opentelekomcloud/index.ts" },
];

// Each case compiles a small library; a busy machine takes its time for that.
jest.setTimeout(60_000);

describe("the exported API", () => {
  let api: ApiReport;
  beforeAll(() => {
    api = readApi(ROOT, ENTRIES);
    if (process.env.UPDATE_API === "1") writeFileSync(LIST, api.names);
  }, 60_000);

  it("is the one in api.txt; a wanted change is written there by UPDATE_API=1", () => {
    expect(api.names).toBe(existsSync(LIST) ? readFileSync(LIST, "utf8") : "");
  });

  it("has a docstring on every name and on every public member", () => {
    expect(api.undocumented).toEqual([]);
  });

  it("shows no generated or provider class but AlicloudProvider", () => {
    expect(api.generated).toEqual([]);
  });

  it("shows no type of the library that cannot be imported", () => {
    expect(api.unexported).toEqual([]);
  });
});

/** The report on a library that exists only here. */
function apiOf(files: Record<string, string>): ApiReport {
  return readApi("/library", ENTRIES, new Map(Object.entries({ ...EMPTY, ...files })));
}

const EMPTY = {
  "lib/index.ts": "export {};",
  "lib/alicloud/index.ts": "export {};",
  "lib/aws/index.ts": "export {};",
  "lib/alicloud/bindings/vpc/index.ts": "export class Vpc { id = 1; }\nexport interface VpcConfig { id: number }",
  "lib/alicloud/bindings/provider/index.ts": "export class AlicloudProvider { id = 1; }",
};

describe("the report", () => {
  it("lists values and types of each entry, with their public members, and finds nothing wrong", () => {
    const report = apiOf({
      "lib/index.ts": `export { A, f, c, type T } from "./core/a";\nexport type { P } from "./core/a";`,
      "lib/core/a.ts": `/** An a. */
export class A implements P {
  /** Makes. */
  static of(): A { return new A(1); }
  private readonly hidden = 1;
  #hidden = 1;
  /** Says. */
  readonly name = "a";
  /** Maybe. */
  readonly maybe?: string;
  constructor(readonly_: number) { this.#hidden = readonly_; }
  /** Gets. */
  get size(): number { return this.#hidden + this.hidden; }
  /** Adds. */
  add(t: T): void { void t; }
  /** Not seen. */
  protected inner(): void {}
}
/** An f. */
export function f(): A { return A.of(); }
/** A c. */
export const c = 1;
/** A t. */
export type T = "x" | "y";
/** A p. */
export interface P {
  /** Its name. */
  readonly name: string;
}
export const notExported = 1;`,
      "lib/alicloud/index.ts": `export { AlicloudProvider } from "./bindings/provider";`,
    });
    expect(report).toEqual({
      names: `cdktf-nat
  class A implements P
    static of()
    add()
    maybe?
    name
    size
  interface P
    name
  type T
  const c
  function f
cdktf-nat/alicloud
  class AlicloudProvider
cdktf-nat/aws
cdktf-nat/opentelekomcloud
`,
      undocumented: [],
      generated: [],
      unexported: [],
    });
  });

  it("finds names and members without a docstring; an inherited one counts, a tag alone does not", () => {
    const { undocumented } = apiOf({
      "lib/index.ts": `export { A, f, c, type T, type P } from "./core/a";`,
      "lib/core/a.ts": `export class A implements P {
  name = "a";
  static make(): void {}
  private hidden = 1;
  add(): void { void this.hidden; }
}
export function f(): void {}
export const c = 1;
export type T = string;
/** A p. */
export interface P {
  /** Its name. */
  name: string;
  /** @default 1 */
  size?: number;
}`,
    });
    expect(undocumented).toEqual([
      "cdktf-nat: A",
      "cdktf-nat: A.add",
      "cdktf-nat: A.make",
      "cdktf-nat: P.size",
      "cdktf-nat: T",
      "cdktf-nat: c",
      "cdktf-nat: f",
    ]);
  });

  it.each([
    ["a property", "A", "class A { p?: Vpc }", "A.p: Vpc"],
    ["an inferred type", "A", "class A { p = new Vpc(); }", "A.p: Vpc"],
    ["a parameter", "A", "class A { m(p: readonly Vpc[]): void { void p; } }", "A.m: Vpc"],
    ["a result", "f", "function f() { return [new Vpc()]; }", "f: Vpc"],
    ["a constructor", "A", "class A { constructor(p: VpcConfig) { void p; } }", "A: VpcConfig"],
    ["a parent", "A", "class A extends Vpc {}", "A: Vpc"],
    ["a prop", "P", "interface P { p: { q: Vpc } }", "P.p.q: Vpc"],
    ["a union", "T", "type T = string | Vpc", "T: Vpc"],
    ["a typeof", "T", "type T = typeof Vpc", "T: Vpc"],
    ["an import type", "T", `type T = import("./bindings/vpc").VpcConfig`, "T: VpcConfig"],
    ["a constant", "c", "const c = new Vpc()", "c: Vpc"],
  ])("finds a generated class in %s", (_where, name, declaration, found) => {
    const { generated } = apiOf({
      "lib/alicloud/index.ts": `export { ${name} } from "./a";`,
      "lib/alicloud/a.ts": `import { Vpc, type VpcConfig } from "./bindings/vpc";\nexport ${declaration}`,
    });
    expect(generated).toEqual([`cdktf-nat/alicloud: ${found}`]);
  });

  it("finds a generated class that is exported itself, and lets AlicloudProvider pass", () => {
    const { generated } = apiOf({
      "lib/alicloud/index.ts": `export { Vpc } from "./bindings/vpc";\nexport { AlicloudProvider } from "./bindings/provider";`,
    });
    expect(generated).toEqual(["cdktf-nat/alicloud: Vpc: Vpc"]);
  });

  it("lets a private member be of a generated class", () => {
    const { generated } = apiOf({
      "lib/alicloud/index.ts": `export { A } from "./a";`,
      "lib/alicloud/a.ts": `import { Vpc } from "./bindings/vpc";
export class A { private readonly v = new Vpc(); protected w?: Vpc; readonly #x = new Vpc(); y(): number { return this.v.id + this.#x.id; } }`,
    });
    expect(generated).toEqual([]);
  });

  it("finds a type that no entry exports; accepts one that another entry does, and the type of a value", () => {
    const { unexported } = apiOf({
      "lib/index.ts": `export { type Shared } from "./core/a";`,
      "lib/core/a.ts":
        "export interface Shared { a: 1 }\nexport interface Inner { b: 1 }\nexport const LIST = ['x'] as const;",
      "lib/alicloud/index.ts": `export { A } from "./a";`,
      "lib/alicloud/a.ts": `import type { Inner, LIST, Shared } from "../core/a";
export class A { o?: (typeof LIST)[number]; p?: Shared; q?: readonly Inner[]; r<T>(t: T): T { return t; } private s?: Inner; }`,
    });
    expect(unexported).toEqual(["cdktf-nat/alicloud: A.q: Inner"]);
  });
});
