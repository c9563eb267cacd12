import type { ChildProcess } from "node:child_process";
import { type Lab, sleepSync } from "./lab";

/** Programs that it needs beside those of the lab, each with the Debian package that brings it. */
export const FIREWALLD_PROGRAMS: readonly (readonly [string, string])[] = [
  ["firewalld", "firewalld"],
  ["dbus-daemon", "dbus"],
];

/** Starts firewalld on the host of a lab, as it is after its installation. */
export function startFirewalld(lab: Lab): ChildProcess {
  if (lab.host("test -S /run/dbus/system_bus_socket").status !== 0) {
    prepare(lab);
  }
  const daemon = lab.background("firewalld --nofork --nopid");
  waitFor(lab, "firewall-cmd --state");
  return daemon;
}

function prepare(lab: Lab): void {
  lab.hostOrThrow(`mkdir -p /run/dbus /etc/firewalld
    # Each of its 240 services takes a while at every reload; the lab needs none but those of the default zone.
    cd /usr/lib/firewalld; mkdir /tmp/kept; cp services/ssh.xml services/dhcpv6-client.xml /tmp/kept
    mount -t tmpfs lab services; cp /tmp/kept/* services
    mkdir /tmp/zones; cp zones/public.xml zones/block.xml zones/drop.xml zones/trusted.xml /tmp/zones
    mount -t tmpfs lab zones; cp /tmp/zones/* zones`);
  lab.hostOrThrow("printf 'DefaultZone=public\\nFirewallBackend=nftables\\n' > /etc/firewalld/firewalld.conf");
  lab.background("dbus-daemon --system --nofork --nopidfile");
  waitFor(lab, "test -S /run/dbus/system_bus_socket");
}

function waitFor(lab: Lab, test: string): void {
  for (let tries = 0; lab.host(test).status !== 0; tries++) {
    if (tries > 150) {
      throw new Error(`in vain: ${test}`);
    }
    sleepSync(100);
  }
}
