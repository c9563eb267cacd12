// What no AWS example shows of the moto server: that the provider reaches it as a user's Terraform starts it, and the
// public parameters that name images. The examples are tests of all else that it does as AWS does.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { awsPluginDir, AWS_PROVIDER_VERSION } from "../support/aws-provider";
import { Deployment } from "../support/deployment";
import { planned } from "../support/example";
import { startMoto } from "../support/moto";
import { describeMoto } from "../support/terraform-layer";

jest.setTimeout(600_000);

const PARAMETERS = {
  Ubuntu: "/aws/service/canonical/ubuntu/server/24.04/stable/current/amd64/hvm/ebs-gp3/ami-id",
  Debian: "/aws/service/debian/release/12/latest/arm64",
  Amazon: "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64",
};

describeMoto("the AWS provider as a user's Terraform starts it", () => {
  it("is found by its version, and talks to the moto server by environment variables alone", async () => {
    const moto = await startMoto({ provider: false });
    const deployment = new Deployment(moto, (app) => {
      const stack = new TerraformStack(app, "plain");
      new AwsProvider(stack, "Aws", { region: "eu-central-1" });
      for (const [id, name] of Object.entries(PARAMETERS)) new DataAwsSsmParameter(stack, id, { name });
      new SnsTopic(stack, "Topic", {});
      return stack;
    });
    try {
      await deployment.synthesize(undefined, pluginArguments());
      await deployment.apply();
      const resources = await deployment.resources();
      const images = Object.keys(PARAMETERS).map((id) => resources.get(`data.aws_ssm_parameter.${id}`)?.insecure_value);
      expect(images).toEqual(images.map(() => expect.stringMatching(/^ami-[0-9a-f]{8,17}$/) as unknown));
      expect(new Set(images).size).toBe(images.length);
      expect(await deployment.plan()).toEqual(planned({}));
      expect(Object.keys(await moto.leftovers())).toEqual(["topic"]);
      await deployment.destroy();
      expect(await moto.leftovers()).toEqual({});
    } finally {
      deployment.remove();
      await moto.stop();
    }
  });

  it("is the version that the bindings ask for", () => {
    const bindings = join(require.resolve("@cdktf/provider-aws/package.json"), "..");
    const text = readFileSync(join(bindings, "lib", "provider", "index.js"), "utf8");
    expect(/providerVersion: '(.*)'/.exec(text)?.[1]).toBe(AWS_PROVIDER_VERSION);
  });
});

function pluginArguments(): readonly string[] {
  const dir = awsPluginDir();
  return dir === undefined ? [] : [`-plugin-dir=${dir}`];
}
