import type { HostPlan } from "./host-plan";
import { block } from "./nft-text";
import { nftFilter, nftFilterIpv6 } from "./nftables-filter";
import { nftInbound } from "./nftables-inbound";
import { nftOutbound } from "./nftables-outbound";
import { RULES_END, RULES_HEADER } from "./rules-marks";

/** The rules of a host in the language of nft: tables of our own, replaced in one transaction. */
export function renderNftables(plan: HostPlan): string {
  return [
    RULES_HEADER,
    ...replace("table ip cdktf_nat", [...nftInbound(plan), ...nftOutbound(plan), ...nftFilter(plan)]),
    ...replace("table ip6 cdktf_nat", nftFilterIpv6()),
    RULES_END,
    "",
  ].join("\n");
}

/** The first line makes the table where it is not there yet, so that the second never fails. */
function replace(table: string, parts: readonly string[]): readonly string[] {
  return [table, `delete ${table}`, block(table, parts)];
}
