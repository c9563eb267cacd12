import type { ITerraformDependable } from "cdktf";
import { allowBackendIngress } from "../cdktf/backend-ingress";
import { waitFor } from "../cdktf/dependencies";
import { NatChildren } from "../cdktf/nat-children";
import { NatLedger } from "../cdktf/nat-ledger";
import { knownVpcCidrs } from "../cdktf/network";
import { referenceText } from "../cdktf/reference";
import { warnAtSynth } from "../cdktf/warn-at-synth";
import { NatError } from "../core/nat-error";
import { ForwardEntry } from "./bindings/forward-entry";
import { SnatEntry as SnatEntryResource } from "./bindings/snat-entry";
import { alarmsOf } from "./alarms";
import { Eip } from "./eip";
import type { EipProps, ImportedEipProps } from "./eip-props";
import type { AlarmsProps, IEip, INat, RouteProps } from "./nat";
import { GATEWAY_ALARM_METRICS } from "./gateway-alarm-metrics";
import type { NatGatewayLimits } from "./limits";
import { natBackends } from "./nat-backend";
import type { DnatEntryRequest, NatBackend, SnatEntryRequest } from "./nat-backend";
import { knownVswitchCidr } from "./network";
import type { IVpc, IVswitch } from "./network";
import { routesTo } from "./route";
import { SECURITY_GROUP_RULES } from "./security-group-rules";
import { WORDS } from "./words";

/** Entries may have to wait for each other: the cloud works on one change of a gateway at a time. */
const ENTRY_TIMEOUTS = { create: "30m", update: "30m", delete: "30m" };

/** First public port that SNAT entries use on an EIP. */
const FIRST_SNAT_PORT = 1025;

/** Addresses of a vSwitch that the cloud keeps: the first, and the last three. */
const RESERVED_VSWITCH_ADDRESSES = 4;

const QUOTA_NAMES = {
  addresses: "natgw_quota_eip_num_per_nat",
  snatEntries: "natgw_quota_snat_entry_num",
  dnatEntries: "natgw_quota_dnat_entry_num",
};

/** A gateway in the cloud, created by the app or adopted. */
export interface GatewayIds {
  readonly natGatewayId: string;
  readonly snatTableId: string;
  readonly forwardTableId: string;
}

/** What a gateway hands on to its EIPs and checks its entries against. */
export interface GatewayContext {
  readonly vpc: IVpc;
  /** The gateway's own vSwitch; an adopted gateway may not tell. */
  readonly vswitch: IVswitch | undefined;
  readonly limits: Required<NatGatewayLimits>;
  readonly resourceGroupId: string | undefined;
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** What a gateway does with its EIPs, entries, routes and alarms, whether the app creates or adopts it. */
export class Gateway implements NatBackend {
  /** https://www.alibabacloud.com/help/en/nat-gateway */
  readonly connectionsPerEip = 55_000;

  private readonly ledger: NatLedger;
  private readonly children: NatChildren<Eip, RouteProps, AlarmsProps>;

