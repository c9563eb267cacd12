import { spawnSync } from "node:child_process";
import { existsSync, readdirSync, rmSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { awsPluginDir } from "../test/support/aws-provider";
import { findMoto, startMoto } from "../test/support/moto";
import { existingGateway, startSimulator } from "../test/support/simulator";
import type { CloudName } from "../test/support/simulator";
import { isForgetful } from "./demo-options";

/** The cloud that the demo deploys into, on this machine. */
export interface DemoCloud {
  /** What it is, for the reader. */
  readonly name: string;
  /** What `cdktf` and Terraform need in their environment to reach it; undefined takes a variable away. */
  readonly env: Readonly<Record<string, string | undefined>>;
  stop(): Promise<void>;
}

const CLOUD_NAMES: Readonly<Record<CloudName, string>> = {
  alicloud: "Alibaba Cloud",
  opentelekomcloud: "Open Telekom Cloud",
};

/** Starts the cloud of an example, by the first word of its name. `dir` is the folder of the example's demo. */
export async function startDemoCloud(example: string, dir: string): Promise<DemoCloud> {
  if (isForgetful(example)) return await startAws(dir);
  return await startSimulated(example.startsWith("opentelekomcloud-") ? "opentelekomcloud" : "alicloud", dir);
}

async function startSimulated(cloud: CloudName, dir: string): Promise<DemoCloud> {
  const cloudFile = join(dir, "cloud.json");
  // What examples of Alibaba Cloud adopt; those of Open Telekom Cloud adopt nothing.
  const seed = cloud === "opentelekomcloud" || existsSync(cloudFile) ? undefined : existingGateway();
  const simulator = await startSimulator({ cloud, cloudFile, seed });
  return {
    name: `A simulated ${CLOUD_NAMES[cloud]}`,
    // The provider comes from the simulator, so the user's mirrors and caches do not matter.
    env: { ...simulator.env, TF_CLI_CONFIG_FILE: undefined },
    stop: () => simulator.stop(),
  };
}

async function startAws(dir: string): Promise<DemoCloud> {
  // The cloud of an earlier demo ended with it.
  for (const name of readdirSync(dir)) if (/\.tfstate(\.|$)/.test(name)) rmSync(join(dir, name));
  if (findMoto() === undefined) installMoto();
  // Terraform starts the provider itself, as it does for a user.
  const moto = await startMoto({ provider: false });
  const mirror = awsPluginDir();
  return {
    name: "A moto server, which answers as AWS does, with public addresses out of 127.0.0.0/8,",
    env: {
      AWS_PROFILE: undefined,
      AWS_SESSION_TOKEN: undefined,
      AWS_CA_BUNDLE: undefined,
      ...moto.env,
      ...(mirror === undefined ? {} : { TF_CLI_CONFIG_FILE: mirrorConfig(dir, mirror) }),
    },
    stop: () => moto.stop(),
  };
}

function installMoto(): void {
  const { status } = spawnSync(process.execPath, [join(__dirname, "setup-moto.mjs")], { stdio: "inherit" });
  if (status !== 0) throw new Error("demo: the moto server could not be installed into .cache/moto: see above");
  if (findMoto(true) === undefined) throw new Error("demo: the moto server in .cache/moto does not start");
}

/** A configuration of the Terraform CLI: the AWS provider from a mirror of this machine, all others as always. */
function mirrorConfig(dir: string, mirror: string): string {
  const file = join(dir, "mirror.tfrc");
  const provider = 'include = ["hashicorp/aws"]';
  const text = [
    "provider_installation {",
    `  filesystem_mirror {\n    path    = ${JSON.stringify(mirror)}\n    ${provider}\n  }`,
    `  direct {\n    ${provider.replace("include", "exclude")}\n  }`,
    "}",
  ];
  writeFileSync(file, `${text.join("\n")}\n`);
  return file;
}
