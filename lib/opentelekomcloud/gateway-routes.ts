import { TerraformStack } from "cdktf";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { checkId } from "../cdktf/check-types";
import { referenceText } from "../cdktf/reference";
import { RouteLedger } from "../cdktf/route-ledger";
import { DEFAULT_ROUTE, Routes } from "../cdktf/routes";
import { NatError } from "../core/nat-error";
import type { RouteProps } from "./nat";
import type { IVpc } from "./network";
import { WORDS } from "./words";

/** Ids that surely belong to different VPCs when they differ: literals, and the ids of resources of the stack. */
const COMPARABLE = /^(?!.*\$\{)|^\$\{opentelekomcloud_vpc_v1\.[\w-]+\.id\}$/;

/**
 * The routes to a gateway: none that Terraform makes. The cloud adds the default route of the VPC by itself, and no
 * resource of the provider adds another to the VPC's default table.
 */
export function routesToGateway(
  nat: Construct & { readonly provider: TerraformProvider | undefined },
  vpc: IVpc,
): Routes<RouteProps> {
  return new Routes(nat, {
    ledger: new RouteLedger(nat, { reserved: [], subnets: () => [], words: WORDS }),
    tableOf: ({ vpcId, destinationCidr = DEFAULT_ROUTE }) => {
      checkId(vpcId, "vpcId", "a VPC");
      if (destinationCidr !== DEFAULT_ROUTE) {
        throw new NatError(
          "destinationCidr",
          `must be ${DEFAULT_ROUTE} on a gateway: the cloud adds that route by itself, and the provider makes no other`,
          destinationCidr,
          "spread nat.nextHop into the route block of a custom table, an opentelekomcloud_vpc_route_table_v1",
        );
      }
      return vpcId;
    },
    make: ({ scope, props }) => {
      scope.node.addValidation({ validate: () => failures(scope, props.vpcId, vpc) });
      return undefined;
    },
  });
}

function failures(scope: Construct, vpcId: string, vpc: IVpc): string[] {
  const stack = TerraformStack.of(scope);
  const [given, own] = [referenceText(stack, vpcId), referenceText(stack, vpc.id)];
  if (given === own || !COMPARABLE.test(given) || !COMPARABLE.test(own)) return [];
  if (given.startsWith("${") !== own.startsWith("${")) return [];
  const fix = "name that VPC, or give this one a gateway of its own";
  return [new NatError("vpcId", `must be the gateway's own VPC, ${JSON.stringify(own)}`, given, fix).message];
}
