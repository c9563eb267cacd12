import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { TerraformVariable } from "cdktf";
import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import {
  DnatEntry,
  type INat,
  InternetNatGateway,
  SelfHostedNatInstance,
  type SelfHostedNatInstanceProps,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/aws";
import { awsCounts, awsNetwork } from "../support/aws-stacks";
import {
  bareHost,
  EGRESS,
  GROUP,
  host,
  IMAGE,
  letIn,
  MACHINE,
  NIC,
  PING,
  POLICY,
  PROFILE,
  ROLE,
  text,
  TEXT,
  TRIGGER,
} from "../support/aws-hosts";
import { mistakes, resolved, resources, resourcesOf, synth, warnings } from "../support/stacks";

const tags = { Name: "stack-Nat" };

/** The block of a machine made with the least props. */
const LEAST_MACHINE = {
  ami: `\${data.aws_ssm_parameter.${IMAGE}.insecure_value}`,
  instance_type: "t4g.small",
  network_interface: [{ device_index: 0, network_interface_id: `\${${NIC}.id}`, delete_on_termination: false }],
  iam_instance_profile: `\${${PROFILE}.name}`,
  metadata_options: { http_endpoint: "enabled", http_tokens: "required", http_put_response_hop_limit: 1 },
  maintenance_options: { auto_recovery: "default" },
  root_block_device: { volume_type: "gp3", volume_size: 8, encrypted: true, tags },
  user_data_base64: `\${base64gzip(local.${TEXT})}`,
  tags,
  lifecycle: { ignore_changes: ["ami", "user_data_base64"], replace_triggered_by: [TRIGGER] },
  depends_on: [POLICY, EGRESS],
};

const LEAST_NIC = {
  subnet_id: "${aws_subnet.Public.id}",
  security_groups: [`\${${GROUP}.id}`],
  source_dest_check: false,
  tags,
};

/** The parameter of the image, by the machine's type. */
function imageParameter(props: Partial<SelfHostedNatInstanceProps>): unknown {
  const data = synth(bareHost(props).stack).data as Record<string, Record<string, unknown>>;
  return (data.aws_ssm_parameter![IMAGE] as { name: string }).name;
}

/** Makes the host out of whatever a user of JavaScript passes. */
function make(props: unknown): () => SelfHostedNatInstance {
  const { stack, vpc, publicSubnet } = awsNetwork();
  const given = { vpc, subnet: publicSubnet, ...(props as object) } as SelfHostedNatInstanceProps;
  return () => new SelfHostedNatInstance(stack, "Nat", given);
}

describe("a SelfHostedNatInstance", () => {
  it("is one machine, its interface, its security group, its role and the record of its configuration", () => {
    const { stack } = bareHost();
    const all = resources(stack);
    expect(all[MACHINE]).toEqual(LEAST_MACHINE);
    expect(all[NIC]).toEqual(LEAST_NIC);
    expect(all[GROUP]).toEqual({
      vpc_id: "${aws_vpc.Vpc.id}",
      name_prefix: "stack-Nat-",
      description: "What a NAT host lets through",
      tags,
    });
    expect(all[TRIGGER]).toEqual({ input: { user_data: `\${sha256(local.${TEXT})}`, architecture: "arm64" } });
    expect(all[EGRESS]).toEqual({ security_group_id: `\${${GROUP}.id}`, ip_protocol: "-1", cidr_ipv4: "0.0.0.0/0" });
    expect(all[PING]).toEqual({
      ...{ security_group_id: `\${${GROUP}.id}`, ip_protocol: "icmp", from_port: -1, to_port: -1 },
      cidr_ipv4: "0.0.0.0/0",
    });
    expect(awsCounts(stack)).toEqual({
      aws_instance: 1,
      aws_network_interface: 1,
      aws_security_group: 1,
      aws_vpc_security_group_egress_rule: 1,
      aws_vpc_security_group_ingress_rule: 1,
      aws_iam_role: 1,
      aws_iam_role_policy_attachment: 1,
      aws_iam_instance_profile: 1,
      terraform_data: 1,
    });
  });

  it("can be logged in to by Session Manager, in every partition", () => {
    const { stack, nat } = bareHost();
    const partition = "data.aws_partition.Nat_SessionManager_Partition_0C0BCFCC";
    const all = resources(stack);
    expect(all[ROLE]).toEqual({
      name_prefix: "stack-Nat-",
      assume_role_policy:
        '${jsonencode({"Version" = "2012-10-17", "Statement" = [{"Effect" = "Allow", "Action" = "sts:AssumeRole", ' +
        `"Principal" = {"Service" = "ec2.\${${partition}.dns_suffix}"}}]})}`,
      tags,
    });
    expect(all[POLICY]).toEqual({
      role: `\${${ROLE}.name}`,
      policy_arn: `arn:\${${partition}.partition}:iam::aws:policy/AmazonSSMManagedInstanceCore`,
    });
    expect(all[PROFILE]).toEqual({ name_prefix: "stack-Nat-", role: `\${${ROLE}.name}`, tags });
    expect(resolved(stack, nat.roleName)).toBe(`\${${ROLE}.name}`);
    expect(synth(stack).data).toEqual({
      aws_partition: { Nat_SessionManager_Partition_0C0BCFCC: {} },
      aws_ssm_parameter: {
        [IMAGE]: { name: "/aws/service/canonical/ubuntu/server/24.04/stable/current/arm64/hvm/ebs-gp3/ami-id" },
      },
    });
  });

  it("has no role where nobody is to log in by Session Manager", () => {
    const { stack, nat } = bareHost({ sessionManager: false });
    const { iam_instance_profile, ...machine } = LEAST_MACHINE;
    expect(iam_instance_profile).toBeDefined();
    expect(resources(stack)[MACHINE]).toEqual({ ...machine, depends_on: [EGRESS] });
    expect(Object.keys(awsCounts(stack)).filter((type) => type.startsWith("aws_iam"))).toEqual([]);
    expect(Object.keys(synth(stack).data!)).toEqual(["aws_ssm_parameter"]);
    expect(nat.roleName).toBeUndefined();
  });

  it("keeps names that Terraform makes unique within what the API takes", () => {
    const net = awsNetwork("a-stack-with-quite-a-long-name-that-goes-on-and-on");
    const { stack } = bareHost({}, net);
    const prefixes = ["aws_iam_role", "aws_iam_instance_profile"].map((type) => {
      return Object.values(resourcesOf(stack, type))[0]!.name_prefix as string;
    });
    expect(prefixes).toEqual(["a-stack-with-quite-a-long-na-37457581-", "a-stack-with-quite-a-long-na-37457581-"]);
    expect(prefixes[0]).toHaveLength(38);
  });

  it("takes every prop", () => {
    const { stack, vpc, publicSubnet, workers } = awsNetwork();
    const provider = new AwsProvider(stack, "Second", { region: "eu-west-1", alias: "second" });
    const nat = new SelfHostedNatInstance(stack, "Nat", {
      vpc,
      subnet: publicSubnet,
      instanceType: "t3.medium",
      imageId: "ami-1",
      keyName: "ops",
      securityGroupIds: ["sg-9"],
      diskSizeGib: 16,
      kmsKeyId: "arn:aws:kms:eu-central-1:123456789012:key/1",
      privateIp: "10.0.0.10",
      recovery: "none",
      spot: { maxPrice: "0.02" },
      creditSpecification: "standard",
      clientCidrs: ["10.0.1.0/24"],
      untranslatedCidrs: ["172.16.0.0/12"],
      sshFrom: ["198.51.100.0/24"],
      firewall: "iptables",
      onStateLoss: "reset",
      portAllocation: "random",
      idleTimeoutSeconds: 900,
      maxConnections: 100_000,
      icmpReply: false,
      onChange: "replace",
      extraUserData: "#cloud-config\nruncmd:\n  - echo ${X}\n",
      name: "my nat",
      tags: { team: "network" },
      provider,
      dependsOn: [workers],
    });
    nat.addEip("Egress");
    const all = resources(stack);
    const named = { team: "network", Name: "my nat" };
    const common = { provider: "aws.second", tags: named };
    const depends_on = ["aws_subnet.Workers"];
    expect(all[MACHINE]).toEqual({
      ...LEAST_MACHINE,
      ...common,
      ami: "ami-1",
      instance_type: "t3.medium",
      key_name: "ops",
      maintenance_options: { auto_recovery: "disabled" },
      instance_market_options: {
        market_type: "spot",
        spot_options: { max_price: "0.02", spot_instance_type: "one-time" },
      },
      credit_specification: { cpu_credits: "standard" },
      root_block_device: {
        ...LEAST_MACHINE.root_block_device,
        volume_size: 16,
        kms_key_id: "arn:aws:kms:eu-central-1:123456789012:key/1",
        tags: named,
      },
      depends_on: [...depends_on, POLICY, EGRESS, "aws_eip_association.Nat_Egress_Association_5DE19D5C"].map(
        (address) => (address === EGRESS ? (expect.stringContaining("_egress-all") as unknown) : address),
      ),
    });
    expect(all[NIC]).toEqual({
      ...LEAST_NIC,
      ...common,
      private_ip_list_enabled: true,
      private_ip_list: ["10.0.0.10"],
      security_groups: [`\${${GROUP}.id}`, "sg-9"],
      depends_on,
    });
    expect(all[GROUP]).toMatchObject({ ...common, name_prefix: "stack-Nat-", depends_on });
    expect(all["aws_eip.Nat_Egress_C6E47A31"]).toEqual({
      ...{ domain: "vpc", provider: "aws.second", tags: { team: "network", Name: "stack-Nat-Egress" } },
    });
    for (const address of [ROLE, PROFILE]) expect(all[address]).toMatchObject(common);
    expect(all[POLICY]).toMatchObject({ provider: "aws.second" });
    expect(all[TRIGGER]).toEqual({
      input: { user_data: `\${sha256(local.${TEXT})}`, architecture: "amd64", image_id: "ami-1" },
    });
    expect(synth(stack).data).toEqual({
      aws_partition: { Nat_SessionManager_Partition_0C0BCFCC: { provider: "aws.second" } },
    });
    const rules = Object.values(
      resourcesOf(stack, "aws_vpc_security_group_ingress_rule", "aws_vpc_security_group_egress_rule"),
    );
    expect(rules.map((rule) => [rule.provider, rule.tags, rule.ip_protocol, rule.from_port, rule.cidr_ipv4])).toEqual([
      ["aws.second", { team: "network" }, "-1", undefined, "0.0.0.0/0"],
      ["aws.second", { team: "network" }, "-1", undefined, "10.0.1.0/24"],
      ["aws.second", { team: "network" }, "tcp", 22, "198.51.100.0/24"],
    ]);
    expect(text(stack)).toContain("echo ${X}");
    expect(warnings(stack)).toEqual([
      "[stack/Nat] spot: when the cloud takes the machine away, nothing brings it back but the next deployment; use " +
        'recovery "auto-scaling"',
    ]);
  });

  it("says where it is", () => {
    const { stack, nat } = bareHost();
    expect(nat.natKind).toBe("aws:host");
    expect(resolved(stack, [nat.instanceId, nat.networkInterfaceId, nat.securityGroupId, nat.privateIp])).toEqual([
      `\${${MACHINE}.id}`,
      `\${${NIC}.id}`,
      `\${${GROUP}.id}`,
      `\${${NIC}.private_ip}`,
    ]);
    expect(nat.autoScalingGroupName).toBeUndefined();
    expect(bareHost({ privateIp: "10.0.0.10" }).nat.privateIp).toBe("10.0.0.10");
    expect(host().nat.publicIps).toEqual(["203.0.113.7", "203.0.113.8"]);
  });

  it.each([
    ["t4g.small", "arm64"],
    ["c7gn.large", "arm64"],
    ["m6gd.medium", "arm64"],
    ["x2gd.large", "arm64"],
    ["im4gn.large", "arm64"],
    ["is4gen.large", "arm64"],
    ["a1.large", "arm64"],
    ["hpc7g.4xlarge", "arm64"],
    ["t3a.small", "amd64"],
    ["g4dn.xlarge", "amd64"],
    ["g5.xlarge", "amd64"],
    ["m7i-flex.large", "amd64"],
    ["u-6tb1.metal", "amd64"],
  ])("of type %s gets the vendor's image for %s", (instanceType, architecture) => {
    expect(imageParameter({ instanceType })).toBe(
      `/aws/service/canonical/ubuntu/server/24.04/stable/current/${architecture}/hvm/ebs-gp3/ami-id`,
    );
  });

  it('is replaced by a newer image under imageUpdates "track" only', () => {
    const image = `\${data.aws_ssm_parameter.${IMAGE}.insecure_value}`;
    const all = resources(bareHost({ imageUpdates: "track" }).stack);
    expect(all[MACHINE]).toEqual(LEAST_MACHINE);
    expect(all[TRIGGER]!.input).toMatchObject({ image_id: image });
    expect(resources(bareHost({ imageUpdates: "none" }).stack)[TRIGGER]!.input).not.toHaveProperty("image_id");
  });

  it('changes nothing by itself under onChange "ignore", and warns', () => {
    const { stack } = host({ onChange: "ignore" });
    expect(resources(stack)[MACHINE]!.lifecycle).toEqual({ ignore_changes: ["ami", "user_data_base64"] });
    expect(Object.keys(resources(stack))).not.toContain(TRIGGER);
    expect(warnings(stack)).toEqual([expect.stringContaining('[stack/Nat] onChange: "ignore" leaves the machine')]);
  });

  it("runs on spare capacity at any price where it is asked to", () => {
    const options = { market_type: "spot", spot_options: { spot_instance_type: "one-time" } };
    expect(resources(bareHost({ spot: true }).stack)[MACHINE]).toEqual({
      ...LEAST_MACHINE,
      instance_market_options: options,
    });
    expect(resources(bareHost({ spot: false }).stack)[MACHINE]).toEqual(LEAST_MACHINE);
  });

  it("passes tokens on untouched", () => {
    const { stack, vpc, publicSubnet } = awsNetwork();
    const token = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
    new SelfHostedNatInstance(stack, "Nat", {
      ...{ vpc, subnet: publicSubnet, instanceType: token, imageId: token, privateIp: token, kmsKeyId: token },
      ...{ sshFrom: [token], clientCidrs: ["${var.raw}"], securityGroupIds: [token], spot: { maxPrice: token } },
    });
    expect(resources(stack)[MACHINE]).toMatchObject({
      ...{ instance_type: "${var.text}", ami: "${var.text}", root_block_device: { kms_key_id: "${var.text}" } },
      instance_market_options: { spot_options: { max_price: "${var.text}" } },
    });
    expect(resources(stack)[TRIGGER]!.input).toEqual({
      user_data: `\${sha256(local.${TEXT})}`,
      image_id: "${var.text}",
    });
    expect(resources(stack)[NIC]).toMatchObject({ private_ip_list: ["${var.text}"] });
    expect(letIn(stack)).toEqual(["-1   ${var.raw}", "tcp 22 22 ${var.text}"]);
  });

  it("stands in for a gateway wherever a NAT is asked for", () => {
    const { stack, vpc, publicSubnet: subnet } = awsNetwork();
    const managed = Object.keys(stack).length < 0;
    const nat: INat = managed
      ? new InternetNatGateway(stack, "Nat", { vpc, subnet })
      : new SelfHostedNatInstance(stack, "Nat", { vpc, subnet });
    nat.addEip("Egress");
    nat.addRoute("Route", { routeTableId: "rtb-1" });
    expect(awsCounts(stack).aws_nat_gateway).toBeUndefined();
  });

  it("gets what renderHost makes of its entries", () => {
    const { stack, nat, workers, egress, web } = host({ untranslatedCidrs: ["172.16.0.0/12"] });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    new DnatEntry(stack, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    const table = NatTable.of({
      snat: [{ source: "10.0.1.0/24", addresses: [{ publicIp: "203.0.113.7", privateIp: "10.0.0.10" }] }],
      dnat: [
        {
          address: { publicIp: "203.0.113.8", privateIp: "10.0.0.11" },
          ...{ protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" },
        },
      ],
    });
    const options = { idleTimeoutSeconds: 350, untranslatedCidrs: ["172.16.0.0/12", "10.0.0.0/16"] };
    expect(text(stack)).toBe(renderCloudConfig(renderHost(table, options)));
  });

  it("tells how much user data the cloud takes", () => {
    const lines = Array.from({ length: 2000 }, (_, n) => Math.abs(Math.sin(n)).toString(36).slice(2));
    const { app } = host({ extraUserData: `#cloud-config\nbootcmd:\n  - |\n    ${lines.join("\n    ")}\n` });
    expect(mistakes(app)).toEqual([
      expect.stringMatching(
        /^\[stack\/Nat\] extraUserData: must leave room for the rules in the 16384 bytes of user data that the cloud takes, got "\d+ bytes, compressed"; shorten it$/,
      ),
    ]);
  });

  it.each([
    [undefined, "props: must be an object, got undefined; pass the props that the documentation lists"],
    [{ vpc: {} }, "vpc: must be a VPC with an id and a cidrBlock, got {}; pass the VPC resource"],
    [{ subnet: {} }, "subnet: must be a subnet with an id and a cidrBlock, got {}; pass the subnet resource"],
    [{ instanceType: "t4g" }, 'instanceType: must be an EC2 instance type, got "t4g"; use a form like "t4g.small"'],
    [
      { instanceType: "${var.t}" },
      'instanceType: must be known at synth, where the image is chosen by it, got "${var.t}"; write it out, or name the imageId',
    ],
    [
      { imageId: "" },
      'imageId: must be the id of an image, got ""; pass it as text, or as the attribute of a resource',
    ],
    [{ imageUpdates: "all" }, 'imageUpdates: must be "none" or "track", got "all"; use one of them'],
    [
      { imageId: "ami-1", imageUpdates: "track" },
      'imageUpdates: belongs to the vendor\'s image, and excludes imageId, got "track"; take one of the two out',
    ],
    [{ keyName: 1 }, "keyName: must be text, got 1; put it in quotes, or leave it out"],
    [{ kmsKeyId: 1 }, "kmsKeyId: must be text, got 1; put it in quotes, or leave it out"],
    [
      { sessionManager: "no" },
      'sessionManager: must be true or false, known at synth, got "no"; use one of them, or leave it out',
    ],
    [{ diskSizeGib: 7 }, "diskSizeGib: must be a whole number of GiB from 8 to 16384, got 7; use 8 or more"],
    [
      { diskSizeGib: 16385 },
      "diskSizeGib: must be a whole number of GiB from 8 to 16384, got 16385; use 16384 or less",
    ],
    [
      { creditSpecification: "none" },
      'creditSpecification: must be "standard" or "unlimited", got "none"; use one of them',
    ],
    [
      { creditSpecification: "standard", instanceType: "c7g.medium" },
      'creditSpecification: belongs to a burstable type, which "c7g.medium" is not, got "standard"; take it out, or use a type like "t4g.small"',
    ],
    [
      { recovery: "always" },
      'recovery: must be "none", "auto-recover" or "auto-scaling", got "always"; use one of them',
    ],
    [{ spot: "yes" }, 'spot: must be true, false or { maxPrice }, known at synth, got "yes"; use one of them'],
    [{ spot: { maxPrice: 1 } }, "spot.maxPrice: must be text, got 1; put it in quotes, or leave it out"],
    [
      { spot: { maxPrice: "1 $" } },
      'spot.maxPrice: must be a price an hour in US dollars, got "1 $"; use a form like "0.0075"',
    ],
    [
      { privateIp: "10.0.1.9" },
      'privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s subnet, got "10.0.1.9"; use an address of 10.0.0.0/24',
    ],
    [
      { privateIp: "10.0.0.3" },
      'privateIp: must not be one of the first four nor the last of 10.0.0.0/24, got "10.0.0.3"; use one of those between',
    ],
    [
      { privateIp: "10.0.0.255" },
      'privateIp: must not be one of the first four nor the last of 10.0.0.0/24, got "10.0.0.255"; use one of those between',
    ],
    [{ onChange: "reload" }, 'onChange: must be "replace" or "ignore", got "reload"; use one of them'],
  ])("refuses %j", (props, message) => {
    if (props !== undefined) {
      expect(make(props)).toThrow(`[stack/Nat] ${message}`);
      return;
    }
    const { stack } = awsNetwork();
    expect(() => new SelfHostedNatInstance(stack, "Nat", undefined as never)).toThrow(`[stack/Nat] ${message}`);
  });

  it.each(["10.0.0.4", "10.0.0.254"])("may have the address %s, at the edge of its subnet", (privateIp) => {
    expect(make({ privateIp })).not.toThrow();
  });
});

describe("the routes of a host", () => {
  it("lead to its interface", () => {
    const { stack, nat } = host();
    nat.addRoute("Route", { routeTableId: "rtb-1" });
    expect(resourcesOf(stack, "aws_route")).toEqual({
      "aws_route.Nat_Route_EECDC467": {
        route_table_id: "rtb-1",
        destination_cidr_block: "0.0.0.0/0",
        network_interface_id: `\${${NIC}.id}`,
      },
    });
  });

  it("can lead to a host that was made elsewhere, and nothing else can", () => {
    const { stack, vpc, workers } = awsNetwork();
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Old", { networkInterfaceId: "eni-1", vpc });
    nat.addRoute("Route", { routeTableId: "rtb-1" });
    expect(nat.networkInterfaceId).toBe("eni-1");
    expect(nat.provider).toBeUndefined();
    expect(nat.dependables).toHaveLength(1);
    expect(awsCounts(stack)).toEqual({ aws_route: 1 });
    expect(Object.values(resourcesOf(stack, "aws_route"))[0]).toMatchObject({ network_interface_id: "eni-1" });
    const entry = { nat, source: SnatSource.subnet(workers), eips: [] };
    expect(() => new SnatEntry(stack, "Out", entry as never)).toThrow(
      "[stack/Out] nat: must be the SelfHostedNatInstance itself: its rules are written where its machine is made, got " +
        '"AdoptedNatInstance"; put the entry into the app that makes the NAT',
    );
  });

  it.each([
    [undefined, "attributes: must be an object, got undefined; pass the props that the documentation lists"],
    [
      {},
      "networkInterfaceId: must be the id of a network interface, got undefined; pass it as text, or as the attribute of a resource",
    ],
    [
      { networkInterfaceId: "eni-1", vpc: 1 },
      "vpc: must be a VPC with an id and a cidrBlock, got 1; pass the VPC resource",
    ],
    [
      { networkInterfaceId: "eni-1", provider: 1 },
      "provider: must be a provider of the stack, got 1; pass the provider construct itself",
    ],
  ])("cannot lead to %j", (attributes, message) => {
    const { stack } = awsNetwork();
    expect(() => SelfHostedNatInstance.fromAttributes(stack, "Old", attributes as never)).toThrow(
      `[stack/Old] ${message}`,
    );
  });
});
