import type { App, TerraformStack } from "cdktf";
import { type DeployedHost, deployHost } from "../support/deployed-host";
import type { Case } from "./cases";
import { type CloudOptions, makeCloud } from "./cloud";
import { runCloudConfig } from "./cloud-init";
import { caseOf, type FurtherEips } from "./deployed-flows";
import { flow, lines } from "./flow-text";
import type { Lab } from "./lab";

/** The first addresses of a subnet may be the host's: the router has one of the last. */
const ROUTER = "10.0.0.253";

/** What there is beside the stack. */
export interface LabOptions extends Pick<CloudOptions, "nic"> {
  /** @default "alicloud" */
  readonly cloud?: Parameters<typeof deployHost>[1];
  readonly further: FurtherEips;
}

/** A deployed host in a lab, once the tests run. */
export interface HostInLab {
  lab(): Lab;
  deployed(): DeployedHost;
  /** What arrives of a flow. */
  arrivals(one: Case): Promise<readonly string[]>;
  /** What should. */
  expected(one: Case): readonly string[];
}

/** Deploys a stack before the tests, and boots its machine in a lab: cloud-init's part is done by `runCloudConfig`. */
export function bootInLab(makeStack: (app: App) => TerraformStack, options: LabOptions): HostInLab {
  const { cloud, further, nic } = options;
  let lab: Lab | undefined;
  let deployed: DeployedHost;
  let port = 5000;
  const theLab = (): Lab => {
    if (lab === undefined) throw new Error("there is no lab");
    return lab;
  };
  beforeAll(async () => {
    deployed = await deployHost(makeStack, cloud);
    const eips = deployed.eips.map(({ publicIp, privateIp }) => [publicIp, privateIp] as const);
    lab = await makeCloud({ hostIp: deployed.privateIp, routerIp: ROUTER, eips, ...(nic !== undefined && { nic }) });
    runCloudConfig(lab, deployed.cloudConfig);
    // Where it is busy: a cloud that starts, and an apply.
  }, 300_000);
  afterAll(() => lab?.end());
  return {
    lab: theLab,
    deployed: () => deployed,
    arrivals: async (one) => {
      port++;
      const [, text] = caseOf(one, deployed, further, port);
      const [result] = await theLab().agent.flows([flow(text)]);
      return result === undefined ? [] : lines(result);
    },
    expected: (one) => caseOf(one, deployed, further, port)[2],
  };
}
