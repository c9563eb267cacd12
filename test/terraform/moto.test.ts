// What the AWS tests stand on: that raw resources of the kinds that the library makes live in the moto server as on AWS.
import { readFileSync } from "node:fs";
import { join } from "node:path";
import { TerraformStack } from "cdktf";
import type { App } from "cdktf";
import { AutoscalingGroup } from "@cdktf/provider-aws/lib/autoscaling-group";
import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { DataAwsSsmParameter } from "@cdktf/provider-aws/lib/data-aws-ssm-parameter";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { EipAssociation } from "@cdktf/provider-aws/lib/eip-association";
import { IamInstanceProfile } from "@cdktf/provider-aws/lib/iam-instance-profile";
import { IamRole } from "@cdktf/provider-aws/lib/iam-role";
import { IamRolePolicyAttachment } from "@cdktf/provider-aws/lib/iam-role-policy-attachment";
import { Instance } from "@cdktf/provider-aws/lib/instance";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { LaunchTemplate } from "@cdktf/provider-aws/lib/launch-template";
import { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Route } from "@cdktf/provider-aws/lib/route";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { SecurityGroup } from "@cdktf/provider-aws/lib/security-group";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { VpcSecurityGroupEgressRule } from "@cdktf/provider-aws/lib/vpc-security-group-egress-rule";
import { VpcSecurityGroupIngressRule } from "@cdktf/provider-aws/lib/vpc-security-group-ingress-rule";
import { awsPluginDir, AWS_PROVIDER_VERSION } from "../support/aws-provider";
import { describeAwsExample } from "../support/aws-example";
import { Deployment } from "../support/deployment";
import { planned } from "../support/example";
import { startMoto } from "../support/moto";
import { describeMoto } from "../support/terraform-layer";

jest.setTimeout(180_000);

const UBUNTU = "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id";
const DEBIAN = "/aws/service/debian/release/12/latest/arm64";
const AMAZON = "/aws/service/ami-amazon-linux-latest/al2023-ami-kernel-default-arm64";
const USER_DATA = '${base64gzip("#cloud-config\\n")}';

class Raw extends TerraformStack {
  readonly machine: Instance;
  readonly gateway: NatGateway;
  readonly spare: Eip;

