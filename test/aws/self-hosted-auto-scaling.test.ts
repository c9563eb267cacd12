import { TerraformVariable, Token } from "cdktf";
import { DnatEntry, SelfHostedNatInstance } from "cdktf-nat/aws";
import { awsCounts, awsNetwork } from "../support/aws-stacks";
import {
  bareHost,
  EGRESS,
  GROUP_OF_ONE,
  host,
  MACHINE,
  NIC,
  POLICY,
  PROFILE,
  TEMPLATE,
  TEXT,
  TRIGGER,
} from "../support/aws-hosts";
import { resolved, resources, synth, warnings } from "../support/stacks";

const GROUP_RECOVERY = { recovery: "auto-scaling" } as const;
const PARAMETER = "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id";
const tags = { Name: "stack-Nat" };

const LEAST_TEMPLATE = {
  name_prefix: "stack-Nat-",
  image_id: `resolve:ssm:${PARAMETER}`,
  instance_type: "t4g.small",
  network_interfaces: [{ device_index: 0, network_interface_id: `\${${NIC}.id}`, delete_on_termination: "false" }],
  iam_instance_profile: { name: `\${${PROFILE}.name}` },
  metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
  block_device_mappings: [
    {
      device_name: "/dev/sda1",
      ebs: { volume_type: "gp3", volume_size: 8, encrypted: "true", delete_on_termination: "true" },
    },
  ],
  tag_specifications: [
    { resource_type: "instance", tags },
    { resource_type: "volume", tags },
  ],
  user_data: `\${base64gzip(local.${TEXT})}`,
  tags,
  lifecycle: { create_before_destroy: true, ignore_changes: ["user_data"], replace_triggered_by: [TRIGGER] },
};

const LEAST_GROUP = {
  name_prefix: "stack-Nat-",
  min_size: 1,
  max_size: 1,
  desired_capacity: 1,
  availability_zones: ["${aws_subnet.Public.availability_zone}"],
  launch_template: { id: `\${${TEMPLATE}.id}`, version: `\${${TEMPLATE}.latest_version}` },
  health_check_type: "EC2",
  health_check_grace_period: 120,
  instance_maintenance_policy: { min_healthy_percentage: 0, max_healthy_percentage: 100 },
  instance_refresh: {
    strategy: "Rolling",
    preferences: { min_healthy_percentage: 0, max_healthy_percentage: 100, instance_warmup: "60" },
  },
  tag: [{ key: "Name", value: "stack-Nat", propagate_at_launch: false }],
  depends_on: [POLICY, EGRESS],
};

