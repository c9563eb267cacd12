import type { ITerraformDependable, TerraformResource } from "cdktf";
import { waitFor } from "../cdktf/dependencies";
import { failAt } from "../cdktf/fail";
import { checkHostIp } from "../cdktf/host-ip";
import type { NatLedger } from "../cdktf/nat-ledger";
import { warnAtSynth } from "../cdktf/warn-at-synth";
import { isKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import type { PortAllocation } from "../host/host-options";
import { allowBackendIngress } from "./backend-ingress";
import { Eip } from "./eip";
import type { EipProps } from "./eip-props";
import { HOST_ALARM_METRICS } from "./host-alarm-metrics";
import { NAT_IP } from "./host-network";
import type { HostSecurityGroup } from "./host-security-group";
import type { AlarmsProps, IEip, INat, RouteProps } from "./nat";
import { natBackends } from "./nat-backend";
import type { DnatEntryRequest, NatBackend, SnatEntryRequest } from "./nat-backend";
import { NatChildren } from "./nat-children";
import type { IVpc, IVswitch } from "./network";

/** Connections to one destination that an address holds, measured on Linux, by how the host chooses ports. */
const CONNECTIONS_PER_EIP: Readonly<Record<PortAllocation, number>> = { preserve: 28_000, random: 55_000 };

/** The resources of a host. */
export interface HostParts {
  readonly machine: TerraformResource;
  readonly instanceId: string;
  readonly networkInterfaceId: string;
  /** The interface that routes lead to: the one towards the clients, where there are two. */
  readonly clientInterfaceId: string;
  /** The interface's primary address. */
  readonly privateIp: string;
  /** The interface's further addresses; EIPs add theirs. */
  readonly secondaryIps: string[];
  readonly securityGroup: HostSecurityGroup;
  readonly ledger: NatLedger;
}

/** What a host hands on to its EIPs and checks its entries against. */
export interface HostContext {
  readonly vpc: IVpc;
  readonly vswitch: IVswitch;
  /** The vSwitch of the interface towards the clients, where there are two. */
  readonly privateVswitch: IVswitch | undefined;
  readonly portAllocation: PortAllocation;
  readonly resourceGroupId: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
  /** What the machine waits for, beside what its EIPs and entries add. */
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a self-hosted NAT does with its EIPs, entries, routes and alarms. */
export class Host implements NatBackend {
  readonly connectionsPerEip: number;

  private readonly children: NatChildren;
  /** Who has the interface's primary address. */
  private primaryEip: string | undefined;
  private readonly machineWaitsFor: Set<ITerraformDependable>;

  constructor(
    private readonly nat: INat,
    private readonly parts: HostParts,
    private readonly context: HostContext,
  ) {
    const { vpc, vswitch, privateVswitch } = context;
    this.connectionsPerEip = CONNECTIONS_PER_EIP[context.portAllocation];
    this.machineWaitsFor = new Set([...context.dependsOn, parts.securityGroup.egress]);
    this.letMachineWait([]);
    this.children = new NatChildren({
      nat,
      ledger: parts.ledger,
      vswitches: privateVswitch === undefined ? [vswitch] : [vswitch, privateVswitch],
      routeTarget: {
        nextHopType: "NetworkInterface",
        nextHopId: parts.clientInterfaceId,
        vpc,
        addsDefaultRoute: false,
      },
      alarmMetrics: HOST_ALARM_METRICS,
      watchedId: parts.instanceId,
    });
    warnAtSynth(nat, () =>
      this.children.eipCount > 0
        ? []
        : ["addEip: the host has no EIP, so nothing goes out or in through it; add one with addEip"],
    );
    natBackends.register(nat, this);
  }

  get publicIps(): readonly string[] {
    return this.children.publicIps;
  }

  get dependables(): readonly ITerraformDependable[] {
    return [...new Set([this.parts.machine, ...this.parts.securityGroup.rules, ...this.children.dependables])];
  }

  addEip(id: string, props: EipProps = {}): IEip {
    this.children.check(id, props);
    const eip = Eip.boundTo(
      {
        nat: this.nat,
        instanceId: this.parts.networkInterfaceId,
        instanceType: "NetworkInterface",
        privateIp: failAt(this.nat, () => this.takePrivateIp(id, props.privateIp), id),
        resourceGroupId: this.context.resourceGroupId,
        tags: this.context.tags,
      },
      id,
      props,
    );
    // A machine that has to install something at its first boot finds the way out open.
    this.letMachineWait(eip.ready);
    return this.children.takeEip(eip);
  }

  addRoute(id: string, props: RouteProps): void {
    this.children.addRoute(id, props);
  }

  addAlarms(id: string, props: AlarmsProps): void {
    this.children.addAlarms(id, props);
  }

  addSnatEntry(request: SnatEntryRequest): void {
    const { entry, rule, source, provider, dependsOn } = request;
    this.children.rememberVswitch(request);
    this.parts.ledger.addSnatRule(entry, rule);
    this.parts.securityGroup.letClientIn(source.cidr, provider);
    this.letMachineWait(dependsOn);
  }

  addDnatEntry(request: DnatEntryRequest): void {
    const { entry, rule, privateIp, allowFrom, backendSecurityGroupId: securityGroupId, dependsOn } = request;
    this.parts.ledger.addDnatRule(entry, rule);
    this.parts.securityGroup.letEntryIn(rule, allowFrom, request.provider);
    if (rule.protocol === "any") this.parts.securityGroup.letClientIn(`${privateIp}/32`, request.provider);
    if (securityGroupId !== undefined) {
      const provider = request.provider ?? this.nat.provider;
      this.children.made(...allowBackendIngress(entry, { rule, securityGroupId, allowFrom, provider }));
    }
    this.letMachineWait(dependsOn);
  }

  /** The private address of an EIP, which the interface gets with it. */
  private takePrivateIp(id: string, given: string | undefined): string {
    const { privateIp: primary, secondaryIps } = this.parts;
    checkHostIp(given, this.context.vswitch, NAT_IP);
    if (given === undefined || (isKnown(given) && given === primary)) {
      if (this.primaryEip !== undefined) {
        throw new NatError(
          "privateIp",
          `must be given: "${this.primaryEip}" is bound to the interface's primary address`,
          given,
          "name an address of the NAT's vSwitch that nothing else has",
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