  constructor(
    private readonly nat: INat,
    private readonly ids: GatewayIds,
    private readonly context: GatewayContext,
  ) {
    const { vpc, vswitch, limits } = context;
    this.ledger = new NatLedger(nat, {
      maxAddresses: limits.eips,
      maxSnatEntries: limits.snatEntries,
      maxDnatEntries: limits.dnatEntries,
      quotaNames: QUOTA_NAMES,
      words: WORDS,
      networkCidrs: knownVpcCidrs(vpc),
      firstSnatPort: FIRST_SNAT_PORT,
      uniqueBackends: true,
    });
    const routeTarget = {
      nextHopType: "NatGateway",
      nextHopId: ids.natGatewayId,
      vpc,
      addsDefaultRoute: true,
    } as const;
    this.children = new NatChildren({
      nat,
      ledger: this.ledger,
      subnets: { vswitch },
      makeRoutes: (knownVswitches) => routesTo(nat, routeTarget, knownVswitches),
      makeAlarms: (id, props) => alarmsOf(nat, id, props, GATEWAY_ALARM_METRICS, ids.natGatewayId),
    });
    warnAtSynth(nat, () => this.warnings());
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
    const eip = Eip.boundTo(
      {
        nat: this.nat,
        instanceId: this.ids.natGatewayId,
        instanceType: "Nat",
        resourceGroupId: this.context.resourceGroupId,
        tags: this.context.tags,
      },
      id,
      props,
    );
    return this.children.takeEip(eip);
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
    const { entry, rule, source, eips, name, provider, dependsOn } = request;
    const { vswitchId } = source;
    this.children.rememberSubnet(rule);
    this.ledger.addSnatRule(entry, rule);
    this.warnOwnVswitch(entry, vswitchId);
    const resource = new SnatEntryResource(entry, "Resource", {
      snatTableId: this.ids.snatTableId,
      ...(vswitchId === undefined ? { sourceCidr: source.cidr } : { sourceVswitchId: vswitchId }),
      snatIp: eips.map((eip) => eip.publicIp).join(","),
      eipAffinity: rule.eipAffinity ? 1 : 0,
      snatEntryName: name,
      timeouts: ENTRY_TIMEOUTS,
      provider: provider ?? this.nat.provider,
    });
    waitFor(resource, ...eips.map((eip) => eip.ready), dependsOn);
    this.children.made(resource);
  }

  addDnatEntry(request: DnatEntryRequest): void {
    const {
      entry,
      rule,
      eip,
      privateIp,
      allowFrom,
      backendSecurityGroupId: securityGroupId,
      name,
      dependsOn,
    } = request;
    if (allowFrom.length > 0 && securityGroupId === undefined) {
      const fix = "name the backend's security group, whose rules then let in these clients only";
      throw new NatError(
        "allowFrom",
        "needs backendSecurityGroupId on a gateway, which itself lets everybody in",
        allowFrom,
        fix,
      ).at(entry.node.path);
    }
    this.ledger.addDnatRule(entry, rule);
    const provider = request.provider ?? this.nat.provider;
    const resource = new ForwardEntry(entry, "Resource", {
      forwardTableId: this.ids.forwardTableId,
      externalIp: eip.publicIp,
      externalPort: rule.ports?.publicPorts.format("/") ?? "any",
      internalIp: privateIp,
      internalPort: rule.ports?.privatePorts.format("/") ?? "any",
      ipProtocol: rule.protocol,
      portBreak: rule.removePortLimits ? true : undefined,
      forwardEntryName: name,
      timeouts: ENTRY_TIMEOUTS,
      provider,
    });
    waitFor(resource, eip.ready, dependsOn);
    this.children.made(resource);
    if (securityGroupId !== undefined) {
      this.children.made(
        ...allowBackendIngress(entry, { rule, securityGroupId, allowFrom, provider }, SECURITY_GROUP_RULES),
      );
    }
  }

  private warnOwnVswitch(entry: SnatEntryRequest["entry"], vswitchId: string | undefined): void {
    const own = this.context.vswitch;
    if (vswitchId === undefined || own === undefined) return;
    warnAtSynth(entry, () =>
      referenceText(this.nat, vswitchId) === referenceText(this.nat, own.id)
        ? ["source: this is the gateway's own vSwitch, which should hold nothing but the gateway; name another vSwitch"]
        : [],
    );
  }

  private warnings(): readonly string[] {
    const warnings = [];
    if (this.children.eips.length === 0) {
      warnings.push("addEip: the gateway has no EIP, so nothing goes out or in through it; add one with addEip");
    }
    const { vswitch } = this.context;
    const cidr = vswitch && knownVswitchCidr(vswitch);
    if (cidr !== undefined) {
      const room = Math.max(cidr.size - RESERVED_VSWITCH_ADDRESSES, 0);
      if (this.children.eips.length > room) {
        warnings.push(
          `vswitch: each EIP takes a private address of the gateway's vSwitch; ${cidr} has ${room} of them for ` +
            `${this.children.eips.length} EIPs; use a larger vSwitch, best one of the gateway's own`,
        );
      }
    }
    return warnings;
  }
}
