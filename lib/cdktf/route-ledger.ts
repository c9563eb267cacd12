import type { IConstruct } from "constructs";
import { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { NatTableWords } from "../core/nat-table";
import { identityInApp } from "./reference";
import { whenKnown } from "./when-known";

/** Which destinations a cloud's route tables refuse. */
export interface RouteConstraints {
  /** Blocks of the cloud itself, which no route can send elsewhere. */
  readonly reserved: readonly Ipv4Cidr[];
  /** Subnets of the network; a destination can contain one but not equal it nor lie inside it. */
  readonly subnets: () => readonly Ipv4Cidr[];
  /** The cloud's words for a subnet and its network. */
  readonly words: Pick<NatTableWords, "subnet" | "network">;
  /**
   * Blocks of a network inside which a destination must be the whole block of a subnet.
   * @default - a destination can neither equal a subnet's block nor lie inside it
   */
  readonly wholeSubnetsOf?: readonly Ipv4Cidr[];
}

/** The routes of an app, by app: a table has one route a destination, whichever NAT it leads to. */
const routesOfApp = new WeakMap<IConstruct, Map<string, IConstruct>>();

/** The routes to one NAT, checked together. */
export class RouteLedger {
  constructor(
    private readonly nat: IConstruct,
    private readonly constraints: RouteConstraints,
  ) {}

  /** Checks what the destination alone shows; the whole is checked at synth, at the route's own path. */
  add(route: IConstruct, routeTableId: string, destinationCidr: string): void {
    const cidr = whenKnown(destinationCidr, (text) => Ipv4Cidr.parse(text, "destinationCidr"));
    if (cidr === undefined) return;
    for (const reserved of this.constraints.reserved) {
      if (!reserved.covers(cidr)) continue;
      throw new NatError(
        "destinationCidr",
        `must not lie inside ${reserved}, which the cloud keeps for itself`,
        destinationCidr,
        "route other destinations, the cloud reaches its own services without the NAT",
      );
    }
    route.node.addValidation({
      validate: () => [...this.duplicates(route, routeTableId, cidr), ...this.insideNetwork(cidr)],
    });
  }

  private duplicates(route: IConstruct, routeTableId: string, cidr: Ipv4Cidr): string[] {
    const routes = routesOfApp.get(this.nat.node.root) ?? new Map<string, IConstruct>();
    routesOfApp.set(this.nat.node.root, routes);
    const key = `${identityInApp(this.nat, routeTableId)} ${cidr}`;
    const first = routes.get(key) ?? route;
    routes.set(key, first);
    if (first === route) return [];
    const rule = `is routed by "${first.node.path}" already, in the same route table`;
    return [new NatError("destinationCidr", rule, String(cidr), "take one of the two routes out").message];
  }

  private insideNetwork(cidr: Ipv4Cidr): string[] {
    const { wholeSubnetsOf: networks } = this.constraints;
    return networks === undefined ? this.insideSubnets(cidr) : this.partsOf(networks, cidr);
  }

  private partsOf(networks: readonly Ipv4Cidr[], cidr: Ipv4Cidr): string[] {
    const { subnets, words } = this.constraints;
    if (networks.some((network) => network.equals(cidr))) {
      const rule = `must not be a block of the ${words.network}, which every route table keeps inside it`;
      const fix = `route a block outside it, or the whole block of a ${words.subnet}`;
      return [new NatError("destinationCidr", rule, String(cidr), fix).message];
    }
    // Subnets do not overlap: what shares addresses with one, and is not it, is no other one either.
    const subnet = subnets().find((known) => known.overlaps(cidr) && !known.equals(cidr));
    const inside = networks.some((network) => network.covers(cidr)) || subnet?.covers(cidr) === true;
    if (subnet === undefined || !inside) return [];
    const rule = `must be the whole block of a ${words.subnet} where it lies inside the ${words.network}`;
    return [new NatError("destinationCidr", rule, String(cidr), `use "${subnet}", or a block outside it`).message];
  }

  private insideSubnets(cidr: Ipv4Cidr): string[] {
    const subnet = this.constraints.subnets().find((known) => known.covers(cidr));
    if (subnet === undefined) return [];
    const { words } = this.constraints;
    const rule = `must not equal, nor lie inside, the block ${subnet} of a ${words.subnet} of the ${words.network}`;
    return [
      new NatError("destinationCidr", rule, String(cidr), "route a block outside it, or one that contains it").message,
    ];
  }
}
