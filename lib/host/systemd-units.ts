import type { HostFile } from "./host-file";
import type { HostFirewall } from "./host-options";
import type { HostPlan } from "./host-plan";
import { NAME, SCRIPT } from "./host-paths";

/** Services that clear all rules of the machine, or load others, when they are started, reloaded or stopped. */
const OTHER_FIREWALLS = ["iptables", "netfilter-persistent", "nftables"];

/** The units of a host. */
export function renderUnits(plan: HostPlan): readonly HostFile[] {
  return [
    unit(`${NAME}.service`, plan.firewall === "firewalld" ? afterFirewalld() : beforeNetwork(plan.firewall)),
    ...(hasInterfaces(plan) ? [unit(`${NAME}-interfaces.service`, interfaces())] : []),
    ...(plan.firewall === "firewalld"
      ? []
      : OTHER_FIREWALLS.map((name) => unit(`${name}.service.d/${NAME}.conf`, afterwards()))),
  ];
}

/** The names of the units to enable. */
export function unitsToEnable(plan: HostPlan): readonly string[] {
  return [`${NAME}.service`, ...(hasInterfaces(plan) ? [`${NAME}-interfaces.service`] : [])];
}

/** Whether something is to be done to an interface. */
export function hasInterfaces({ privateInterface, publicInterface }: HostPlan): boolean {
  return [privateInterface, publicInterface].some(
    (given) =>
      given !== undefined && (given.routes.length > 0 || given.address !== undefined || given.suppressDefaultRoute),
  );
}

function unit(name: string, content: string): HostFile {
  return { path: `/etc/systemd/system/${name}`, content, permissions: "0644" };
}

function beforeNetwork(firewall: HostFirewall): string {
  return `# Written by cdktf-nat.
[Unit]
Description=NAT rules (${firewall}) and forwarding
DefaultDependencies=no
After=systemd-modules-load.service systemd-sysctl.service ${OTHER_FIREWALLS.map((name) => `${name}.service`).join(" ")}
Before=network-pre.target
Wants=network-pre.target

[Service]
Type=oneshot
RemainAfterExit=yes
TimeoutStartSec=600
ExecStart=${SCRIPT} start
ExecReload=${SCRIPT} reload
ExecStop=${SCRIPT} stop

[Install]
WantedBy=sysinit.target
`;
}

function afterFirewalld(): string {
  return `# Written by cdktf-nat.
[Unit]
Description=NAT rules (firewalld) and forwarding
Wants=firewalld.service
After=firewalld.service
PartOf=firewalld.service

[Service]
Type=oneshot
RemainAfterExit=yes
TimeoutStartSec=600
ExecStart=${SCRIPT} start
ExecReload=${SCRIPT} reload
ExecStop=${SCRIPT} stop

[Install]
WantedBy=multi-user.target
`;
}

function interfaces(): string {
  return `# Written by cdktf-nat.
[Unit]
Description=Addresses and routes of the NAT host's interfaces
Wants=network-online.target
After=network-online.target

[Service]
Type=oneshot
RemainAfterExit=yes
TimeoutStartSec=180
ExecStart=${SCRIPT} interfaces
ExecReload=${SCRIPT} interfaces

[Install]
WantedBy=multi-user.target
`;
}

/** Puts our rules back after another firewall has cleared them; nothing where they are not up yet. */
function afterwards(): string {
  return `# Written by cdktf-nat: this service clears rules that are not its own.
[Service]
ExecStartPost=-${SCRIPT} restore
ExecReload=-${SCRIPT} restore
ExecStopPost=-${SCRIPT} restore
`;
}