describe('a SelfHostedNatInstance with recovery "auto-scaling"', () => {
  it("is a group of one, whose template has the interface", () => {
    const { stack, nat } = bareHost(GROUP_RECOVERY);
    const all = resources(stack);
    expect(all[TEMPLATE]).toEqual(LEAST_TEMPLATE);
    expect(all[GROUP_OF_ONE]).toEqual(LEAST_GROUP);
    expect(all[TRIGGER]).toEqual({ input: { user_data: `\${sha256(local.${TEXT})}`, architecture: "arm64" } });
    expect(awsCounts(stack)).toEqual({
      aws_autoscaling_group: 1,
      aws_launch_template: 1,
      aws_network_interface: 1,
      aws_security_group: 1,
      aws_vpc_security_group_egress_rule: 1,
      aws_vpc_security_group_ingress_rule: 1,
      aws_iam_role: 1,
      aws_iam_role_policy_attachment: 1,
      aws_iam_instance_profile: 1,
      terraform_data: 1,
    });
    expect(resolved(stack, nat.autoScalingGroupName)).toBe(`\${${GROUP_OF_ONE}.name}`);
    expect(nat.instanceId).toBeUndefined();
  });

  it("has the same interface, EIPs and routes as a machine that stands alone", () => {
    const made = (recovery: "auto-recover" | "auto-scaling") => {
      const { stack, nat } = host({ recovery });
      nat.addRoute("Route", { routeTableId: "rtb-1" });
      const { [MACHINE]: machine, [GROUP_OF_ONE]: group, [TEMPLATE]: template, ...rest } = resources(stack);
      expect([machine, group, template].filter((block) => block !== undefined)).toHaveLength(
        recovery === "auto-scaling" ? 2 : 1,
      );
      return rest;
    };
    expect(made("auto-scaling")).toEqual(made("auto-recover"));
  });

  it("takes every prop of the machine", () => {
    const { stack } = bareHost({
      ...{ ...GROUP_RECOVERY, instanceType: "t3.medium", imageId: "ami-1", keyName: "ops", diskSizeGib: 16 },
      ...{ kmsKeyId: "key-1", spot: { maxPrice: "0.02" }, creditSpecification: "unlimited", sessionManager: false },
      ...{ name: "my nat", tags: { team: "network" } },
    });
    const named = { team: "network", Name: "my nat" };
    const { iam_instance_profile, ...template } = LEAST_TEMPLATE;
    expect(iam_instance_profile).toBeDefined();
    expect(resources(stack)[TEMPLATE]).toEqual({
      ...template,
      image_id: "ami-1",
      instance_type: "t3.medium",
      key_name: "ops",
      block_device_mappings: [
        {
          device_name: "${data.aws_ami.Nat_Image_9D922362.root_device_name}",
          ebs: {
            ...LEAST_TEMPLATE.block_device_mappings[0]!.ebs,
            ...{ volume_size: 16, kms_key_id: "key-1" },
          },
        },
      ],
      instance_market_options: {
        market_type: "spot",
        spot_options: { max_price: "0.02", spot_instance_type: "one-time" },
      },
      credit_specification: { cpu_credits: "unlimited" },
      tag_specifications: [
        { resource_type: "instance", tags: named },
        { resource_type: "volume", tags: named },
      ],
      tags: named,
    });
    expect(resources(stack)[GROUP_OF_ONE]!.tag).toEqual([
      { key: "team", value: "network", propagate_at_launch: false },
      { key: "Name", value: "my nat", propagate_at_launch: false },
    ]);
    expect(synth(stack).data).toEqual({
      aws_ami: { Nat_Image_9D922362: { filter: [{ name: "image-id", values: ["ami-1"] }] } },
    });
    expect(warnings(stack)).toEqual([expect.stringContaining("addEip: the host has no EIP")]);
  });

  it('is rolled out anew for a newer image under imageUpdates "track"', () => {
    const { stack } = bareHost({ ...GROUP_RECOVERY, imageUpdates: "track" });
    const image = "${data.aws_ssm_parameter.Nat_Image_9D922362.insecure_value}";
    expect(resources(stack)[TEMPLATE]).toEqual({ ...LEAST_TEMPLATE, image_id: image });
    expect(resources(stack)[TRIGGER]!.input).toMatchObject({ image_id: image });
  });

  it('is not rolled out for entries under onChange "ignore"', () => {
    const { stack } = host({ ...GROUP_RECOVERY, onChange: "ignore" });
    expect(resources(stack)[TEMPLATE]!.lifecycle).toEqual({
      create_before_destroy: true,
      ignore_changes: ["user_data"],
    });
  });

  it("waits for its EIPs, and for what its entries wait for", () => {
    const { stack, nat, workers, web } = host(GROUP_RECOVERY);
    new DnatEntry(stack, "In", {
      ...{ nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10", dependsOn: [workers] },
    });
    expect(resources(stack)[GROUP_OF_ONE]!.depends_on).toEqual([
      POLICY,
      EGRESS,
      "aws_eip_association.Nat_Egress_Association_5DE19D5C",
      "aws_eip_association.Nat_Web_Association_5ACEC31D",
      "aws_subnet.Workers",
    ]);
  });

  it("leaves tags of its own out where they are known at deploy time only; the machine has them", () => {
    const net = awsNetwork();
    const value: unknown = new TerraformVariable(net.stack, "tags", {}).value;
    const { stack } = bareHost({ ...GROUP_RECOVERY, tags: Token.asStringMap(value) }, net);
    expect(resources(stack)[GROUP_OF_ONE]).not.toHaveProperty("tag");
    expect(resources(stack)[TEMPLATE]!.tags).toBe('${merge({"Name" = "stack-Nat"}, var.tags)}');
  });

  it("takes a zone that is known at deploy time only", () => {
    const { stack, vpc } = awsNetwork();
    const availabilityZone = new TerraformVariable(stack, "zone", { type: "string" }).stringValue;
    const subnet = { id: "subnet-1", cidrBlock: "10.0.0.0/24", availabilityZone };
    new SelfHostedNatInstance(stack, "Nat", { vpc, subnet, ...GROUP_RECOVERY });
    expect(resources(stack)[GROUP_OF_ONE]!.availability_zones).toEqual(["${var.zone}"]);
  });

  it("needs the zone of its subnet", () => {
    const { stack, vpc } = awsNetwork();
    const subnet = { id: "subnet-1", cidrBlock: "10.0.0.0/24" };
    expect(() => new SelfHostedNatInstance(stack, "Nat", { vpc, subnet, ...GROUP_RECOVERY })).toThrow(
      '[stack/Nat] subnet.availabilityZone: must be given with recovery "auto-scaling", got undefined; add it: ' +
        '{ id, cidrBlock, availabilityZone: "eu-central-1a" }',
    );
  });

  it("has one interface", () => {
    const { stack, vpc, publicSubnet: subnet, workers } = awsNetwork();
    const privateInterface = { subnet: workers };
    expect(() => new SelfHostedNatInstance(stack, "Nat", { vpc, subnet, privateInterface, ...GROUP_RECOVERY })).toThrow(
      '[stack/Nat] recovery: must not be "auto-scaling" with a privateInterface: a group\'s template takes one existing ' +
        'interface, got "auto-scaling"; use "auto-recover", or take privateInterface out',
    );
  });
});
