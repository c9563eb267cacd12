import { gunzipSync } from "node:zlib";
import type { App, TerraformStack } from "cdktf";
import { Deployment } from "./deployment";
import { startSimulator } from "./simulator";

/** The machine of a self-hosted NAT as a stack deploys it, with what the cloud chose in its place. */
export interface DeployedHost {
  /** What the machine is given: gzip, in base64. */
  readonly userData: string;
  /** The same as cloud-init reads it. */
  readonly cloudConfig: string;
  /** Primary private address of the machine's (first) network interface. */
  readonly privateIp: string;
  /** Primary private addresses of its further network interfaces. */
  readonly furtherPrivateIps: readonly string[];
  /** The EIPs, each with the private address that the cloud translates it to. */
  readonly eips: readonly { readonly publicIp: string; readonly privateIp: string }[];
}

/**
 * Deploys a stack with one self-hosted NAT into the provider simulator by the real Terraform CLI, reads from the
 * simulated cloud what its machine was given, and destroys it again.
 */
export async function deployHost<S extends TerraformStack>(
  makeStack: (app: App) => S,
  change?: (stack: S) => void,
): Promise<DeployedHost> {
  const simulator = await startSimulator({ timeScale: 400 });
  const deployment = new Deployment(simulator, makeStack);
  try {
    await deployment.synthesize(change);
    await deployment.apply();
    const cloud = simulator.cloud();
    const of = (type: string) => cloud.filter((object) => object.type === type).map(({ attributes }) => attributes);
    const resources = [...(await deployment.resources()).values()];
    const machine = resources.find((values) => "user_data" in values && "instance_type" in values);
    if (machine === undefined) throw new Error("the stack deploys no machine");
    const userData = String(machine.user_data);
    const further = (machine.network_interfaces ?? []) as readonly { readonly network_interface_id?: string }[];
    return {
      userData,
      cloudConfig: gunzipSync(Buffer.from(userData, "base64")).toString(),
      privateIp: String(machine.private_ip ?? machine.primary_ip_address),
      furtherPrivateIps: further.map(({ network_interface_id: id }) =>
        String(resources.find((values) => values.id === id)?.primary_ip_address),
      ),
      eips: of("EipAddress").map((eip) => ({
        publicIp: eip.IpAddress as string,
        privateIp: eip.PrivateIpAddress as string,
      })),
    };
  } finally {
    deployment.remove();
    await simulator.stop();
  }
}
