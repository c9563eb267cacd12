import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { checkId, checkProvider } from "../cdktf/check-types";
import { checkProps, failAt } from "../cdktf/fail";
import { knownVpcCidrs } from "../cdktf/network";
import type { Routes } from "../cdktf/routes";
import type { RouteProps } from "./nat";
import { natBackends } from "./nat-backend";
import { checkVpc } from "./network";
import type { IVpc } from "./network";
import { routesTo } from "./route";

/** A self-hosted NAT that exists already. */
export interface SelfHostedNatInstanceAttributes {
  /** ID of its network interface towards the clients (`eni-...`), whose source/destination check is off. */
  readonly networkInterfaceId: string;
  /**
   * The VPC that it belongs to, so that routes into the VPC itself are found at synth.
   * @default - unknown; not checked
   */
  readonly vpc?: IVpc;
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
      if (attributes.vpc !== undefined) {
        checkVpc(attributes.vpc);
        knownVpcCidrs(attributes.vpc);
      }
      checkProvider(attributes.provider);
    });
    const { networkInterfaceId, vpc, provider } = attributes;
    this.provider = provider;
    this.networkInterfaceId = networkInterfaceId;
    this.routes = routesTo(this, { networkInterfaceId }, vpc, () => []);
    natBackends.refuse(this, {
      rule: "must be the SelfHostedNatInstance itself: its rules are written where its machine is made",
      fix: "put the entry into the app that makes the NAT",
    });
  }

  get dependables(): readonly ITerraformDependable[] {
    return [...this.routes.dependables];
  }

  addRoute(id: string, props: RouteProps): void {
    this.routes.add(id, props);
  }
}
