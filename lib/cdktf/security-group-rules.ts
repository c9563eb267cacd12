import { createHash } from "node:crypto";
import type { TerraformProvider, TerraformResource } from "cdktf";
import type { Construct } from "constructs";
import type { PortRange } from "../core/port-range";
import type { NatProtocol } from "../core/protocol";
import { usedReferenceText } from "./reference";

/** Every IPv4 address. */
export const ANYWHERE = "0.0.0.0/0";

/** What a rule of a security group lets through. */
export interface Allowed {
  readonly type: "ingress" | "egress";
  readonly securityGroupId: string;
  readonly protocol: "tcp" | "udp" | "icmp" | "all";
  /** Ports of `tcp` and `udp`; the others have none. */
  readonly ports: PortRange | undefined;
  readonly cidr: string;
  readonly provider: TerraformProvider | undefined;
}

/** How a cloud makes rules of its security groups. */
export interface SecurityGroupRules {
  /** What Terraform calls the cloud's provider: a part of the ids of rules. */
  readonly providerName: string;
  readonly make: (parent: Construct, id: string, allowed: Allowed) => TerraformResource;
}

/** The protocol of a NAT entry as a rule has it. */
export function ruleProtocol(protocol: NatProtocol): Allowed["protocol"] {
  return protocol === "any" ? "all" : protocol;
}

/**
 * A rule of a security group. It is made once under its parent however many entries want it, and by whichever provider:
 * the cloud would refuse it a second time, or take it away with the first of the two. Its Terraform address comes from
 * what it allows, so that taking one of those entries away changes nothing for the others.
 * @param owner the provider of a group whose rules are all its own
 */
export function allow(
  parent: Construct,
  allowed: Allowed,
  rules: SecurityGroupRules,
  owner?: TerraformProvider,
): TerraformResource {
  const { type, securityGroupId, protocol, ports, cidr } = allowed;
  const portRange = ports === undefined ? "-1--1" : `${ports.from}-${ports.to}`;
  const key = [securityGroupId, cidr, owner?.fqn ?? rules.providerName];
  const id = `${type === "egress" ? "egress-" : ""}${protocol}-${portRange}-${hash(parent, key)}`;
  const made = parent.node.tryFindChild(id) as TerraformResource | undefined;
  return made ?? rules.make(parent, id, allowed);
}

function hash(scope: Construct, texts: readonly string[]): string {
  const key = texts.map((text) => usedReferenceText(scope, text)).join(" ");
  return createHash("sha256").update(key).digest("hex").slice(0, 8);
}
