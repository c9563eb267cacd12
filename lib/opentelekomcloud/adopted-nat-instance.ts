import type { ITerraformDependable, TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { checkProvider } from "../cdktf/check-types";
import { checkProps, failAt } from "../cdktf/fail";
import type { Routes } from "../cdktf/routes";
import { deferrable } from "../cdktf/when-known";
import { Ipv4Address } from "../core/ipv4";
import { routesToHost } from "./host-routes";
import type { RouteProps } from "./nat";

/** A self-hosted NAT that exists already. */
export interface SelfHostedNatInstanceAttributes {
  /** Private address of its port towards the clients, whose source/destination check is off. */
  readonly privateIp: string;
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
  /** Private address of its port towards the clients. */
  readonly privateIp: string;
  /** What to wait for before traffic can pass: the routes added so far. */
  readonly dependables: readonly ITerraformDependable[];
  /**
   * Sends the traffic of a VPC to the host, through the VPC's default route table.
   * @param id names it among the host's children; it is part of its Terraform address
   */
  addRoute(id: string, props: RouteProps): void;
}

/** What `SelfHostedNatInstance.fromAttributes` returns. */
export class AdoptedNatInstance extends Construct implements IAdoptedNatInstance {
  readonly provider: TerraformProvider | undefined;
  readonly privateIp: string;

  private readonly routes: Routes<RouteProps>;

  constructor(scope: Construct, id: string, attributes: SelfHostedNatInstanceAttributes) {
    super(scope, id);
    failAt(this, () => {
      checkProps(attributes, "attributes");
      deferrable(attributes.privateIp, (text) => Ipv4Address.parse(text, "privateIp"));
      checkProvider(attributes.provider);
    });
    const { privateIp, provider } = attributes;
    this.provider = provider;
    this.privateIp = privateIp;
    this.routes = routesToHost(this, privateIp, () => []);
  }

  get dependables(): readonly ITerraformDependable[] {
    return [...this.routes.dependables];
  }

  addRoute(id: string, props: RouteProps): void {
    this.routes.add(id, props);
  }
}
