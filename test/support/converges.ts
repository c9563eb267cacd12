import type { TerraformStack } from "cdktf";
import type { Deployment } from "./deployment";
import type { Fault, Seed, Simulator } from "./simulator";

/**
 * How an apply is broken off.
 *
 * The death of the provider comes between two operations, one at a time: Terraform knows nothing of what an operation
 * made that never answered, so no configuration can keep it from being made again.
 */
const FORMS = {
  "call refused": { form: "fails-before", args: [] },
  "provider dead": { form: "dies-after-answer", args: ["-parallelism=1"] },
} as const satisfies Readonly<Record<string, { readonly form: Fault["form"]; readonly args: readonly string[] }>>;

/** How an apply is broken off: a call of the cloud's API is refused, or the provider dies after an answer. */
export type BreakOff = keyof typeof FORMS;

/**
 * Breaks an apply off at each of its calls in turn, in each of the given ways. Every time, one more apply must finish the work:
 * nothing may exist twice, and Terraform must know of all that exists, so that destroy leaves what was there before.
 * That it does is tried out after every tenth fault, for it takes as long as an apply.
 *
 * @returns how many applies were broken off
 */
export async function convergesAfterEveryFault<S extends TerraformStack>(
  deployment: Deployment<S>,
  simulator: Simulator,
  seed: Seed,
  breakOffs: readonly BreakOff[],
): Promise<number> {
  await startAfresh(deployment, simulator, seed);
  const before = objectCounts(simulator);
  await deployment.apply();
  const whole = objectCounts(simulator);
  const kept = deployment.kept();
  await deployment.destroy();

  let broken = 0;
  for (const { form, args } of breakOffs.map((name) => FORMS[name])) {
    for (let call = 1; ; call++) {
      const where = `after ${form} at call ${call}`;
      await startAfresh(deployment, simulator, seed);
      await simulator.inject({ form, call });
      const { exitCode, stderr } = await deployment.tryApply(...args);
      // An apply with fewer calls than that: every one of them has had its fault.
      if (exitCode === 0) break;
      // Not only where it is known to be dead: Terraform may hear of its death before this process does.
      if (form === "dies-after-answer") await simulator.restart();
      broken += 1;
      await deployment.apply().catch((error: unknown) => {
        throw new Error(`${where}, the second apply failed: ${String(error)}\nthe first one said: ${stderr}`);
      });
      expectSame(objectCounts(simulator), whole, `${where}, the cloud`);
      expectSame(deployment.kept(), kept, `${where}, the state`);
      if (call % 10 !== 0) continue;
      // The state was refreshed by the apply just now.
      await deployment.destroy("-refresh=false");
      expectSame(objectCounts(simulator), before, `${where} and destroy, the cloud`);
    }
  }
  return broken;
}

async function startAfresh<S extends TerraformStack>(
  deployment: Deployment<S>,
  simulator: Simulator,
  seed: Seed,
): Promise<void> {
  deployment.forgetState();
  await simulator.reset(seed);
}

/** How many objects of each type there are. */
export function objectCounts(simulator: Simulator): Readonly<Record<string, number>> {
  const counts: Record<string, number> = {};
  for (const { type } of simulator.cloud()) counts[type] = (counts[type] ?? 0) + 1;
  return counts;
}

function expectSame(
  actual: readonly string[] | Readonly<Record<string, number>>,
  expected: readonly string[] | Readonly<Record<string, number>>,
  what: string,
): void {
  const sorted = (counts: typeof actual) => JSON.stringify(Object.entries(counts).sort());
  if (sorted(actual) === sorted(expected)) return;
  throw new Error(`${what} holds ${sorted(actual)}, expected ${sorted(expected)}`);
}
