import type { ITerraformDependable, TerraformProvider, TerraformResource } from "cdktf";
import type { Construct, IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import type { DnatRule, SnatRule } from "../core/nat-rule";
import { allowBackendIngress } from "./backend-ingress";
import { waitFor } from "./dependencies";
import { failAt } from "./fail";
import type { HostSecurityGroup } from "./host-security-group";
import type { NatChildren, NatEip } from "./nat-children";
import type { NatLedger } from "./nat-ledger";
import type { CommonRouteProps } from "./routes";
import type { SecurityGroupRules } from "./security-group-rules";
import { warnAtSynth } from "./warn-at-synth";

/** Connections to one destination that an address holds, measured on Linux, by how the host chooses ports. */
const CONNECTIONS_PER_EIP = { preserve: 28_000, random: 55_000 } as const;

/** The resources of a host. */
export interface HostParts {
  /** What boots with the user data: the machine, or what makes it anew. */
  readonly machine: TerraformResource;
  /** The interface's primary address. */
  readonly privateIp: string;
  /** The interface's further addresses; EIPs add theirs. */
  readonly secondaryIps: string[];
  readonly securityGroup: HostSecurityGroup;
  readonly ledger: NatLedger;
}

/** What a host of a cloud is; `E`, `P`, `R` and `A` are the cloud's EIPs and the props of EIPs, routes and alarms. */
export interface HostContext<E extends NatEip, P extends HostEipProps, R extends CommonRouteProps, A extends object> {
  readonly children: NatChildren<E, R, A>;
  /** Refuses an address that the interface cannot get. */
  readonly checkPrivateIp: (privateIp: string | undefined) => void;
  /** Makes an EIP, or adopts it, and binds it to an address of the interface. */
  readonly bindEip: (id: string, props: P, privateIp: string) => E;
  readonly securityGroupRules: SecurityGroupRules;
  /** The cloud's word for the subnet, for error texts. */
  readonly subnetWord: string;
  readonly portAllocation: keyof typeof CONNECTIONS_PER_EIP;
  /** What the machine waits for, beside what its EIPs and entries add. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a host needs of the props of an EIP. */
export interface HostEipProps {
  readonly privateIp?: string;
}

/** What a host needs of an SNAT entry. */
export interface HostSnatRequest {
  readonly entry: IConstruct;
  readonly rule: SnatRule;
  /** The source as the cloud takes it. */
  readonly source: { readonly cidr: string };
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a host needs of a DNAT entry. */
export interface HostDnatRequest {
  readonly entry: Construct;
  readonly rule: DnatRule;
  readonly privateIp: string;
  readonly allowFrom: readonly string[];
  readonly backendSecurityGroupId: string | undefined;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a self-hosted NAT of any cloud does with its EIPs, entries, routes and alarms. */
export class Host<E extends NatEip, P extends HostEipProps, R extends CommonRouteProps, A extends object> {
  readonly connectionsPerEip: number;

  /** Who has the interface's primary address. */
  private primaryEip: string | undefined;
  private readonly machineWaitsFor: Set<ITerraformDependable>;

  constructor(
    private readonly nat: Construct & { readonly provider: TerraformProvider | undefined },
    private readonly parts: HostParts,
    private readonly context: HostContext<E, P, R, A>,
  ) {
    this.connectionsPerEip = CONNECTIONS_PER_EIP[context.portAllocation];
    this.machineWaitsFor = new Set([...context.dependsOn, parts.securityGroup.egress]);
    this.letMachineWait([]);
    warnAtSynth(nat, () =>
      context.children.eips.length > 0
        ? []
        : ["addEip: the host has no EIP, so nothing goes out or in through it; add one with addEip"],
    );
  }

  get publicIps(): readonly string[] {
    return this.context.children.publicIps;
  }

  get dependables(): readonly ITerraformDependable[] {
    return [...new Set([this.parts.machine, ...this.parts.securityGroup.rules, ...this.context.children.dependables])];
  }

  addEip(id: string, props: P): E {
    const { children, bindEip } = this.context;
    children.check(id, props);
    const privateIp = failAt(this.nat, () => this.takePrivateIp(id, props.privateIp), id);
    const eip = bindEip(id, props, privateIp);
    // A machine that has to install something at its first boot finds the way out open.
    this.letMachineWait(eip.ready);
    return children.takeEip(eip);
  }

  addRoute(id: string, props: R): void {
    this.context.children.addRoute(id, props);
  }

  addAlarms(id: string, props: A): void {
    this.context.children.addAlarms(id, props);
  }

  addSnatEntry({ entry, rule, source, dependsOn }: HostSnatRequest): void {
    this.context.children.rememberSubnet(rule);
    this.parts.ledger.addSnatRule(entry, rule);
    this.parts.securityGroup.letClientIn(source.cidr);
    this.letMachineWait(dependsOn);
  }

  addDnatEntry(request: HostDnatRequest): void {
    const { entry, rule, privateIp, allowFrom, backendSecurityGroupId: securityGroupId, dependsOn } = request;
    this.parts.ledger.addDnatRule(entry, rule);
    this.parts.securityGroup.letEntryIn(rule, allowFrom);
    if (rule.protocol === "any") this.parts.securityGroup.letClientIn(`${privateIp}/32`);
    if (securityGroupId !== undefined) {
      const provider = request.provider ?? this.nat.provider;
      const ingress = { rule, securityGroupId, allowFrom, provider };
      this.context.children.made(...allowBackendIngress(entry, ingress, this.context.securityGroupRules));
    }
    this.letMachineWait(dependsOn);
  }

  /** The private address of an EIP, which the interface gets with it. */
  private takePrivateIp(id: string, given: string | undefined): string {
    const { privateIp: primary, secondaryIps } = this.parts;
    this.context.checkPrivateIp(given);
    if (given === undefined || given === primary) {
      if (this.primaryEip !== undefined) {
        throw new NatError(
          "privateIp",
          `must be given: "${this.primaryEip}" is bound to the interface's primary address`,
          given,
          `name an address of the NAT's ${this.context.subnetWord} that nothing else has`,
        );
      }
      this.primaryEip = id;
      return primary;
    }
    secondaryIps.push(given);
    return given;
  }

  private letMachineWait(dependencies: readonly ITerraformDependable[]): void {
    const before = this.machineWaitsFor.size;
    for (const dependency of dependencies) this.machineWaitsFor.add(dependency);
    if (this.parts.machine.dependsOn !== undefined && this.machineWaitsFor.size === before) return;
    waitFor(this.parts.machine, [...this.machineWaitsFor]);
  }
}
