import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { TerraformVariable } from "cdktf";
import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import { DnatEntry, type INat, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import { mistakes, resolved, resources, resourcesOf, synth, warnings } from "../support/stacks";
import { bareHost, groupRules, host, hostCounts, MACHINE, network, text } from "./host";

const PORT = "opentelekomcloud_networking_port_v2.Nat_Port_606092B5";
const GROUP = "opentelekomcloud_networking_secgroup_v2.Nat_SecurityGroup_5BE013B8";
const TRIGGER = "terraform_data.Nat_Configuration_B4CAF3B3";
const ADDRESS = "terraform_data.Nat_Port_Address_B0B4AD1D";
const IMAGE = "Nat_Image_9D922362";
const TEXT = "Nat_UserData_6B081D46";
const RULE = "opentelekomcloud_networking_secgroup_rule_v2";
const EGRESS = `${RULE}.Nat_SecurityGroup_egress-all--1--1-94b7fd61_E77476E7`;
const PING = `${RULE}.Nat_SecurityGroup_icmp--1--1-94b7fd61_6CF792C7`;

const DISK = {
  source_type: "image",
  uuid: `\${data.opentelekomcloud_images_image_v2.${IMAGE}.id}`,
  destination_type: "volume",
  volume_type: "SSD",
  volume_size: 20,
  boot_index: 0,
  delete_on_termination: true,
};

/** The block of a machine made with the least props. */
const LEAST_MACHINE = {
  name: "stack-Nat",
  flavor_id: "s3.large.2",
  block_device: [DISK],
  network: [{ port: `\${${PORT}.id}` }],
  auto_recovery: true,
  user_data: `\${base64gzip(local.${TEXT})}`,
  lifecycle: { ignore_changes: ["block_device[0].uuid", "user_data"], replace_triggered_by: [TRIGGER] },
  depends_on: [EGRESS],
};

const LEAST_PORT = {
  name: "stack-Nat",
  network_id: "${opentelekomcloud_vpc_subnet_v1.NatSubnet.id}",
  security_group_ids: [`\${${GROUP}.id}`],
  allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }],
  lifecycle: { replace_triggered_by: [ADDRESS] },
};

/** Makes the host out of whatever a user of JavaScript passes. */
function make(props: unknown): () => SelfHostedNatInstance {
  const { stack, vpc, natSubnet } = network();
  const given = props === undefined ? undefined : { vpc, subnet: natSubnet, ...(props as object) };
  return () => new SelfHostedNatInstance(stack, "Nat", given as never);
}

