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

const NETWORK_OF_AWS = { aws_internet_gateway: 1, aws_vpc: 1 };

/** What a user puts around the classes that the README shows of AWS and Open Telekom Cloud, in their order. */
const STACKS_OF_SHOWN = `
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { App, TerraformStack } from "cdktf";

const app = new App();
const block = (number: number) => ({ id: \`subnet-\${number}\`, cidrBlock: \`10.0.\${number}.0/24\` });
for (const id of ["zones", "host"]) {
  const stack = new TerraformStack(app, id);
  new AwsProvider(stack, "aws", { region: "eu-central-1" });
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  const gateway = new InternetGateway(stack, "InternetGateway", { vpcId: vpc.id });
  const zones = { a: { publicSubnet: block(0), privateRouteTableId: "rtb-0" }, b: { publicSubnet: block(1), privateRouteTableId: "rtb-1" } };
  if (id === "zones") new Shown0(stack, "Egress", vpc, gateway, zones);
  else new Shown1(stack, "Network", vpc, gateway, block(1));
}
const subnet = (number: number) => ({ id: \`network-\${number}\`, cidr: \`10.0.\${number}.0/24\` });
for (const id of ["gateway", "proxy"]) {
  const stack = new TerraformStack(app, id);
  new OpentelekomcloudProvider(stack, "opentelekomcloud", { region: "eu-de" });
  const vpc = { id: \`vpc-of-\${id}\`, cidr: "10.0.0.0/16" };
  if (id === "gateway") new Shown2(stack, "Network", vpc, subnet(1), subnet(2));
  else new Shown3(stack, "Network", vpc, subnet(1));
}
app.synth();
`;

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

  it("shows classes of AWS and Open Telekom Cloud that synthesize without a warning", () => {
    const shown = blocks("ts").filter((code) => /cdktf-nat\/(aws|opentelekomcloud)/.test(code));
    const made = shown.map((code, index) => {
      const [, name = ""] = /^class (\w+)/m.exec(code) ?? [];
      writeFileSync(join(dir, `shown-${index}.ts`), `${code}\nexport { ${name} };\n`);
      return `import { ${name} as Shown${index} } from "../shown-${index}";`;
    });
    const { stderr, out } = synthesize(`${made.join("\n")}\n${STACKS_OF_SHOWN}`);
    expect(stderr.replace(/^npm warn.*$/gm, "").trim()).toBe("");
    const counts = ["zones", "host", "gateway", "proxy"].map((stack) => {
      const { resource } = JSON.parse(readFileSync(join(out, `stacks/${stack}/cdk.tf.json`), "utf8")) as {
        resource: Record<string, object>;
      };
      return Object.fromEntries(Object.entries(resource).map(([type, made]) => [type, Object.keys(made).length]));
    });
    expect(counts).toEqual([
      { aws_cloudwatch_metric_alarm: 8, aws_eip: 2, aws_nat_gateway: 2, aws_route: 2, ...NETWORK_OF_AWS },
      {
        aws_autoscaling_group: 1,
        aws_eip: 2,
        aws_eip_association: 2,
        aws_iam_instance_profile: 1,
        aws_iam_role: 1,
        aws_iam_role_policy_attachment: 1,
        aws_launch_template: 1,
        aws_network_interface: 1,
        aws_route: 1,
        aws_security_group: 1,
        aws_vpc_security_group_egress_rule: 1,
        aws_vpc_security_group_ingress_rule: 3,
        terraform_data: 2,
        ...NETWORK_OF_AWS,
      },
      {
        opentelekomcloud_nat_dnat_rule_v2: 1,
        opentelekomcloud_nat_gateway_v2: 1,
        opentelekomcloud_nat_snat_rule_v2: 2,
        opentelekomcloud_vpc_eip_v1: 1,
      },
      {
        opentelekomcloud_compute_instance_v2: 1,
        opentelekomcloud_networking_floatingip_associate_v2: 1,
        opentelekomcloud_networking_port_v2: 1,
        opentelekomcloud_networking_router_route_v2: 1,
        opentelekomcloud_networking_secgroup_rule_v2: 3,
        opentelekomcloud_networking_secgroup_v2: 1,
        opentelekomcloud_vpc_eip_v1: 1,
        terraform_data: 2,
      },
    ]);
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
