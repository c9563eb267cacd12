// A user who has bindings of his own (from `cdktf get`) uses them beside the library. Here they are a second copy of
// the library's, generated into a folder of its own, with an app that is type-checked and run as a user's would be.
import { execFile } from "node:child_process";
import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from "node:fs";
import { join, resolve } from "node:path";
import { promisify } from "node:util";

const run = promisify(execFile);
const ROOT = resolve(__dirname, "../..");
const CACHE = join(ROOT, ".cache");

const APP = `
import { TerraformStack, Testing } from "cdktf";
import { DnatEntry, InternetNatGateway, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { Instance } from "./bindings/instance";
import { NatGateway } from "./bindings/nat-gateway";
import { AlicloudProvider } from "./bindings/provider";
import { RouteTable } from "./bindings/route-table";
import { SecurityGroup } from "./bindings/security-group";
import { Vpc } from "./bindings/vpc";
import { Vswitch } from "./bindings/vswitch";

const stack = new TerraformStack(Testing.app(), "stack");
const provider = new AlicloudProvider(stack, "Alicloud", { region: "eu-central-1", alias: "mine" });
const vpc = new Vpc(stack, "Vpc", { provider, cidrBlock: "10.0.0.0/16" });
const zone = { provider, vpcId: vpc.id, zoneId: "eu-central-1a" };
const natVswitch = new Vswitch(stack, "NatVswitch", { ...zone, cidrBlock: "10.0.0.0/24" });
const workers = new Vswitch(stack, "Workers", { ...zone, cidrBlock: "10.0.1.0/24" });
const host = new Instance(stack, "Host", { provider, vswitchId: workers.id });
const group = new SecurityGroup(stack, "Group", { provider, vpcId: vpc.id });
const table = new RouteTable(stack, "Table", { provider, vpcId: vpc.id });

const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch, provider, dependsOn: [natVswitch] });
const eip = nat.addEip("Egress");
new SnatEntry(stack, "Vswitch", { nat, source: SnatSource.vswitch(workers), eips: [eip] });
new SnatEntry(stack, "Vpc-Wide", { nat, source: SnatSource.vpc(vpc), eips: [eip] });
new SnatEntry(stack, "Host-Only", { nat, source: SnatSource.host(host.privateIp), eips: [eip], dependsOn: [host] });
new DnatEntry(stack, "In", {
  nat,
  eip,
  protocol: "tcp",
  publicPort: 443,
  privateIp: host.privateIp,
  backendSecurityGroupId: group.id,
});
nat.addRoute("Route", { routeTableId: table.id });

// @ts-expect-error a VPC is no vSwitch
SnatSource.vswitch(vpc);
// @ts-expect-error a vSwitch is no VPC
SnatSource.vpc(workers);
// @ts-expect-error a NatGateway is no INat
() => new SnatEntry(stack, "Bare", { nat: new NatGateway(stack, "B", { vpcId: "v" }), source: SnatSource.vpc(vpc), eips: [eip] });

console.log(Testing.synth(stack, true));
`;

