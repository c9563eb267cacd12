// An application on an ECS instance without a public address serves the Internet through a DNAT entry.
// The vendor's walk-through has four steps: NAT gateway, EIP, DNAT entry, and opening the security group.
import { Fn, TerraformOutput, TerraformStack } from "cdktf";
import { AlicloudProvider, DnatEntry, InternetNatGateway } from "cdktf-nat/alicloud";
import { DataAlicloudImages } from "cdktf-nat/alicloud/bindings/data-alicloud-images";
import { DataAlicloudZones } from "cdktf-nat/alicloud/bindings/data-alicloud-zones";
import { Instance } from "cdktf-nat/alicloud/bindings/instance";
import { SecurityGroup } from "cdktf-nat/alicloud/bindings/security-group";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import type { Construct } from "constructs";

const instanceType = "ecs.g7.large";

export class AlicloudDnat extends TerraformStack {
  readonly nat: InternetNatGateway;
  readonly securityGroupId: string;

  constructor(scope: Construct, id: string) {
    super(scope, id);
    new AlicloudProvider(this, "alicloud", { region: "cn-hangzhou" });

    // What the walk-through starts from: a VPC, a vSwitch, an ECS instance with the application on it.
    const zones = new DataAlicloudZones(this, "Zones", { availableInstanceType: instanceType });
    const zoneId = zones.zones.get(0).id;
    const vpc = new Vpc(this, "Vpc", { vpcName: id, cidrBlock: "172.16.0.0/12" });
    const natVswitch = new Vswitch(this, "NatVswitch", { vpcId: vpc.id, zoneId, cidrBlock: "172.16.0.0/24" });
    const appVswitch = new Vswitch(this, "AppVswitch", { vpcId: vpc.id, zoneId, cidrBlock: "172.16.1.0/24" });
    const appGroup = new SecurityGroup(this, "AppGroup", { vpcId: vpc.id, securityGroupName: "nat-example-app" });
    this.securityGroupId = appGroup.id;
    const image = new DataAlicloudImages(this, "Image", {
      owners: "system",
      nameRegex: "^aliyun_3_x64_20G_alibase_",
      mostRecent: true,
    });
    const app = new Instance(this, "App", {
      instanceName: "nat-example-app",
      instanceType,
      imageId: image.images.get(0).id,
      vswitchId: appVswitch.id,
      securityGroups: [appGroup.id],
      systemDiskCategory: "cloud_essd",
      httpTokens: "required",
      userData: Fn.base64encode("#!/bin/sh\npython3 -m http.server 80 --directory /srv &\n"),
      lifecycle: { ignoreChanges: ["image_id"] },
    });

    // Step 1: the NAT gateway. As the VPC's first one it brings the 0.0.0.0/0 route of the system route table along.
    this.nat = new InternetNatGateway(this, "Nat", { vpc, vswitch: natVswitch });
    // Step 2: an EIP, bound to the gateway.
    const web = this.nat.addEip("Web");
    // Steps 3 and 4: the DNAT entry, and the rule of the application's security group that lets its clients in.
    new DnatEntry(this, "HttpIn", {
      nat: this.nat,
      eip: web,
      protocol: "tcp",
      publicPort: 80,
      privateIp: app.primaryIpAddress,
      backendSecurityGroupId: appGroup.id,
    });
    new DnatEntry(this, "SshIn", {
      nat: this.nat,
      eip: web,
      protocol: "tcp",
      publicPort: 2222,
      privateIp: app.primaryIpAddress,
      privatePort: 22,
      backendSecurityGroupId: appGroup.id,
      allowFrom: ["198.51.100.0/24"],
    });

    new TerraformOutput(this, "url", { value: `http://${web.publicIp}/` });
  }
}
