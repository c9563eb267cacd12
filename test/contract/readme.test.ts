import { existsSync, mkdirSync, mkdtempSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { dirname, join, resolve } from "node:path";
import { spawnSync } from "node:child_process";
import ts from "typescript";
import { NatTable } from "cdktf-nat";

const ROOT = resolve(__dirname, "../..");
const PAGES = ["README.md", "docs/alicloud.md", "docs/aws.md", "docs/opentelekomcloud.md"] as const;

function textOf(page: string): string {
  return readFileSync(join(ROOT, page), "utf8");
}

/** The fenced blocks of one language, in their order. */
function blocks(language: string, page = "README.md"): readonly string[] {
  return [...textOf(page).matchAll(new RegExp(`^\`\`\`${language}\\n([\\s\\S]*?)^\`\`\`$`, "gm"))].map(
    (match) => match[1] ?? "",
  );
}

/** The anchors of a page's headings, as GitHub makes them. */
function anchorsOf(page: string): readonly string[] {
  return [...textOf(page).matchAll(/^#+ (.*)$/gm)].map(([, heading = ""]) =>
    heading
      .toLowerCase()
      .replace(/[^\p{L}\p{N} _-]/gu, "")
      .replaceAll(" ", "-"),
  );
}

describe("the README", () => {
  let dir: string;
  beforeAll(() => {
    const cache = join(ROOT, ".cache");
    mkdirSync(cache, { recursive: true });
    dir = mkdtempSync(join(cache, "readme-"));
  });
  afterAll(() => rmSync(dir, { recursive: true, force: true }));

  /** Runs code as a cdktf app of a user. */
  function synthesize(code: string): { readonly stderr: string; readonly out: string } {
    const app = mkdtempSync(join(dir, "app-"));
    const out = join(app, "cdktf.out");
    writeFileSync(join(app, "main.ts"), code);
    const { stderr } = spawnSync(
      process.execPath,
      [join(ROOT, "node_modules/tsx/dist/cli.mjs"), "--tsconfig", join(ROOT, "tsconfig.json"), join(app, "main.ts")],
      { cwd: app, env: { ...process.env, CDKTF_OUTDIR: out }, encoding: "utf8" },
    );
    return { stderr, out };
  }

  it("shows TypeScript that compiles as it stands, as the other pages do", () => {
    const files = PAGES.flatMap((page) => blocks("ts", page)).map((code, index) => {
      const file = join(dir, `block-${index}.ts`);
      writeFileSync(file, code);
      return file;
    });
    expect(files.length).toBeGreaterThanOrEqual(10);
    const config = ts.readConfigFile(join(ROOT, "tsconfig.json"), (path) => ts.sys.readFile(path));
    const { options } = ts.parseJsonConfigFileContent(config.config, ts.sys, ROOT);
    const program = ts.createProgram(files, { ...options, types: ["node"] });
    const diagnostics = files.flatMap((file) => {
      const source = program.getSourceFile(file);
      return [...program.getSyntacticDiagnostics(source), ...program.getSemanticDiagnostics(source)];
    });
    expect(diagnostics.map((diagnostic) => ts.flattenDiagnosticMessageText(diagnostic.messageText, "\n"))).toEqual([]);
  });

  it("starts with a stack of at most 25 lines that synthesizes", () => {
    const first = blocks("ts")[0]!;
    expect(first.trimEnd().split("\n").length).toBeLessThanOrEqual(25);
    const { stderr, out } = synthesize(first);
    expect(stderr.replace(/^npm warn.*$/gm, "").trim()).toBe("");
    const stack = JSON.parse(readFileSync(join(out, "stacks/network/cdk.tf.json"), "utf8")) as {
      resource: Record<string, object>;
    };
    const counts = Object.entries(stack.resource).map(([type, resources]) => [type, Object.keys(resources).length]);
    expect(Object.fromEntries(counts)).toEqual({
      alicloud_vpc: 1,
      alicloud_vswitch: 2,
      terraform_data: 1,
      alicloud_nat_gateway: 1,
      alicloud_eip_address: 2,
      alicloud_eip_association: 2,
      alicloud_snat_entry: 1,
      alicloud_forward_entry: 1,
    });
  });

  it("shows the mistakes that synth finds, in the words of synth", () => {
    const [mistakes] = blocks("typescript");
    const [shown] = blocks("text");
    const { stderr, out } = synthesize(blocks("ts")[0]!.replace("app.synth();", `${mistakes!}app.synth();`));
    expect(stderr).toContain(shown);
    expect(existsSync(join(out, "stacks/network/cdk.tf.json"))).toBe(false);
  });

  it("says of its NAT table what trace says", () => {
    const table = NatTable.of({
      snat: [
        { id: "everybody", source: "192.168.0.0/16", addresses: ["203.0.113.1"] },
        { id: "lab", source: "192.168.7.0/24", addresses: ["203.0.113.2"] },
      ],
      dnat: [
        {
          id: "web",
          address: "203.0.113.1",
          protocol: "tcp",
          publicPort: 443,
          privateIp: "192.168.7.9",
          privatePort: 8443,
        },
      ],
    });
    expect(
      table.trace({ source: "192.168.7.20", destination: "198.51.100.8", protocol: "udp", destinationPort: 53 }),
    ).toMatchObject({ action: "snat", entry: "lab", source: ["203.0.113.2"] });
    expect(
      table.trace({ source: "198.51.100.8", destination: "203.0.113.1", protocol: "tcp", destinationPort: 443 }),
    ).toMatchObject({ action: "dnat", entry: "web", destination: "192.168.7.9", destinationPort: 8443 });
  });

  it.each(PAGES)("%s links to files and headings that are there", (page) => {
    const links = [...textOf(page).matchAll(/\]\((?!https?:)([^)#]*)(?:#([^)]*))?\)/g)];
    const wrong = links.filter(([, file = "", anchor]) => {
      const target = file === "" ? page : join(dirname(page), file);
      return !existsSync(join(ROOT, target)) || (anchor !== undefined && !anchorsOf(target).includes(anchor));
    });
    expect(links.length).toBeGreaterThan(0);
    expect(wrong.map(([link]) => link)).toEqual([]);
  });

  it.each(PAGES)("%s names npm scripts that are there", (page) => {
    const { scripts } = JSON.parse(textOf("package.json")) as { scripts: object };
    const named = [...textOf(page).matchAll(/npm (?:run )?((?:test|demo|bench|moto)\b[\w:]*)/g)].map(
      ([, name = ""]) => name,
    );
    expect([...new Set(named)].filter((name) => !(name in scripts))).toEqual([]);
  });
});
