// A machine with an EIP that is there already becomes the NAT of its VPC: files and a route are all that is added. The
// files go over SSH, for a machine that runs does not read user data again.
import { TerraformStack } from "cdktf";
import { NatTable, renderHost } from "cdktf-nat";
import { AlicloudProvider, SelfHostedNatInstance } from "cdktf-nat/alicloud";
import type { Construct } from "constructs";
import { SshHostFiles } from "../ssh-host-files";
import type { SshMachine } from "../ssh-host-files";

/** Source/destination check is off on its network interface, and its security group lets the VPC in. */
const host = {
  machine: { host: "203.0.113.10", privateKeyFile: "~/.ssh/id_ed25519" },
  networkInterfaceId: "eni-bp1example",
  vpc: { id: "vpc-bp1example", cidrBlock: "10.0.0.0/16" },
  routeTableId: "vtb-bp1example",
};

/** The machine, and what it is a NAT for. */
export interface ExistingHost {
  readonly machine: SshMachine;
  readonly networkInterfaceId: string;
  readonly vpc: { readonly id: string; readonly cidrBlock: string };
  /** Route table of the private machines; the NAT's own vSwitch has another one. */
  readonly routeTableId: string;
}

export class AlicloudExistingHost extends TerraformStack {
  constructor(scope: Construct, id: string, { machine, networkInterfaceId, vpc, routeTableId }: ExistingHost = host) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });

    const table = NatTable.of({ snat: [{ source: vpc.cidrBlock }] });
    const files = renderHost(table, {
      firewall: "firewalld",
      untranslatedCidrs: [vpc.cidrBlock],
      // Terraform itself comes in here.
      sshFrom: ["198.51.100.0/24"],
    });
    const nat = new SshHostFiles(this, "HostFiles", machine, files);

    // Nobody is sent there before it translates.
    const adopted = SelfHostedNatInstance.fromAttributes(this, "Nat", { networkInterfaceId, vpc });
    adopted.addRoute("Workers", { routeTableId, dependsOn: [nat] });
  }
}
