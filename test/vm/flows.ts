import type { Case } from "../lab/cases";
import { caseOf, type FurtherEips } from "../lab/deployed-flows";
import { flow, lines } from "../lab/flow-text";
import type { Lab } from "../lab/lab";
import type { DeployedHost } from "../support/deployed-host";

/** How long nothing more must arrive: a machine that is emulated beside others is slow. */
const SETTLE_SECONDS = 5;

/** Flows of an example, all sent at once, by the words that stand for its EIPs. */
export interface ExampleFlows {
  readonly cases: readonly Case[];
  readonly further: FurtherEips;
}

/** What arrives of each flow, by what it shows; and what should. Each time that they are sent they come from other ports. */
export async function flowsThrough(
  lab: Lab,
  host: DeployedHost,
  { cases, further }: ExampleFlows,
  port: number,
): Promise<{ readonly arrived: Arrivals; readonly expected: Arrivals }> {
  const sent = cases.map((one, place) => caseOf(one, host, further, port + place));
  const results = await lab.agent.flows(
    sent.map(([, text]) => flow(text)),
    { settle: SETTLE_SECONDS },
  );
  return {
    arrived: Object.fromEntries(sent.map(([name], place) => [name, lines(results[place]!)])),
    expected: Object.fromEntries(sent.map(([name, , arrives]) => [name, arrives])),
  };
}

type Arrivals = Readonly<Record<string, readonly string[]>>;
