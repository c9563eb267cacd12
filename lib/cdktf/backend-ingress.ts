import { TerraformStack } from "cdktf";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { DnatRule } from "../core/nat-rule";
import { HostSecurityGroup } from "./host-security-group";
import { allow, ANYWHERE, ruleProtocol } from "./security-group-rules";
import type { SecurityGroupRules } from "./security-group-rules";

/** The ingress that a DNAT entry needs in its backend's security group. */
export interface BackendIngress {
  readonly rule: DnatRule;
  readonly securityGroupId: string;
  /** Blocks of clients; empty: everybody. */
  readonly allowFrom: readonly string[];
  readonly provider: TerraformProvider | undefined;
}

/** The rules that let clients in to a backend, each once in a stack, also where its group is that of a host. */
export function allowBackendIngress(
  scope: Construct,
  ingress: BackendIngress,
  rules: SecurityGroupRules,
): readonly ITerraformDependable[] {
  const { rule, provider, securityGroupId } = ingress;
  const cidrs = ingress.allowFrom.length === 0 ? [ANYWHERE] : ingress.allowFrom;
  const protocol = ruleProtocol(rule.protocol);
  const ports = rule.ports?.privatePorts;
  const host = HostSecurityGroup.find(scope, securityGroupId);
  if (host !== undefined) return host.letIn(protocol, ports, cidrs);
  return cidrs.map((cidr) =>
    allow(rulesOfStack(scope), { type: "ingress", securityGroupId, protocol, ports, cidr, provider }, rules),
  );
}

/** One scope for the whole stack: two NATs may forward to the same backends. */
function rulesOfStack(scope: Construct): Construct {
  const stack = TerraformStack.of(scope);
  const id = "DnatBackendIngress";
  return stack.node.tryFindChild(id) ?? new Construct(stack, id);
}
