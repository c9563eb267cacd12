import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { DnatEntry, InternetNatGateway, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/aws";

const TOPIC = "arn:aws:sns:eu-central-1:123456789012:ops";

/** A stack with every construct of the library on AWS in it, synthesized. */
export function everything(): string {
  const stack = new TerraformStack(Testing.app(), "stack");
  new AwsProvider(stack, "Aws", { region: "eu-central-1" });
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  const igw = new InternetGateway(stack, "Igw", { vpcId: vpc.id });
  const zone = { vpcId: vpc.id, availabilityZone: "eu-central-1a" };
  const subnet = new Subnet(stack, "Public", { ...zone, cidrBlock: "10.0.0.0/24" });
  const workers = new Subnet(stack, "Workers", { ...zone, cidrBlock: "10.0.1.0/24" });
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

  const machine = { vpc, subnet, dependsOn: [igw], tags: { team: "network" } };
  const hosts = [
    new SelfHostedNatInstance(stack, "Host", {
      ...{ ...machine, privateIp: "10.0.0.10", privateInterface: { subnet: workers } },
      ...{ sshFrom: ["198.51.100.0/24"], spot: true, imageUpdates: "track", creditSpecification: "standard" },
    }),
    new SelfHostedNatInstance(stack, "Group", { ...machine, privateIp: "10.0.0.20", recovery: "auto-scaling" }),
    new SelfHostedNatInstance(stack, "Plain", {
      ...{ ...machine, privateIp: "10.0.0.30", recovery: "none", imageId: "ami-1", sessionManager: false },
    }),
  ] as const;
  for (const host of hosts) {
    const scope = new Construct(stack, `${host.node.id}Entries`);
    const first = host.addEip("Egress");
    const further = host.addEip("Web", { privateIp: host.privateIp.replace(/0$/, "1") });
    new SnatEntry(scope, "Out", { nat: host, source: SnatSource.subnet(workers), eips: [first] });
    const backend = { privateIp: "10.0.1.4", backendSecurityGroupId: "sg-1", allowFrom: ["198.51.100.0/24"] };
    new DnatEntry(scope, "In", { nat: host, eip: further, protocol: "tcp", publicPort: 443, ...backend });
    host.addRoute("Out", { routeTableId: `rtb-${host.node.id}` });
    host.addAlarms("Alarms", { snsTopicArns: [TOPIC] });
  }
  const oldHost = { networkInterfaceId: "eni-1", vpc };
  SelfHostedNatInstance.fromAttributes(stack, "OldHost", oldHost).addRoute("Out", { routeTableId: "rtb-3" });
  return Testing.synth(stack, true);
}
