import type { NatTable } from "../core/nat-table";
import { renderBootScript } from "./boot-script";
import { renderFirewalld } from "./firewalld";
import type { HostFile } from "./host-file";
import type { HostOptions } from "./host-options";
import { type HostPlan, planHost } from "./host-plan";
import { KERNEL_SCRIPT, RULES, RULES_IPV6, SCRIPT } from "./host-paths";
import { renderIp6tables, renderIptables } from "./iptables";
import { renderKernelScript } from "./kernel-script";
import { renderNftables } from "./nftables";
import { renderUnits } from "./systemd-units";

/**
 * The files of a Linux NAT host: its rules, the script that loads them at every boot before the network is up, and the
 * units that call it. Written on any machine with systemd they work after
 * `systemctl daemon-reload && systemctl enable --now cdktf-nat.service`; `renderCloudConfig` makes cloud-init do that.
 * The same table and options give the same bytes.
 *
 * @throws NatError that lists everything that is wrong with the table, the options, and what the firewall cannot express
 */
export function renderHost(table: NatTable, options: HostOptions = {}): readonly HostFile[] {
  const plan = planHost(table, options);
  return [
    ...rulesOf(plan),
    { path: KERNEL_SCRIPT, content: renderKernelScript(plan), permissions: "0755" },
    { path: SCRIPT, content: renderBootScript(plan), permissions: "0755" },
    ...renderUnits(plan),
  ];
}

function rulesOf(plan: HostPlan): readonly HostFile[] {
  switch (plan.firewall) {
    case "nftables":
      return [{ path: RULES.nftables, content: renderNftables(plan), permissions: "0644" }];
    case "iptables":
      return [
        { path: RULES.iptables, content: renderIptables(plan), permissions: "0644" },
        { path: RULES_IPV6, content: renderIp6tables(), permissions: "0644" },
      ];
    case "firewalld":
      return renderFirewalld(plan);
  }
}