  constructor(scope: App) {
    super(scope, "raw");
    new AwsProvider(this, "Aws", { region: "eu-central-1" });
    const zone = { availabilityZone: "eu-central-1a" };
    const vpc = new Vpc(this, "Vpc", { cidrBlock: "10.0.0.0/16" });
    const subnet = new Subnet(this, "Subnet", { vpcId: vpc.id, cidrBlock: "10.0.0.0/24", ...zone });
    const internet = new InternetGateway(this, "Internet", { vpcId: vpc.id });
    const eip = (id: string) => new Eip(this, id, { domain: "vpc", dependsOn: [internet] });

    this.spare = eip("Spare");
    this.gateway = new NatGateway(this, "Gateway", {
      subnetId: subnet.id,
      allocationId: eip("First").allocationId,
      secondaryAllocationIds: [eip("Second").allocationId],
      dependsOn: [internet],
    });
    new NatGateway(this, "Private", { subnetId: subnet.id, connectivityType: "private" });

    const group = new SecurityGroup(this, "Group", { vpcId: vpc.id, description: "NAT host" });
    const rule = { securityGroupId: group.id };
    new VpcSecurityGroupIngressRule(this, "Https", {
      ...rule,
      ipProtocol: "tcp",
      fromPort: 443,
      toPort: 443,
      cidrIpv4: "0.0.0.0/0",
    });
    new VpcSecurityGroupIngressRule(this, "Clients", { ...rule, ipProtocol: "-1", cidrIpv4: "10.0.1.0/24" });
    new VpcSecurityGroupEgressRule(this, "Egress", { ...rule, ipProtocol: "-1", cidrIpv4: "0.0.0.0/0" });

    const nic = new NetworkInterface(this, "Nic", {
      subnetId: subnet.id,
      sourceDestCheck: false,
      privateIpListEnabled: true,
      privateIpList: ["10.0.0.10", "10.0.0.11"],
      securityGroups: [group.id],
    });
    for (const [index, id] of ["A", "B"].entries()) {
      new EipAssociation(this, `Association${id}`, {
        allocationId: eip(`Host${id}`).allocationId,
        networkInterfaceId: nic.id,
        privateIpAddress: `10.0.0.1${index}`,
      });
    }
    const table = new RouteTable(this, "Table", { vpcId: vpc.id });
    new Route(this, "ByNic", {
      routeTableId: table.id,
      destinationCidrBlock: "0.0.0.0/0",
      networkInterfaceId: nic.id,
    });
    new Route(this, "ByGateway", {
      routeTableId: table.id,
      destinationCidrBlock: "198.51.100.0/24",
      natGatewayId: this.gateway.id,
    });

    const role = new IamRole(this, "Role", {
      namePrefix: "nat-",
      assumeRolePolicy: JSON.stringify({
        Version: "2012-10-17",
        Statement: [{ Effect: "Allow", Action: "sts:AssumeRole", Principal: { Service: "ec2.amazonaws.com" } }],
      }),
    });
    new IamRolePolicyAttachment(this, "SessionManager", {
      role: role.name,
      policyArn: "arn:aws:iam::aws:policy/AmazonSSMManagedInstanceCore",
    });
    const profile = new IamInstanceProfile(this, "Profile", { namePrefix: "nat-", role: role.name });
    const ubuntu = new DataAwsSsmParameter(this, "Ubuntu", { name: UBUNTU });
    new DataAwsSsmParameter(this, "Debian", { name: DEBIAN });
    new DataAwsSsmParameter(this, "Amazon", { name: AMAZON });
    const alike = {
      instanceType: "t4g.micro",
      metadataOptions: { httpTokens: "required", httpEndpoint: "enabled", httpPutResponseHopLimit: 1 },
      creditSpecification: { cpuCredits: "standard" },
      maintenanceOptions: { autoRecovery: "default" },
    };
    this.machine = new Instance(this, "Machine", {
      ...alike,
      ami: ubuntu.value,
      iamInstanceProfile: profile.name,
      networkInterface: [{ deviceIndex: 0, networkInterfaceId: nic.id }],
      rootBlockDevice: { volumeType: "gp3", volumeSize: 8, encrypted: true },
      userDataBase64: USER_DATA,
      lifecycle: { ignoreChanges: ["ami", "user_data_base64"] },
    });

    const groupNic = new NetworkInterface(this, "GroupNic", { subnetId: subnet.id, sourceDestCheck: false });
    const template = new LaunchTemplate(this, "Template", {
      ...alike,
      namePrefix: "nat-",
      imageId: `resolve:ssm:${UBUNTU}`,
      userData: USER_DATA,
      iamInstanceProfile: { arn: profile.arn },
      blockDeviceMappings: [{ deviceName: "/dev/sda1", ebs: { volumeType: "gp3", volumeSize: 8, encrypted: "true" } }],
      networkInterfaces: [{ deviceIndex: 0, networkInterfaceId: groupNic.id, deleteOnTermination: "false" }],
      tagSpecifications: [{ resourceType: "instance", tags: { Name: "nat" } }],
    });
    new AutoscalingGroup(this, "GroupOfOne", {
      namePrefix: "nat-",
      minSize: 1,
      maxSize: 1,
      availabilityZones: [zone.availabilityZone],
      healthCheckType: "EC2",
      launchTemplate: { id: template.id, version: String(template.latestVersion) },
      tag: [{ key: "Name", value: "nat", propagateAtLaunch: true }],
    });

    const topic = new SnsTopic(this, "Topic", {});
    new CloudwatchMetricAlarm(this, "Alarm", {
      alarmName: "nat-status",
      namespace: "AWS/EC2",
      metricName: "StatusCheckFailed",
      dimensions: { InstanceId: this.machine.id },
      comparisonOperator: "GreaterThanThreshold",
      evaluationPeriods: 2,
      period: 60,
      statistic: "Maximum",
      threshold: 0,
      alarmActions: [topic.arn],
    });
  }
}

