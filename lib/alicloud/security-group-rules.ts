import type { SecurityGroupRules } from "../cdktf/security-group-rules";
import { SecurityGroupRule } from "./bindings/security-group-rule";

/** Rules of security groups on Alibaba Cloud: an `alicloud_security_group_rule` each. */
export const SECURITY_GROUP_RULES: SecurityGroupRules = {
  providerName: "alicloud",
  make: (parent, id, { type, securityGroupId, protocol, ports, cidr, provider }) =>
    new SecurityGroupRule(parent, id, {
      type,
      securityGroupId,
      ipProtocol: protocol,
      portRange: ports === undefined ? "-1/-1" : `${ports.from}/${ports.to}`,
      cidrIp: cidr,
      nicType: "intranet",
      policy: "accept",
      priority: 1,
      provider,
    }),
};
