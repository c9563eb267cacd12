import type { HostPlan } from "./host-plan";
import { nftChain, nftMatches } from "./nft-text";

const INPUT = "type filter hook input priority 0; policy drop;";
const FORWARD = "type filter hook forward priority 0; policy drop;";
const RESET = "ct state invalid meta l4proto tcp reject with tcp reset";

/** The chains that let in and through what they name, and nothing else. */
export function nftFilter(plan: HostPlan): readonly string[] {
  const reset = plan.onStateLoss === "reset" ? [RESET] : [];
  const { publicInterface } = plan;
  const clients = nftMatches("ip saddr", plan.clients);
  const stayPrivate = nftMatches("ip daddr", plan.untranslatedCidrs).map((match) => `${match}accept`);
  return [
    nftChain(
      "input",
      [
        "ct state established,related accept",
        "iif lo accept",
        ...reset,
        "ct state invalid drop",
        "udp sport 67 udp dport 68 accept",
        ...(plan.icmpReply ? ["icmp type echo-request accept"] : []),
        ...nftMatches("ip saddr", plan.sshFrom).map((match) => `tcp dport 22 ${match}accept`),
      ],
      INPUT,
    ),
    // Of what is tracked, all that is translated, all that comes back, and what stays private.
    nftChain("tracked", [
      "ct status snat accept",
      "ct status dnat accept",
      "ct direction reply accept",
      ...stayPrivate,
    ]),
    // A flow that was tracked before there were rules is never translated any more.
    nftChain("unanswered", ["ct status snat return", "drop"]),
    nftChain("from_clients", [
      ...stayPrivate,
      "ct status confirmed jump unanswered",
      ...nftMatches("ip saddr", plan.translated).map((match) => `${match}accept`),
    ]),
    nftChain(
      "forward",
      [
        // Most packets by far belong to a translated flow that both sides know: they pass these rules only, on their way
        // no chain of ours but this one.
        "ct status snat ct status assured accept",
        "ct status dnat ct status assured accept",
        "tcp flags & (syn | rst) == syn tcp option maxseg size set rt mtu",
        "ct state established,related goto tracked",
        ...reset,
        "ct state invalid,untracked drop",
        ...(publicInterface === undefined
          ? []
          : clients.map((match) => `iifname "${publicInterface.name}" ${match}drop`)),
        "ct status dnat accept",
        ...clients.map((match) => `${match}goto from_clients`),
      ],
      FORWARD,
    ),
  ];
}

/** The same for IPv6, which this host does not forward. */
export function nftFilterIpv6(): readonly string[] {
  return [
    nftChain(
      "input",
      [
        "ct state established,related accept",
        "iif lo accept",
        "icmpv6 type { nd-router-advert, nd-neighbor-solicit, nd-neighbor-advert } accept",
        "udp sport 547 udp dport 546 accept",
      ],
      INPUT,
    ),
    nftChain("forward", [], FORWARD),
  ];
}
