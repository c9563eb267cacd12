import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkProvider, checkTags } from "../cdktf/check-types";
import { dependables, waitFor } from "../cdktf/dependencies";
import { checkProps, failAt } from "../cdktf/fail";
import { checkHostIp } from "../cdktf/host-ip";
import { NatChildren } from "../cdktf/nat-children";
import { NatLedger } from "../cdktf/nat-ledger";
import { knownVpcCidrs } from "../cdktf/network";
import { warnAtSynth } from "../cdktf/warn-at-synth";
import { parseChoice } from "../core/choice";
import { NatError } from "../core/nat-error";
import { AdoptedNatGateway } from "./adopted-nat-gateway";
import type { IAdoptedNatGateway, InternetNatGatewayAttributes } from "./adopted-nat-gateway";
import { alarmsOf } from "./alarms";
import { Eip } from "./eip";
import type { EipProps } from "./eip-props";
import { CONNECTIONS_PER_ADDRESS, gatewayAlarmMetrics } from "./gateway-metrics";
import { internetGatewayWarnings } from "./internet-gateway-order";
import type { InternetNatGatewayProps } from "./internet-nat-gateway-props";
import { resolveLimits } from "./limits";
import { namedTags } from "./named-tags";
import type { AlarmsProps, IEip, INat, RouteProps } from "./nat";
import { GATEWAY_REFUSAL, natBackends } from "./nat-backend";
import { checkSubnet, checkVpc, KEPT_ADDRESSES, knownSubnetBlock } from "./network";
import { routesTo } from "./route";
import { writeSecondaryEips } from "./secondary-eips";
import { WORDS } from "./words";

const IP_PLACE = { prop: "privateIp", subnetProp: "subnet", whose: "the gateway's subnet", kept: KEPT_ADDRESSES };