describe("bindings that a user generated", () => {
  let folder: string;
  let checked: { readonly stdout: string; readonly stderr: string };
  let synthesized: { readonly stdout: string };
  beforeAll(async () => {
    mkdirSync(CACHE, { recursive: true });
    folder = mkdtempSync(join(CACHE, "own-bindings-"));
    const script = join(ROOT, "scripts/generate-bindings.ts");
    await run(process.execPath, [require.resolve("tsx/cli"), script, "--out", join(folder, "bindings")]);
    writeFileSync(join(folder, "main.ts"), APP);
    const compilerOptions = {
      ...{ target: "ES2022", module: "commonjs", moduleResolution: "node10", strict: true, noEmit: true },
      ...{ skipLibCheck: true, types: ["node"], baseUrl: "." },
      paths: { "cdktf-nat/alicloud": [join(ROOT, "lib/alicloud/index.ts")] },
    };
    writeFileSync(join(folder, "tsconfig.json"), JSON.stringify({ compilerOptions, files: ["main.ts"] }));
    [checked, synthesized] = await Promise.all([
      run(process.execPath, [require.resolve("typescript/bin/tsc"), "-p", folder]).catch(
        (error: unknown) => error as typeof checked,
      ),
      run(process.execPath, [require.resolve("tsx/cli"), "main.ts"], { cwd: folder }),
    ]);
  }, 300_000);
  afterAll(() => rmSync(folder, { recursive: true, force: true }));

  it("fit the constructs: VPC, vSwitch, provider, instance, group and table as they are, and nothing in a wrong place", () => {
    expect({ stdout: checked.stdout, stderr: checked.stderr }).toEqual({ stdout: "", stderr: "" });
  });

  it("synthesize to what the library's own would", () => {
    const { resource, terraform } = JSON.parse(synthesized.stdout) as Record<
      string,
      Record<string, Record<string, object>>
    >;
    const byType = (type: string) => Object.values(resource![type]!);
    const timeouts = { create: "30m", update: "30m", delete: "30m" };
    const provider = "alicloud.mine";
    const depends_on = ["alicloud_eip_association.Nat_Egress_Association_5DE19D5C"];
    const snat = {
      snat_table_id: "${alicloud_nat_gateway.Nat_74B082C8.snat_table_ids}",
      snat_ip: "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}",
      eip_affinity: 0,
      timeouts,
      provider,
      depends_on,
    };
    expect({
      gateway: byType("alicloud_nat_gateway"),
      snat: byType("alicloud_snat_entry"),
      dnat: byType("alicloud_forward_entry"),
      rules: byType("alicloud_security_group_rule"),
      routes: byType("alicloud_route_entry"),
      terraform,
    }).toEqual({
      gateway: [
        {
          vpc_id: "${alicloud_vpc.Vpc.id}",
          vswitch_id: "${alicloud_vswitch.NatVswitch.id}",
          nat_type: "Enhanced",
          network_type: "internet",
          internet_charge_type: "PayByLcu",
          payment_type: "PayAsYouGo",
          availability_mode: "CrossAZ",
          eip_bind_mode: "MULTI_BINDED",
          icmp_reply_enabled: true,
          deletion_protection: false,
          force: false,
          nat_gateway_name: "stack-Nat",
          lifecycle: { replace_triggered_by: ["terraform_data.Nat_Placement_91D4AF36"] },
          provider,
          depends_on: ["alicloud_vswitch.NatVswitch"],
        },
      ],
      snat: [
        {
          ...snat,
          source_cidr: "${alicloud_instance.Host.private_ip}/32",
          snat_entry_name: "stack-Host-Only",
          depends_on: [...depends_on, "alicloud_instance.Host"],
        },
        { ...snat, source_cidr: "10.0.0.0/16", snat_entry_name: "stack-Vpc-Wide" },
        { ...snat, source_vswitch_id: "${alicloud_vswitch.Workers.id}", snat_entry_name: "stack-Vswitch" },
      ],
      dnat: [
        {
          forward_table_id: "${alicloud_nat_gateway.Nat_74B082C8.forward_table_ids}",
          external_ip: "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}",
          external_port: "443",
          internal_ip: "${alicloud_instance.Host.private_ip}",
          internal_port: "443",
          ip_protocol: "tcp",
          forward_entry_name: "stack-In",
          timeouts,
          provider,
          depends_on,
        },
      ],
      rules: [
        {
          type: "ingress",
          ip_protocol: "tcp",
          port_range: "443/443",
          cidr_ip: "0.0.0.0/0",
          security_group_id: "${alicloud_security_group.Group.id}",
          nic_type: "intranet",
          policy: "accept",
          priority: 1,
          provider,
        },
      ],
      routes: [
        {
          route_table_id: "${alicloud_route_table.Table.id}",
          destination_cidrblock: "0.0.0.0/0",
          nexthop_type: "NatGateway",
          nexthop_id: "${alicloud_nat_gateway.Nat_74B082C8.id}",
          name: "stack-Nat-Route",
          provider,
        },
      ],
      terraform: { required_providers: { alicloud: { source: "aliyun/alicloud", version: ">= 1.289.0" } } },
    });
  });
});
