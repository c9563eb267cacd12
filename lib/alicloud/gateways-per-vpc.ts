import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { referenceText } from "../cdktf/reference";
import { NatError } from "../core/nat-error";
import type { INat } from "./nat";
import type { IVpc } from "./network";

/** The gateways that a stack creates, with their VPCs. */
const gatewaysOfStack = new WeakMap<IConstruct, { readonly gateway: INat; readonly vpc: IVpc }[]>();

/** Reports, at synth, each gateway of a VPC past the quota, among those of one stack. */
export function checkGatewaysPerVpc(gateway: INat, vpc: IVpc, limit: number): void {
  const stack = TerraformStack.of(gateway);
  const gateways = gatewaysOfStack.get(stack) ?? [];
  gatewaysOfStack.set(stack, gateways);
  gateways.push({ gateway, vpc });
  gateway.node.addValidation({
    validate: () => {
      const id = referenceText(stack, vpc.id);
      const inVpc = gateways.filter((other) => referenceText(stack, other.vpc.id) === id);
      const place = inVpc.findIndex((other) => other.gateway === gateway) + 1;
      if (place <= limit) return [];
      const error = new NatError(
        "vpc",
        `can have ${limit} Internet NAT gateways (quota natgw_quota_nat_num_per_vpc), this is number ${place}`,
        id,
        "use fewer gateways, or raise the quota and say so with limits.gatewaysPerVpc",
      );
      return [error.message];
    },
  });
}