/**
 * A managed NAT gateway in one zone.
 *
 * It translates the source of everything that is routed to it, and lets nothing in: there are no SNAT and DNAT entries
 * for it. Everything but its routes is there from the start; `addEip` gives it further public addresses, `addRoute` sends
 * traffic to it. Make one in each zone, each with an id of its own; adding a zone then changes none of the others.
 *
 * Makes one `aws_nat_gateway`, which costs a fee for each hour and each gigabyte, and one `aws_eip` for its primary EIP
 * unless that exists (or the gateway is private), which costs a fee for each hour. Limits: 5 Gbit/s at first, 100 Gbit/s
 * at most; 55,000 connections to one destination an EIP; a connection is given up after 350 idle seconds, and a packet
 * that comes later is answered with a reset.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
export class InternetNatGateway extends Construct implements INat {
  /** Takes in a gateway that exists already: for new routes and alarms on it. Makes no resource. */
  static fromAttributes(scope: Construct, id: string, attributes: InternetNatGatewayAttributes): IAdoptedNatGateway {
    return new AdoptedNatGateway(scope, id, attributes);
  }

  readonly natKind = "aws:gateway";
  readonly provider: TerraformProvider | undefined;
  /** ID of the gateway (`nat-...`). */
  readonly natGatewayId: string;
  /** The EIP that it is created with; a private gateway has none. */
  readonly primaryEip: IEip | undefined;

  private readonly resource: NatGateway;
  private readonly children: NatChildren<Eip, RouteProps, AlarmsProps>;
  private readonly tags: Readonly<Record<string, string>> | undefined;
  private readonly waitsFor: ITerraformDependable[];

  constructor(scope: Construct, id: string, props: InternetNatGatewayProps) {
    super(scope, id);
    const { connectivity, limits, tags, dependsOn } = failAt(this, () => parseProps(this, props));
    this.provider = props.provider;
    this.tags = props.tags;
    this.waitsFor = [...dependsOn];

    const primaryEip =
      connectivity === "public"
        ? Eip.heldBy({ nat: this, tags: props.tags }, "PrimaryEip", props.eip ?? {})
        : undefined;
    this.primaryEip = primaryEip;
    this.resource = new NatGateway(this, "Resource", {
      connectivityType: connectivity,
      subnetId: props.subnet.id,
      allocationId: primaryEip?.allocationId,
      privateIp: props.privateIp,
      // Written out even where there is none: provider 6 would keep EIPs that the configuration does not name.
      secondaryAllocationIds: primaryEip === undefined ? undefined : [],
      tags,
      provider: props.provider,
    });
    this.natGatewayId = this.resource.id;
    this.children = this.makeChildren(props, limits.eips);
    this.children.made(this.resource);
    if (primaryEip === undefined) waitFor(this.resource, this.waitsFor);
    else this.takeEip(primaryEip);
    warnAtSynth(this, () =>
      primaryEip === undefined || this.waitsFor.length > 0 ? [] : internetGatewayWarnings(this, props.vpc),
    );
    natBackends.refuse(this, GATEWAY_REFUSAL);
  }

  /** Its own private address in the subnet. */
  get privateIp(): string {
    return this.resource.privateIp;
  }

  get publicIps(): readonly string[] {
    return this.children.publicIps;
  }

  /** Connections to one destination (address, port, protocol) that it holds: 55,000 an EIP, a private gateway 55,000. */
  get maxConnectionsPerDestination(): number {
    return CONNECTIONS_PER_ADDRESS * Math.max(this.children.eips.length, 1);
  }

  get dependables(): readonly ITerraformDependable[] {
    return this.children.dependables;
  }

  /**
   * Gives the gateway a secondary EIP: a new one, or an existing one. Adding and removing one is done in place, and
   * takes no other from it. The gateway takes a further private address of its subnet for it.
   * @throws NatError where the gateway is private
   */
  addEip(id: string, props: EipProps = {}): IEip {
    this.children.check(id, props);
    if (this.primaryEip === undefined) {
      const error = new NatError(
        "connectivity",
        'must be "public" for a gateway with EIPs',
        "private",
        "take the EIP out, or make the gateway a public one, which replaces it",
      );
      throw error.at(this.node.path);
    }
    const eip = this.takeEip(Eip.heldBy({ nat: this, tags: this.tags }, id, props));
    const secondary = this.children.eips.filter((held) => held !== this.primaryEip);
    writeSecondaryEips(
      this.resource,
      secondary.map(({ allocationId }) => allocationId),
    );
    return eip;
  }

  addRoute(id: string, props: RouteProps): void {
    this.children.addRoute(id, props);
  }

  addAlarms(id: string, props: AlarmsProps): void {
    this.children.addAlarms(id, props);
  }

  private takeEip(eip: Eip): Eip {
    this.waitsFor.push(...eip.gatewayWaitsFor);
    waitFor(this.resource, this.waitsFor);
    return this.children.takeEip(eip);
  }

  private makeChildren({ vpc, subnet }: InternetNatGatewayProps, maxEips: number) {
    const { natGatewayId } = this;
    return new NatChildren<Eip, RouteProps, AlarmsProps>({
      nat: this,
      ledger: new NatLedger(this, {
        maxAddresses: maxEips,
        quotaNames: { addresses: '"Elastic IP addresses per public NAT gateway" (at most 8)' },
        words: WORDS,
      }),
      subnets: { subnet },
      makeRoutes: (knownSubnets) => routesTo(this, { natGatewayId }, vpc, knownSubnets),
      makeAlarms: (id, props) => {
        const metrics = gatewayAlarmMetrics(() => this.maxConnectionsPerDestination);
        return alarmsOf({ nat: this, metrics, dimensions: { NatGatewayId: natGatewayId }, tags: this.tags }, id, props);
      },
    });
  }
}

function parseProps(gateway: InternetNatGateway, props: InternetNatGatewayProps) {
  checkProps(props);
  checkVpc(props.vpc);
  checkSubnet(props.subnet);
  knownVpcCidrs(props.vpc);
  knownSubnetBlock(props.subnet);
  checkAvailabilityMode(props.availabilityMode);
  const connectivity = parseChoice(props.connectivity ?? "public", ["public", "private"], "connectivity");
  if (connectivity === "private") refuseEipProps(props);
  if (props.eip !== undefined) checkProps(props.eip, "eip");
  checkHostIp(props.privateIp, props.subnet, IP_PLACE);
  checkTags(props.tags);
  checkProvider(props.provider);
  return {
    connectivity,
    limits: resolveLimits(props.limits),
    tags: namedTags(gateway, { name: props.name, tags: props.tags }),
    dependsOn: dependables(gateway, props.dependsOn),
  };
}

function refuseEipProps(props: InternetNatGatewayProps): void {
  for (const prop of ["eip", "limits"] as const) {
    const given: unknown = props[prop];
    if (given === undefined) continue;
    const fix = 'take it out, or use connectivity "public"';
    throw new NatError(prop, "belongs to a public gateway: a private one has no EIPs", given, fix);
  }
}

function checkAvailabilityMode(mode: unknown): void {
  if (mode === undefined || mode === "zonal") return;
  if (mode === "regional") {
    const rule =
      'must be "zonal": a regional gateway needs version 6.24 of the provider, has no subnet, and chooses its EIPs';
    throw new NatError("availabilityMode", rule, mode, "make one gateway in each zone, or write the resource by hand");
  }
  parseChoice(mode as string, ["zonal"], "availabilityMode");
}
