import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformStack, Testing } from "cdktf";
import { InternetNatGateway } from "cdktf-nat/aws";

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:ops";

/** A stack with every construct of the library on AWS in it, synthesized. */
export function everything(): string {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "Aws", { region: "eu-central-1" });
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  const igw = new InternetGateway(stack, "Igw", { vpcId: vpc.id });
  const subnet = new Subnet(stack, "Public", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24" });
  const existing = { allocationId: "eipalloc-1", publicIp: "203.0.113.7" };
  const limits = { eips: 4 };
  const nat = new InternetNatGateway(stack, "Nat", {
    vpc,
    subnet,
    limits,
    dependsOn: [igw],
    tags: { team: "network" },
  });
  nat.addEip("Second");
  nat.addEip("Third", { existing });
  nat.addEip("Fourth", { publicIpv4Pool: "ipv4pool-ec2-1", networkBorderGroup: "eu-central-1" });
  nat.addRoute("Out", { routeTableId: "rtb-1" });
  nat.addAlarms("Alarms", { snsTopicArns: [TOPIC], idleTimeouts: 1000 });
  new InternetNatGateway(stack, "Private", { vpc, subnet, connectivity: "private", privateIp: "10.0.0.9" });
  const old = InternetNatGateway.fromAttributes(stack, "Old", { natGatewayId: "nat-1", vpc });
  old.addRoute("Out", { routeTableId: "rtb-2", destinationCidr: "198.51.100.0/24" });
  old.addAlarms("Alarms", { snsTopicArns: [TOPIC] });
  return Testing.synth(stack, true);
}
