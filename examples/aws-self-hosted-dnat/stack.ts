// Services of private machines, reached from the Internet through a NAT of your own with several EIPs: something that the
// managed gateway of AWS does not do.
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
import type { IEip } from "cdktf-nat/aws";
import type { Construct } from "constructs";

const availabilityZone = "eu-central-1a";
const office = "198.51.100.0/24";

export class AwsSelfHostedDnat extends TerraformStack {
  readonly nat: SelfHostedNatInstance;
  readonly web: IEip;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "aws", { region: "eu-central-1" });

    const vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16", tags: { Name: id } });
    const internet = new InternetGateway(this, "InternetGateway", { vpcId: vpc.id });
    const zone = { vpcId: vpc.id, availabilityZone };
    const natSubnet = new Subnet(this, "NatSubnet", { ...zone, cidrBlock: "10.0.0.0/24" });
    const servers = new Subnet(this, "Servers", { ...zone, cidrBlock: "10.0.1.0/24" });

    const publicTable = new RouteTable(this, "PublicTable", { vpcId: vpc.id });
    new Route(this, "PublicRoute", {
      routeTableId: publicTable.id,
      destinationCidrBlock: "0.0.0.0/0",
      gatewayId: internet.id,
    });
    new RouteTableAssociation(this, "NatSubnetTable", { routeTableId: publicTable.id, subnetId: natSubnet.id });
    const serversTable = new RouteTable(this, "ServersTable", { vpcId: vpc.id });
    new RouteTableAssociation(this, "ServersTableAssociation", {
      routeTableId: serversTable.id,
      subnetId: servers.id,
    });
    const webServers = new SecurityGroup(this, "WebServers", { vpcId: vpc.id, description: "Web and game servers" });

    // One private address of the NAT's network interface for each EIP: the NAT's own for the first one, further ones
    // named, so that an EIP that comes or goes moves no other. A t4g.small holds four.
    this.nat = new SelfHostedNatInstance(this, "Nat", {
      vpc,
      subnet: natSubnet,
      privateIp: "10.0.0.10",
      dependsOn: [internet],
    });
    const { nat } = this;
    const egress = nat.addEip("Egress");
    this.web = nat.addEip("Web", { privateIp: "10.0.0.11" });
    const desk = nat.addEip("Desk", { privateIp: "10.0.0.12" });
    const { web } = this;

    new SnatEntry(this, "ServersOut", { nat, source: SnatSource.subnet(servers), eips: [egress] });

    // The backends' security group lets in what the entries say, and nothing else.
    const backend = { privateIp: "10.0.1.10", backendSecurityGroupId: webServers.id };
    new DnatEntry(this, "HttpsIn", { nat, eip: web, protocol: "tcp", publicPort: 443, privatePort: 8443, ...backend });
    new DnatEntry(this, "AdminIn", {
      nat,
      eip: web,
      protocol: "tcp",
      publicPort: 8080,
      allowFrom: [office],
      ...backend,
    });
    new DnatEntry(this, "GameIn", {
      nat,
      eip: web,
      protocol: "udp",
      publicPort: "7000-7010",
      privatePort: "8000-8010",
      ...backend,
    });
    // Any Port: one machine has this EIP to itself, in both directions.
    new DnatEntry(this, "DeskIn", { nat, eip: desk, protocol: "any", privateIp: "10.0.1.20", allowFrom: [office] });
    nat.addRoute("ServersRoute", { routeTableId: serversTable.id });

    new TerraformOutput(this, "egress_ip", { value: egress.publicIp, description: "Servers are seen as this address" });
    new TerraformOutput(this, "web_ip", { value: web.publicIp, description: "Serves https and the game" });
    new TerraformOutput(this, "desk_ip", { value: desk.publicIp, description: "One machine, every port" });
  }
}
