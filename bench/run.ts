/**
 * `npm run bench`: what the README claims, measured side by side; printed, and written to bench/results/.
 * `npm run bench -- --runs 9` takes more runs, `npm run bench -- aws` one cloud.
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

/** An app that is large by N of something. */
interface BenchedApp {
  /** What synth-app.js calls it. */
  readonly what: string;
  /** What there are many of, with the library and with the raw bindings. */
  readonly many: string;
  readonly raw: string;
  /** How many, and a tenth of it. */
  readonly large: number;
  readonly small: number;
  /** What the ratio of time to the raw bindings must not pass. @default - it is only told */
  readonly limit?: number;
}

interface BenchedCloud {
  readonly name: "alicloud" | "aws";
  readonly apps: readonly BenchedApp[];
}

const LIMIT = 1.2;

/** The constructs that an app takes. */
const TAKEN = "InternetNatGateway, SnatEntry, DnatEntry";

const CLOUDS: readonly BenchedCloud[] = [
  {
    name: "alicloud",
    apps: [
      {
        what: "entries",
        many: "DnatEntry",
        raw: "raw ForwardEntry",
        large: 10_000,
        small: 1_000,
        limit: LIMIT,
      },
    ],
  },
  {
    name: "aws",
    apps: [
      {
        what: "routes",
        many: "addRoute of one gateway",
        raw: "raw Route",
        large: 10_000,
        small: 1_000,
        limit: LIMIT,
      },
      // As many as the user data of one host holds.
      {
        what: "entries",
        many: "DnatEntry of one host",
        raw: "raw VpcSecurityGroupIngressRule, user data of as many lines",
        large: 600,
        small: 60,
      },
      {
        what: "gateways",
        many: "InternetNatGateway with a route",
        raw: "raw NatGateway with Eip and Route",
        large: 3_000,
        small: 300,
      },
    ],
  },
];

const RESULTS = join(__dirname, "results");
const APP = join(__dirname, "synth-app.js");

function main(): void {
  const flag = process.argv.indexOf("--runs");
  const runs = flag === -1 ? 7 : Number(process.argv[flag + 1]);
  if (!Number.isInteger(runs) || runs < 1) throw new Error("bench: --runs needs a whole number from 1 on");
  const named = CLOUDS.filter(({ name }) => process.argv.includes(name));
  const over = (named.length === 0 ? CLOUDS : named).flatMap((cloud) => benchOf(cloud, runs));
  for (const text of over) console.error(`bench: ${text}`);
  process.exitCode = over.length === 0 ? 0 : 1;
}

/** Measures one cloud, writes its results down, and gives what is over its limit. */
function benchOf(cloud: BenchedCloud, runs: number): readonly string[] {
  const { name } = cloud;
  const rows = [...importRows(cloud, runs), ...cloud.apps.flatMap((app) => appRows(name, app, runs))];
  const text = report(rows, runs);
  console.log(`${name}\n\n${text}`);
  mkdirSync(RESULTS, { recursive: true });
  writeFileSync(join(RESULTS, `${name}.md`), text);
  return rows
    .filter(({ limit, comparison, work }) => limit !== undefined && comparison.ratio.seconds / work > limit)
    .map(({ what, a, limit }) => `${name}: ${what} of ${a} is over its limit of ${limit ?? ""}`);
}

function importRows({ name }: BenchedCloud, runs: number): readonly Row[] {
  const entry = `cdktf-nat/${name}`;
  return [
    {
      what: "import",
      a: `require("${entry}")`,
      b: 'require("cdktf")',
      limit: 1.1,
      work: 1,
      comparison: sideBySide(["-e", `require("${entry}")`], ["-e", 'require("cdktf")'], 3 * runs),
    },
    {
      what: "import and take",
      a: `${TAKEN} of ${entry}`,
      b: "App, TerraformStack of cdktf",
      work: 1,
      comparison: sideBySide(
        ["-e", `const { ${TAKEN} } = require("${entry}")`],
        ["-e", 'const { App, TerraformStack } = require("cdktf")'],
        3 * runs,
      ),
    },
  ];
}

function appRows(cloud: string, { what, many, raw, large, small, limit }: BenchedApp, runs: number): readonly Row[] {
  const app = (kind: "library" | "raw", count: number) => [APP, cloud, what, kind, `${count}`];
  const [most, fewer] = [large.toLocaleString("en"), small.toLocaleString("en")];
  return [
    {
      what: "synth",
      a: `${most} ${many}`,
      b: `${most} ${raw}`,
      ...(limit === undefined ? {} : { limit }),
      work: 1,
      comparison: sideBySide(app("library", large), app("raw", large), runs),
    },
    {
      what: "growth",
      a: `${most} ${many}`,
      b: `${fewer} ${many}, ten times`,
      limit: LIMIT,
      work: large / small,
      comparison: sideBySide(app("library", large), app("library", small), runs),
    },
  ];
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
