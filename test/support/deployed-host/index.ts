import { gunzipSync } from "node:zlib";
import type { App, TerraformStack } from "cdktf";
import { Deployment } from "../deployment";
import { startAlicloud } from "./alicloud";
import { startAws } from "./aws";
import type { HostCloud, HostInCloud } from "./host-cloud";
import { startOpenTelekomCloud } from "./opentelekomcloud";

/** The machine of a self-hosted NAT as a stack deploys it, with what the cloud chose in its place. */
export interface DeployedHost extends HostInCloud {
  /** What the machine is given, as cloud-init reads it. */
  readonly cloudConfig: string;
}

const CLOUDS = { alicloud: startAlicloud, aws: startAws, opentelekomcloud: startOpenTelekomCloud };

/**
 * Deploys a stack with one self-hosted NAT into its cloud on this machine by the real Terraform CLI, and reads from it
 * what the NAT's machine was given. The cloud goes with all that is in it.
 */
export async function deployHost(
  makeStack: (app: App) => TerraformStack,
  cloudName: keyof typeof CLOUDS = "alicloud",
): Promise<DeployedHost> {
  const cloud: HostCloud = await CLOUDS[cloudName]();
  const deployment = new Deployment(cloud, makeStack);
  try {
    await deployment.synthesize();
    await deployment.apply();
    const host = cloud.host(await deployment.resources());
    return { ...host, cloudConfig: gunzipSync(Buffer.from(host.userData, "base64")).toString() };
  } finally {
    deployment.remove();
    await cloud.stop();
  }
}
