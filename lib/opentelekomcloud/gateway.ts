import type { ITerraformDependable } from "cdktf";
import { NatDnatRuleV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-dnat-rule-v2";
import { NatSnatRuleV2 } from "@cdktf/provider-opentelekomcloud/lib/nat-snat-rule-v2";
import { allowBackendIngress } from "../cdktf/backend-ingress";
import { waitFor } from "../cdktf/dependencies";
import { NatChildren } from "../cdktf/nat-children";
import { NatLedger } from "../cdktf/nat-ledger";
import { knownVpcCidrs } from "../cdktf/network";
import { warnAtSynth } from "../cdktf/warn-at-synth";
import { isDeferred } from "../core/deferred";
import { NatError } from "../core/nat-error";
import type { DnatRule } from "../core/nat-rule";
import { alarmsOf } from "./alarms";
import { noteGateway } from "./default-routes";
import { Eip } from "./eip";
import type { EipProps, ImportedEipProps } from "./eip-props";
import { GATEWAY_ALARM_METRICS } from "./gateway-alarm-metrics";
import { routesToGateway } from "./gateway-routes";
import type { NatGatewayLimits } from "./limits";
import type { AlarmsProps, IEip, INat, RouteProps } from "./nat";
import { natBackends } from "./nat-backend";
import type { DnatEntryRequest, NatBackend, SnatEntryRequest } from "./nat-backend";
import type { ISubnet, IVpc } from "./network";
import { SECURITY_GROUP_RULES } from "./security-group-rules";
import { checkSubnetHasOneRule } from "./subnet-rules";
import { WORDS } from "./words";

/** Most ports of one entry: each is a rule of its own. */
const MOST_PORTS = 50;

/** `source_type` of a rule for a block of the VPC, and of one for a block beyond a Direct Connect line. */
const SOURCE_TYPE = { vpc: 0, directConnect: 1 } as const;

/** What a gateway hands on to its EIPs and checks its entries against. */
export interface GatewayContext {
  readonly natGatewayId: string;
  readonly vpc: IVpc;
  /** The gateway's own subnet; an adopted gateway may not tell. */
  readonly subnet: ISubnet | undefined;
  readonly connectionsPerEip: number;
  readonly limits: Required<NatGatewayLimits>;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** What a gateway does with its EIPs, entries, routes and alarms, whether the app creates or adopts it. */
export class Gateway implements NatBackend {
  readonly connectionsPerEip: number;
  readonly takesPortIds = true;

  private readonly ledger: NatLedger;
  private readonly children: NatChildren<Eip, RouteProps, AlarmsProps>;

  constructor(
    private readonly nat: INat,
    private readonly context: GatewayContext,
  ) {
    const { natGatewayId, vpc, subnet, limits } = context;
    this.connectionsPerEip = context.connectionsPerEip;
    this.ledger = new NatLedger(nat, {
      maxDnatEntries: limits.dnatEntries,
      dnatEntryPerPort: true,
      quotaNames: { dnatEntries: "dnat_rules_limit" },
      words: WORDS,
      networkCidrs: knownVpcCidrs(vpc),
      disjointSources: true,
      uniqueBackends: true,
      anyPortTakesBackend: true,
    });
    this.children = new NatChildren({
      nat,
      ledger: this.ledger,
      subnets: { subnet },
      makeRoutes: () => routesToGateway(nat, vpc),
      makeAlarms: (id, props) => alarmsOf(nat, id, props, GATEWAY_ALARM_METRICS, natGatewayId),
    });
    warnAtSynth(nat, () =>
      this.children.eips.length > 0
        ? []
        : ["addEip: the gateway has no EIP, so nothing goes out or in through it; add one with addEip"],
    );
    noteGateway(nat, vpc.id);
    natBackends.register(nat, this);
  }

  get publicIps(): readonly string[] {
    return this.children.publicIps;
  }

  get dependables(): readonly ITerraformDependable[] {
    return [...new Set(this.children.dependables)];
  }

  addEip(id: string, props: EipProps = {}): IEip {
    this.children.check(id, props);
    return this.children.takeEip(Eip.boundTo({ nat: this.nat, tags: this.context.tags }, id, props));
  }

  importEip(id: string, props: ImportedEipProps): IEip {
    this.children.check(id, props);
    return this.children.takeEip(Eip.imported(this.nat, id, props));
  }

  addRoute(id: string, props: RouteProps): void {
    this.children.addRoute(id, props);
  }

  addAlarms(id: string, props: AlarmsProps): void {
    this.children.addAlarms(id, props);
  }

  addSnatEntry(request: SnatEntryRequest): void {
    const { entry, rule, source, eips, provider, dependsOn } = request;
    const [eip] = eips;
    checkSnat(request);
    this.children.rememberSubnet(rule);
    this.ledger.addSnatRule(entry, rule);
    const { subnetId } = source;
    if (subnetId === undefined) this.checkInOneSubnet(request);
    else checkSubnetHasOneRule({ entry, gateway: this.nat, subnetId });
    const resource = new NatSnatRuleV2(entry, "Resource", {
      natGatewayId: this.context.natGatewayId,
      floatingIpId: eip?.eipId ?? "",
      ...(subnetId === undefined ? { cidr: source.cidr } : { networkId: subnetId }),
      sourceType: rule.source.isRemote === true ? SOURCE_TYPE.directConnect : SOURCE_TYPE.vpc,
      provider: provider ?? this.nat.provider,
    });
    waitFor(resource, ...eips.map((each) => each.ready), dependsOn);
    this.children.made(resource);
  }

  addDnatEntry(request: DnatEntryRequest): void {
    const { entry, rule, allowFrom, backendSecurityGroupId: securityGroupId } = request;
    checkDnat(request);
    this.ledger.addDnatRule(entry, rule);
    const provider = request.provider ?? this.nat.provider;
    for (const { id, publicPort, privatePort } of portsOf(rule)) {
      const resource = new NatDnatRuleV2(entry, id, {
        natGatewayId: this.context.natGatewayId,
        floatingIpId: request.eip.eipId,
        protocol: rule.protocol,
        externalServicePort: publicPort,
        internalServicePort: privatePort,
        ...(request.portId === undefined ? { privateIp: request.privateIp } : { portId: request.portId }),
        provider,
      });
      waitFor(resource, request.eip.ready, request.dependsOn);
      this.children.made(resource);
    }
    if (securityGroupId !== undefined) {
      this.children.made(
        ...allowBackendIngress(entry, { rule, securityGroupId, allowFrom, provider }, SECURITY_GROUP_RULES),
      );
    }
  }

  /** A block of the VPC lies in one of its subnets, as far as the app names them. */
  private checkInOneSubnet({ entry, rule }: SnatEntryRequest): void {
    const { cidr, isRemote = false } = rule.source;
    entry.node.addValidation({
      validate: () => {
        if (isDeferred(cidr) || isRemote) return [];
        const subnet = this.children.subnets.find((known) => known.overlaps(cidr) && !known.covers(cidr));
        if (subnet === undefined) return [];
        const rule = `must lie in one subnet of the VPC, and contains ${subnet}`;
        return [new NatError("source", rule, String(cidr), "give each subnet an entry of its own").message];
      },
    });
  }
}

function checkSnat({ entry, eips, source }: SnatEntryRequest): void {
  if (eips.length > 1) {
    throw new NatError(
      "eips",
      "must be one EIP on a gateway, whose rules take one each",
      eips.map((eip) => eip.node.path),
      "give each subnet an entry with an EIP of its own, or use a SelfHostedNatInstance",
    ).at(entry.node.path);
  }
  if (source.sourceKind !== "opentelekomcloud:vpc") return;
  throw new NatError(
    "source",
    "must be a subnet, a host or a block inside one subnet on a gateway, which has one rule a subnet",
    source.cidr,
    "give each subnet an entry of its own with SnatSource.subnet, or use a SelfHostedNatInstance",
  ).at(entry.node.path);
}

function checkDnat({ entry, rule, allowFrom, backendSecurityGroupId }: DnatEntryRequest): void {
  if (allowFrom.length > 0 && backendSecurityGroupId === undefined) {
    throw new NatError(
      "allowFrom",
      "needs backendSecurityGroupId on a gateway, which itself lets everybody in",
      allowFrom,
      "name the backend's security group, whose rules then let in these clients only",
    ).at(entry.node.path);
  }
  const publicPorts = rule.ports?.publicPorts;
  if (publicPorts === undefined || publicPorts.size <= MOST_PORTS) return;
  throw new NatError(
    "publicPort",
    `must be at most ${MOST_PORTS} ports on a gateway, which has a rule for each; these are ${publicPorts.size}`,
    publicPorts,
    'use protocol "any" for Any Port, fewer ports, or a SelfHostedNatInstance',
  ).at(entry.node.path);
}

interface PortRule {
  readonly id: string;
  readonly publicPort: number;
  readonly privatePort: number;
}

/** The rules that an entry is on a gateway, each with an id of its own: the public port, or all of them. */
function portsOf({ ports }: DnatRule): readonly PortRule[] {
  // What the API calls all ports is the port 0.
  if (ports === undefined) return [{ id: "Resource", publicPort: 0, privatePort: 0 }];
  const { publicPorts } = ports;
  return Array.from({ length: publicPorts.size }, (_, place) => {
    const publicPort = publicPorts.from + place;
    return { id: `Port-${publicPort}`, publicPort, privatePort: ports.toPrivate(publicPort) };
  });
}
