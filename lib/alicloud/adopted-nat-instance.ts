import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { checkId, checkProvider } from "../cdktf/check-types";
import { checkProps, failAt } from "../cdktf/fail";
import type { Routes } from "../cdktf/routes";
import type { RouteProps } from "./nat";
import { checkVpc } from "./network";
import type { IVpc } from "./network";
import { routesTo } from "./route";

/** A self-hosted NAT that exists already. */
export interface SelfHostedNatInstanceAttributes {
  /** ID of its network interface towards the clients (`eni-...`), whose source/destination check is off. */
  readonly networkInterfaceId: string;
  /** The VPC that it belongs to. */
  readonly vpc: IVpc;
  /**
   * Provider that makes its routes.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
}

/** A host made elsewhere, with the routes that this app adds to it. */
export interface IAdoptedNatInstance extends IConstruct {
  /** Provider of its routes; `undefined` is the stack's. */
  readonly provider: TerraformProvider | undefined;
  /** ID of its network interface (`eni-...`). */
  readonly networkInterfaceId: string;
  /** What to wait for before traffic can pass: the routes added so far. */
  readonly dependables: readonly ITerraformDependable[];
  /**
   * Sends the traffic of a route table to the host.
   * @param id names it among the host's children; it is part of its Terraform address
   */
  addRoute(id: string, props: RouteProps): void;
}

/** What `SelfHostedNatInstance.fromAttributes` returns. */
export class AdoptedNatInstance extends Construct implements IAdoptedNatInstance {
  readonly provider: TerraformProvider | undefined;
  readonly networkInterfaceId: string;

  private readonly routes: Routes<RouteProps>;

  constructor(scope: Construct, id: string, attributes: SelfHostedNatInstanceAttributes) {
    super(scope, id);
    failAt(this, () => {
      checkProps(attributes, "attributes");
      checkId(attributes.networkInterfaceId, "networkInterfaceId", "a network interface");
      checkVpc(attributes.vpc);
      checkProvider(attributes.provider);
    });
    const { networkInterfaceId, vpc, provider } = attributes;
    this.provider = provider;
    this.networkInterfaceId = networkInterfaceId;
    this.routes = routesTo(
      this,
      { nextHopType: "NetworkInterface", nextHopId: networkInterfaceId, vpc, addsDefaultRoute: false },
      () => [],
    );
  }

  get dependables(): readonly ITerraformDependable[] {
    return [...this.routes.dependables];
  }

  addRoute(id: string, props: RouteProps): void {
    this.routes.add(id, props);
  }
}