describe("a SelfHostedNatInstance", () => {
  it("is one machine, its port, its security group, the image and the records of its configuration and address", () => {
    const { stack } = bareHost();
    const all = resources(stack);
    expect(all[MACHINE]).toEqual(LEAST_MACHINE);
    expect(all[PORT]).toEqual(LEAST_PORT);
    expect(all[GROUP]).toEqual({ name: "stack-Nat", delete_default_rules: true });
    expect(all[TRIGGER]).toEqual({ input: { user_data: `\${sha256(local.${TEXT})}` } });
    expect(all[ADDRESS]).toEqual({ input: {} });
    const rule = { security_group_id: `\${${GROUP}.id}`, ethertype: "IPv4", remote_ip_prefix: "0.0.0.0/0" };
    expect(all[EGRESS]).toEqual({ ...rule, direction: "egress" });
    expect(all[PING]).toEqual({ ...rule, direction: "ingress", protocol: "icmp" });
    expect((synth(stack).data as Record<string, unknown>).opentelekomcloud_images_image_v2).toEqual({
      [IMAGE]: { name: "Standard_Ubuntu_24.04_amd64_uefi_latest", most_recent: true, visibility: "public" },
    });
    expect(hostCounts(stack)).toEqual({
      opentelekomcloud_compute_instance_v2: 1,
      opentelekomcloud_networking_port_v2: 1,
      opentelekomcloud_networking_secgroup_v2: 1,
      opentelekomcloud_networking_secgroup_rule_v2: 2,
      terraform_data: 2,
    });
  });

  it("takes every prop", () => {
    const { stack, vpc, natSubnet, workers } = network();
    const provider = new OpentelekomcloudProvider(stack, "Second", { region: "eu-nl", alias: "second" });
    const nat = new SelfHostedNatInstance(stack, "Nat", {
      vpc,
      subnet: natSubnet,
      flavor: "c4.xlarge.2",
      imageId: "image-1",
      keyPair: "ops",
      availabilityZone: "eu-nl-01",
      securityGroupIds: ["group-9"],
      systemDiskType: "SAS",
      systemDiskSizeGib: 40,
      privateIp: "10.0.0.10",
      clientCidrs: ["10.0.1.0/24"],
      untranslatedCidrs: ["172.16.0.0/12"],
      sshFrom: ["198.51.100.0/24"],
      firewall: "iptables",
      onStateLoss: "reset",
      portAllocation: "random",
      idleTimeoutSeconds: 350,
      maxConnections: 100_000,
      icmpReply: false,
      onChange: "replace",
      extraUserData: "#cloud-config\nruncmd:\n  - echo ${X}\n",
      name: "my-nat_1",
      tags: { team: "network" },
      provider,
      dependsOn: [workers],
    });
    nat.addEip("Egress");
    const all = resources(stack);
    const depends_on = ["opentelekomcloud_vpc_subnet_v1.Workers"];
    const common = { provider: "opentelekomcloud.second", name: "my-nat_1" };
    const ASSOCIATION = "opentelekomcloud_networking_floatingip_associate_v2.Nat_Egress_Association_5DE19D5C";
    expect(all[MACHINE]).toEqual({
      ...LEAST_MACHINE,
      ...common,
      flavor_id: "c4.xlarge.2",
      key_pair: "ops",
      availability_zone: "eu-nl-01",
      block_device: [{ ...DISK, uuid: "image-1", volume_type: "SAS", volume_size: 40 }],
      tags: { team: "network" },
      depends_on: [...depends_on, expect.stringContaining("egress-all"), ASSOCIATION],
    });
    expect(all[PORT]).toEqual({
      ...LEAST_PORT,
      ...common,
      fixed_ip: { subnet_id: "${opentelekomcloud_vpc_subnet_v1.NatSubnet.subnet_id}", ip_address: "10.0.0.10" },
      security_group_ids: [`\${${GROUP}.id}`, "group-9"],
      depends_on,
    });
    expect(all[GROUP]).toEqual({ ...common, delete_default_rules: true, depends_on });
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_vpc_eip_v1"))).toEqual([
      expect.objectContaining({ provider: "opentelekomcloud.second", tags: { team: "network" } }),
    ]);
    expect(all[TRIGGER]).toEqual({ input: { user_data: `\${sha256(local.${TEXT})}`, image_id: "image-1" } });
    expect(all[ADDRESS]).toEqual({ input: { private_ip: "10.0.0.10" } });
    expect(synth(stack).data).toBeUndefined();
    expect(groupRules(stack)).toEqual([
      "egress all - 0.0.0.0/0",
      "ingress all - 10.0.1.0/24",
      "ingress tcp 22-22 198.51.100.0/24",
    ]);
    const rules = Object.values(resourcesOf(stack, RULE));
    expect(rules.map((rule) => rule.provider)).toEqual(Array(3).fill("opentelekomcloud.second"));
    expect(text(stack)).toContain("echo ${X}");
  });

  it("says where it is, and what a route table calls it", () => {
    const { stack, nat } = bareHost();
    expect(nat.natKind).toBe("opentelekomcloud:host");
    expect(resolved(stack, [nat.instanceId, nat.portId, nat.securityGroupId, nat.privateIp, nat.nextHop])).toEqual([
      `\${${MACHINE}.id}`,
      `\${${PORT}.id}`,
      `\${${GROUP}.id}`,
      `\${element(${PORT}.all_fixed_ips, 0)}`,
      { type: "ecs", nexthop: `\${${MACHINE}.id}` },
    ]);
    expect(nat.privatePortId).toBeUndefined();
    expect(bareHost({ privateIp: "10.0.0.10" }).nat.privateIp).toBe("10.0.0.10");
    expect(host().nat.publicIps).toEqual(["203.0.113.7", "203.0.113.8"]);
  });

  it('changes nothing by itself under onChange "ignore", and warns', () => {
    const { stack } = host({ onChange: "ignore" });
    expect(resources(stack)[MACHINE]!.lifecycle).toEqual({ ignore_changes: ["block_device[0].uuid", "user_data"] });
    expect(Object.keys(resources(stack))).not.toContain(TRIGGER);
    expect(warnings(stack)).toEqual([expect.stringMatching(/^\[stack\/Nat\] onChange: "ignore" leaves the machine/)]);
  });

  it("keeps idle connections as long as a gateway of the cloud", () => {
    expect(text(bareHost().stack)).toContain("put 900 /proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established");
  });

  it("passes tokens on untouched", () => {
    const { stack, vpc, natSubnet } = network();
    const token = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
    new SelfHostedNatInstance(stack, "Nat", {
      ...{ vpc, subnet: natSubnet, flavor: token, imageId: token, privateIp: token, name: token, keyPair: token },
      ...{ sshFrom: [token], clientCidrs: ["${var.raw}"], securityGroupIds: [token], availabilityZone: token },
      ...{ systemDiskType: token, systemDiskSizeGib: new TerraformVariable(stack, "size", {}).numberValue },
    });
    const all = resources(stack);
    expect(all[MACHINE]).toMatchObject({
      ...{ flavor_id: "${var.text}", name: "${var.text}", key_pair: "${var.text}", availability_zone: "${var.text}" },
      block_device: [{ ...DISK, uuid: "${var.text}", volume_type: "${var.text}", volume_size: "${var.size}" }],
    });
    expect(all[PORT]).toMatchObject({
      fixed_ip: { ip_address: "${var.text}" },
      security_group_ids: [`\${${GROUP}.id}`, "${var.text}"],
    });
    expect(groupRules(stack)).toContain("ingress all - ${var.raw}");
    expect(groupRules(stack)).toContain("ingress tcp 22-22 ${var.text}");
    expect(text(stack)).toContain("ip saddr ${var.raw} goto from_clients");
  });

  it("is a NAT wherever one is asked for", () => {
    const { stack, nat: made, workers } = bareHost();
    const nat: INat = made;
    const eip = nat.addEip("Egress");
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [eip] });
    expect(hostCounts(stack).opentelekomcloud_nat_snat_rule_v2).toBeUndefined();
  });

  it.each([
    [undefined, "props: must be an object, got undefined; pass the props that the documentation lists"],
    [{ vpc: {} }, "vpc: must be a VPC with an id and a cidr, got {}; pass the VPC resource"],
    [{ subnet: {} }, "subnet: must be a subnet with an id and a cidr, got {}; pass the subnet resource"],
    [{ flavor: "s3" }, 'flavor: must be an ECS flavor, got "s3"; use a form like "s3.large.2"'],
    [{ flavor: "s3.large" }, 'flavor: must be an ECS flavor, got "s3.large"; use a form like "s3.large.2"'],
    [{ flavor: 3 }, 'flavor: must be an ECS flavor, got 3; use a form like "s3.large.2"'],
    [
      { imageId: "" },
      'imageId: must be the id of an image, got ""; pass it as text, or as the attribute of a resource',
    ],
    [{ keyPair: 1 }, "keyPair: must be text, got 1; put it in quotes, or leave it out"],
    [{ availabilityZone: 1 }, "availabilityZone: must be text, got 1; put it in quotes, or leave it out"],
    [{ systemDiskType: {} }, "systemDiskType: must be text, got {}; put it in quotes, or leave it out"],
    [{ systemDiskSizeGib: 3 }, "systemDiskSizeGib: must be a whole number of GiB from 4 to 1024, got 3; use 4 or more"],
    [
      { systemDiskSizeGib: 1025 },
      "systemDiskSizeGib: must be a whole number of GiB from 4 to 1024, got 1025; use 1024 or less",
    ],
    [
      { privateIp: "10.0.1.9" },
      'privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s subnet, got "10.0.1.9"; use an address of 10.0.0.0/24',
    ],
    [
      { privateIp: "10.0.0.1" },
      'privateIp: must not be the gateway of the NAT\'s subnet, got "10.0.0.1"; use another of its addresses',
    ],
    [
      { subnet: { id: "n-1", cidr: "10.0.0.0/24" }, privateIp: "10.0.0.10" },
      "subnet.subnetId: must be given where a privateIp is named, got undefined; pass the VpcSubnetV1 itself, or add its subnetId",
    ],
    [
      { subnet: { id: "n-1", cidr: "10.0.0.0/24", subnetId: 1 }, privateIp: "10.0.0.10" },
      "subnet.subnetId: must be the id of an OpenStack subnet, got 1; pass it as text, or as the attribute of a resource",
    ],
    [
      { name: "my nat" },
      'name: must be 1 to 64 letters, digits, "_" and "-", got "my nat"; use a name such as "my-nat-6885c7b4"',
    ],
    [{ onChange: "reload" }, 'onChange: must be "replace" or "ignore", got "reload"; use one of them'],
  ])("refuses %j", (props, message) => {
    expect(make(props)).toThrow(`[stack/Nat] ${message}`);
  });

  it.each([
    { systemDiskSizeGib: 4 },
    { systemDiskSizeGib: 1024 },
    { flavor: "physical.o2.medium" },
    { flavor: "p2s.4xlarge.8" },
    { subnet: { id: "n-1", cidr: "10.0.0.0/24" } },
    { subnet: { id: "n-1", cidr: "10.0.0.0/24", subnetId: "s-1", gatewayIp: "10.0.0.9" }, privateIp: "10.0.0.1" },
    { subnet: { id: "n-1", cidr: "${var.cidr}", subnetId: "s-1" }, privateIp: "10.9.9.9" },
    { subnet: { id: "n-1", cidr: "10.0.0.0/24", subnetId: "s-1", gatewayIp: "${var.gateway}" }, privateIp: "10.0.0.1" },
  ])("takes %j", (props) => {
    expect(make(props)).not.toThrow();
  });
});

