import type { TerraformStack } from "cdktf";
import type { Deployment } from "./deployment";
import type { ApiCall, Fault, Seed, Simulator } from "./simulator";

/** How an apply is broken off: a call of the cloud's API is refused, or the provider dies after an answer. */
export type BreakOff = "call refused" | "provider dead";

/** A fault, and what is said of it where the work does not converge after it. */
interface Strike {
  readonly where: string;
  readonly fault: Fault;
  readonly args: readonly string[];
  /** Whether the apply may end well all the same. */
  readonly mayEndWell: boolean;
}

/**
 * Breaks an apply off at each of its calls in turn, in each of the given ways. Which calls there are says an apply
 * without faults; a fault that did not strike fails. Every time, one more apply must finish the work:
 * nothing may exist twice, and Terraform must know of all that exists, so that destroy leaves what was there before.
 * That it does is tried out after every tenth fault, for it takes as long as an apply.
 *
 * @param forgetful calls within the making of a resource that the provider forgets where they fail: what is made by then
 * stays, and no configuration can keep it from being made again
 */
export async function convergesAfterEveryFault<S extends TerraformStack>(
  deployment: Deployment<S>,
  simulator: Simulator,
  seed: Seed,
  breakOffs: readonly BreakOff[],
  forgetful: readonly string[] = [],
): Promise<void> {
  await startAfresh(deployment, simulator, seed);
  const before = objectCounts(simulator);
  await deployment.apply();
  const whole = objectCounts(simulator);
  const kept = deployment.kept();
  const strikes = {
    "call refused": refusals(simulator.log().filter(({ action }) => !forgetful.includes(action))),
    "provider dead": deaths(kept.filter((address) => !address.startsWith("terraform_data."))),
  };
  await deployment.destroy();

  for (const breakOff of breakOffs) {
    if (strikes[breakOff].length === 0) throw new Error(`${breakOff}: the apply has no call to break off at`);
    for (const [place, { where, fault, args, mayEndWell }] of strikes[breakOff].entries()) {
      await startAfresh(deployment, simulator, seed);
      await simulator.inject(fault);
      const { exitCode, stderr } = await deployment.tryApply(...args);
      if (!(await simulator.struck())) throw new Error(`${where}: the fault did not strike; the apply said: ${stderr}`);
      if (exitCode === 0 && !mayEndWell) throw new Error(`${where}: the apply ended well all the same`);
      // Not only where it is known to be dead: Terraform may hear of its death before this process does.
      if (breakOff === "provider dead") await simulator.restart();
      await deployment.apply().catch((error: unknown) => {
        throw new Error(`${where}, the second apply failed: ${String(error)}\nthe first one said: ${stderr}`);
      });
      expectSame(objectCounts(simulator), whole, `${where}, the cloud`);
      expectSame(deployment.kept(), kept, `${where}, the state`);
      if (place % 10 !== 9) continue;
      // The state was refreshed by the apply just now.
      await deployment.destroy("-refresh=false");
      expectSame(objectCounts(simulator), before, `${where} and destroy, the cloud`);
    }
  }
}

/**
 * Each changing call of the log that the cloud let through is refused once. It is told by its action: in which order
 * actions come, and how often the cloud refuses one that comes too early, differs from apply to apply.
 */
function refusals(log: readonly ApiCall[]): readonly Strike[] {
  const seen = new Map<string, number>();
  return log
    .filter(({ mutating, error }) => mutating && error === undefined)
    .map(({ action }) => {
      const call = (seen.get(action) ?? 0) + 1;
      seen.set(action, call);
      const fault = { form: "fails-before", action, call } as const;
      return { where: `after call ${call} of ${action} was refused`, fault, args: [], mayEndWell: false };
    });
}

/**
 * The provider dies after it has answered for each resource in turn. That comes between two operations, one at a time:
 * Terraform knows nothing of what an operation made that never answered, so no configuration can keep it from being
 * made again.
 */
function deaths(resources: readonly string[]): readonly Strike[] {
  return resources.map((_, place) => ({
    where: `after the provider died with answer ${place + 1}`,
    fault: { form: "dies-after-answer", call: place + 1 },
    args: ["-parallelism=1"],
    // Nothing is left to do after the last answer.
    mayEndWell: place === resources.length - 1,
  }));
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
