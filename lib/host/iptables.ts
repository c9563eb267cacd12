import type { HostPlan } from "./host-plan";
import { addInbound, REFUSED_MARK } from "./iptables-inbound";
import { addOutbound } from "./iptables-outbound";
import { iptMatches, iptName, IptTable } from "./ipt-text";
import { RULES_END, RULES_HEADER } from "./rules-marks";

/** A chain of the kernel, and the chain of ours that it is made to pass first. */
export interface IptJump {
  readonly table: "filter" | "mangle" | "nat";
  readonly chain: string;
}

/** Where our chains are entered. */
export const IPT_JUMPS: readonly IptJump[] = [
  { table: "filter", chain: "INPUT" },
  { table: "filter", chain: "FORWARD" },
  { table: "mangle", chain: "POSTROUTING" },
  { table: "nat", chain: "PREROUTING" },
  { table: "nat", chain: "POSTROUTING" },
];

/** Where our chains for IPv6 are entered. */
export const IPT_JUMPS_IPV6: readonly IptJump[] = [
  { table: "filter", chain: "INPUT" },
  { table: "filter", chain: "FORWARD" },
];

const ESTABLISHED = "-m conntrack --ctstate ESTABLISHED,RELATED -j ACCEPT";
const RESET = "-p tcp -m conntrack --ctstate INVALID -j REJECT --reject-with tcp-reset";

/** The rules of a host in the language of iptables-restore: chains of our own, beside what others have. */
export function renderIptables(plan: HostPlan): string {
  const mangle = new IptTable("mangle");
  mangle.chain(iptName("POSTROUTING"), ["-p tcp --tcp-flags SYN,RST SYN -j TCPMSS --clamp-mss-to-pmtu"]);
  const nat = new IptTable("nat");
  addInbound(plan, nat);
  addOutbound(plan, nat);
  // One transaction each: nobody new is let through before his translation is there.
  return fileOf([nat, filter(plan), mangle]);
}

/** The same for IPv6, which this host does not forward. */
export function renderIp6tables(): string {
  const table = new IptTable("filter");
  table.chain(iptName("INPUT"), [
    ESTABLISHED,
    "-i lo -j ACCEPT",
    ...["router-advertisement", "neighbour-solicitation", "neighbour-advertisement"].map(
      (type) => `-p ipv6-icmp --icmpv6-type ${type} -j ACCEPT`,
    ),
    "-p udp --sport 547 --dport 546 -j ACCEPT",
    "-j DROP",
  ]);
  table.chain(iptName("FORWARD"), ["-j DROP"]);
  return fileOf([table]);
}

function fileOf(tables: readonly IptTable[]): string {
  return [RULES_HEADER, ...tables.map(String), RULES_END, ""].join("\n");
}

function filter(plan: HostPlan): IptTable {
  const table = new IptTable("filter");
  const reset = plan.onStateLoss === "reset" ? [RESET] : [];
  const refused = plan.addresses.length === 0 ? [] : [`-m mark --mark ${REFUSED_MARK} -j DROP`];
  const clients = iptMatches("-s", plan.clients);
  const { publicInterface } = plan;
  table.chain(iptName("INPUT"), [
    ESTABLISHED,
    "-i lo -j ACCEPT",
    ...reset,
    ...refused,
    "-m conntrack --ctstate INVALID -j DROP",
    "-p udp --sport 67 --dport 68 -j ACCEPT",
    ...(plan.icmpReply ? ["-p icmp --icmp-type echo-request -j ACCEPT"] : []),
    ...iptMatches("-s", plan.sshFrom).map((match) => `-p tcp --dport 22 ${match}-j ACCEPT`),
    "-j DROP",
  ]);
  table.chain(iptName("CLIENTS"), [
    ...iptMatches("-d", plan.untranslatedCidrs).map((match) => `${match}-j ACCEPT`),
    ...iptMatches("-s", plan.translated).map((match) => `${match}-j ACCEPT`),
    "-j DROP",
  ]);
  table.chain(iptName("FORWARD"), [
    ESTABLISHED,
    ...reset,
    ...refused,
    "-m conntrack --ctstate INVALID,UNTRACKED -j DROP",
    ...(publicInterface === undefined ? [] : clients.map((match) => `-i ${publicInterface.name} ${match}-j DROP`)),
    "-m conntrack --ctstate DNAT -j ACCEPT",
    ...clients.map((match) => `${match}-g ${iptName("CLIENTS")}`),
    "-j DROP",
  ]);
  return table;
}
