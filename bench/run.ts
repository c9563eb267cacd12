/**
 * `npm run bench`: what the README claims, measured side by side; printed, and written to bench/results/.
 * `npm run bench -- --runs 9` takes more runs.
 */
import { mkdirSync, writeFileSync } from "node:fs";
import { join } from "node:path";
import { sideBySide } from "./measure";
import type { Comparison } from "./measure";

interface Row {
  readonly what: string;
  readonly a: string;
  readonly b: string;
  /** What the ratio of time must not pass; absent where it is only told. */
  readonly limit?: number;
  readonly comparison: Comparison;
  /** A factor that the ratio is divided by: 10 for ten times the work. */
  readonly work: number;
}

const RESULTS = join(__dirname, "results");
const APP = join(__dirname, "synth-app.js");

function main(): void {
  const flag = process.argv.indexOf("--runs");
  const runs = flag === -1 ? 7 : Number(process.argv[flag + 1]);
  if (!Number.isInteger(runs) || runs < 1) throw new Error("bench: --runs needs a whole number from 1 on");
  const rows: Row[] = [
    {
      what: "import",
      a: 'require("cdktf-nat/alicloud")',
      b: 'require("cdktf")',
      limit: 1.1,
      work: 1,
      comparison: sideBySide(["-e", 'require("cdktf-nat/alicloud")'], ["-e", 'require("cdktf")'], 3 * runs),
    },
    {
      what: "import and take",
      a: "InternetNatGateway, SnatEntry, DnatEntry of cdktf-nat/alicloud",
      b: "App, TerraformStack of cdktf",
      work: 1,
      comparison: sideBySide(
        ["-e", 'const { InternetNatGateway, SnatEntry, DnatEntry } = require("cdktf-nat/alicloud")'],
        ["-e", 'const { App, TerraformStack } = require("cdktf")'],
        3 * runs,
      ),
    },
    {
      what: "synth",
      a: "10,000 DnatEntry",
      b: "10,000 raw ForwardEntry",
      limit: 1.2,
      work: 1,
      comparison: sideBySide([APP, "library", "10000"], [APP, "raw", "10000"], runs),
    },
    {
      what: "growth",
      a: "10,000 DnatEntry",
      b: "1,000 DnatEntry, ten times",
      limit: 1.2,
      work: 10,
      comparison: sideBySide([APP, "library", "10000"], [APP, "library", "1000"], runs),
    },
  ];
  const text = report(rows, runs);
  console.log(text);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, "alicloud.md"), text);
  const over = rows.filter((row) => row.limit !== undefined && row.comparison.ratio.seconds / row.work > row.limit);
  for (const row of over) console.error(`bench: ${row.what} is over its limit of ${row.limit ?? ""}`);
  process.exitCode = over.length === 0 ? 0 : 1;
}

function report(rows: readonly Row[], runs: number): string {
  const lines = rows.map(({ what, a, b, limit, work, comparison }) =>
    [
      what,
      a,
      b,
      (comparison.ratio.seconds / work).toFixed(2),
      work === 1 ? comparison.ratio.megabytes.toFixed(2) : "-",
      limit === undefined ? "-" : `${limit}`,
      `${comparison.a.seconds.toFixed(2)} s, ${comparison.a.megabytes.toFixed(0)} MB`,
      `${comparison.b.seconds.toFixed(2)} s, ${comparison.b.megabytes.toFixed(0)} MB`,
    ].join(" | "),
  );
  return [
    `Made by \`npm run bench -- --runs ${runs}\`, Node.js ${process.version}: medians of ${runs} runs (imports: ${3 * runs}), A and B in turn;`,
    "seconds of processor time and peak memory of the whole process.",
    "",
    "| what | A | B | time A/B | memory A/B | limit | A | B |",
    "|---|---|---|---|---|---|---|---|",
    ...lines.map((line) => `| ${line} |`),
    "",
  ].join("\n");
}

main();
