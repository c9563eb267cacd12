import type { App, TerraformStack } from "cdktf";
import { convergesAfterEveryFault } from "./converges";
import type { BreakOff, LeftBehind } from "./converges";
import { Deployment } from "./deployment";
import type { PlannedActions } from "./deployment";
import { startSimulator } from "./simulator";
import type { CloudName, Seed, Simulator } from "./simulator";
import { describeTerraform } from "./terraform-layer";

const NOTHING: PlannedActions = { create: [], update: [], replace: [], delete: [] };

/** What a test of an example gets to work with: the example is deployed when the test begins. */
export interface DeployedExample<S extends TerraformStack> {
  readonly deployment: Deployment<S>;
  readonly simulator: Simulator;
}

/** An example, and what is tested of it beside what holds for all. */
export interface ExampleTests<S extends TerraformStack> {
  readonly name: string;
  readonly makeStack: (app: App) => S;
  /** The cloud that it is applied in. @default "alicloud" */
  readonly cloud?: CloudName;
  /** What is in the cloud before the example. @default - nothing */
  readonly seed?: Seed;
  /**
   * Ways in which its applies are broken off. That the provider dies is tried with one gateway and one host: such an
   * apply makes one resource after the other, and takes its time.
   */
  readonly breakOffs: readonly BreakOff[];
  /** What calls leave behind that are refused, with every configuration. @default - nothing */
  readonly leftBehind?: LeftBehind;
  readonly tests: (example: () => DeployedExample<S>) => void;
}

/**
 * Tests an example with the real Terraform CLI: it validates, applies, plans no changes afterwards, is destroyed to
 * what was there before, and survives a fault at every call.
 */
export function describeExample<S extends TerraformStack>(example: ExampleTests<S>): void {
  const seed = example.seed ?? [];
  describeTerraform(`example ${example.name}, applied by Terraform`, () => {
    let simulator: Simulator;
    let deployment: Deployment<S>;

    beforeAll(async () => {
      simulator = await startSimulator({ cloud: example.cloud ?? "alicloud", timeScale: 400 });
    });
    afterAll(() => simulator.stop());

    beforeEach(async () => {
      await simulator.reset(seed);
      deployment = new Deployment(simulator, example.makeStack);
      await deployment.synthesize();
    });
    afterEach(() => deployment.remove());

    it("validates", async () => {
      const { stdout } = await deployment.succeed("validate", "-no-color");
      expect(stdout).toContain("Success! The configuration is valid.");
    });

    it("plans no changes after an apply, and leaves nothing behind after a destroy", async () => {
      const before = simulator.cloud();
      await deployment.apply();
      expect(await deployment.plan()).toEqual(NOTHING);
      await deployment.destroy();
      expect(simulator.cloud()).toEqual(before);
    });

    describe("once deployed", () => {
      beforeEach(() => deployment.apply());
      afterEach(() => deployment.destroy());

      example.tests(() => ({ deployment, simulator }));
    });

    it("converges after a fault at every call of an apply", async () => {
      const { breakOffs, leftBehind } = example;
      const converged = convergesAfterEveryFault(deployment, simulator, seed, breakOffs, leftBehind);
      await expect(converged).resolves.toBeUndefined();
    }, 900_000);
  });
}

/** A plan in which only the named actions are expected. */
export function planned(actions: Partial<PlannedActions>): PlannedActions {
  return { ...NOTHING, ...actions };
}
