import type { ITerraformDependable } from "cdktf";
import { checkChildId, checkProps, failAt } from "../cdktf/fail";
import type { NatLedger } from "../cdktf/nat-ledger";
import { isDeferred } from "../core/deferred";
import type { Ipv4Cidr } from "../core/ipv4";
import { Alarms } from "./alarms";
import type { AlarmMetrics } from "./alarms";
import { checkEipUsedOnce } from "./bound-eips";
import type { Eip } from "./eip";
import type { AlarmsProps, INat, RouteProps } from "./nat";
import type { SnatEntryRequest } from "./nat-backend";
import { knownVswitchCidr } from "./network";
import type { IVswitch } from "./network";
import { Routes } from "./route";
import type { RouteTarget } from "./route";

/** What a NAT of this cloud is, as far as its children need it. */
export interface NatChildrenContext {
  readonly nat: INat;
  readonly ledger: NatLedger;
  /** The NAT's own vSwitches, where they are known. */
  readonly vswitches: readonly IVswitch[];
  readonly routeTarget: RouteTarget;
  readonly alarmMetrics: AlarmMetrics;
  /** What CloudMonitor knows the NAT as. */
  readonly watchedId: string;
}

/** The EIPs, routes and alarms of a NAT, which a gateway and a host keep alike. */
export class NatChildren {
  private readonly routes: Routes;
  private readonly boundEips: Eip[] = [];
  private readonly alarms: Alarms[] = [];
  private readonly waitFor: ITerraformDependable[] = [];
  /** vSwitches that the app names, for the routes, which cannot be as narrow as one of them. */
  private readonly knownVswitches: Ipv4Cidr[] = [];

  constructor(private readonly context: NatChildrenContext) {
    const { nat, routeTarget, vswitches } = context;
    this.routes = new Routes(nat, routeTarget, () => this.knownVswitches);
    for (const vswitch of vswitches) {
      const cidr = knownVswitchCidr(vswitch);
      if (cidr !== undefined) this.knownVswitches.push(cidr);
    }
  }

  get eipCount(): number {
    return this.boundEips.length;
  }

  get publicIps(): readonly string[] {
    return this.boundEips.map((eip) => eip.publicIp);
  }

  /** What has been made so far, in its order; an element may come twice. */
  get dependables(): readonly ITerraformDependable[] {
    return this.waitFor;
  }

  /** Keeps what users of the NAT have to wait for. */
  made(...resources: readonly ITerraformDependable[]): void {
    this.waitFor.push(...resources);
  }

  /** Refuses an id or props that no child can have; before the child is made. */
  check(id: string, props: object): void {
    const { nat } = this.context;
    failAt(
      nat,
      () => {
        checkChildId(nat, id);
        checkProps(props);
      },
      id,
    );
  }

  takeEip(eip: Eip): Eip {
    checkEipUsedOnce(eip);
    this.boundEips.push(eip);
    this.context.ledger.addAddress(eip.address);
    this.made(...eip.ready);
    for (const alarms of this.alarms) watchEip(alarms, eip);
    return eip;
  }

  addRoute(id: string, props: RouteProps): void {
    this.check(id, props);
    this.made(this.routes.add(id, props, this.context.nat.provider));
  }

  addAlarms(id: string, props: AlarmsProps): void {
    this.check(id, props);
    const alarms = new Alarms(this.context.nat, id, props, this.context.alarmMetrics);
    alarms.watchNat(this.context.watchedId);
    for (const eip of this.boundEips) watchEip(alarms, eip);
    this.alarms.push(alarms);
  }

  /** Keeps the vSwitch that an SNAT entry names. */
  rememberVswitch({ rule, source }: SnatEntryRequest): void {
    const { cidr } = rule.source;
    if (source.vswitchId !== undefined && !isDeferred(cidr)) this.knownVswitches.push(cidr);
  }
}

function watchEip(alarms: Alarms, eip: Eip): void {
  alarms.watchEip({ id: eip.node.id, allocationId: eip.allocationId });
}
