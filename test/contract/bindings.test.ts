import { spawnSync } from "node:child_process";
import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, relative, resolve, sep } from "node:path";
import { TerraformStack, Testing } from "cdktf";
import { AlicloudProvider } from "cdktf-nat/alicloud";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import schema from "../../schema/alicloud.json";

const ROOT = resolve(__dirname, "../..");
const COMMITTED = join(ROOT, "lib/alicloud/bindings");

/** Path relative to the folder, to the text of the file. */
function filesOf(folder: string): Record<string, string> {
  const paths = readdirSync(folder, { recursive: true, withFileTypes: true })
    .filter((entry) => entry.isFile())
    .map((entry) => relative(folder, join(entry.parentPath, entry.name)).split(sep).join("/"))
    .sort();
  return Object.fromEntries(paths.map((path) => [path, readFileSync(join(folder, path), "utf8")]));
}

/** Names of the files that only one side has, or that differ: a readable answer where whole files would not be one. */
function differences(one: Record<string, string>, other: Record<string, string>): string[] {
  return [...new Set([...Object.keys(one), ...Object.keys(other)])].filter((path) => one[path] !== other[path]).sort();
}

/** Runs the script as `npm run bindings` does, into an empty folder outside the repository. */
function generate(): Record<string, string> {
  const folder = mkdtempSync(join(tmpdir(), "cdktf-nat-bindings-test-"));
  try {
    const script = join(ROOT, "scripts/generate-bindings.ts");
    const run = spawnSync(process.execPath, [require.resolve("tsx/cli"), script, "--out", join(folder, "bindings")], {
      cwd: folder,
      encoding: "utf8",
    });
    if (run.status !== 0)
      throw new Error(`generate-bindings ended with ${String(run.status)}\n${run.stdout}${run.stderr}`);
    return filesOf(join(folder, "bindings"));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

describe("the committed bindings", () => {
  let first: Record<string, string>;
  let second: Record<string, string>;
  beforeAll(() => {
    first = generate();
    second = generate();
  }, 60_000);

  it("are what schema/alicloud.json gives, byte for byte; if not: npm run bindings", () => {
    expect(differences(filesOf(COMMITTED), first)).toEqual([]);
  });

  it("come out the same from every run", () => {
    expect(differences(first, second)).toEqual([]);
  });

  it("hold one folder for the provider and for each resource and data source of the schema, and nothing else", () => {
    const provider = schema.provider_schemas["registry.terraform.io/aliyun/alicloud"];
    const expected = [
      "provider/index.ts",
      "tsconfig.json",
      ...Object.keys(provider.resource_schemas).map((type) => `${folderOf(type)}/index.ts`),
      ...Object.keys(provider.data_source_schemas).map((type) => `data-alicloud-${folderOf(type)}/index.ts`),
    ];
    expect(Object.keys(first)).toEqual(expected.sort());
  });

  it("are of this provider and of these resources and data sources", () => {
    expect(
      Object.entries(schema.provider_schemas).map(([source, provider]) => ({
        source,
        resources: Object.keys(provider.resource_schemas).sort(),
        dataSources: Object.keys(provider.data_source_schemas).sort(),
      })),
    ).toEqual([
      {
        source: "registry.terraform.io/aliyun/alicloud",
        resources: [
          "alicloud_cms_alarm",
          "alicloud_cms_alarm_contact_group",
          "alicloud_cms_event_rule",
          "alicloud_common_bandwidth_package",
          "alicloud_common_bandwidth_package_attachment",
          "alicloud_ecs_network_interface",
          "alicloud_eip_address",
          "alicloud_eip_association",
          "alicloud_forward_entry",
          "alicloud_instance",
          "alicloud_nat_gateway",
          "alicloud_route_entry",
          "alicloud_route_table",
          "alicloud_route_table_attachment",
          "alicloud_security_group",
          "alicloud_security_group_rule",
          "alicloud_snat_entry",
          "alicloud_vpc",
          "alicloud_vpc_ipv4_gateway",
          "alicloud_vswitch",
        ],
        dataSources: [
          "alicloud_eip_addresses",
          "alicloud_images",
          "alicloud_nat_gateways",
          "alicloud_vpcs",
          "alicloud_vswitches",
          "alicloud_zones",
        ],
      },
    ]);
  });
});

describe("a stack with the bindings", () => {
  it("requires the provider by source and by a lower bound, and pins no version", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    new AlicloudProvider(stack, "Alicloud", { region: "eu-central-1" });
    new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
    const { terraform, provider, resource } = JSON.parse(Testing.synth(stack, true)) as Record<string, unknown>;
    expect({ terraform, provider, resource }).toEqual({
      terraform: { required_providers: { alicloud: { source: "aliyun/alicloud", version: ">= 1.289.0" } } },
      provider: { alicloud: [{ region: "eu-central-1" }] },
      resource: { alicloud_vpc: { Vpc: { cidr_block: "10.0.0.0/16" } } },
    });
  });
});

/** alicloud_nat_gateway to nat-gateway. */
function folderOf(type: string): string {
  return type.replace(/^alicloud_/, "").replaceAll("_", "-");
}
