// A NAT gateway in each zone: the loss of a zone takes no other one off the Internet, and no traffic pays for crossing
// zones. Everything is named after its zone, never after a place in the list: a zone that comes or goes leaves the NAT
// gateways of the others, and their public addresses, as they are.
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
import { Construct } from "constructs";

/** A zone with its blocks of the VPC. */
export interface Zone {
  readonly name: string;
  readonly publicCidr: string;
  readonly privateCidr: string;
}

export const ZONES: readonly Zone[] = [
  { name: "eu-central-1a", publicCidr: "10.0.0.0/24", privateCidr: "10.0.16.0/20" },
  { name: "eu-central-1c", publicCidr: "10.0.2.0/24", privateCidr: "10.0.48.0/20" },
];

interface ZoneNetworkProps {
  readonly zone: Zone;
  readonly vpc: Vpc;
  readonly internet: InternetGateway;
  readonly publicTable: RouteTable;
  readonly snsTopicArns: readonly string[];
}

/** The public and the private subnet of a zone, and the way from the one to the other. */
class ZoneNetwork extends Construct {
  readonly nat: InternetNatGateway;

  constructor(scope: Construct, id: string, { zone, vpc, internet, publicTable, snsTopicArns }: ZoneNetworkProps) {
    super(scope, id);
    const place = { vpcId: vpc.id, availabilityZone: zone.name };
    const natSubnet = new Subnet(this, "NatSubnet", { ...place, cidrBlock: zone.publicCidr });
    const workers = new Subnet(this, "Workers", { ...place, cidrBlock: zone.privateCidr });
    new RouteTableAssociation(this, "NatSubnetTable", { routeTableId: publicTable.id, subnetId: natSubnet.id });
    const workersTable = new RouteTable(this, "WorkersTable", { vpcId: vpc.id });
    new RouteTableAssociation(this, "WorkersTableAssociation", {
      routeTableId: workersTable.id,
      subnetId: workers.id,
    });

    this.nat = new InternetNatGateway(this, "Nat", { vpc, subnet: natSubnet, dependsOn: [internet] });
    this.nat.addRoute("WorkersRoute", { routeTableId: workersTable.id });
    this.nat.addAlarms("Alarms", { snsTopicArns });
  }
}

export class AwsPerZone extends TerraformStack {
  constructor(scope: Construct, id: string, zones: readonly Zone[] = ZONES) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { Name: id } });
    const internet = new InternetGateway(this, "InternetGateway", { vpcId: vpc.id });
    const publicTable = new RouteTable(this, "PublicTable", { vpcId: vpc.id });
    new Route(this, "PublicRoute", {
      routeTableId: publicTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internet.id,
    });
    const ops = new SnsTopic(this, "Ops", { name: "nat-ops" });

    for (const zone of zones) {
      const network = { zone, vpc, internet, publicTable, snsTopicArns: [ops.arn] };
      const { nat } = new ZoneNetwork(this, zone.name, network);
      new TerraformOutput(this, `egress_ips_${zone.name}`, {
        value: nat.publicIps,
        description: `Workers of ${zone.name} are seen as this address`,
      });
    }
  }
}
