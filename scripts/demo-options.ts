/** What `npm run demo` was asked for. */
export interface DemoOptions {
  /** Name of the example: a folder of examples/, and the stack of that name. */
  readonly example: string;
  /** Leave it deployed in the simulated cloud, for a second run to show a change. */
  readonly keep: boolean;
  readonly help: boolean;
}

/** Whether the cloud of an example lives in one process only, so that nothing can stay deployed. */
export function isForgetful(example: string): boolean {
  return example.startsWith("aws-");
}

/** Examples that hand files to a machine over SSH: no simulated cloud has one. */
export const NEEDS_MACHINE: readonly string[] = ["alicloud-existing-host", "linux-router"];

/** The text behind `--help`. */
export const DEMO_USAGE = `npm run demo -- [--example NAME] [--keep]

Deploys one example with the real "cdktf deploy" and the Terraform CLI (or OpenTofu) into a simulated cloud on this
machine, shows who leaves by which address and which public port reaches whom, and destroys it again. It needs no cloud
account and touches none. Examples of AWS are deployed by the real provider into a moto server, which needs python3.

  --example NAME  the example to deploy (default: alicloud-managed)
  --keep          leave it deployed: change the example and run it again to see the update; a run without --keep
                  destroys it (not with examples of AWS: the moto server forgets)`;

/** Reads the command line; text that it does not know is an error, with what there is. */
export function parseDemoOptions(args: readonly string[], examples: readonly string[]): DemoOptions {
  let example = "alicloud-managed";
  let keep = false;
  let help = false;
  for (let index = 0; index < args.length; index++) {
    const [flag, inline] = splitFlag(args[index] ?? "");
    if (flag === "--keep") keep = true;
    else if (flag === "--help" || flag === "-h") help = true;
    else if (flag === "--example") example = inline ?? args[++index] ?? "";
    else throw new Error(`demo: unknown argument "${flag}"\n\n${DEMO_USAGE}`);
  }
  if (!examples.includes(example)) {
    const simulated = examples.filter((name) => !NEEDS_MACHINE.includes(name));
    throw new Error(`demo: --example: no example is called "${example}"; there are ${simulated.join(", ")}`);
  }
  if (NEEDS_MACHINE.includes(example)) {
    const fix = `name yours in examples/${example}/stack.ts, and deploy it: npx cdktf deploy ${example}`;
    throw new Error(
      `demo: --example: "${example}" needs a machine to log in to, and no simulated cloud has one; ${fix}`,
    );
  }
  if (keep && isForgetful(example)) {
    throw new Error(
      `demo: --keep: "${example}" is deployed into a moto server, whose memory ends with the demo; leave out --keep`,
    );
  }
  return { example, keep, help };
}

function splitFlag(argument: string): readonly [string, string | undefined] {
  const equals = argument.indexOf("=");
  return equals === -1 ? [argument, undefined] : [argument.slice(0, equals), argument.slice(equals + 1)];
}
