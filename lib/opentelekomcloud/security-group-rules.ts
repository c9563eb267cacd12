import { NetworkingSecgroupRuleV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-secgroup-rule-v2";
import type { Allowed, SecurityGroupRules } from "../cdktf/security-group-rules";

/** Rules of security groups on Open Telekom Cloud: an `opentelekomcloud_networking_secgroup_rule_v2` each. */
export const SECURITY_GROUP_RULES: SecurityGroupRules = {
  providerName: "opentelekomcloud",
  make: (parent, id, allowed) => {
    const { type, securityGroupId, protocol, cidr, provider } = allowed;
    return new NetworkingSecgroupRuleV2(parent, id, {
      direction: type,
      ethertype: "IPv4",
      protocol: protocol === "all" ? undefined : protocol,
      ...portsOf(allowed),
      remoteIpPrefix: cidr,
      securityGroupId,
      provider,
    });
  },
};

/** No ports are every port. */
function portsOf({ ports }: Allowed): { readonly portRangeMin?: number; readonly portRangeMax?: number } {
  return ports === undefined ? {} : { portRangeMin: ports.from, portRangeMax: ports.to };
}
