import { spawnSync } from "node:child_process";

/** What one run of a program cost. */
export interface Cost {
  readonly seconds: number;
  readonly megabytes: number;
}

/**
 * Runs two programs in turn, A B A B ..., each in a process of its own, and gives the medians of both and the median of
 * the ratios pair by pair: the machine's own ups and downs then fall on both.
 */
export function sideBySide(a: readonly string[], b: readonly string[], runs: number): Comparison {
  const pairs: (readonly [Cost, Cost])[] = [];
  // One pair first that is not counted: it fills the file cache.
  for (let run = 0; run <= runs; run++) {
    const pair = [cost(a), cost(b)] as const;
    if (run > 0) pairs.push(pair);
  }
  const ratio = (figure: keyof Cost) => median(pairs.map(([first, second]) => first[figure] / second[figure]));
  return {
    a: medians(pairs.map(([first]) => first)),
    b: medians(pairs.map(([, second]) => second)),
    ratio: { seconds: ratio("seconds"), megabytes: ratio("megabytes") },
  };
}

/** Medians of two programs, and of the ratio of the first to the second. */
export interface Comparison {
  readonly a: Cost;
  readonly b: Cost;
  readonly ratio: Cost;
}

/** The middle one, or the mean of the two in the middle. */
export function median(values: readonly number[]): number {
  const sorted = [...values].sort((x, y) => x - y);
  const middle = sorted.length / 2;
  const low = sorted[Math.floor(middle - 0.5)] ?? NaN;
  const high = sorted[Math.ceil(middle - 0.5)] ?? NaN;
  return (low + high) / 2;
}

function medians(costs: readonly Cost[]): Cost {
  return {
    seconds: median(costs.map((one) => one.seconds)),
    megabytes: median(costs.map((one) => one.megabytes)),
  };
}

/** Seconds of processor time (not of the clock, which other programs stretch) and peak memory, told by the program itself. */
function cost(args: readonly string[]): Cost {
  const report = `process.on("exit", () => {
    const { userCPUTime, systemCPUTime, maxRSS } = process.resourceUsage();
    require("node:fs").writeSync(3, JSON.stringify({ seconds: (userCPUTime + systemCPUTime) / 1e6, megabytes: maxRSS / 1024 }));
  });`;
  const preload = `data:text/javascript,import{createRequire}from"node:module";const require=createRequire(process.cwd()+"/");${encodeURIComponent(report)}`;
  const child = spawnSync(process.execPath, ["--import", preload, ...args], {
    stdio: ["ignore", "ignore", "inherit", "pipe"],
    encoding: "utf8",
  });
  if (child.status !== 0) throw new Error(`bench: ${args.join(" ")} ended with ${child.status ?? "a signal"}`);
  return JSON.parse(child.output[3] ?? "") as Cost;
}
