import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { type App, TerraformStack, Testing } from "cdktf";
import { InternetNatGateway, type PublicNatGatewayProps } from "cdktf-nat/aws";
import { resources } from "./stacks";

/** An SNS topic for alarms. */
export const TOPIC = "arn:aws:sns:eu-central-1:123456789012:ops";

/** A stack with a provider and a network: VPC 10.0.0.0/16, subnets 10.0.0.0/24 (public) and 10.0.1.0/24. */
export interface AwsNetwork {
  readonly app: App;
  readonly stack: TerraformStack;
  readonly provider: AwsProvider;
  readonly vpc: Vpc;
  readonly publicSubnet: Subnet;
  readonly workers: Subnet;
}

/** A fresh app with one stack of the name `id` in it, or one more stack of an app. */
export function awsNetwork(id = "stack", app: App = Testing.app()): AwsNetwork {
  const stack = new TerraformStack(app, id);
  const provider = new AwsProvider(stack, "Aws", { region: "eu-central-1" });
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  const zone = { vpcId: vpc.id, availabilityZone: "eu-central-1a" };
  const publicSubnet = new Subnet(stack, "Public", { ...zone, cidrBlock: "10.0.0.0/24" });
  const workers = new Subnet(stack, "Workers", { ...zone, cidrBlock: "10.0.1.0/24" });
  return { app, stack, provider, vpc, publicSubnet, workers };
}

/** A network with a public gateway `Nat` in it. */
export function awsGateway(
  props: Partial<PublicNatGatewayProps> = {},
  { id, app }: { id?: string; app?: App } = {},
): AwsNetwork & { readonly nat: InternetNatGateway } {
  const net = awsNetwork(id, app);
  return {
    ...net,
    nat: new InternetNatGateway(net.stack, "Nat", { vpc: net.vpc, subnet: net.publicSubnet, ...props }),
  };
}

/** How many resources of each type a stack makes, without the VPC and the subnets of the fixture. */
export function awsCounts(stack: TerraformStack): Record<string, number> {
  const counted: Record<string, number> = {};
  for (const address of Object.keys(resources(stack))) {
    const type = address.slice(0, address.indexOf("."));
    if (type !== "aws_vpc" && type !== "aws_subnet") counted[type] = (counted[type] ?? 0) + 1;
  }
  return counted;
}
