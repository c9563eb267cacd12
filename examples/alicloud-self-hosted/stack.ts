// As alicloud-managed, with a machine of your own in the place of the gateway: one statement and one privateIp differ.
import { TerraformOutput, TerraformStack } from "cdktf";
import { AlicloudProvider, DnatEntry, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { CmsAlarmContactGroup } from "cdktf-nat/alicloud/bindings/cms-alarm-contact-group";
import { RouteTable } from "cdktf-nat/alicloud/bindings/route-table";
import { RouteTableAttachment } from "cdktf-nat/alicloud/bindings/route-table-attachment";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import type { Construct } from "constructs";

const zoneId = "cn-hangzhou-i";

export class AlicloudSelfHosted extends TerraformStack {
  readonly nat: SelfHostedNatInstance;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });

    const vpc = new Vpc(this, "Vpc", { vpcName: id, cidrBlock: "10.0.0.0/16" });
    const natVswitch = new Vswitch(this, "NatVswitch", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.0.0/24" });
    const workers = new Vswitch(this, "Workers", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.1.0/24" });
    const workersTable = new RouteTable(this, "WorkersTable", { vpcId: vpc.id });
    new RouteTableAttachment(this, "WorkersTableAttachment", {
      routeTableId: workersTable.id,
      vswitchId: workers.id,
    });
    const ops = new CmsAlarmContactGroup(this, "Ops", { alarmContactGroupName: "nat-ops" });

    this.nat = new SelfHostedNatInstance(this, "Nat", { vpc, vswitch: natVswitch, tags: { project: "example" } });
    const egress = this.nat.addEip("Egress", { bandwidthMbps: 200 });
    const web = this.nat.addEip("Web", { privateIp: "10.0.0.11" });

    new SnatEntry(this, "WorkersOut", { nat: this.nat, source: SnatSource.vswitch(workers), eips: [egress] });
    new DnatEntry(this, "HttpsIn", {
      nat: this.nat,
      eip: web,
      protocol: "tcp",
      publicPort: 443,
      privateIp: "10.0.1.10",
      privatePort: 8443,
    });
    this.nat.addRoute("WorkersRoute", { routeTableId: workersTable.id });
    this.nat.addAlarms("Alarms", { contactGroups: [ops.alarmContactGroupName] });

    new TerraformOutput(this, "egress_ip", { value: egress.publicIp, description: "Workers are seen as this address" });
    new TerraformOutput(this, "web_ip", { value: web.publicIp, description: "Serves https" });
  }
}
