import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { isDeferred } from "../core/deferred";
import type { Ipv4Cidr } from "../core/ipv4";
import type { NatAddress, SnatRule } from "../core/nat-rule";
import { checkEipUsedOnce } from "./bound-eips";
import type { BoundEip } from "./bound-eips";
import type { NatLedger } from "./nat-ledger";
import { knownSubnetCidr } from "./network";
import type { Network } from "./network";
import { checkChild } from "./routes";
import type { CommonRouteProps, Routes } from "./routes";

/** An EIP of a NAT, with what an entry needs of it. */
export interface NatEip extends BoundEip {
  /** The EIP as the NAT table knows it. */
  readonly address: NatAddress;
  /** What an entry must wait for before it can use the EIP, in the order in which the cloud needs it. */
  readonly ready: readonly ITerraformDependable[];
}

/** Alarms of one `addAlarms`, which watch EIPs that are added later too. */
export interface EipAlarms<E extends NatEip = NatEip> {
  watchEip(eip: E): void;
}

/** What a NAT is, as far as its children need it; `E`, `R` and `A` are the cloud's EIPs and its props of routes and alarms. */
export interface NatChildrenContext<E extends NatEip, R extends CommonRouteProps, A extends object> {
  readonly nat: Construct;
  readonly ledger: NatLedger;
  /** The NAT's own subnets, where they are known, by the prop that holds each. */
  readonly subnets: Readonly<Record<string, Network | undefined>>;
  /** @param knownSubnets the subnets that the app has named when the routes are checked */
  readonly makeRoutes: (knownSubnets: () => readonly Ipv4Cidr[]) => Routes<R>;
  /** Makes the alarms of the NAT itself. */
  readonly makeAlarms: (id: string, props: A) => EipAlarms<NoInfer<E>>;
}

/** The EIPs, routes and alarms of a NAT, which gateways and hosts of all clouds keep alike. */
export class NatChildren<E extends NatEip, R extends CommonRouteProps, A extends object> {
  private readonly routes: Routes<R>;
  private readonly boundEips: E[] = [];
  private readonly alarms: EipAlarms<E>[] = [];
  private readonly waitFor: ITerraformDependable[] = [];
  /** Subnets that the app names, for the routes, which cannot be as narrow as one of them. */
  private readonly knownSubnets: Ipv4Cidr[] = [];

  constructor(private readonly context: NatChildrenContext<E, R, A>) {
    this.routes = context.makeRoutes(() => this.knownSubnets);
    for (const [prop, subnet] of Object.entries(context.subnets)) {
      const cidr = subnet && knownSubnetCidr(subnet, prop);
      if (cidr !== undefined) this.knownSubnets.push(cidr);
    }
  }

  get eips(): readonly E[] {
    return this.boundEips;
  }

  /** The subnets that the app has named so far: the NAT's own, and those of SNAT entries. */
  get subnets(): readonly Ipv4Cidr[] {
    return this.knownSubnets;
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
    checkChild(this.context.nat, id, props);
  }

  takeEip(eip: E): E {
    checkEipUsedOnce(eip);
    this.boundEips.push(eip);
    this.context.ledger.addAddress(eip.address);
    this.made(...eip.ready);
    for (const alarms of this.alarms) alarms.watchEip(eip);
    return eip;
  }

  addRoute(id: string, props: R): void {
    const route = this.routes.add(id, props);
    if (route !== undefined) this.made(route);
  }

  addAlarms(id: string, props: A): void {
    this.check(id, props);
    const alarms = this.context.makeAlarms(id, props);
    for (const eip of this.boundEips) alarms.watchEip(eip);
    this.alarms.push(alarms);
  }

  /** Keeps the subnet that an SNAT entry names. */
  rememberSubnet({ source }: SnatRule): void {
    if (source.networkId !== undefined && !isDeferred(source.cidr)) this.knownSubnets.push(source.cidr);
  }
}
