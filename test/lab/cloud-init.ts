import { parse } from "yaml";
import type { HostFile } from "cdktf-nat";
import type { Lab } from "./lab";

/** No systemd runs in a namespace: this is what `enable --now` of a unit comes to, at its first start. */
const SYSTEMCTL = `#!/bin/sh -e
case "$1 $2" in
  "daemon-reload ") ;;
  "enable --now") sed -n 's/^ExecStart=//p' "/etc/systemd/system/$3" | sh -e ;;
  *) echo "systemctl $*: the lab does not know this" >&2; exit 1 ;;
esac
`;

/** Does on the host of a lab what cloud-init does with a cloud-config at the first boot: writes files, runs commands. */
export function runCloudConfig(lab: Lab, cloudConfig: string): void {
  const {
    write_files: files,
    runcmd,
    ...others
  } = parse(cloudConfig) as {
    write_files: readonly HostFile[];
    runcmd: readonly string[];
  };
  if (!cloudConfig.startsWith("#cloud-config\n") || Object.keys(others).length > 0) {
    throw new Error(`not what the lab knows as a cloud-config: ${cloudConfig.slice(0, 200)}`);
  }
  lab.install([{ path: "/usr/local/bin/systemctl", content: SYSTEMCTL, permissions: "0755" }]);
  lab.install(files);
  lab.hostOrThrow(`PATH=/usr/local/bin:$PATH\n${runcmd.join("\n")}`);
}
