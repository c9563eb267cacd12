import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkProvider } from "./check-types";
import { after, dependables } from "./dependencies";
import type { Dependency } from "./dependencies";
import { checkChildId, checkProps, failAt } from "./fail";
import type { RouteLedger } from "./route-ledger";

/** Every destination. */
export const DEFAULT_ROUTE = "0.0.0.0/0";

/** What the routes of every cloud have. */
export interface CommonRouteProps {
  /** @default "0.0.0.0/0" */
  readonly destinationCidr?: string;
  /**
   * Provider that makes it.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/** A route that is about to be made, in a scope of its own under the NAT. */
export interface RouteRequest<P> {
  readonly scope: Construct;
  readonly props: P;
  readonly destinationCidr: string;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: ITerraformDependable[] | undefined;
}

/** How a cloud makes routes to a NAT. */
export interface RouteMaker<P> {
  /** The table of a route, whatever the cloud calls what has routes; checked, so that it throws what is wrong with it. */
  readonly tableOf: (props: P) => string;
  readonly ledger: RouteLedger;
  /** Nothing is made where the cloud makes the route by itself. */
  readonly make: (request: RouteRequest<P>) => ITerraformDependable | undefined;
}

/** The routes to one NAT. */
export class Routes<P extends CommonRouteProps> {
  private readonly made: ITerraformDependable[] = [];

  constructor(
    private readonly nat: Construct & { readonly provider: TerraformProvider | undefined },
    private readonly maker: RouteMaker<P>,
  ) {}

  /** What has been made so far, in its order. */
  get dependables(): readonly ITerraformDependable[] {
    return this.made;
  }

  /** Makes the route in a scope of its own under the NAT. */
  add(id: string, props: P): ITerraformDependable | undefined {
    checkChild(this.nat, id, props);
    const scope = new Construct(this.nat, id);
    const destinationCidr = props.destinationCidr ?? DEFAULT_ROUTE;
    const dependsOn = failAt(scope, () => {
      const table = this.maker.tableOf(props);
      checkProvider(props.provider);
      this.maker.ledger.add(scope, table, destinationCidr);
      return after(dependables(scope, props.dependsOn));
    });
    const provider = props.provider ?? this.nat.provider;
    const route = this.maker.make({ scope, props, destinationCidr, provider, dependsOn });
    if (route !== undefined) this.made.push(route);
    return route;
  }
}

/** Refuses an id or props that no child of a NAT can have; before the child is made. */
export function checkChild(nat: Construct, id: string, props: object): void {
  failAt(
    nat,
    () => {
      checkChildId(nat, id);
      checkProps(props);
    },
    id,
  );
}
