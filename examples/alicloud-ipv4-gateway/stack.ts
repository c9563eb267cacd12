// A VPC whose way to the Internet is an IPv4 gateway: only what is routed to it gets out, and the NAT gateway's EIPs
// are bound in NAT mode.
import { TerraformOutput, TerraformStack } from "cdktf";
import { AlicloudProvider, InternetNatGateway, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { RouteEntry } from "cdktf-nat/alicloud/bindings/route-entry";
import { RouteTable } from "cdktf-nat/alicloud/bindings/route-table";
import { RouteTableAttachment } from "cdktf-nat/alicloud/bindings/route-table-attachment";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { VpcIpv4Gateway } from "cdktf-nat/alicloud/bindings/vpc-ipv4-gateway";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import type { Construct } from "constructs";

const zoneId = "cn-hangzhou-i";

export class AlicloudIpv4Gateway extends TerraformStack {
  readonly nat: InternetNatGateway;
  readonly workersTableId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });

    const vpc = new Vpc(this, "Vpc", { vpcName: id, cidrBlock: "10.0.0.0/16" });
    const natVswitch = new Vswitch(this, "NatVswitch", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.0.0/24" });
    const workers = new Vswitch(this, "Workers", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.1.0/24" });
    const ipv4Gateway = new VpcIpv4Gateway(this, "Ipv4Gateway", { vpcId: vpc.id, enabled: true });

    // The NAT gateway's own vSwitch goes to the IPv4 gateway, everybody else to the NAT gateway.
    const natTable = new RouteTable(this, "NatTable", { vpcId: vpc.id });
    const natAttachment = new RouteTableAttachment(this, "NatTableAttachment", {
      routeTableId: natTable.id,
      vswitchId: natVswitch.id,
    });
    const natRoute = new RouteEntry(this, "NatRoute", {
      routeTableId: natTable.id,
      destinationCidrblock: "0.0.0.0/0",
      nexthopType: "Ipv4Gateway",
      nexthopId: ipv4Gateway.id,
    });
    const workersTable = new RouteTable(this, "WorkersTable", { vpcId: vpc.id });
    this.workersTableId = workersTable.id;
    new RouteTableAttachment(this, "WorkersTableAttachment", {
      routeTableId: workersTable.id,
      vswitchId: workers.id,
    });

    this.nat = new InternetNatGateway(this, "Nat", {
      vpc,
      vswitch: natVswitch,
      eipBindMode: "nat",
      dependsOn: [natAttachment, natRoute],
    });
    const egress = this.nat.addEip("Egress");
    new SnatEntry(this, "WorkersOut", { nat: this.nat, source: SnatSource.vswitch(workers), eips: [egress] });
    // Least privilege: only what the workers need.
    this.nat.addRoute("PackagesRoute", { routeTableId: workersTable.id, destinationCidr: "151.101.0.0/16" });
    this.nat.addRoute("ApiRoute", { routeTableId: workersTable.id, destinationCidr: "198.51.100.0/24" });

    new TerraformOutput(this, "egress_ip", { value: egress.publicIp });
  }
}
