import { createHash } from "node:crypto";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { usedReferenceText } from "../cdktf/reference";
import type { PortRange } from "../core/port-range";
import type { NatProtocol } from "../core/protocol";
import { SecurityGroupRule } from "./bindings/security-group-rule";

/** Every IPv4 address. */
export const ANYWHERE = "0.0.0.0/0";

/** What Terraform calls the stack's own provider, so that naming it makes no further rule. */
const DEFAULT_PROVIDER = "alicloud";

/** What a rule of a security group lets through. */
export interface Allowed {
  readonly type: "ingress" | "egress";
  readonly securityGroupId: string;
  readonly ipProtocol: "tcp" | "udp" | "icmp" | "all";
  /** Ports of `tcp` and `udp`; the others have none. */
  readonly ports: PortRange | undefined;
  readonly cidrIp: string;
  readonly provider: TerraformProvider | undefined;
}

/** The protocol of a NAT entry as a rule has it. */
export function ruleProtocol(protocol: NatProtocol): Allowed["ipProtocol"] {
  return protocol === "any" ? "all" : protocol;
}

/**
 * An `alicloud_security_group_rule`. It is made once under its parent however many entries want it, and its Terraform
 * address comes from what it allows, so that taking one of those entries away changes nothing for the others.
 */
export function allow(parent: Construct, allowed: Allowed): SecurityGroupRule {
  const { type, securityGroupId, ipProtocol, ports, cidrIp, provider } = allowed;
  const portRange = ports === undefined ? "-1/-1" : `${ports.from}/${ports.to}`;
  const key = [securityGroupId, cidrIp, provider?.fqn ?? DEFAULT_PROVIDER];
  const id = `${type === "egress" ? "egress-" : ""}${ipProtocol}-${portRange.replace("/", "-")}-${hash(parent, key)}`;
  const made = parent.node.tryFindChild(id) as SecurityGroupRule | undefined;
  return (
    made ??
    new SecurityGroupRule(parent, id, {
      type,
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
}

function hash(scope: Construct, texts: readonly string[]): string {
  const key = texts.map((text) => usedReferenceText(scope, text)).join(" ");
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
