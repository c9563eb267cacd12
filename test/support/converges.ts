import type { TerraformStack } from "cdktf";
import type { Deployment } from "./deployment";
import type { ApiCall, Fault, Seed, Simulator } from "./simulator";

/** How an apply is broken off: a call of the cloud's API is refused, or the provider dies after an answer. */
export type BreakOff = "call refused" | "provider dead";

/**
 * Calls that a provider makes for a new thing before it tells Terraform of it: where one is refused, the thing stays
 * behind and is made again, with every configuration. By action, the types of which there may then be more.
 */
export type LeftBehind = Readonly<Record<string, readonly string[]>>;

/** A fault, and what is said of it where the work does not converge after it. */
interface Strike {
  readonly where: string;
  readonly fault: Fault;
  /** What may be left behind all the same. */
  readonly leaves?: readonly string[] | undefined;
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
 * Of the actions in `leftBehind`, the types named there are not counted; that they are needed there is checked, too.
 */
export async function convergesAfterEveryFault<S extends TerraformStack>(
  deployment: Deployment<S>,
  simulator: Simulator,
  seed: Seed,
  breakOffs: readonly BreakOff[],
  leftBehind: LeftBehind = {},
): Promise<void> {
  await startAfresh(deployment, simulator, seed);
  const before = objectCounts(simulator);
  await deployment.apply();
  const whole = objectCounts(simulator);
  const kept = deployment.kept();
  const strikes = {
    "call refused": refusals(simulator.log(), leftBehind),
    "provider dead": deaths(kept.filter((address) => !address.startsWith("terraform_data."))),
  };
  await deployment.destroy();
  const seenLeft = new Set<string | undefined>();

  for (const breakOff of breakOffs) {
    if (strikes[breakOff].length === 0) throw new Error(`${breakOff}: the apply has no call to break off at`);
    for (const [place, { where, fault, leaves, args, mayEndWell }] of strikes[breakOff].entries()) {
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
      expectSame(deployment.kept(), kept, `${where}, the state`);
      const counts = objectCounts(simulator);
      if (leaves?.some((type) => (counts[type] ?? 0) > (whole[type] ?? 0))) {
        expectSame(without(leaves, counts), without(leaves, whole), `${where}, the cloud`);
        seenLeft.add(fault.action);
        continue;
      }
      expectSame(counts, whole, `${where}, the cloud`);
      if (place % 10 !== 9) continue;
      // The state was refreshed by the apply just now.
      await deployment.destroy("-refresh=false");
      expectSame(objectCounts(simulator), before, `${where} and destroy, the cloud`);
    }
  }
  for (const action of breakOffs.includes("call refused") ? Object.keys(leftBehind) : []) {
    if (!seenLeft.has(action)) throw new Error(`${action}: where it was refused, nothing was left behind`);
  }
}

/**
 * Each changing call of the log that the cloud let through is refused once. It is told by its action: in which order
 * actions come, and how often the cloud refuses one that comes too early, differs from apply to apply.
 */
function refusals(log: readonly ApiCall[], leftBehind: LeftBehind): readonly Strike[] {
  const seen = new Map<string, number>();
  return log
    .filter(({ mutating, error }) => mutating && error === undefined)
    .map(({ action }) => {
      const call = (seen.get(action) ?? 0) + 1;
      seen.set(action, call);
      const fault = { form: "fails-before", action, call } as const;
      const where = `after call ${call} of ${action} was refused`;
      return { where, fault, leaves: leftBehind[action], args: [], mayEndWell: false };
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

function without(types: readonly string[], counts: Readonly<Record<string, number>>): Readonly<Record<string, number>> {
  return Object.fromEntries(Object.entries(counts).filter(([type]) => !types.includes(type)));
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
