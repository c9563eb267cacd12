// Many connections to few destinations: three EIPs under one bandwidth, one more for a batch subnet, and alarms.
import { TerraformOutput, TerraformStack } from "cdktf";
import {
  AlicloudProvider,
  DnatEntry,
  InternetNatGateway,
  SharedBandwidth,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/alicloud";
import { CmsAlarmContactGroup } from "cdktf-nat/alicloud/bindings/cms-alarm-contact-group";
import { RouteTable } from "cdktf-nat/alicloud/bindings/route-table";
import { RouteTableAttachment } from "cdktf-nat/alicloud/bindings/route-table-attachment";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import type { IEip, ISharedBandwidth } from "cdktf-nat/alicloud";
import type { Construct } from "constructs";

const zoneId = "cn-hangzhou-i";

export class AlicloudMultiEip extends TerraformStack {
  readonly nat: InternetNatGateway;
  readonly sharedBandwidth: ISharedBandwidth;
  readonly payments: readonly IEip[];
  readonly workersOut: SnatEntry;

  constructor(scope: Construct, id: string, paymentEips: readonly string[] = ["Payments1", "Payments2", "Payments3"]) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });

    const vpc = new Vpc(this, "Vpc", { vpcName: id, cidrBlock: "10.0.0.0/16" });
    const natVswitch = new Vswitch(this, "NatVswitch", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.0.0/24" });
    const workers = new Vswitch(this, "Workers", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.16.0/20" });
    const batch = new Vswitch(this, "Batch", { vpcId: vpc.id, zoneId, cidrBlock: "10.0.32.0/24" });
    const privateTable = new RouteTable(this, "PrivateTable", { vpcId: vpc.id });
    for (const [name, vswitch] of Object.entries({ Workers: workers, Batch: batch })) {
      new RouteTableAttachment(this, `${name}Table`, { routeTableId: privateTable.id, vswitchId: vswitch.id });
    }

    this.nat = new InternetNatGateway(this, "Nat", { vpc, vswitch: natVswitch });
    this.sharedBandwidth = new SharedBandwidth(this, "Bandwidth", { bandwidthMbps: 500 });
    const { sharedBandwidth } = this;
    const payments = paymentEips.map((name) => this.nat.addEip(name, { sharedBandwidth }));
    this.payments = payments;
    const batchEip = this.nat.addEip("BatchEip", { bandwidthMbps: 50 });
    const bastion = this.nat.addEip("Bastion", { bandwidthMbps: 10 });

    // Each worker keeps one address, as the payment service's allow list wants it.
    this.workersOut = new SnatEntry(this, "WorkersOut", {
      nat: this.nat,
      source: SnatSource.vswitch(workers),
      eips: payments,
      eipAffinity: true,
    });
    new SnatEntry(this, "BatchOut", { nat: this.nat, source: SnatSource.cidr("10.0.32.0/24"), eips: [batchEip] });
    // One batch machine is on the payment service's list as well: the longer prefix wins.
    new SnatEntry(this, "ReportsOut", {
      nat: this.nat,
      source: SnatSource.host("10.0.32.9"),
      eips: payments.slice(0, 1),
    });
    new DnatEntry(this, "BastionIn", { nat: this.nat, eip: bastion, protocol: "any", privateIp: "10.0.32.12" });
    new DnatEntry(this, "GameIn", {
      nat: this.nat,
      eip: batchEip,
      protocol: "udp",
      publicPort: "7000-7010",
      privateIp: "10.0.32.11",
      privatePort: "8000-8010",
      removePortLimits: true,
    });

    const ops = new CmsAlarmContactGroup(this, "Ops", { alarmContactGroupName: "nat-multi-eip-ops" });
    this.nat.addRoute("PrivateRoute", { routeTableId: privateTable.id });
    this.nat.addAlarms("Alarms", { contactGroups: [ops.alarmContactGroupName], bandwidth: 90 });

    new TerraformOutput(this, "payment_ips", { value: payments.map((eip) => eip.publicIp) });
    new TerraformOutput(this, "connections_to_one_destination", {
      value: this.workersOut.maxConnectionsPerDestination,
    });
  }
}
