import { createHash } from "node:crypto";
import { TerraformStack } from "cdktf";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { usedReferenceText } from "../cdktf/reference";
import type { DnatRule } from "../core/nat-rule";
import { SecurityGroupRule } from "./bindings/security-group-rule";

const ANYWHERE = "0.0.0.0/0";

/** What Terraform calls the stack's own provider, so that naming it makes no further rule. */
const DEFAULT_PROVIDER = "alicloud";

/** The ingress that a DNAT entry needs in its backend's security group. */
export interface BackendIngress {
  readonly rule: DnatRule;
  readonly securityGroupId: string;
  /** Blocks of clients; empty: everybody. */
  readonly allowFrom: readonly string[];
  readonly provider: TerraformProvider | undefined;
}

/**
 * The rules that let clients in to a backend: `alicloud_security_group_rule`s.
 *
 * A rule is made once in a stack however many entries want it, and its Terraform address comes from what it allows, so
 * that taking one of those entries away changes nothing for the others.
 */
export function allowBackendIngress(scope: Construct, ingress: BackendIngress): readonly ITerraformDependable[] {
  const { rule, provider, securityGroupId } = ingress;
  const ipProtocol = rule.protocol === "any" ? "all" : rule.protocol;
  const ports = rule.ports?.privatePorts;
  const portRange = ports === undefined ? "-1/-1" : `${ports.from}/${ports.to}`;
  const cidrs = ingress.allowFrom.length === 0 ? [ANYWHERE] : ingress.allowFrom;
  return cidrs.map((cidrIp) => {
    const parent = rulesOfStack(scope);
    const id = ruleId(scope, [securityGroupId, ipProtocol, portRange, cidrIp, provider?.fqn ?? DEFAULT_PROVIDER]);
    const made = parent.node.tryFindChild(id) as SecurityGroupRule | undefined;
    return (
      made ??
      new SecurityGroupRule(parent, id, {
        type: "ingress",
        securityGroupId,
        ipProtocol,
        portRange,
        cidrIp,
        nicType: "intranet",
        policy: "accept",
        priority: 1,
        provider,
      })
    );
  });
}

/** One scope for the whole stack: two NATs may forward to the same backends. */
function rulesOfStack(scope: Construct): Construct {
  const stack = TerraformStack.of(scope);
  const id = "DnatBackendIngress";
  return stack.node.tryFindChild(id) ?? new Construct(stack, id);
}

function ruleId(scope: Construct, [securityGroupId, protocol, portRange, cidr, provider]: RuleKey): string {
  const key = [securityGroupId, cidr, provider].map((text) => usedReferenceText(scope, text)).join(" ");
  const hash = createHash("sha256").update(key).digest("hex").slice(0, 8);
  return `${protocol}-${portRange.replace("/", "-")}-${hash}`;
}

type RuleKey = readonly [securityGroupId: string, protocol: string, portRange: string, cidr: string, provider: string];
