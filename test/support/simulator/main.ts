/**
 * Runs a simulated provider until it is stopped, and prints the value of TF_REATTACH_PROVIDERS as one line.
 *
 *   node --require ./test/support/simulator/typescript.cjs test/support/simulator/main.ts \
 *     --cloud alicloud|opentelekomcloud --state cloud.json --log calls.jsonl \
 *     [--socket PATH] [--time-scale 100] [--seed 1] [--limits JSON] [--fault JSON]
 */
import { existsSync, unlinkSync } from "node:fs";
import { parseArgs } from "node:util";
import { alicloud } from "./alicloud";
import { obey, type Command } from "./control";
import { Cloud } from "./engine/cloud";
import type { Fault } from "./engine/faults";
import { servePlugin } from "./engine/plugin-server";
import type { ProviderDefinition } from "./engine/provider";
import { opentelekomcloud } from "./opentelekomcloud";

const CLOUDS: Record<string, ProviderDefinition> = { alicloud, opentelekomcloud };

async function main(): Promise<void> {
  const { values } = parseArgs({
    options: {
      cloud: { type: "string", default: "alicloud" },
      state: { type: "string" },
      log: { type: "string" },
      socket: { type: "string" },
      "time-scale": { type: "string", default: "100" },
      seed: { type: "string", default: "1" },
      limits: { type: "string", default: "{}" },
      fault: { type: "string" },
    },
  });
  const definition = CLOUDS[values.cloud];
  if (definition === undefined) throw new Error(`no cloud ${values.cloud}; there is ${Object.keys(CLOUDS).join(", ")}`);
  if (values.state === undefined || values.log === undefined) throw new Error("--state and --log are needed");
  const cloud = new Cloud({
    stateFile: values.state,
    logFile: values.log,
    timeScale: Number(values["time-scale"]),
    seed: Number(values.seed),
    limits: JSON.parse(values.limits) as Record<string, number>,
    // As sudden as a crash: nothing is flushed, nothing answered.
    die: () => process.kill(process.pid, "SIGKILL"),
  });
  if (values.fault !== undefined) cloud.faults.inject(JSON.parse(values.fault) as Fault);
  if (values.socket !== undefined && existsSync(values.socket)) unlinkSync(values.socket);
  listen(cloud);
  console.log(JSON.stringify(await servePlugin(definition, cloud, values.socket)));
}

/** Takes commands from the process that forked this one, and ends with it. */
function listen(cloud: Cloud): void {
  if (process.send === undefined) return;
  process.on("message", ({ id, command }: { id: number; command: Command }) => {
    try {
      process.send?.({ id, result: obey(cloud, command) });
    } catch (error) {
      process.send?.({ id, error: error instanceof Error ? error.message : String(error) });
    }
  });
  process.on("disconnect", () => process.exit(0));
}

main().catch((error: unknown) => {
  console.error(`simulator: ${error instanceof Error ? error.message : String(error)}`);
  process.exit(1);
});
