import { readFileSync } from "node:fs";
import { join, resolve } from "node:path";

const TEXT = readFileSync(join(resolve(__dirname, "../.."), "package-lock.json"), "utf8");

interface LockedPackage {
  readonly dependencies?: Record<string, string>;
  readonly optionalDependencies?: Record<string, string>;
}

/** What packages name and the lock file does not hold, looked up as Node does: in their own folder, then in each above. */
function missingFrom(packages: Readonly<Record<string, LockedPackage>>): string[] {
  return Object.entries(packages).flatMap(([path, { dependencies, optionalDependencies }]) =>
    Object.keys({ ...dependencies, ...optionalDependencies })
      .filter((name) => !foldersAbove(path).some((folder) => `${folder}node_modules/${name}` in packages))
      .map((name) => `${path} needs ${name}`),
  );
}

/** "node_modules/a/node_modules/b" to itself, "node_modules/a" and the root, each ready to be prefixed. */
function foldersAbove(path: string): string[] {
  const parts = path.split(/\/?node_modules\//).slice(1);
  return [...parts.keys(), parts.length].map((count) =>
    parts
      .slice(0, count)
      .map((name) => `node_modules/${name}/`)
      .join(""),
  );
}

describe("the lock file", () => {
  it("names no registry: each user's own serves the packages", () => {
    expect(TEXT).not.toMatch(/"resolved"\s*:/);
  });

  // A lock file written where node_modules stood already lost the packages of other platforms, and then `npm ci` refused
  // it on every machine.
  it("holds every package that another one in it needs, for every platform", () => {
    const { packages } = JSON.parse(TEXT) as { packages: Record<string, LockedPackage> };
    expect(missingFrom(packages)).toEqual([]);
  });

  it("is read as Node looks packages up", () => {
    expect(
      missingFrom({
        "": { dependencies: { a: "1" } },
        "node_modules/a": { dependencies: { "@s/b": "1", c: "1", d: "1" }, optionalDependencies: { e: "1" } },
        "node_modules/@s/b": { dependencies: { c: "1" } },
        "node_modules/a/node_modules/c": { dependencies: { d: "1" } },
        "node_modules/a/node_modules/d": {},
      }),
    ).toEqual(["node_modules/a needs e", "node_modules/@s/b needs c"]);
  });
});
