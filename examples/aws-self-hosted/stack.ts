// As aws-managed, with a machine of your own in the place of the gateway: who may go out, and as whom, is said by entries.
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
import type { IEip, SelfHostedNatInstanceProps } from "cdktf-nat/aws";
import type { Construct } from "constructs";

const availabilityZone = "eu-central-1a";

export class AwsSelfHosted extends TerraformStack {
  readonly nat: SelfHostedNatInstance;
  readonly egress: IEip;

  /** @param recovery what brings the machine back when it dies */
  constructor(scope: Construct, id: string, recovery?: SelfHostedNatInstanceProps["recovery"]) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { Name: id } });
    const internet = new InternetGateway(this, "InternetGateway", { vpcId: vpc.id });
    const zone = { vpcId: vpc.id, availabilityZone };
    const natSubnet = new Subnet(this, "NatSubnet", { ...zone, cidrBlock: "10.0.0.0/24" });
    const workers = new Subnet(this, "Workers", { ...zone, cidrBlock: "10.0.1.0/24" });
    const batch = new Subnet(this, "Batch", { ...zone, cidrBlock: "10.0.2.0/24" });

    const publicTable = new RouteTable(this, "PublicTable", { vpcId: vpc.id });
    new Route(this, "PublicRoute", {
      routeTableId: publicTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internet.id,
    });
    new RouteTableAssociation(this, "NatSubnetTable", { routeTableId: publicTable.id, subnetId: natSubnet.id });
    const privateTable = new RouteTable(this, "PrivateTable", { vpcId: vpc.id });
    new RouteTableAssociation(this, "WorkersTable", { routeTableId: privateTable.id, subnetId: workers.id });
    new RouteTableAssociation(this, "BatchTable", { routeTableId: privateTable.id, subnetId: batch.id });
    const ops = new SnsTopic(this, "Ops", { name: "nat-ops" });

    // Session Manager can log in, without a key and without an open port:
    // aws ssm start-session --target <instance_id>
    this.nat = new SelfHostedNatInstance(this, "Nat", {
      vpc,
      subnet: natSubnet,
      recovery,
      tags: { project: "example" },
      dependsOn: [internet],
    });
    this.egress = this.nat.addEip("Egress");
    const { nat, egress } = this;
    new SnatEntry(this, "WorkersOut", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    new SnatEntry(this, "BatchOut", { nat, source: SnatSource.subnet(batch), eips: [egress] });
    this.nat.addRoute("PrivateRoute", { routeTableId: privateTable.id });
    this.nat.addAlarms("Alarms", { snsTopicArns: [ops.arn] });

    new TerraformOutput(this, "egress_ip", { value: egress.publicIp, description: "Workers are seen as this address" });
    if (this.nat.instanceId !== undefined) {
      new TerraformOutput(this, "instance_id", { value: this.nat.instanceId, description: "For Session Manager" });
    }
  }
}
