// A head node: a machine of your own with one interface towards the Internet and one towards its clients, which lie in
// the network of the second interface and in a further one behind it.
import { TerraformOutput, TerraformStack } from "cdktf";
import { AlicloudProvider, DnatEntry, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { RouteTable } from "cdktf-nat/alicloud/bindings/route-table";
import { RouteTableAttachment } from "cdktf-nat/alicloud/bindings/route-table-attachment";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import type { Construct } from "constructs";

const zoneId = "cn-hangzhou-i";

export class AlicloudHeadNode extends TerraformStack {
  readonly nat: SelfHostedNatInstance;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });

    const vpc = new Vpc(this, "Vpc", { vpcName: id, cidrBlock: "10.0.0.0/16" });
    const publicSide = new Vswitch(this, "PublicSide", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.0.0/24" });
    const privateSide = new Vswitch(this, "PrivateSide", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.1.0/24" });
    const nodes = new Vswitch(this, "Nodes", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.2.0/23" });
    const table = new RouteTable(this, "PrivateTable", { vpcId: vpc.id });
    new RouteTableAttachment(this, "PrivateSideTable", { routeTableId: table.id, vswitchId: privateSide.id });
    new RouteTableAttachment(this, "NodesTable", { routeTableId: table.id, vswitchId: nodes.id });

    this.nat = new SelfHostedNatInstance(this, "HeadNode", {
      vpc,
      vswitch: publicSide,
      privateInterface: { vswitch: privateSide },
      tags: { project: "example" },
    });
    const egress = this.nat.addEip("Egress", { bandwidthMbps: 200 });
    const submit = this.nat.addEip("Submit", { privateIp: "10.0.0.11" });

    new SnatEntry(this, "NodesOut", { nat: this.nat, source: SnatSource.vswitch(nodes), eips: [egress] });
    // Machines on the network between leave by an address of their own.
    new SnatEntry(this, "ServersOut", { nat: this.nat, source: SnatSource.vswitch(privateSide), eips: [submit] });
    new DnatEntry(this, "SshIn", {
      nat: this.nat,
      eip: submit,
      protocol: "tcp",
      publicPort: 2222,
      privateIp: "10.0.2.10",
      privatePort: 22,
    });
    new DnatEntry(this, "JobsIn", {
      nat: this.nat,
      eip: submit,
      protocol: "tcp",
      publicPort: "7000-7010",
      privateIp: "10.0.2.11",
      privatePort: "8000-8010",
    });
    this.nat.addRoute("PrivateRoute", { routeTableId: table.id });

    new TerraformOutput(this, "egress_ip", { value: egress.publicIp, description: "Nodes are seen as this address" });
    new TerraformOutput(this, "submit_ip", { value: submit.publicIp, description: "Takes ssh and jobs" });
  }
}
