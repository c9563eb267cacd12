// Document 000, "Having an ECS Without a Public IP Address Access the Internet", as a stack: each comment names the steps
// of the document that the statement under it does. What is left out is done by hand there, and needs nothing here: the
// console, the login, vi.
import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import { TerraformOutput, TerraformStack } from "cdktf";
import { SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import type { Construct } from "constructs";

export class OpenTelekomCloudSelfHosted extends TerraformStack {
  readonly nat: SelfHostedNatInstance;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    // Steps 1, 2: the region and the project.
    new OpentelekomcloudProvider(this, "opentelekomcloud", {
      authUrl: "https://iam.eu-de.otc.t-systems.com/v3",
      region: "eu-de",
    });

    const vpc = new VpcV1(this, "Vpc", { name: id, cidr: "192.168.0.0/16" });
    const subnet = new VpcSubnetV1(this, "Subnet", {
      name: id,
      vpcId: vpc.id,
      cidr: "192.168.125.0/24",
      gatewayIp: "192.168.125.1",
    });

    // Prerequisites: the proxy machine, in the segment of the machines that go out through it. Steps 3 to 6: its port has
    // the source/destination check off. Steps 7 to 14: forwarding is on, after a restart too, and not before the rules are
    // there. Step 15: the rules are its own. Step 17, the look at them, is done at every boot: without them nothing is
    // forwarded.
    this.nat = new SelfHostedNatInstance(this, "Nat", {
      vpc,
      subnet,
      privateIp: "192.168.125.4",
      firewall: "iptables",
      tags: { project: "example" },
    });

    // Prerequisites: a public IP address is bound to it.
    const egress = this.nat.addEip("Egress", { bandwidthMbps: 100 });

    // Step 16: -s 192.168.125.0/24 -j SNAT --to 192.168.125.4, and the note below it: after a restart too. It also lets the
    // machines in by the security group; in the document they share the proxy's.
    new SnatEntry(this, "Out", { nat: this.nat, source: SnatSource.subnet(subnet), eips: [egress] });

    // Step 18: a route of the VPC, 0.0.0.0/0, to the private address of the proxy machine.
    this.nat.addRoute("Route", { vpcId: vpc.id });

    // Step 8 asks whether the way out is open: machines of the subnet are seen as this address.
    new TerraformOutput(this, "egress_ip", {
      value: egress.publicIp,
      description: "The subnet is seen as this address",
    });
  }
}
