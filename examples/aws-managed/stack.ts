// Workers without public addresses go out through a NAT gateway with two EIPs: 110,000 connections to one destination.
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformStack } from "cdktf";
import { InternetNatGateway } from "cdktf-nat/aws";
import type { Construct } from "constructs";

const availabilityZone = "eu-central-1a";

export class AwsManaged extends TerraformStack {
  readonly nat: InternetNatGateway;

  constructor(scope: Construct, id: string) {
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

    // Every subnet that is routed to the gateway leaves by its EIPs: there are no SNAT entries.
    this.nat = new InternetNatGateway(this, "Nat", {
      vpc,
      subnet: natSubnet,
      tags: { project: "example" },
      dependsOn: [internet],
    });
    this.nat.addEip("Second");
    this.nat.addRoute("PrivateRoute", { routeTableId: privateTable.id });
    this.nat.addAlarms("Alarms", { snsTopicArns: [ops.arn] });

    new TerraformOutput(this, "egress_ips", {
      value: this.nat.publicIps,
      description: "Workers are seen as one of these addresses",
    });
  }
}
