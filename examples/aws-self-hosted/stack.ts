// Two private subnets go out through a machine of your own, to which Session Manager logs in: no SSH key, no open port.
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformStack } from "cdktf";
import { SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/aws";
import type { Construct } from "constructs";

const availabilityZone = "eu-central-1a";

export class AwsSelfHosted extends TerraformStack {
  readonly nat: SelfHostedNatInstance;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16" });
    const vpcId = vpc.id;
    const igw = new InternetGateway(this, "Igw", { vpcId });
    const publicSubnet = new Subnet(this, "Public", { vpcId, availabilityZone, cidrBlock: "10.0.0.0/24" });
    const publicTable = new RouteTable(this, "PublicTable", { vpcId });
    const publicRoute = new Route(this, "PublicRoute", {
      routeTableId: publicTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: igw.id,
    });
    const routeTableId = publicTable.id;
    new RouteTableAssociation(this, "PublicAssociation", { routeTableId, subnetId: publicSubnet.id });
    const workers = new Subnet(this, "Workers", { vpcId, availabilityZone, cidrBlock: "10.0.1.0/24" });
    const batch = new Subnet(this, "Batch", { vpcId, availabilityZone, cidrBlock: "10.0.2.0/24" });
    const privateTable = new RouteTable(this, "PrivateTable", { vpcId });
    for (const [name, { id: subnetId }] of Object.entries({ Workers: workers, Batch: batch })) {
      new RouteTableAssociation(this, `${name}Association`, { routeTableId: privateTable.id, subnetId });
    }
    const ops = new SnsTopic(this, "Ops", { name: "nat-ops" });

    this.nat = new SelfHostedNatInstance(this, "Nat", {
      vpc,
      subnet: publicSubnet,
      privateIp: "10.0.0.10",
      tags: { project: "example" },
      dependsOn: [publicRoute],
    });
    const egress = this.nat.addEip("Egress");
    const batchEgress = this.nat.addEip("BatchEgress", { privateIp: "10.0.0.11" });

    new SnatEntry(this, "WorkersOut", { nat: this.nat, source: SnatSource.subnet(workers), eips: [egress] });
    new SnatEntry(this, "BatchOut", { nat: this.nat, source: SnatSource.subnet(batch), eips: [batchEgress] });
    this.nat.addRoute("PrivateRoute", { routeTableId: privateTable.id });
    this.nat.addAlarms("Alarms", { snsTopicArns: [ops.arn] });

    new TerraformOutput(this, "egress_ip", { value: egress.publicIp, description: "Workers are seen as this address" });
    new TerraformOutput(this, "batch_ip", {
      value: batchEgress.publicIp,
      description: "Batch is seen as this address",
    });
  }
}
