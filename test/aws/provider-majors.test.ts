// The library is compiled against bindings of version 5 of the provider; users may have those of version 6.
import { readdirSync, readFileSync } from "node:fs";
import { join, resolve } from "node:path";
import ts from "typescript";
import type * as Everything from "./everything";

const ROOT = resolve(__dirname, "../..");

/** The resources that the library, and the stack of everything, take from the provider's package. */
const MODULES = modulesOf([join(__dirname, "everything.ts"), ...filesIn(join(ROOT, "lib/aws"))]);

function filesIn(folder: string): readonly string[] {
  return readdirSync(folder).map((name) => join(folder, name));
}

function modulesOf(files: readonly string[]): readonly string[] {
  const names = files.flatMap((file) => {
    const imports = readFileSync(file, "utf8").matchAll(/from "@cdktf\/provider-aws\/lib\/([^"]+)"/g);
    return [...imports].map(([, name]) => name!);
  });
  return [...new Set(names)].sort();
}

/** A stack of everything, with the bindings of one major. */
function synthesizedWith(bindings: string): Record<string, unknown> {
  let json = "";
  jest.isolateModules(() => {
    for (const name of MODULES) {
      jest.doMock(`@cdktf/provider-aws/lib/${name}`, () => jest.requireActual<object>(`${bindings}/lib/${name}`));
    }
    json = jest.requireActual<typeof Everything>("./everything").everything();
  });
  for (const name of MODULES) jest.dontMock(`@cdktf/provider-aws/lib/${name}`);
  return JSON.parse(json) as Record<string, unknown>;
}

describe("the bindings of both majors", () => {
  it("make the same stack, but for the version of the provider", () => {
    const { terraform: five, ...stackOfFive } = synthesizedWith("@cdktf/provider-aws");
    const { terraform: six, ...stackOfSix } = synthesizedWith("provider-aws-21");
    expect(five).toEqual({ required_providers: { aws: { source: "aws", version: "5.100.0" } } });
    expect(six).toEqual({ required_providers: { aws: { source: "aws", version: "6.25.0" } } });
    expect(Object.keys(stackOfFive.resource as object)).toHaveLength(19);
    expect(stackOfSix).toEqual(stackOfFive);
  });

  it("have the types that the library and its users need", () => {
    const { options } = ts.parseJsonConfigFileContent(
      ts.readConfigFile(join(ROOT, "tsconfig.base.json"), ts.sys.readFile.bind(ts.sys)).config,
      ts.sys,
      ROOT,
    );
    const paths = {
      "@cdktf/provider-aws/*": ["./node_modules/provider-aws-21/*"],
      "cdktf-nat/aws": ["./lib/aws/index.ts"],
    };
    const program = ts.createProgram([join(__dirname, "everything.ts")], {
      ...{ ...options, noEmit: true, baseUrl: ROOT, paths },
    });
    const used = program.getSourceFiles().filter(({ fileName }) => fileName.includes("/provider-aws"));
    const problems = ts
      .getPreEmitDiagnostics(program)
      .map(({ messageText }) => ts.flattenDiagnosticMessageText(messageText, " "));
    expect(problems).toEqual([]);
    expect(used.filter(({ fileName }) => !fileName.includes("/provider-aws-21/"))).toEqual([]);
    expect(used.length).toBeGreaterThan(MODULES.length - 1);
  }, 60_000);
});
