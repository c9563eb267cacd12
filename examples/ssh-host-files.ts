// Hands host files to a Linux machine over SSH, by Terraform's own means: no cloud, no cloud-init.
import { createHash } from "node:crypto";
import { Fn, TerraformResource, TerraformSelf } from "cdktf";
import type { SSHProvisionerConnection } from "cdktf";
import type { HostFile } from "cdktf-nat";
import { Construct } from "constructs";

/** A machine with systemd that root may log in to with a key. */
export interface SshMachine {
  readonly host: string;
  /** @default 22 */
  readonly port?: number;
  /** File of the private key on the machine that runs Terraform, for example `~/.ssh/id_ed25519`. */
  readonly privateKeyFile: string;
}

/**
 * Writes host files on a machine and brings NAT up. Changed files are loaded in place of the former ones without a gap:
 * open connections stay. Destroyed, it stops NAT and takes every file away.
 */
export class SshHostFiles extends Construct {
  constructor(scope: Construct, id: string, machine: SshMachine, files: readonly HostFile[]) {
    super(scope, id);
    const paths = files.map(({ path }) => path);
    const units = paths.filter((path) => /^\/etc\/systemd\/system\/[^/]+\.service$/.test(path)).map(nameOf);
    const input = { host: machine.host, port: machine.port ?? 22, private_key_file: machine.privateKeyFile };

    // What is true as long as there are files, whichever they are.
    const installation = new TerraformResource(this, "Installation", { terraformResourceType: "terraform_data" });
    installation.addOverride("input", input);
    // Another machine: NAT is taken away from the former one.
    installation.addOverride("triggers_replace", [machine.host]);
    // The provisioners of CDKTF know no `when`.
    installation.addOverride("provisioner", [
      {
        "remote-exec": {
          when: "destroy",
          connection: CONNECTION_AT_DESTROY,
          inline: [
            `systemctl disable --now ${[...units].reverse().join(" ")}`,
            `rm -f ${paths.join(" ")}`,
            "systemctl daemon-reload",
          ],
        },
      },
    ]);

    const content = new TerraformResource(this, "Content", {
      terraformResourceType: "terraform_data",
      dependsOn: [installation],
      provisioners: [
        {
          type: "remote-exec",
          connection: CONNECTION,
          inline: [
            "set -eu",
            ...files.map(install),
            "systemctl daemon-reload",
            `systemctl enable ${units.join(" ")}`,
            ...units.map((unit) => `systemctl reload-or-restart ${unit}`),
          ],
        },
      ],
    });
    content.addOverride("input", input);
    const hash = createHash("sha256").update(JSON.stringify(files)).digest("hex");
    content.addOverride("triggers_replace", [machine.host, hash]);
  }
}

/** A provisioner that runs at destroy may refer to its own resource only, and so does the other one. */
const CONNECTION: SSHProvisionerConnection = {
  type: "ssh",
  user: "root",
  host: TerraformSelf.getString("input.host"),
  port: TerraformSelf.getNumber("input.port"),
  privateKey: Fn.file(Fn.pathexpand(TerraformSelf.getString("input.private_key_file"))),
};
const { privateKey, ...others } = CONNECTION;
const CONNECTION_AT_DESTROY = { ...others, private_key: privateKey };

/** In base64, so that neither Terraform nor the shell reads anything into the file. */
function install({ path, content, permissions }: HostFile): string {
  const encoded = Buffer.from(content).toString("base64");
  return `echo ${encoded} | base64 -d | install -D -m ${permissions} /dev/stdin ${path}`;
}

function nameOf(path: string): string {
  return path.slice(path.lastIndexOf("/") + 1);
}
