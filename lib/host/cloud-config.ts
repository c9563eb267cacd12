import { isMap, parseDocument, stringify } from "yaml";
import { NatError } from "../core/nat-error";
import type { HostFile } from "./host-file";
import { NAME } from "./host-paths";

const HEADER = "#cloud-config\n";
/** Standing in a part of its own, the rest must not hold it. */
const BOUNDARY = "==cdktf-nat==";
const UNITS = "/etc/systemd/system/";

/**
 * User data for cloud-init that writes host files and brings NAT up.
 *
 * @param extraUserData a further cloud-config part, run after NAT is up, and only then: its lists are added behind ours
 * @throws NatError where `extraUserData` is no cloud-config
 */
export function renderCloudConfig(files: readonly HostFile[], extraUserData?: string): string {
  const config = `${HEADER}${stringify(cloudConfig(files), { lineWidth: 0 })}`;
  if (extraUserData === undefined) {
    return config;
  }
  checkExtraUserData(extraUserData);
  return [
    `Content-Type: multipart/mixed; boundary="${BOUNDARY}"`,
    "MIME-Version: 1.0",
    "",
    ...part("nat.cfg", [], config),
    ...part("extra.cfg", ["Merge-Type: list(append)+dict(no_replace,recurse_list)+str()"], extraUserData),
    `--${BOUNDARY}--`,
    "",
  ].join("\n");
}

function cloudConfig(files: readonly HostFile[]): object {
  const units = files
    .map(({ path }) => path)
    .filter((path) => path.startsWith(UNITS) && path.endsWith(".service"))
    .map((path) => path.slice(UNITS.length));
  // NAT itself first: what follows a failure is not run, and cloud-init reports it.
  const inOrder = units.sort((a, b) => Number(b === `${NAME}.service`) - Number(a === `${NAME}.service`));
  const commands = ["systemctl daemon-reload", ...inOrder.map((unit) => `systemctl enable --now ${unit}`)];
  return {
    ...(files.length > 0 && {
      write_files: files.map(({ path, content, permissions }) => ({ path, permissions, content })),
    }),
    ...(units.length > 0 && { runcmd: commands.map((command) => `${command} || exit 1`) }),
  };
}

function part(name: string, headers: readonly string[], content: string): readonly string[] {
  return [
    `--${BOUNDARY}`,
    'Content-Type: text/cloud-config; charset="utf-8"',
    "MIME-Version: 1.0",
    `Content-Disposition: attachment; filename="${name}"`,
    ...headers,
    "",
    content,
  ];
}

function checkExtraUserData(extra: string): void {
  const rule = "must be a cloud-config";
  const fix = 'begin it with "#cloud-config" on a line of its own, and then a YAML mapping';
  if (typeof extra !== "string" || !/^#cloud-config\s*\n/.test(extra)) {
    throw new NatError("extraUserData", rule, extra, fix);
  }
  if (extra.includes(`--${BOUNDARY}`)) {
    throw new NatError(
      "extraUserData",
      `must not hold the line that divides the parts`,
      `--${BOUNDARY}`,
      "leave it out",
    );
  }
  const { errors, contents } = parseDocument(extra);
  const [error] = errors;
  if (error !== undefined) {
    throw new NatError("extraUserData", `must be YAML: ${error.message.split("\n")[0] ?? ""}`, extra, "correct it");
  }
  if (!isMap(contents)) {
    throw new NatError("extraUserData", rule, extra, fix);
  }
}
