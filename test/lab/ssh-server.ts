import { execFileSync } from "node:child_process";
import { mkdtempSync, readFileSync, rmSync } from "node:fs";
import { createServer } from "node:net";
import type { AddressInfo } from "node:net";
import { tmpdir } from "node:os";
import { join } from "node:path";
import type { Lab } from "./lab";

/** The host of a lab, as SSH reaches it. */
export interface SshServer {
  readonly host: string;
  readonly port: number;
  readonly privateKeyFile: string;
  end(): void;
}

/** What the units would run, where there is no systemd; each call is kept. */
const SYSTEMCTL = `#!/bin/sh
echo "systemctl $*" >>/systemctl.log
case "$*" in
  "reload-or-restart cdktf-nat.service") if [ -e /run/cdktf-nat/up ]; then cdktf-nat reload; else cdktf-nat start; fi ;;
  "reload-or-restart cdktf-nat-interfaces.service") cdktf-nat interfaces ;;
  "disable --now "*) cdktf-nat stop ;;
esac
`;

/**
 * Lets root log in to the host of a lab: each connection to a port of this machine is handed to an sshd of its own on
 * the host, whatever the rules there are.
 */
export async function serveSsh(lab: Lab): Promise<SshServer> {
  const dir = mkdtempSync(join(tmpdir(), "nat-ssh-"));
  const keys = ["host", "user"].map((name) => join(dir, name));
  for (const key of keys) execFileSync("ssh-keygen", ["-q", "-t", "ed25519", "-N", "", "-f", key]);
  const [hostKey = "", userKey = ""] = keys;
  const script = (path: string) => ({ path, permissions: "0755" });
  lab.install([
    { path: "/etc/ssh/host", content: readFileSync(hostKey, "utf8"), permissions: "0600" },
    { path: "/etc/ssh/users", content: readFileSync(`${userKey}.pub`, "utf8"), permissions: "0600" },
    {
      path: "/etc/ssh/config",
      content: "HostKey /etc/ssh/host\nAuthorizedKeysFile /etc/ssh/users\nUsePAM no\nStrictModes no\n",
      permissions: "0600",
    },
    // With a key only, but not locked.
    { path: "/etc/shadow", content: "root:*:1:0:99999:7:::\n", permissions: "0600" },
    { ...script("/usr/local/bin/systemctl"), content: SYSTEMCTL },
  ]);
  // Terraform asks for a terminal.
  lab.hostOrThrow(`mkdir -p /run/sshd /dev/pts; ln -sf pts/ptmx /dev/ptmx; ln -sf /proc/self/fd/0 /dev/stdin
    mount -t devpts -o newinstance,ptmxmode=0666 devpts /dev/pts`);

  const server = createServer((socket) => {
    const { stdin, stdout } = lab.background("/usr/sbin/sshd -i -f /etc/ssh/config", "pipe");
    if (stdin === null || stdout === null) throw new Error("sshd has no pipes");
    socket.pipe(stdin).on("error", () => socket.destroy());
    stdout.pipe(socket).on("error", () => stdin.destroy());
  });
  await new Promise<void>((resolve) => server.listen(0, "127.0.0.1", resolve));
  return {
    host: "127.0.0.1",
    port: (server.address() as AddressInfo).port,
    privateKeyFile: userKey,
    end: () => {
      server.close();
      rmSync(dir, { recursive: true, force: true });
    },
  };
}
