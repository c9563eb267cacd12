import { gunzipSync } from "node:zlib";
import type { App, TerraformStack } from "cdktf";
import { Deployment } from "./deployment";
import { planned } from "./example";
import { startMoto } from "./moto";
import type { Moto } from "./moto";
import { describeMoto } from "./terraform-layer";

/** What a test of an AWS example gets to work with. */
export interface DeployedAwsExample<S extends TerraformStack> {
  readonly deployment: Deployment<S>;
  readonly moto: Moto;
}

/** An AWS example, and what is tested of it beside what holds for all. */
export interface AwsExampleTests<S extends TerraformStack> {
  readonly name: string;
  readonly makeStack: (app: App) => S;
  /**
   * Tests of the deployed example. All work on one deployment, in this order, since the provider waits for every
   * machine and gateway 10 s and more: each goes on from what the test before left.
   */
  readonly tests: (example: () => DeployedAwsExample<S>) => void;
}

/**
 * Tests an AWS example with the real Terraform CLI, the real provider and the moto server: it validates, applies, plans
 * no changes afterwards, and is destroyed to nothing, whatever its own tests made of it. How long each step takes is
 * printed.
 */
export function describeAwsExample<S extends TerraformStack>(example: AwsExampleTests<S>): void {
  describeMoto(`example ${example.name}, applied by Terraform`, () => {
    let moto: Moto;
    let deployment: Deployment<S>;

    beforeAll(async () => {
      moto = await startMoto();
      deployment = new Deployment(moto, example.makeStack);
      await deployment.synthesize();
    }, 600_000);
    afterAll(async () => {
      process.stderr.write(`${example.name}: ${deployment.timing()}\n`);
      deployment.remove();
      await moto.stop();
    });

    it("validates", async () => {
      const { stdout } = await deployment.succeed("validate", "-no-color");
      expect(stdout).toContain("Success! The configuration is valid.");
    });

    it("plans no changes after an apply", async () => {
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
    });

    describe("once deployed", () => {
      example.tests(() => ({ deployment, moto }));
    });

    it("leaves nothing behind after a destroy", async () => {
      await deployment.destroy();
      expect(await moto.leftovers()).toEqual({});
    });
  });
}

/** User data of a machine or a launch template as cloud-init reads it. */
export function unpacked(userData: unknown): string {
  return gunzipSync(Buffer.from(String(userData), "base64")).toString();
}
