import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { capacity } from "./capacity";
import { connectionRate } from "./connection-rate";
import { peers } from "./peers";
import { sizeAndTime } from "./size-and-time";

const PARTS = { peers, "size-and-time": sizeAndTime, capacity, "connection-rate": connectionRate };

/** Runs the parts that are named, or all of them; prints each as a table and keeps it under bench/results. */
async function main(names: readonly string[]): Promise<void> {
  const folder = join(__dirname, "..", "results");
  mkdirSync(folder, { recursive: true });
  for (const [name, part] of Object.entries(PARTS)) {
    if (names.length === 0 || names.includes(name)) {
      const { text, results } = await part();
      process.stdout.write(`${text}\n`);
      writeFileSync(join(folder, `host-${name}.json`), `${JSON.stringify(results, null, 2)}\n`);
    }
  }
}

void main(process.argv.slice(2));
