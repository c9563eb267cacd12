/**
 * `npm run bench:host`: what NAT hosts cost, measured side by side in network namespaces, as root; printed, and written to
 * bench/results/. `npm run bench:host -- peers capacity` runs these parts only.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { release } from "node:os";
import { join } from "node:path";
import { capacity } from "./capacity";
import { connectionRate } from "./connection-rate";
import type { Finding } from "./measure";
import { peers } from "./peers";
import { sizeAndTime } from "./size-and-time";

const PARTS: Readonly<Record<string, () => Promise<Finding>>> = {
  peers,
  "size-and-time": sizeAndTime,
  capacity,
  "connection-rate": connectionRate,
};
const RESULTS = join(__dirname, "..", "results");

async function main(wanted: readonly string[]): Promise<void> {
  const unknown = wanted.find((name) => !(name in PARTS));
  if (unknown !== undefined) {
    throw new Error(`bench:host: no part is called "${unknown}"; there are ${Object.keys(PARTS).join(", ")}`);
  }
  mkdirSync(RESULTS, { recursive: true });
  for (const [name, part] of Object.entries(PARTS)) {
    if (wanted.length > 0 && !wanted.includes(name)) continue;
    const { text, misses } = await part();
    console.log(text);
    const made = `Made by \`npm run bench:host -- ${name}\`, Linux ${release().replace(/-.*/, "")}.`;
    writeFileSync(join(RESULTS, `host-${name}.md`), `${made}\n\n${text}`);
    for (const miss of misses) console.error(`bench:host: ${name}: ${miss}`);
    if (misses.length > 0) process.exitCode = 1;
  }
}

main(process.argv.slice(2)).catch((error: unknown) => {
  console.error(error instanceof Error ? error.message : error);
  process.exitCode = 1;
});
