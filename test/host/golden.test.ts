import { spawnSync } from "node:child_process";
import { existsSync, mkdirSync, mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join, relative } from "node:path";
import { type HostFile, renderCloudConfig, renderHost } from "cdktf-nat";
import { missingTools } from "../lab/tools";
import { GOLDEN_HOSTS, type GoldenHost } from "./golden-hosts";

const GOLDEN = join(__dirname, "golden");
/** `GOLDEN=write` writes the files anew, to be read before they are committed. */
const MUST_WRITE = process.env.GOLDEN === "write";

function filesOf({ table, options }: GoldenHost): readonly HostFile[] {
  const files = renderHost(table, options);
  return [...files, { path: "/user-data", content: renderCloudConfig(files), permissions: "0600" }];
}

if (MUST_WRITE) {
  rmSync(GOLDEN, { recursive: true, force: true });
  for (const host of GOLDEN_HOSTS) {
    for (const { path, content } of filesOf(host)) {
      const file = join(GOLDEN, host.name, path);
      mkdirSync(dirname(file), { recursive: true });
      writeFileSync(file, content);
    }
  }
}

describe.each(GOLDEN_HOSTS)("files of $name", (host) => {
  const files = filesOf(host);
  const folder = join(GOLDEN, host.name);

  it("are those that are kept", () => {
    const kept = readdirSync(folder, { recursive: true, withFileTypes: true })
      .filter((entry) => entry.isFile())
      .map((entry) => `/${relative(folder, join(entry.parentPath, entry.name))}`);
    expect(files.map(({ path }) => path).sort()).toEqual(kept.sort());
  });

  it.each(files.map(({ path, content }) => [path, content]))("%s has the bytes that are kept", (path, content) => {
    expect(content).toBe(readFileSync(join(folder, path), "utf8"));
  });

  it("are the same bytes each time", () => {
    expect(filesOf(host)).toEqual(files);
  });

  it("hold nothing that Terraform would take for a reference, beside the deferred values", () => {
    const text = files.map(({ content }) => content.replaceAll("${alicloud_eip.web.ip_address}", "")).join("");
    expect(text).not.toMatch(/[$%]\{/);
  });

  it.each(files.flatMap(checksOf))("$path is accepted by $program", (check) => expectAccepted(check));
});

it("keeps the files of no other host", () => {
  expect(existsSync(GOLDEN) ? readdirSync(GOLDEN).sort() : []).toEqual(GOLDEN_HOSTS.map(({ name }) => name).sort());
});

/** A program that has to accept a file. */
interface Check {
  readonly path: string;
  readonly content: string;
  readonly program: string;
  /** The Debian package that brings it. */
  readonly name: string;
  readonly command: (file: string) => readonly string[];
  readonly needsRoot?: boolean;
}

function checksOf({ path, content }: HostFile): readonly Check[] {
  const file = { path, content };
  if (content.startsWith("#!/bin/sh")) {
    return [{ ...file, program: "shellcheck", name: "shellcheck", command: (at) => ["shellcheck", at] }];
  }
  if (path === "/user-data") {
    const command = (at: string) => ["cloud-init", "schema", "--config-file", at];
    return [{ ...file, program: "cloud-init", name: "cloud-init", command }];
  }
  // In a network namespace of its own, so that nothing of the machine is read or touched.
  const isolated = (program: string, ...args: readonly string[]): Omit<Check, keyof typeof file | "name"> => ({
    program,
    command: (at) => ["unshare", "--net", program, ...args, at],
    needsRoot: true,
  });
  if (path.endsWith(".nft")) {
    return [{ ...file, name: "nftables", ...isolated("nft", "-c", "-f") }];
  }
  const restore = path.endsWith(".v4") ? "iptables" : path.endsWith(".v6") ? "ip6tables" : undefined;
  return restore === undefined
    ? []
    : ["nft", "legacy"].map((variant) => ({
        ...file,
        name: "iptables",
        ...isolated(`${restore}-${variant}-restore`, "--test"),
      }));
}

/** Where the program is missing that is said in one line; in CI it is a failure. */
function expectAccepted({ content, program, name, command, needsRoot = false }: Check): void {
  const missing = missingTools([[program, name]], needsRoot);
  if (missing !== undefined && process.env.CI !== "true") {
    process.stderr.write(`SKIPPED check by ${program}: ${missing}\n`);
    return;
  }
  const folder = mkdtempSync(join(tmpdir(), "golden-"));
  try {
    const file = join(folder, "file");
    writeFileSync(file, content.replaceAll("${alicloud_eip.web.ip_address}", "203.0.113.10"));
    const [executable = "", ...args] = command(file);
    const { status, stdout, stderr } = spawnSync(executable, args, { encoding: "utf8" });
    expect({ status, output: status === 0 ? "" : stdout + stderr }).toEqual({ status: 0, output: "" });
  } finally {
    rmSync(folder, { recursive: true });
  }
}
