/**
 * Writes lib/alicloud/bindings/ from schema/alicloud.json, laid out like a prebuilt provider: one folder a resource.
 *
 *   npm run bindings              writes into lib/alicloud/bindings
 *   npm run bindings -- --out DIR writes into DIR
 */
import { copyFileSync, mkdirSync, mkdtempSync, readFileSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, resolve } from "node:path";
import {
  ConstructsMakerProviderTarget,
  Language,
  TerraformProviderConstraint,
  type ProviderSchema,
} from "@cdktf/commons";
import { TerraformProviderGenerator } from "@cdktf/provider-generator/lib/get/generator/provider-generator";
import { CodeMaker } from "codemaker";

const PROVIDER = "aliyun/alicloud@>= 1.289.0";
const SCHEMA_FILE = resolve(__dirname, "../schema/alicloud.json");
const DEFAULT_OUT = resolve(__dirname, "../lib/alicloud/bindings");

// Generated code does not compile under every check of the library's own tsconfig.
const TSCONFIG = `${JSON.stringify(
  {
    extends: "../../../tsconfig.base.json",
    compilerOptions: {
      composite: true,
      declaration: true,
      declarationMap: true,
      sourceMap: true,
      noImplicitOverride: false,
      noUncheckedIndexedAccess: false,
      rootDir: ".",
      outDir: "../../../dist/alicloud/bindings",
      tsBuildInfoFile: "../../../dist/bindings.tsbuildinfo",
    },
    include: ["."],
  },
  undefined,
  2,
)}\n`;

/** Generates the bindings into `outDir`, which is emptied first. The same schema gives the same bytes. */
export async function generateBindings(outDir: string): Promise<void> {
  const scratch = mkdtempSync(join(tmpdir(), "cdktf-nat-bindings-"));
  try {
    const schema = JSON.parse(readFileSync(SCHEMA_FILE, "utf8")) as ProviderSchema;
    const generator = new TerraformProviderGenerator(new CodeMaker(), schema);
    generator.generate(
      new ConstructsMakerProviderTarget(new TerraformProviderConstraint(PROVIDER), Language.TYPESCRIPT),
    );
    await generator.save(scratch);
    rmSync(outDir, { recursive: true, force: true });
    mkdirSync(dirname(outDir), { recursive: true });
    mkdirSync(outDir);
    const generated = join(scratch, "providers", "alicloud");
    writeFileSync(join(outDir, "tsconfig.json"), TSCONFIG);
    for (const entry of readdirSync(generated, { withFileTypes: true })) {
      if (entry.isDirectory()) copySources(join(generated, entry.name), join(outDir, entry.name));
    }
  } finally {
    rmSync(scratch, { recursive: true, force: true });
  }
}

/** Keeps the TypeScript of one resource; its README only repeats a registry link. */
function copySources(from: string, to: string): void {
  mkdirSync(to);
  for (const name of readdirSync(from)) {
    if (name.endsWith(".ts")) copyFileSync(join(from, name), join(to, name));
  }
}

if (require.main === module) {
  const flag = process.argv.indexOf("--out");
  const given = flag === -1 ? undefined : process.argv[flag + 1];
  if (flag !== -1 && given === undefined) {
    console.error("generate-bindings: --out needs a folder");
    process.exit(2);
  }
  const outDir = given === undefined ? DEFAULT_OUT : resolve(given);
  void generateBindings(outDir).then(() => console.log(`Bindings written to ${outDir}`));
}
