import { mkdtempSync, readFileSync, readdirSync, rmSync } from "node:fs";
import { tmpdir } from "node:os";
import { join, resolve } from "node:path";
import { App } from "cdktf";
import type { TerraformStack } from "cdktf";
import { AlicloudDnat } from "../../examples/alicloud-dnat/stack";
import { AlicloudExisting } from "../../examples/alicloud-existing/stack";
import { AlicloudExistingHost } from "../../examples/alicloud-existing-host/stack";
import { AlicloudHeadNode } from "../../examples/alicloud-head-node/stack";
import { AlicloudIpv4Gateway } from "../../examples/alicloud-ipv4-gateway/stack";
import { AlicloudManaged } from "../../examples/alicloud-managed/stack";
import { AlicloudMultiEip } from "../../examples/alicloud-multi-eip/stack";
import { AlicloudSelfHosted } from "../../examples/alicloud-self-hosted/stack";
import { AwsManaged } from "../../examples/aws-managed/stack";
import { AwsPerZone } from "../../examples/aws-per-zone/stack";
import { AwsSelfHosted } from "../../examples/aws-self-hosted/stack";
import { AwsSelfHostedDnat } from "../../examples/aws-self-hosted-dnat/stack";
import { LinuxRouter } from "../../examples/linux-router/stack";
import { OpenTelekomCloudManaged } from "../../examples/opentelekomcloud-managed/stack";
import { OpenTelekomCloudSelfHosted } from "../../examples/opentelekomcloud-self-hosted/stack";
import { NEEDS_MACHINE } from "../../scripts/demo-options";

const EXAMPLES = resolve(__dirname, "../../examples");

const STACKS: Readonly<Record<string, (app: App, id: string) => TerraformStack>> = {
  "alicloud-dnat": (app, id) => new AlicloudDnat(app, id),
  "alicloud-existing": (app, id) => new AlicloudExisting(app, id),
  "alicloud-existing-host": (app, id) => new AlicloudExistingHost(app, id),
  "alicloud-head-node": (app, id) => new AlicloudHeadNode(app, id),
  "alicloud-ipv4-gateway": (app, id) => new AlicloudIpv4Gateway(app, id),
  "alicloud-managed": (app, id) => new AlicloudManaged(app, id),
  "alicloud-multi-eip": (app, id) => new AlicloudMultiEip(app, id),
  "alicloud-self-hosted": (app, id) => new AlicloudSelfHosted(app, id),
  "aws-managed": (app, id) => new AwsManaged(app, id),
  "aws-per-zone": (app, id) => new AwsPerZone(app, id),
  "aws-self-hosted": (app, id) => new AwsSelfHosted(app, id),
  "aws-self-hosted-dnat": (app, id) => new AwsSelfHostedDnat(app, id),
  "linux-router": (app, id) => new LinuxRouter(app, id),
  "opentelekomcloud-managed": (app, id) => new OpenTelekomCloudManaged(app, id),
  "opentelekomcloud-self-hosted": (app, id) => new OpenTelekomCloudSelfHosted(app, id),
};

function folders(): readonly string[] {
  const entries = readdirSync(EXAMPLES, { withFileTypes: true });
  return entries.filter((entry) => entry.isDirectory()).map((entry) => entry.name);
}

describe("the examples", () => {
  it("are all tested here", () => {
    expect(folders()).toEqual(Object.keys(STACKS));
  });

  it("are each a stack of main.ts, named after the folder", () => {
    const main = readFileSync(join(EXAMPLES, "main.ts"), "utf8");
    const names = [...main.matchAll(/new \w+\(app, "([^"]+)"\)/g)].map((match) => match[1]);
    expect(names.sort()).toEqual(folders());
  });

  it("are known to the demo where they need a machine to log in to", () => {
    const source = (name: string) => readFileSync(join(EXAMPLES, name, "stack.ts"), "utf8");
    expect(folders().filter((name) => source(name).includes("ssh-host-files"))).toEqual(NEEDS_MACHINE);
  });

  it.each(Object.keys(STACKS))("%s synthesizes without a warning", (name) => {
    const outdir = mkdtempSync(join(tmpdir(), "cdktf-nat-example-"));
    try {
      const app = new App({ outdir });
      STACKS[name]!(app, name);
      app.synth();
      const manifest = JSON.parse(readFileSync(join(outdir, "manifest.json"), "utf8")) as {
        stacks: Record<string, { annotations: readonly object[] }>;
      };
      expect(manifest.stacks[name]!.annotations).toEqual([]);
    } finally {
      rmSync(outdir, { recursive: true, force: true });
    }
  });
});
