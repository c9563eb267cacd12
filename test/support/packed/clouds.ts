// The app of a user of the clouds whose providers come from npm: as main.ts beside it, in projects that have the providers.
// It prints how many resources of each type it makes. The paths end in index.js, so that ESM apps find them too.
import { AwsProvider } from "@cdktf/provider-aws/lib/provider/index.js";
import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider/index.js";
import { App, Testing, TerraformStack } from "cdktf";
import type { Construct } from "constructs";
import * as aws from "cdktf-nat/aws";
import { InternetNatGateway, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";

class OnAws extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new AwsProvider(this, "Aws", { region: "eu-central-1" });
    const vpc: aws.IVpc = { id: "vpc-1", cidrBlock: "10.0.0.0/16" };
    const subnet: aws.ISubnet = { id: "subnet-1", cidrBlock: "10.0.0.0/24" };
    new aws.InternetNatGateway(this, "Gateway", { vpc, subnet }).addRoute("Out", { routeTableId: "rtb-1" });
    const nat = new aws.SelfHostedNatInstance(this, "Nat", { vpc, subnet });
    const egress = nat.addEip("Egress");
    new aws.SnatEntry(this, "Out", { nat, source: aws.SnatSource.vpc(vpc), eips: [egress] });
  }
}

class OnOpenTelekomCloud extends TerraformStack {
  public constructor(scope: Construct, id: string) {
    super(scope, id);
    new OpentelekomcloudProvider(this, "Otc", { authUrl: "https://iam.example.com/v3" });
    const vpc = { id: "vpc-1", cidr: "10.0.0.0/16" };
    const subnet = { id: "subnet-1", cidr: "10.0.0.0/24" };
    const gateway = new InternetNatGateway(this, "Gateway", { vpc, subnet, size: "small" });
    new SnatEntry(this, "Out", { nat: gateway, source: SnatSource.subnet(subnet), eips: [gateway.addEip("Egress")] });
    const host = new SelfHostedNatInstance(this, "Nat", { vpc, subnet });
    new SnatEntry(this, "HostOut", { nat: host, source: SnatSource.subnet(subnet), eips: [host.addEip("Egress")] });
  }
}

const app = new App();
for (const stack of [new OnAws(app, "aws"), new OnOpenTelekomCloud(app, "opentelekomcloud")]) {
  const { resource } = JSON.parse(Testing.synth(stack, true)) as { resource: Record<string, object> };
  const counts = Object.entries(resource).map(([type, made]) => [type, Object.keys(made).length]);
  console.log(JSON.stringify(Object.fromEntries(counts.sort())));
}