describeAwsExample({
  name: "raw AWS resources",
  makeStack: (app) => new Raw(app),
  tests: (example) => {
    it("keeps what AWS keeps", async () => {
      const resources = await example().deployment.resources();
      const value = (address: string) => resources.get(address) ?? {};
      expect(value("aws_instance.Machine")).toMatchObject({
        private_ip: "10.0.0.10",
        primary_network_interface_id: value("aws_network_interface.Nic").id,
        credit_specification: [{ cpu_credits: "standard" }],
        maintenance_options: [{ auto_recovery: "default" }],
        metadata_options: [{ http_tokens: "required", http_put_response_hop_limit: 1 }],
        root_block_device: [{ volume_type: "gp3", encrypted: true, volume_size: 8 }],
      });
      expect(value("aws_network_interface.Nic")).toMatchObject({ source_dest_check: false });
      expect(value("aws_eip_association.AssociationB")).toMatchObject({ private_ip_address: "10.0.0.11" });
      expect(value("aws_nat_gateway.Gateway").secondary_allocation_ids).toEqual([value("aws_eip.Second").id]);
    });

    it("plans the values of what it makes", async () => {
      const values = await example().deployment.plannedValues();
      expect(values.get("aws_route.ByNic")).toMatchObject({ destination_cidr_block: "0.0.0.0/0" });
    });

    it("replaces nothing when a newer image is published and the image is ignored", async () => {
      const { deployment, moto } = example();
      const before = (await deployment.resources()).get("data.aws_ssm_parameter.Ubuntu")?.value;
      const newer = await moto.publishImage(UBUNTU);
      expect(newer).not.toBe(before);
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("replaces the machine, which takes the same interface, and gives the gateway another EIP in place", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        stack.machine.lifecycle = undefined;
        stack.gateway.secondaryAllocationIds = [stack.spare.allocationId];
      });
      expect(await deployment.plan()).toEqual(
        planned({
          update: ["aws_cloudwatch_metric_alarm.Alarm", "aws_nat_gateway.Gateway"],
          replace: ["aws_instance.Machine"],
        }),
      );
      await deployment.apply();
      const after = await deployment.resources();
      expect(after.get("aws_instance.Machine")?.id).not.toBe(before.get("aws_instance.Machine")?.id);
      for (const address of ["aws_network_interface.Nic", "aws_eip_association.AssociationB", "aws_route.ByNic"]) {
        expect(after.get(address)?.id).toBe(before.get(address)?.id);
      }
      expect(after.get("aws_instance.Machine")?.private_ip).toBe("10.0.0.10");
      expect(await deployment.plan()).toEqual(planned({}));
    });
  },
});

describeMoto("the AWS provider as a user's Terraform starts it", () => {
  it("is found by its version, and talks to the moto server by environment variables alone", async () => {
    const moto = await startMoto({ provider: false });
    const deployment = new Deployment(moto, (app) => {
      const stack = new TerraformStack(app, "plain");
      new AwsProvider(stack, "Aws", { region: "eu-central-1" });
      new SnsTopic(stack, "Topic", {});
      return stack;
    });
    try {
      await deployment.synthesize(undefined, pluginArguments());
      await deployment.apply();
      expect(Object.keys(await moto.leftovers())).toEqual(["topic"]);
      await deployment.destroy();
      expect(await moto.leftovers()).toEqual({});
    } finally {
      deployment.remove();
      await moto.stop();
    }
  });

  it("is the version that the bindings ask for", () => {
    const bindings = join(require.resolve("@cdktf/provider-aws/package.json"), "..");
    const text = readFileSync(join(bindings, "lib", "provider", "index.js"), "utf8");
    expect(/providerVersion: '(.*)'/.exec(text)?.[1]).toBe(AWS_PROVIDER_VERSION);
  });
});

function pluginArguments(): readonly string[] {
  const dir = awsPluginDir();
  return dir === undefined ? [] : [`-plugin-dir=${dir}`];
}
