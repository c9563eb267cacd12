import { AlicloudSelfHosted } from "../../examples/alicloud-self-hosted/stack";
import { AwsSelfHostedDnat } from "../../examples/aws-self-hosted-dnat/stack";
import { EXAMPLE, SERVICES } from "../lab/deployed-flows";
import { type DeployedHost, deployHost } from "../support/deployed-host";
import type { ExampleFlows } from "./flows";
import { MAC, type VmOptions } from "./vm";

/** An example whose user data is booted, and what its cloud makes of the machine's network. */
export interface Example extends ExampleFlows, Pick<VmOptions, "nicSlot" | "networkConfig"> {
  readonly name: string;
  readonly deploy: () => Promise<DeployedHost>;
  /** The addresses, with their interfaces, in the end of a boot. */
  readonly addresses: (host: DeployedHost) => {
    readonly firstBoot: readonly string[];
    readonly reboot: readonly string[];
  };
}

const WEB = "10.0.0.11";
const DESK = "10.0.0.12";

/** DHCP gives the primary address; of others the image knows nothing. */
export const ALICLOUD: Example = {
  name: "alicloud-self-hosted",
  deploy: () => deployHost((app) => new AlicloudSelfHosted(app, "alicloud-self-hosted")),
  addresses: ({ privateIp }) => ({
    firstBoot: [`${privateIp}/24 ens2`, `${WEB}/32 lo`],
    // Before the network is up no interface has the primary address.
    reboot: [`${privateIp}/24 ens2`, `${privateIp}/32 lo`, `${WEB}/32 lo`],
  }),
  cases: EXAMPLE,
  further: { WEB },
};

/** cloud-init writes the interface's further addresses down too, as it does from AWS's metadata. */
export const AWS: Example = {
  name: "aws-self-hosted-dnat",
  deploy: () => deployHost((app) => new AwsSelfHostedDnat(app, "aws-self-hosted-dnat"), "aws"),
  nicSlot: 5,
  networkConfig: `version: 2
ethernets:
  ens5:
    match: { macaddress: "${MAC}" }
    set-name: ens5
    dhcp4: true
    dhcp4-overrides: { route-metric: 100 }
    dhcp6: false
    addresses: [${WEB}/24, ${DESK}/24]
`,
  addresses: ({ privateIp }) => {
    const onInterface = [privateIp, WEB, DESK].map((ip) => `${ip}/24 ens5`);
    const local = [privateIp, WEB, DESK].map((ip) => `${ip}/32 lo`);
    return { firstBoot: onInterface, reboot: [...onInterface, ...local].sort() };
  },
  cases: [...EXAMPLE, ...SERVICES],
  // The kernel masquerades as the first address of the interface: those that are written down come before that of DHCP.
  further: { WEB, DESK, HOST: WEB },
};
