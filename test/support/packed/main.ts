// The app of a user: test/contract/package.test.ts copies it into empty projects of every kind, where it is
// type-checked, compiled and run against the packed package. It prints one trace of a NAT table.
import { App, TerraformOutput, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import { NatTable, type NatTrace } from "cdktf-nat";
import {
  AlicloudProvider,
  DnatEntry,
  InternetNatGateway,
  SharedBandwidth,
  SnatEntry,
  SnatSource,
  type IEip,
  type INat,
} from "cdktf-nat/alicloud";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch, type VswitchConfig } from "cdktf-nat/alicloud/bindings/vswitch";

class Packed extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AlicloudProvider(this, "Alicloud", { region: "eu-central-1" });
    const vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16" });
    const zone: Pick<VswitchConfig, "vpcId" | "zoneId"> = { vpcId: vpc.id, zoneId: "eu-central-1a" };
    const natVswitch = new Vswitch(this, "NatVswitch", { ...zone, cidrBlock: "10.0.0.0/24" });
    const workers = new Vswitch(this, "Workers", { ...zone, cidrBlock: "10.0.1.0/24" });

    const nat: INat = new InternetNatGateway(this, "Nat", { vpc, vswitch: natVswitch });
    const sharedBandwidth = new SharedBandwidth(this, "Bandwidth", { bandwidthMbps: 200 });
    const egress: IEip = nat.addEip("Egress", { sharedBandwidth });
    const web = nat.addEip("Web", { existing: { allocationId: "eip-web", publicIp: "203.0.113.7" } });
    new SnatEntry(this, "WorkersOut", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    new DnatEntry(this, "Https", {
      nat,
      eip: web,
      protocol: "tcp",
      publicPort: 443,
      privateIp: "10.0.1.10",
      privatePort: 8443,
    });
    nat.addRoute("Workers", { routeTableId: "vtb-workers" });
    new TerraformOutput(this, "egress", { value: egress.publicIp });
  }
}

const app = new App();
new Packed(app, "packed");
app.synth();

const table = NatTable.of({ snat: [{ source: "192.168.0.0/24", addresses: ["128.105.144.36"] }] });
const trace: NatTrace = table.trace({
  source: "192.168.0.7",
  destination: "8.8.8.8",
  protocol: "udp",
  destinationPort: 53,
});
console.log(JSON.stringify(trace));
