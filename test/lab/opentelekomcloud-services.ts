import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import { type App, TerraformStack } from "cdktf";
import { DnatEntry, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";

const OFFICE = "198.51.100.0/24";

/** The services of the example aws-self-hosted-dnat on Open Telekom Cloud: its further EIPs are bound to virtual IPs. */
export class OpenTelekomCloudServices extends TerraformStack {
  constructor(app: App, id: string) {
    super(app, id);
    new OpentelekomcloudProvider(this, "opentelekomcloud", {
      authUrl: "https://iam.eu-de.otc.t-systems.com/v3",
      region: "eu-de",
    });
    const vpc = new VpcV1(this, "Vpc", { name: id, cidr: "10.0.0.0/16" });
    const subnet = (name: string, network: string) =>
      new VpcSubnetV1(this, name, { name, vpcId: vpc.id, cidr: `${network}.0/24`, gatewayIp: `${network}.1` });
    const servers = subnet("Servers", "10.0.1");

    const nat = new SelfHostedNatInstance(this, "Nat", {
      vpc,
      subnet: subnet("NatSubnet", "10.0.0"),
      privateIp: "10.0.0.10",
    });
    const egress = nat.addEip("Egress");
    const web = nat.addEip("Web", { privateIp: "10.0.0.11" });
    const desk = nat.addEip("Desk", { privateIp: "10.0.0.12" });

    new SnatEntry(this, "ServersOut", { nat, source: SnatSource.subnet(servers), eips: [egress] });
    const backend = { nat, eip: web, privateIp: "10.0.1.10" };
    new DnatEntry(this, "HttpsIn", { ...backend, protocol: "tcp", publicPort: 443, privatePort: 8443 });
    new DnatEntry(this, "AdminIn", { ...backend, protocol: "tcp", publicPort: 8080, allowFrom: [OFFICE] });
    new DnatEntry(this, "GameIn", {
      ...backend,
      protocol: "udp",
      publicPort: "7000-7010",
      privatePort: "8000-8010",
    });
    new DnatEntry(this, "DeskIn", { nat, eip: desk, protocol: "any", privateIp: "10.0.1.20", allowFrom: [OFFICE] });
    nat.addRoute("Route", { vpcId: vpc.id });
  }
}
