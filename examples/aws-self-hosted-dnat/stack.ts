// Private backends serve the Internet through ports of one EIP: what a managed gateway of AWS cannot do. A machine that
// fails is replaced by a group of one, without a deployment.
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { RouteTableAssociation } from "@cdktf/provider-aws/lib/route-table-association";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { TerraformOutput, TerraformStack } from "cdktf";
import { DnatEntry, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/aws";
import type { Construct } from "constructs";

const availabilityZone = "eu-central-1a";

export class AwsSelfHostedDnat extends TerraformStack {
  readonly nat: SelfHostedNatInstance;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16" });
    const vpcId = vpc.id;
    const igw = new InternetGateway(this, "Igw", { vpcId });
    const publicSubnet = new Subnet(this, "Public", { vpcId, availabilityZone, cidrBlock: "10.0.0.0/24" });
    const publicTable = new RouteTable(this, "PublicTable", { vpcId });
    const routeTableId = publicTable.id;
    const publicRoute = new Route(this, "PublicRoute", {
      ...{ routeTableId, destinationCidrBlock: "0.0.0.0/0", gatewayId: igw.id },
    });
    new RouteTableAssociation(this, "PublicAssociation", { routeTableId, subnetId: publicSubnet.id });
    const backends = new Subnet(this, "Backends", { vpcId, availabilityZone, cidrBlock: "10.0.1.0/24" });
    const backendsTable = new RouteTable(this, "BackendsTable", { vpcId });
    new RouteTableAssociation(this, "BackendsAssociation", {
      ...{ routeTableId: backendsTable.id, subnetId: backends.id },
    });
    const backendGroup = new SecurityGroup(this, "BackendGroup", { vpcId, description: "The backends" });

    this.nat = new SelfHostedNatInstance(this, "Nat", {
      vpc,
      subnet: publicSubnet,
      recovery: "auto-scaling",
      dependsOn: [publicRoute],
    });
    const web = this.nat.addEip("Web");
    new SnatEntry(this, "BackendsOut", { nat: this.nat, source: SnatSource.subnet(backends), eips: [web] });
    new DnatEntry(this, "HttpsIn", {
      nat: this.nat,
      eip: web,
      protocol: "tcp",
      publicPort: 443,
      privateIp: "10.0.1.10",
      privatePort: 8443,
      backendSecurityGroupId: backendGroup.id,
    });
    new DnatEntry(this, "GameIn", {
      nat: this.nat,
      eip: web,
      protocol: "udp",
      publicPort: "7000-7010",
      privateIp: "10.0.1.11",
      backendSecurityGroupId: backendGroup.id,
      allowFrom: ["198.51.100.0/24"],
    });
    // Clients keep their addresses up to the backend: its replies have to come back through the NAT.
    this.nat.addRoute("BackendsRoute", { routeTableId: backendsTable.id });

    new TerraformOutput(this, "web_ip", { value: web.publicIp });
  }
}
