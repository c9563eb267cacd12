import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { DnatRule } from "../core/nat-rule";
import { PortRange } from "../core/port-range";
import { SecurityGroup } from "./bindings/security-group";
import { allow, ANYWHERE, ruleProtocol } from "./security-group-rules";
import type { Allowed } from "./security-group-rules";

const SSH = PortRange.parse(22);

/** What the security group of a host is made of. */
export interface HostSecurityGroupProps {
  readonly vpcId: string;
  readonly name: string;
  readonly sshFrom: readonly string[];
  readonly icmpReply: boolean;
  /** Who may send through the host, where the user says it; otherwise each entry says it for its own machines. */
  readonly clientCidrs: readonly string[] | undefined;
  readonly resourceGroupId: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: ITerraformDependable[] | undefined;
}

/**
 * What the cloud itself lets through to a host: an `alicloud_security_group` and `alicloud_security_group_rule`s. What
 * the host forwards counts as coming in, so the group lets its clients in with everything.
 */
export class HostSecurityGroup extends Construct {
  readonly securityGroupId: string;
  /** The rules made so far. */
  readonly rules = new Set<ITerraformDependable>();
  /** What lets the host out. */
  readonly egress: ITerraformDependable;

  private readonly hasOwnClients: boolean;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HostSecurityGroupProps,
  ) {
    super(scope, id);
    const { clientCidrs, provider } = props;
    this.hasOwnClients = clientCidrs !== undefined;
    this.securityGroupId = new SecurityGroup(this, "Resource", {
      vpcId: props.vpcId,
      securityGroupName: props.name,
      resourceGroupId: props.resourceGroupId,
      tags: props.tags,
      provider,
      dependsOn: props.dependsOn,
    }).id;
    this.egress = this.allow({ type: "egress", ipProtocol: "all", ports: undefined, cidrIp: ANYWHERE });
    if (props.icmpReply) this.letIn("icmp", undefined, [ANYWHERE]);
    this.letIn("tcp", SSH, props.sshFrom);
    this.letIn("all", undefined, clientCidrs ?? []);
  }

  /** Lets the machines of an entry in, unless the user says who may send. */
  letClientIn(cidr: string, provider?: TerraformProvider): void {
    if (!this.hasOwnClients) this.letIn("all", undefined, [cidr], provider);
  }

  /** Lets clients on the Internet in to the public ports of a DNAT entry; an empty `allowFrom` is everybody. */
  letEntryIn(rule: DnatRule, allowFrom: readonly string[], provider?: TerraformProvider): void {
    const cidrs = allowFrom.length === 0 ? [ANYWHERE] : allowFrom;
    this.letIn(ruleProtocol(rule.protocol), rule.ports?.publicPorts, cidrs, provider);
  }

  private letIn(
    ipProtocol: Allowed["ipProtocol"],
    ports: PortRange | undefined,
    cidrs: readonly string[],
    provider?: TerraformProvider,
  ): void {
    for (const cidrIp of cidrs) this.allow({ type: "ingress", ipProtocol, ports, cidrIp }, provider);
  }

  private allow(
    allowed: Omit<Allowed, "securityGroupId" | "provider">,
    provider = this.props.provider,
  ): ITerraformDependable {
    const rule = allow(this, { ...allowed, securityGroupId: this.securityGroupId, provider });
    this.rules.add(rule);
    return rule;
  }
}
