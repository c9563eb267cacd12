// Workers without public addresses go out through an Internet NAT gateway; one HTTPS service and a few ports are let in.
import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { SmnTopicV2 } from "@cdktf/provider-opentelekomcloud/lib/smn-topic-v2";
import { VpcSubnetV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-subnet-v1";
import { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import { TerraformOutput, TerraformStack } from "cdktf";
import { DnatEntry, InternetNatGateway, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import type { Construct } from "constructs";

export class OpenTelekomCloudManaged extends TerraformStack {
  readonly nat: InternetNatGateway;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new OpentelekomcloudProvider(this, "opentelekomcloud", {
      authUrl: "https://iam.eu-de.otc.t-systems.com/v3",
      region: "eu-de",
    });

    const vpc = new VpcV1(this, "Vpc", { name: id, cidr: "10.0.0.0/16" });
    const subnet = (name: string, cidr: string, gatewayIp: string) =>
      new VpcSubnetV1(this, name, { name, vpcId: vpc.id, cidr, gatewayIp });
    const natSubnet = subnet("Nat-Subnet", "10.0.0.0/24", "10.0.0.1");
    const workers = subnet("Workers", "10.0.1.0/24", "10.0.1.1");
    const ops = new SmnTopicV2(this, "Ops", { name: `${id}-ops` });

    this.nat = new InternetNatGateway(this, "Nat", { vpc, subnet: natSubnet, size: "medium" });
    const egress = this.nat.addEip("Egress", { bandwidthMbps: 200 });
    const web = this.nat.addEip("Web");

    new SnatEntry(this, "WorkersOut", { nat: this.nat, source: SnatSource.subnet(workers), eips: [egress] });
    const backend = { nat: this.nat, eip: web, privateIp: "10.0.1.10" };
    new DnatEntry(this, "HttpsIn", { ...backend, protocol: "tcp", publicPort: 443, privatePort: 8443 });
    // One rule a port.
    new DnatEntry(this, "GameIn", { ...backend, protocol: "udp", publicPort: "7000-7002", privatePort: "8000-8002" });
    // The cloud adds it by itself; with a SelfHostedNatInstance in the gateway's place, this line makes it.
    this.nat.addRoute("Route", { vpcId: vpc.id });
    this.nat.addAlarms("Alarms", { topicUrns: [ops.topicUrn] });

    new TerraformOutput(this, "egress_ip", { value: egress.publicIp, description: "Workers are seen as this address" });
    new TerraformOutput(this, "web_ip", { value: web.publicIp, description: "Serves https and the game" });
  }
}
