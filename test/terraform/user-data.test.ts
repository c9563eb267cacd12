// The text that the library renders is handed through Terraform's own functions: what the machine gets must be that text,
// byte for byte, whatever is in it.
import { createHash } from "node:crypto";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join } from "node:path";
import { gunzipSync } from "node:zlib";
import { App, TerraformStack, TerraformVariable } from "cdktf";
import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import { AlicloudProvider, DnatEntry, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { startSimulator } from "../support/simulator";
import type { Simulator } from "../support/simulator";
import { terraform } from "../support/terraform";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

/** Everything that Terraform, JSON, YAML or a shell could read otherwise. */
const AWKWARD = [
  "#cloud-config",
  "runcmd:",
  "  - echo \"a quote\" 'and another' a back\\slash \\n \\\\ ${HOME} $${HOME} %{http_code} %%{http_code} $%{x} $HOME 100%",
  "  - |",
  "    a\ttab, ünïcode ☃, a trailing blank ",
  "    ${jsonencode(1)} %{ if true }yes%{ endif } {{ jinja }} <<EOF",
  "  - echo BACKEND",
  "",
].join("\n");

describeTerraform("user data that Terraform packs", () => {
  let simulator: Simulator;
  const dir = mkdtempSync(join(tmpdir(), "cdktf-nat-user-data-"));

  beforeAll(async () => {
    simulator = await startSimulator({ timeScale: 400 });
  });
  afterAll(async () => {
    rmSync(dir, { recursive: true, force: true });
    await simulator.stop();
  });

  async function run(stackDir: string, ...args: readonly string[]): Promise<string> {
    const { exitCode, stdout, stderr } = await terraform(stackDir, args, { TF_REATTACH_PROVIDERS: simulator.reattach });
    if (exitCode !== 0) throw new Error(`terraform ${args.join(" ")}:\n${stdout}\n${stderr}`);
    return stdout;
  }

  it.each(["nftables", "iptables", "firewalld"] as const)("is the rendered text, under %s", async (firewall) => {
    const app = new App({ outdir: join(dir, firewall) });
    const stack = new TerraformStack(app, "stack");
    new AlicloudProvider(stack, "Alicloud", { region: "cn-hangzhou" });
    const backend = new TerraformVariable(stack, "server", { type: "string", default: "10.0.1.10" }).stringValue;
    const nat = new SelfHostedNatInstance(stack, "Nat", {
      vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16" },
      vswitch: { id: "vsw-1", cidrBlock: "10.0.0.0/24" },
      privateIp: "10.0.0.10",
      firewall,
      extraUserData: AWKWARD.replace("BACKEND", backend),
    });
    const eip = nat.addEip("Eip", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.cidr("10.0.1.0/24"), eips: [eip] });
    new DnatEntry(stack, "In", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: backend });
    app.synth();

    const stackDir = join(dir, firewall, "stacks", "stack");
    await run(stackDir, "init");
    await run(stackDir, "plan", "-out=planned");
    const plan = JSON.parse(await run(stackDir, "show", "-json", "planned")) as {
      resource_changes: readonly { type: string; change: { after: Record<string, never> } }[];
    };
    const after = (type: string) => plan.resource_changes.find((change) => change.type === type)?.change.after;
    const packed = String(after("alicloud_instance")?.user_data);

    const address = { publicIp: "203.0.113.7", privateIp: "10.0.0.10" };
    const table = NatTable.of({
      snat: [{ source: "10.0.1.0/24", addresses: [address] }],
      dnat: [{ address, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" }],
    });
    const text = renderCloudConfig(
      renderHost(table, { firewall, untranslatedCidrs: ["10.0.0.0/16"] }),
      AWKWARD.replace("BACKEND", "10.0.1.10"),
    );
    expect(gunzipSync(Buffer.from(packed, "base64")).toString()).toBe(text);
    expect(after("terraform_data")?.input).toEqual({ user_data: createHash("sha256").update(text).digest("hex") });
    expect(readFileSync(join(stackDir, "cdk.tf.json"), "utf8")).toContain("$${HOME}");
  });
});