describe("the entries of a host", () => {
  it("let in what they say, each rule once", () => {
    const { stack, nat, vpc, egress, web } = host();
    const any = nat.addEip("Any", { privateIp: "10.0.0.12" });
    new SnatEntry(stack, "Whole", { nat, source: SnatSource.vpc(vpc), eips: [egress] });
    new SnatEntry(stack, "Line", { nat, source: SnatSource.directConnect("192.168.0.0/24"), eips: [egress] });
    new DnatEntry(stack, "A", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    new DnatEntry(stack, "B", { nat, eip: egress, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.11" });
    new DnatEntry(stack, "C", {
      ...{ nat, eip: web, protocol: "udp", publicPort: "7000-7010", privatePort: "8000-8010", privateIp: "10.0.1.12" },
      allowFrom: ["198.51.100.0/24"],
    });
    new DnatEntry(stack, "D", { nat, eip: any, protocol: "any", privateIp: "10.0.1.13", allowFrom: ["192.0.2.0/24"] });
    expect(groupRules(stack)).toEqual([
      "egress all - 0.0.0.0/0",
      "ingress all - 10.0.0.0/16",
      "ingress all - 10.0.1.13/32",
      "ingress all - 192.0.2.0/24",
      "ingress all - 192.168.0.0/24",
      "ingress icmp - 0.0.0.0/0",
      "ingress tcp 443-443 0.0.0.0/0",
      "ingress udp 7000-7010 198.51.100.0/24",
    ]);
  });

  it("write the backend's rule where its security group is named", () => {
    const { stack, nat, web } = host();
    new DnatEntry(stack, "In", {
      ...{ nat, eip: web, protocol: "tcp", publicPort: 443, privatePort: 8443, privateIp: "10.0.1.10" },
      ...{ backendSecurityGroupId: "group-1", allowFrom: ["198.51.100.0/24"] },
    });
    const rules = Object.values(resourcesOf(stack, RULE));
    expect(rules.filter((rule) => rule.security_group_id === "group-1")).toEqual([
      {
        ...{ security_group_id: "group-1", direction: "ingress", ethertype: "IPv4", protocol: "tcp" },
        ...{ port_range_min: 8443, port_range_max: 8443, remote_ip_prefix: "198.51.100.0/24" },
      },
    ]);
  });

  it("name their backends by address only", () => {
    const { stack, nat, web } = host();
    const props = { nat, eip: web, protocol: "tcp", publicPort: 443, portId: "port-1" } as const;
    expect(() => new DnatEntry(stack, "In", props)).toThrow(
      '[stack/In] portId: names a backend on a gateway only: the rules of a self-hosted NAT are by address, got "port-1"; name the backend by its privateIp',
    );
  });

  it("reach the machine as what renderHost makes of them", () => {
    const { stack, nat, workers, egress, web } = host({ firewall: "iptables" });
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
    const options = { firewall: "iptables", idleTimeoutSeconds: 900, untranslatedCidrs: ["10.0.0.0/16"] } as const;
    expect(text(stack)).toBe(renderCloudConfig(renderHost(table, options)));
  });

  it("are written with references where only deploy time knows a value", () => {
    const { stack, nat } = bareHost();
    const eip = nat.addEip("Egress");
    new DnatEntry(stack, "In", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    const written = text(stack);
    expect(written).toContain(`\${element(${PORT}.all_fixed_ips, 0)} . 443 : 10.0.1.10,`);
    expect(written).toMatch(/\$\{opentelekomcloud_vpc_eip_v1\.Nat_Egress_\w+\.publicip\[0\]\.ip_address\} \. 443/);
    expect(written).not.toContain("TfToken");
  });

  it.each([
    ["preserve", 28_000],
    ["random", 55_000],
  ] as const)("know how many connections fit, where ports are chosen by %s", (portAllocation, connections) => {
    const { stack, nat, workers, egress, web } = host({ portAllocation, onStateLoss: "reset" });
    const out = new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress, web] });
    expect(out.maxConnectionsPerDestination).toBe(2 * connections);
  });

  it("are checked together, and have room in what the cloud takes of user data", () => {
    const lines = Array.from({ length: 5000 }, (_, n) => Math.abs(Math.sin(n)).toString(36).slice(2));
    const { app } = host({ extraUserData: `#cloud-config\nbootcmd:\n  - |\n    ${lines.join("\n    ")}\n` });
    expect(mistakes(app)).toEqual([
      expect.stringMatching(
        /^\[stack\/Nat\] extraUserData: must leave room for the rules in the 32768 bytes of user data that the cloud takes, got /,
      ),
    ]);
  });
});
