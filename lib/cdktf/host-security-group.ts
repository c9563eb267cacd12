import { TerraformStack } from "cdktf";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { DnatRule } from "../core/nat-rule";
import { PortRange } from "../core/port-range";
import { usedReferenceText } from "./reference";
import { allow, ANYWHERE, ruleProtocol } from "./security-group-rules";
import type { Allowed, SecurityGroupRules } from "./security-group-rules";

const SSH = PortRange.parse(22);

/** What the security group of a host lets through, and how the cloud makes it. */
export interface HostSecurityGroupProps {
  /** Makes the group itself, and gives its id. */
  readonly makeGroup: (scope: Construct, id: string) => string;
  readonly rules: SecurityGroupRules;
  readonly sshFrom: readonly string[];
  readonly icmpReply: boolean;
  /** Who may send through the host, where the user says it; otherwise each entry says it for its own machines. */
  readonly clientCidrs: readonly string[] | undefined;
  readonly provider: TerraformProvider | undefined;
}

/** The security groups of a stack's hosts, by the reference to each. */
const groupsOfStack = new WeakMap<TerraformStack, Map<string, HostSecurityGroup>>();

function groupsOf(scope: Construct): Map<string, HostSecurityGroup> {
  const stack = TerraformStack.of(scope);
  const groups = groupsOfStack.get(stack) ?? new Map<string, HostSecurityGroup>();
  groupsOfStack.set(stack, groups);
  return groups;
}

/**
 * What the cloud itself lets through to a host: a security group and its rules. What the host forwards counts as coming
 * in, so the group lets its clients in with everything.
 */
export class HostSecurityGroup extends Construct {
  /** The host's group that an id stands for, in the stack of `scope`. */
  static find(scope: Construct, securityGroupId: string): HostSecurityGroup | undefined {
    return groupsOf(scope).get(usedReferenceText(scope, securityGroupId));
  }

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
    const { clientCidrs } = props;
    this.hasOwnClients = clientCidrs !== undefined;
    this.securityGroupId = props.makeGroup(this, "Resource");
    groupsOf(this).set(usedReferenceText(this, this.securityGroupId), this);
    this.egress = this.allow({ type: "egress", protocol: "all", ports: undefined, cidr: ANYWHERE });
    if (props.icmpReply) this.letIn("icmp", undefined, [ANYWHERE]);
    this.letIn("tcp", SSH, props.sshFrom);
    this.letIn("all", undefined, clientCidrs ?? []);
  }

  /** Lets the machines of an entry in, unless the user says who may send. */
  letClientIn(cidr: string): void {
    if (!this.hasOwnClients) this.letIn("all", undefined, [cidr]);
  }

  /** Lets clients on the Internet in to the public ports of a DNAT entry; an empty `allowFrom` is everybody. */
  letEntryIn(rule: DnatRule, allowFrom: readonly string[]): void {
    const cidrs = allowFrom.length === 0 ? [ANYWHERE] : allowFrom;
    this.letIn(ruleProtocol(rule.protocol), rule.ports?.publicPorts, cidrs);
  }

  /** Lets clients in to ports, each rule once. */
  letIn(
    protocol: Allowed["protocol"],
    ports: PortRange | undefined,
    cidrs: readonly string[],
  ): readonly ITerraformDependable[] {
    return cidrs.map((cidr) => this.allow({ type: "ingress", protocol, ports, cidr }));
  }

  private allow(allowed: Omit<Allowed, "securityGroupId" | "provider">): ITerraformDependable {
    const { securityGroupId } = this;
    const { rules, provider } = this.props;
    const rule = allow(this, { ...allowed, securityGroupId, provider }, rules, provider);
    this.rules.add(rule);
    return rule;
  }
}
