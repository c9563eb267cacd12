// A NAT gateway that another team made: this app adds entries to it, one on an EIP that is bound already, one on a free
// EIP that it binds. Taking this stack away leaves the gateway and both EIPs as they were.
import { Fn, TerraformOutput, TerraformStack } from "cdktf";
import { AlicloudProvider, DnatEntry, InternetNatGateway, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import type { IAdoptedNatGateway, IEip } from "cdktf-nat/alicloud";
import { DataAlicloudEipAddresses } from "cdktf-nat/alicloud/bindings/data-alicloud-eip-addresses";
import { DataAlicloudNatGateways } from "cdktf-nat/alicloud/bindings/data-alicloud-nat-gateways";
import { DataAlicloudVpcs } from "cdktf-nat/alicloud/bindings/data-alicloud-vpcs";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import type { Construct } from "constructs";

export class AlicloudExisting extends TerraformStack {
  readonly nat: IAdoptedNatGateway;
  readonly shared: IEip;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });

    const vpc = new DataAlicloudVpcs(this, "Vpc", { nameRegex: "^legacy-vpc$" }).vpcs.get(0);
    const gateway = new DataAlicloudNatGateways(this, "Gateway", { nameRegex: "^legacy-nat$" }).gateways.get(0);
    const boundEip = new DataAlicloudEipAddresses(this, "BoundEip", { nameRegex: "^legacy-bound$" }).addresses.get(0);
    const freeEip = new DataAlicloudEipAddresses(this, "FreeEip", { nameRegex: "^legacy-free$" }).addresses.get(0);
    const workers = new Vswitch(this, "Workers", {
      vpcId: vpc.id,
      zoneId: "cn-hangzhou-i",
      cidrBlock: "10.0.200.0/24",
    });

    this.nat = InternetNatGateway.fromAttributes(this, "Nat", {
      natGatewayId: gateway.id,
      snatTableId: Fn.element(gateway.snatTableIds, 0) as string,
      forwardTableId: Fn.element(gateway.forwardTableIds, 0) as string,
      vpc: { id: vpc.id, cidrBlock: vpc.cidrBlock },
    });
    this.shared = this.nat.importEip("Shared", {
      allocationId: boundEip.allocationId,
      publicIp: boundEip.ipAddress,
    });
    const own = this.nat.addEip("Own", {
      existing: { allocationId: freeEip.allocationId, publicIp: freeEip.ipAddress },
    });
    new SnatEntry(this, "WorkersOut", { nat: this.nat, source: SnatSource.vswitch(workers), eips: [own] });
    new DnatEntry(this, "SmtpIn", {
      nat: this.nat,
      eip: this.shared,
      protocol: "tcp",
      publicPort: 25,
      privateIp: "10.0.200.25",
      privatePort: 2525,
    });

    new TerraformOutput(this, "egress_ip", { value: own.publicIp });
  }
}
