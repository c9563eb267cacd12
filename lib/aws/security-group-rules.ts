import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import type { Allowed, SecurityGroupRules } from "../cdktf/security-group-rules";

/**
 * Rules of security groups on AWS: an `aws_vpc_security_group_ingress_rule` or `aws_vpc_security_group_egress_rule`
 * each.
 * @param tags tags of the rules
 */
export function securityGroupRules(tags?: Readonly<Record<string, string>>): SecurityGroupRules {
  return {
    providerName: "aws",
    make: (parent, id, allowed) => {
      const { type, securityGroupId, protocol, cidr, provider } = allowed;
      const Rule = type === "ingress" ? VpcSecurityGroupIngressRule : VpcSecurityGroupEgressRule;
      return new Rule(parent, id, {
        securityGroupId,
        ipProtocol: protocol === "all" ? "-1" : protocol,
        ...portsOf(allowed),
        cidrIpv4: cidr,
        tags,
        provider,
      });
    },
  };
}

/** The API refuses ports beside every protocol, and wants them with ICMP, where they are its types and codes. */
function portsOf({ protocol, ports }: Allowed): { readonly fromPort?: number; readonly toPort?: number } {
  if (protocol === "all") return {};
  return { fromPort: ports?.from ?? -1, toPort: ports?.to ?? -1 };
}
