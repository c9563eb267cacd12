/* eslint-disable jest/no-export, jest/valid-title, jest/valid-describe-callback -- it declares the tests of other files */
/* eslint-disable jest/expect-expect -- the one test of its own fails by a throw that says what is missing */
import { execFileSync } from "node:child_process";

/** What the lab needs on the machine, by the Debian package that brings it. */
const PROGRAMS: readonly (readonly [program: string, name: string])[] = [
  ["ip", "iproute2"],
  ["nft", "nftables"],
  ["iptables", "iptables"],
  ["conntrack", "conntrack"],
  ["python3", "python3"],
  ["nsenter", "util-linux"],
];

/** `describe`, or one visible line and no tests where the lab cannot run here. In CI that is a failure. */
export function describeLab(
  name: string,
  tests: () => void,
  further: readonly (readonly [string, string])[] = [],
): void {
  // Machines that are slow or busy take their time; what has to be quick is measured where it matters.
  jest.setTimeout(120_000);
  describeUnless(missingTools([...PROGRAMS, ...further]), `lab "${name}"`, name, tests);
}

/** `describe`, or one visible line and no tests where something is missing. In CI that is a failure. */
export function describeUnless(missing: string | undefined, what: string, name: string, tests: () => void): void {
  if (missing === undefined) {
    describe(name, tests);
    return;
  }
  if (process.env.CI === "true") {
    describe(name, () => {
      it("has all that it needs", () => {
        throw new Error(missing);
      });
    });
    return;
  }
  process.stderr.write(`SKIPPED ${what}: ${missing}\n`);
  // eslint-disable-next-line jest/no-disabled-tests -- they cannot run here, as the line just printed says
  describe.skip(name, tests);
}

/** What is missing for a layer of tests; undefined where nothing is. */
export function missingTools(programs: readonly (readonly [string, string])[], needsRoot = true): string | undefined {
  const missing = programs.filter(([program]) => !has(program));
  if (missing.length > 0) {
    return `missing ${missing.map(([program]) => program).join(", ")}; apt-get install ${missing.map(([, name]) => name).join(" ")}`;
  }
  if (!needsRoot) {
    return undefined;
  }
  if (process.getuid?.() !== 0) {
    return "network namespaces need root";
  }
  try {
    execFileSync("unshare", ["--net", "--mount", "true"], { stdio: "pipe" });
    return undefined;
  } catch {
    return "this machine makes no network namespaces";
  }
}

function has(program: string): boolean {
  try {
    execFileSync("sh", ["-c", `PATH="$PATH:/usr/sbin:/sbin" command -v ${program}`], { stdio: "pipe" });
    return true;
  } catch {
    return false;
  }
}
