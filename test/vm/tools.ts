import { existsSync } from "node:fs";
import { describeUnless, missingTools } from "../lab/tools";
import { findMoto, NO_MOTO } from "../support/moto";
import { findTerraform, NO_TERRAFORM } from "../support/terraform";

/** What the machine and the lab around it need, by the Debian package that brings it. */
const PROGRAMS: readonly (readonly [program: string, name: string])[] = [
  ["qemu-system-x86_64", "qemu-system-x86"],
  ["mmdebstrap", "mmdebstrap"],
  ["mke2fs", "e2fsprogs"],
  ["dnsmasq", "dnsmasq-base"],
  ["ip", "iproute2"],
  ["nft", "nftables"],
  ["python3", "python3"],
  ["setpriv", "util-linux"],
];

/** `describe`, or one visible line and no tests where no machine can be booted here. In CI that is a failure. */
export function describeVm(name: string, tests: () => void): void {
  describeUnless(missingTools(PROGRAMS) ?? missingElse(), `vm "${name}"`, name, tests);
}

function missingElse(): string | undefined {
  if (!existsSync("/usr/share/keyrings/debian-archive-keyring.gpg")) {
    return "missing Debian's keys; apt-get install debian-archive-keyring";
  }
  if (!existsSync("/dev/net/tun")) {
    return "this machine makes no tap devices: /dev/net/tun is missing";
  }
  if (findTerraform() === undefined) {
    return NO_TERRAFORM;
  }
  return findMoto() === undefined ? NO_MOTO : undefined;
}
