import { TerraformResource, TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { referenceText } from "../cdktf/reference";
import type { IVpc } from "./network";

/**
 * Warns of a NAT that waits for nothing although the stack makes the VPC's Internet gateway: nothing else orders the
 * two. Then the cloud may refuse the NAT because the Internet gateway is not attached yet, or refuse to detach it
 * because the NAT is still there.
 */
export function internetGatewayWarnings(nat: IConstruct, vpc: IVpc): readonly string[] {
  const stack = TerraformStack.of(nat);
  const vpcId = referenceText(stack, vpc.id);
  return internetGatewaysOf(stack)
    .filter(({ vpcIdInput }) => referenceText(stack, vpcIdInput) === vpcId)
    .map(
      ({ node }) =>
        `dependsOn: nothing makes the NAT wait for the VPC's Internet gateway "${node.path}", which must be attached ` +
        "as long as the NAT lives; name it in dependsOn",
    );
}

type InternetGateway = IConstruct & { readonly vpcIdInput: string };

/** The Internet gateways of a stack, looked for once: each look goes through all of its constructs. */
const foundInStack = new WeakMap<TerraformStack, readonly InternetGateway[]>();

function internetGatewaysOf(stack: TerraformStack): readonly InternetGateway[] {
  const found = foundInStack.get(stack) ?? stack.node.findAll().filter(isInternetGateway);
  foundInStack.set(stack, found);
  return found;
}

function isInternetGateway(construct: IConstruct): construct is InternetGateway {
  if (!TerraformResource.isTerraformResource(construct)) return false;
  if (construct.terraformResourceType !== "aws_internet_gateway" || !("vpcIdInput" in construct)) return false;
  return typeof construct.vpcIdInput === "string";
}
