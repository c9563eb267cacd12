import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { identityInApp, referenceText } from "../cdktf/reference";
import { DEFAULT_ROUTE } from "../cdktf/routes";
import { NatError } from "../core/nat-error";

/** The gateways of an app, by app, each with its VPC: the cloud adds the VPC's default route for it. */
const gatewaysOfApp = new WeakMap<IConstruct, { readonly gateway: IConstruct; readonly vpcId: string }[]>();

/** Keeps that the cloud leads the default route of a VPC to the gateway, when it is created. */
export function noteGateway(gateway: IConstruct, vpcId: string): void {
  gatewaysOf(gateway).push({ gateway, vpcId });
}

/**
 * Reports, at synth and at the route's own path, a default route to a self-hosted NAT in a VPC for which the cloud adds
 * one to a gateway by itself. Routes of other destinations pass.
 */
export function checkDefaultRoute(route: IConstruct, vpcId: string, destinationCidr: string): void {
  if (destinationCidr !== DEFAULT_ROUTE) return;
  route.node.addValidation({
    validate: () => {
      const vpc = identityInApp(route, vpcId);
      const other = gatewaysOf(route).find((known) => identityInApp(known.gateway, known.vpcId) === vpc);
      if (other === undefined) return [];
      const error = new NatError(
        "destinationCidr",
        `is routed to the gateway "${other.gateway.node.path}" by the cloud, which adds ${DEFAULT_ROUTE} to the VPC of a gateway`,
        referenceText(TerraformStack.of(route), vpcId),
        "take the gateway or the route out, or give the self-hosted NAT a VPC of its own",
      );
      return [error.message];
    },
  });
}

function gatewaysOf(construct: IConstruct) {
  const { root } = construct.node;
  const gateways = gatewaysOfApp.get(root) ?? [];
  gatewaysOfApp.set(root, gateways);
  return gateways;
}
