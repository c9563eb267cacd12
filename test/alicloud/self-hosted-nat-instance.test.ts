import { TerraformVariable } from "cdktf";
import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import {
  AlicloudProvider,
  DnatEntry,
  type INat,
  InternetNatGateway,
  SelfHostedNatInstance,
  type SelfHostedNatInstanceProps,
  SharedBandwidth,
  SnatEntry,
  type SnatEntryProps,
  SnatSource,
} from "cdktf-nat/alicloud";
import { counts, mistakes, network, resolved, resources, resourcesOf, synth, warnings } from "../support/stacks";

const MACHINE = "alicloud_instance.Nat_74B082C8";
const NIC = "alicloud_ecs_network_interface.Nat_NetworkInterface_25E0A500";
const GROUP = "alicloud_security_group.Nat_SecurityGroup_5BE013B8";
const TRIGGER = "terraform_data.Nat_Configuration_B4CAF3B3";
const IMAGE = "Nat_Image_9D922362";
const TEXT = "Nat_UserData_6B081D46";
const EGRESS = "alicloud_security_group_rule.Nat_SecurityGroup_egress-all--1--1-2461562b_CA0E2980";
const PING = "alicloud_security_group_rule.Nat_SecurityGroup_icmp--1--1-2461562b_6B8478A0";

/** The block of a machine made with the least props. */
const LEAST_MACHINE = {
  instance_name: "stack-Nat",
  instance_type: "ecs.c7.large",
  image_id: `\${data.alicloud_images.${IMAGE}.images[0].id}`,
  network_interface_id: `\${${NIC}.id}`,
  system_disk_category: "cloud_essd",
  system_disk_size: 20,
  http_endpoint: "enabled",
  http_tokens: "required",
  maintenance_action: "AutoRecover",
  user_data: `\${base64gzip(local.${TEXT})}`,
  lifecycle: { ignore_changes: ["image_id", "user_data"], replace_triggered_by: [TRIGGER] },
  depends_on: [EGRESS],
};

const LEAST_NIC = {
  vswitch_id: "${alicloud_vswitch.NatVswitch.id}",
  network_interface_name: "stack-Nat",
  private_ip_addresses: [],
  security_group_ids: [`\${${GROUP}.id}`],
  source_dest_check: false,
  delete_on_release: false,
};

const RULE = {
  security_group_id: `\${${GROUP}.id}`,
  nic_type: "intranet",
  policy: "accept",
  priority: 1,
};

/** A network with a host `Nat` in it that has no EIP. */
function bareHost(props: Partial<SelfHostedNatInstanceProps> = {}) {
  const net = network();
  const nat = new SelfHostedNatInstance(net.stack, "Nat", { vpc: net.vpc, vswitch: net.natVswitch, ...props });
  return { ...net, nat };
}

const EXISTING = { allocationId: "eip-1", publicIp: "203.0.113.7" };
const FURTHER = { allocationId: "eip-2", publicIp: "203.0.113.8" };

/** A host with a private address that is known, and two EIPs that exist already: everything is known at synth. */
function host(props: Partial<SelfHostedNatInstanceProps> = {}) {
  const bare = bareHost({ privateIp: "10.0.0.10", ...props });
  const egress = bare.nat.addEip("Egress", { existing: EXISTING });
  const web = bare.nat.addEip("Web", { existing: FURTHER, privateIp: "10.0.0.11" });
  return { ...bare, egress, web };
}

/** The text that the machine gets, references in it as Terraform reads them. */
function text(stack: Parameters<typeof synth>[0]): string {
  const locals = synth(stack).locals as Record<string, string>;
  return locals[TEXT]!.replace(/([$%])\1\{/g, "$1{");
}

/** A cloud-config that does not compress well. */
function noise(lines: number): string {
  const numbers = Array.from({ length: lines }, (_, n) => Math.abs(Math.sin(n)).toString(36).slice(2));
  return `#cloud-config\nbootcmd:\n  - |\n    ${numbers.join("\n    ")}\n`;
}

/** Makes the host out of whatever a user of JavaScript passes. */
function make(props: unknown): () => SelfHostedNatInstance {
  const { stack, vpc, natVswitch } = network();
  const given = { vpc, vswitch: natVswitch, ...(props as object) } as SelfHostedNatInstanceProps;
  return () => new SelfHostedNatInstance(stack, "Nat", given);
}

/** The rules of the NAT's security group, without the ping and the way out, by protocol, ports and block. */
function letIn(stack: Parameters<typeof synth>[0]): readonly string[] {
  return Object.entries(resourcesOf(stack, "alicloud_security_group_rule"))
    .filter(([address]) => address.includes("Nat_SecurityGroup_") && address !== EGRESS && address !== PING)
    .map(([, { ip_protocol, port_range, cidr_ip, ...rest }]) => {
      expect(rest).toEqual({ ...RULE, type: "ingress" });
      return [ip_protocol, port_range, cidr_ip].join(" ");
    })
    .sort();
}

describe("a SelfHostedNatInstance", () => {
  it("is one machine, its interface, its security group, the image and the record of its configuration", () => {
    const { stack } = bareHost();
    const all = resources(stack);
    expect(all[MACHINE]).toEqual(LEAST_MACHINE);
    expect(all[NIC]).toEqual(LEAST_NIC);
    expect(all[GROUP]).toEqual({ vpc_id: "${alicloud_vpc.Vpc.id}", security_group_name: "stack-Nat" });
    expect(all[TRIGGER]).toEqual({ input: { user_data: `\${sha256(local.${TEXT})}` } });
    expect(all[EGRESS]).toEqual({
      ...RULE,
      ...{ type: "egress", ip_protocol: "all", port_range: "-1/-1", cidr_ip: "0.0.0.0/0" },
    });
    expect(all[PING]).toEqual({
      ...RULE,
      ...{ type: "ingress", ip_protocol: "icmp", port_range: "-1/-1", cidr_ip: "0.0.0.0/0" },
    });
    expect((synth(stack).data as Record<string, unknown>).alicloud_images).toEqual({
      [IMAGE]: { owners: "system", name_regex: "^aliyun_3_x64_20G_alibase_", most_recent: true },
    });
    expect(counts(stack)).toEqual({
      alicloud_instance: 1,
      alicloud_ecs_network_interface: 1,
      alicloud_security_group: 1,
      alicloud_security_group_rule: 2,
      terraform_data: 1,
    });
  });

  it("takes every prop", () => {
    const { stack, vpc, natVswitch, workers } = network();
    const provider = new AlicloudProvider(stack, "Second", { region: "cn-beijing", alias: "second" });
    const nat = new SelfHostedNatInstance(stack, "Nat", {
      vpc,
      vswitch: natVswitch,
      instanceType: "ecs.g8y.large",
      imageId: "m-1",
      keyName: "ops",
      securityGroupIds: ["sg-9"],
      systemDiskCategory: "cloud_auto",
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
      resourceGroupId: "rg-1",
      name: "my-nat_1",
      tags: { team: "network" },
      provider,
      dependsOn: [workers],
    });
    nat.addEip("Egress");
    const all = resources(stack);
    const common = { provider: "alicloud.second", resource_group_id: "rg-1", tags: { team: "network" } };
    const depends_on = ["alicloud_vswitch.Workers"];
    const { image_id, ...machine } = LEAST_MACHINE;
    expect(image_id).toContain("data.");
    expect(all[MACHINE]).toEqual({
      ...machine,
      ...common,
      instance_name: "my-nat_1",
      instance_type: "ecs.g8y.large",
      image_id: "m-1",
      key_name: "ops",
      system_disk_category: "cloud_auto",
      system_disk_size: 40,
      depends_on: [
        "alicloud_vswitch.Workers",
        expect.stringContaining("egress-all"),
        "alicloud_eip_association.Nat_Egress_Association_5DE19D5C",
      ],
    });
    expect(all[NIC]).toEqual({
      ...LEAST_NIC,
      ...common,
      network_interface_name: "my-nat_1",
      primary_ip_address: "10.0.0.10",
      security_group_ids: [`\${${GROUP}.id}`, "sg-9"],
      depends_on,
    });
    expect(all[GROUP]).toEqual({
      ...common,
      vpc_id: "${alicloud_vpc.Vpc.id}",
      security_group_name: "my-nat_1",
      depends_on,
    });
    expect(all["alicloud_eip_address.Nat_Egress_C6E47A31"]).toMatchObject(common);
    expect(all[TRIGGER]).toEqual({ input: { user_data: `\${sha256(local.${TEXT})}`, image_id: "m-1" } });
    expect(synth(stack).data).toBeUndefined();
    const rules = Object.values(resourcesOf(stack, "alicloud_security_group_rule"));
    expect(rules.map((rule) => [rule.provider, rule.type, rule.ip_protocol, rule.port_range, rule.cidr_ip])).toEqual([
      ["alicloud.second", "ingress", "all", "-1/-1", "10.0.1.0/24"],
      ["alicloud.second", "egress", "all", "-1/-1", "0.0.0.0/0"],
      ["alicloud.second", "ingress", "tcp", "22/22", "198.51.100.0/24"],
    ]);
    expect(text(stack)).toContain("echo ${X}");
  });

  it("says where it is", () => {
    const { stack, nat } = bareHost();
    expect(nat.natKind).toBe("alicloud:host");
    expect(resolved(stack, [nat.instanceId, nat.networkInterfaceId, nat.securityGroupId, nat.privateIp])).toEqual([
      `\${${MACHINE}.id}`,
      `\${${NIC}.id}`,
      `\${${GROUP}.id}`,
      `\${${NIC}.primary_ip_address}`,
    ]);
    expect(bareHost({ privateIp: "10.0.0.10" }).nat.privateIp).toBe("10.0.0.10");
    expect(host().nat.publicIps).toEqual(["203.0.113.7", "203.0.113.8"]);
  });

  it.each([
    ["ecs.c7.large", "x64"],
    ["ecs.g7ne.large", "x64"],
    ["ecs.r8i.large", "x64"],
    ["ecs.re7p.large", "x64"],
    ["ecs.u1-c1m2.large", "x64"],
    ["ecs.c6r.large", "arm64"],
    ["ecs.g8y.large", "arm64"],
    ["ecs.ebmc6r.16xlarge", "arm64"],
  ])("of type %s gets the vendor's image for %s", (instanceType, architecture) => {
    const data = synth(bareHost({ instanceType }).stack).data as Record<string, Record<string, unknown>>;
    expect(data.alicloud_images![IMAGE]).toEqual({
      ...{ owners: "system", name_regex: `^aliyun_3_${architecture}_20G_alibase_`, most_recent: true },
    });
  });

  it('changes nothing by itself under onChange "ignore", and warns', () => {
    const { stack } = host({ onChange: "ignore" });
    expect(resources(stack)[MACHINE]!.lifecycle).toEqual({ ignore_changes: ["image_id", "user_data"] });
    expect(Object.keys(resources(stack))).not.toContain(TRIGGER);
    expect(warnings(stack)).toEqual([
      '[stack/Nat] onChange: "ignore" leaves the machine as it is when entries, EIPs or options change; they have no ' +
        "effect until the machine is replaced by hand (terraform apply -replace)",
    ]);
  });

  it("passes tokens on untouched", () => {
    const { stack, vpc, natVswitch } = network();
    const token = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
    new SelfHostedNatInstance(stack, "Nat", {
      ...{ vpc, vswitch: natVswitch, instanceType: token, imageId: token, privateIp: token, name: token },
      ...{ sshFrom: [token], clientCidrs: ["${var.raw}"], securityGroupIds: [token] },
    });
    expect(resources(stack)[MACHINE]).toMatchObject({
      ...{ instance_type: "${var.text}", image_id: "${var.text}", instance_name: "${var.text}" },
    });
    expect(resources(stack)[NIC]).toMatchObject({
      ...{ primary_ip_address: "${var.text}", security_group_ids: [`\${${GROUP}.id}`, "${var.text}"] },
    });
    expect(letIn(stack)).toEqual(["all -1/-1 ${var.raw}", "tcp 22/22 ${var.text}"]);
    expect(text(stack)).toContain("ip saddr ${var.raw} goto from_clients");
  });

  it("warns where nothing can pass", () => {
    expect(warnings(bareHost().stack)).toEqual([
      "[stack/Nat] addEip: the host has no EIP, so nothing goes out or in through it; add one with addEip",
    ]);
  });

  it("warns of what may surprise on the host", () => {
    const { stack, nat, workers, egress, web } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress, web] });
    expect(warnings(stack)).toContain(
      "[stack/Nat] an SNAT entry with several addresses and without affinity may give a flow another address when its " +
        'state is lost, so that it does not survive; use affinity, one address, or onStateLoss "reset"',
    );
  });

  it("stands in for a gateway wherever a NAT is asked for", () => {
    const { stack, vpc, natVswitch, workers } = network();
    const managed = Object.keys(stack).length < 0;
    const nat: INat = managed
      ? new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch })
      : new SelfHostedNatInstance(stack, "Nat", { vpc, vswitch: natVswitch });
    const eip = nat.addEip("Egress");
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [eip] });
    expect(counts(stack).alicloud_snat_entry).toBeUndefined();
  });
});

describe("the EIPs of a host", () => {
  it("are bound to the interface: one to its primary address, each further one to the address that it names", () => {
    const { stack, nat } = bareHost();
    nat.addEip("Web", { privateIp: "10.0.0.11" });
    nat.addEip("Egress", { existing: EXISTING });
    nat.addEip("Batch", { existing: FURTHER, privateIp: "${var.ip}" });
    const bindings = resourcesOf(stack, "alicloud_eip_association");
    const binding = { instance_id: `\${${NIC}.id}`, instance_type: "NetworkInterface", mode: "NAT" };
    expect(Object.values(bindings)).toEqual([
      { ...binding, allocation_id: "eip-2", private_ip_address: "${var.ip}" },
      { ...binding, allocation_id: "eip-1", private_ip_address: `\${${NIC}.primary_ip_address}` },
      { ...binding, allocation_id: "${alicloud_eip_address.Nat_Web_AA62074C.id}", private_ip_address: "10.0.0.11" },
    ]);
    expect(resources(stack)[NIC]!.private_ip_addresses).toEqual(["10.0.0.11", "${var.ip}"]);
  });

  it("may name the primary address itself", () => {
    const { stack, nat } = bareHost({ privateIp: "10.0.0.10" });
    nat.addEip("Egress", { existing: EXISTING, privateIp: "10.0.0.10" });
    expect(resources(stack)[NIC]!.private_ip_addresses).toEqual([]);
    expect(() => nat.addEip("Web")).toThrow('"Egress" is bound to the interface\'s primary address');
  });

  it("stand before the machine, so that its first boot finds the way out open", () => {
    const { stack, nat } = bareHost();
    const sharedBandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 5 });
    nat.addEip("Egress", { sharedBandwidth });
    expect(resources(stack)[MACHINE]!.depends_on).toEqual([
      EGRESS,
      "alicloud_eip_association.Nat_Egress_Association_5DE19D5C",
      "alicloud_common_bandwidth_package_attachment.Nat_Egress_BandwidthAttachment_D2B17CC4",
    ]);
  });

  it.each([
    [
      {},
      "privateIp: must be given: \"Egress\" is bound to the interface's primary address, got undefined; name an address of the NAT's vSwitch that nothing else has",
    ],
    [
      { privateIp: "10.0.0.10" },
      'privateIp: must be given: "Egress" is bound to the interface\'s primary address, got "10.0.0.10"; name an address of the NAT\'s vSwitch that nothing else has',
    ],
    [
      { privateIp: "10.0.1.1" },
      'privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s vSwitch, got "10.0.1.1"; use an address of 10.0.0.0/24',
    ],
    [
      { privateIp: "10.0.0.0" },
      'privateIp: must not be the first nor one of the last three of 10.0.0.0/24, got "10.0.0.0"; use one of those between',
    ],
    [
      { privateIp: "10.0.0.253" },
      'privateIp: must not be the first nor one of the last three of 10.0.0.0/24, got "10.0.0.253"; use one of those between',
    ],
    [
      { privateIp: "10.0.0" },
      'privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "10.0.0"; use one such as "10.0.1.10"',
    ],
  ])("refuse %j", (props, message) => {
    const { nat } = host();
    expect(() => nat.addEip("Third", props)).toThrow(`[stack/Nat/Third] ${message}`);
  });

  it.each(["10.0.0.1", "10.0.0.252"])("take %s, at the edge of what the cloud leaves", (privateIp) => {
    expect(() => host().nat.addEip("Third", { privateIp })).not.toThrow();
  });

  it("refuse a private address twice, at synth", () => {
    const { app, nat } = host();
    nat.addEip("Third", { privateIp: "10.0.0.11" });
    expect(mistakes(app)).toEqual([
      '[stack/Nat] eips: EIP "stack/Nat/Web" has this private address already, got "10.0.0.11"; give each its own',
    ]);
  });

  it("have the Terraform addresses that they have under a gateway, and so have bandwidths and routes", () => {
    function addressesUnder(make: (net: ReturnType<typeof network>) => INat): readonly string[] {
      const net = network();
      const nat = make(net);
      const sharedBandwidth = new SharedBandwidth(net.stack, "Bandwidth", { bandwidthMbps: 5 });
      nat.addEip("Egress", { sharedBandwidth });
      nat.addEip("Web", { privateIp: "10.0.0.11" });
      nat.addRoute("Route", { routeTableId: "vtb-1" });
      const types = ["alicloud_eip_address", "alicloud_eip_association", "alicloud_route_entry"];
      return Object.keys(resourcesOf(net.stack, ...types, "alicloud_common_bandwidth_package_attachment"));
    }
    const host = addressesUnder(
      ({ stack, vpc, natVswitch }) => new SelfHostedNatInstance(stack, "Nat", { vpc, vswitch: natVswitch }),
    );
    expect(host).toHaveLength(6);
    expect(host).toEqual(
      addressesUnder(
        ({ stack, vpc, natVswitch }) => new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch }),
      ),
    );
  });
});

describe("the entries of a host", () => {
  it("make no resource but the rules of security groups", () => {
    const { stack, nat, workers, egress, web } = host();
    const before = Object.keys(resources(stack));
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    new DnatEntry(stack, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    const added = Object.keys(resources(stack)).filter((address) => !before.includes(address));
    expect(added.map((address) => address.split(".")[0])).toEqual([
      "alicloud_security_group_rule",
      "alicloud_security_group_rule",
    ]);
    expect(letIn(stack)).toEqual(["all -1/-1 10.0.1.0/24", "tcp 443/443 0.0.0.0/0"]);
  });

  it("let in what they say, each rule once", () => {
    const { stack, nat, vpc, egress, web } = host();
    const any = nat.addEip("Any", { privateIp: "10.0.0.12" });
    new SnatEntry(stack, "Whole", { nat, source: SnatSource.vpc(vpc), eips: [egress] });
    new SnatEntry(stack, "One", { nat, source: SnatSource.host("10.0.1.7"), eips: [egress] });
    new DnatEntry(stack, "A", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    new DnatEntry(stack, "B", { nat, eip: egress, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.11" });
    new DnatEntry(stack, "C", {
      ...{ nat, eip: web, protocol: "udp", publicPort: "7000-7010", privatePort: "8000-8010", privateIp: "10.0.1.12" },
      allowFrom: ["198.51.100.0/24", "203.0.113.0/24"],
    });
    new DnatEntry(stack, "D", { nat, eip: any, protocol: "any", privateIp: "10.0.1.13", allowFrom: ["192.0.2.0/24"] });
    expect(letIn(stack)).toEqual([
      "all -1/-1 10.0.0.0/16",
      "all -1/-1 10.0.1.13/32",
      "all -1/-1 10.0.1.7/32",
      "all -1/-1 192.0.2.0/24",
      "tcp 443/443 0.0.0.0/0",
      "udp 7000/7010 198.51.100.0/24",
      "udp 7000/7010 203.0.113.0/24",
    ]);
  });

  it("let no machine in by themselves where clientCidrs says who may send", () => {
    const { stack, nat, workers, egress } = host({ clientCidrs: ["10.0.1.0/25"] });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    expect(letIn(stack)).toEqual(["all -1/-1 10.0.1.0/25"]);
  });

  it("write the backend's rule where its security group is named", () => {
    const { stack, nat, web } = host();
    new DnatEntry(stack, "In", {
      ...{ nat, eip: web, protocol: "tcp", publicPort: 443, privatePort: 8443, privateIp: "10.0.1.10" },
      ...{ backendSecurityGroupId: "sg-1", allowFrom: ["198.51.100.0/24"] },
    });
    const rules = Object.values(resourcesOf(stack, "alicloud_security_group_rule"));
    expect(rules.filter((rule) => rule.security_group_id === "sg-1")).toEqual([
      {
        ...RULE,
        ...{ type: "ingress", security_group_id: "sg-1", ip_protocol: "tcp", port_range: "8443/8443" },
        cidr_ip: "198.51.100.0/24",
      },
    ]);
  });

  it("reach the machine as what renderHost makes of them", () => {
    const { stack, nat, workers, egress, web } = host({
      idleTimeoutSeconds: 350,
      untranslatedCidrs: ["172.16.0.0/12"],
    });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
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

  it("are written with references where only deploy time knows a value", () => {
    const { stack, nat } = bareHost();
    const eip = nat.addEip("Egress");
    const token = new TerraformVariable(stack, "ip", { type: "string" }).stringValue;
    new DnatEntry(stack, "In", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: token });
    const written = text(stack);
    expect(written).toContain(`\${${NIC}.primary_ip_address} . 443 : \${var.ip},`);
    expect(written).toContain("${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address} . 443 : ${var.ip},");
    expect(written).not.toContain("TfToken");
    expect(written).not.toContain("cdktf-nat.0");
  });

  it("give the same text in whatever order the app names them", () => {
    function written(order: readonly number[]): string {
      const { stack, nat, vpc } = bareHost({ privateIp: "10.0.0.10" });
      const eips = new Map(
        order.map((n) => {
          const existing = { allocationId: `eip-${n}`, publicIp: `203.0.113.${n}` };
          return [n, nat.addEip(`Eip${n}`, { existing, privateIp: `10.0.0.2${n}` })];
        }),
      );
      const sources = [SnatSource.vpc(vpc), SnatSource.host("10.0.1.1"), SnatSource.cidr("10.0.1.0/24")];
      for (const n of order) {
        const eip = eips.get(n)!;
        new SnatEntry(stack, `Out${n}`, { nat, source: sources[n]!, eips: [eip] });
        new DnatEntry(stack, `In${n}`, { nat, eip, protocol: "tcp", publicPort: 80 + n, privateIp: `10.0.1.${n + 1}` });
      }
      return text(stack);
    }
    expect(written([2, 0, 1])).toBe(written([0, 1, 2]));
  });

  it("wait for what they are told to wait for: the machine does", () => {
    const { stack, nat, workers, egress, web } = host();
    const source = SnatSource.cidr("10.0.1.0/24");
    new SnatEntry(stack, "Out", { nat, source, eips: [egress], dependsOn: [workers] });
    new DnatEntry(stack, "In", {
      ...{ nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10", dependsOn: [workers] },
    });
    expect(resources(stack)[MACHINE]!.depends_on).toEqual([
      EGRESS,
      "alicloud_eip_association.Nat_Egress_Association_5DE19D5C",
      "alicloud_eip_association.Nat_Web_Association_5ACEC31D",
      "alicloud_vswitch.Workers",
    ]);
  });

  it.each([
    ["preserve", 28_000],
    ["random", 55_000],
  ] as const)("know how many connections fit, where ports are chosen by %s", (portAllocation, connections) => {
    const { stack, nat, workers, egress, web } = host({ portAllocation, onStateLoss: "reset" });
    const out = new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress, web] });
    expect(out.maxConnectionsPerDestination).toBe(2 * connections);
  });

  it("may share a backend's port, and take any public port beside SNAT, which a gateway does not let them", () => {
    const { app, stack, nat, workers, egress, web } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    new DnatEntry(stack, "A", { nat, eip: egress, protocol: "tcp", publicPort: 8443, privateIp: "10.0.1.10" });
    new DnatEntry(stack, "B", { nat, eip: web, protocol: "tcp", publicPort: 8443, privateIp: "10.0.1.10" });
    expect(mistakes(app)).toEqual([]);
  });
});

describe("the mistakes of a host", () => {
  it("are listed together, each at its own path, whatever the text was to be", () => {
    const { app, stack, nat, workers, egress, web } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    new SnatEntry(stack, "Same", { nat, source: SnatSource.cidr("10.0.1.0/24"), eips: [egress] });
    new DnatEntry(stack, "A", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    new DnatEntry(stack, "B", { nat, eip: web, protocol: "tcp", publicPort: "400-500", privateIp: "10.0.1.11" });
    expect(mistakes(app)).toEqual([
      '[stack/Same] source: SNAT entry "stack/Out" has the same block, one of the two by its vSwitch, got "10.0.1.0/24"; keep one of the two and give it all addresses',
      expect.stringMatching(/^\[stack\/B\] publicPort: /),
    ]);
  });

  it("name what the firewall cannot express, with references as a reader knows them", () => {
    const { app, stack, nat } = bareHost({ firewall: "firewalld" });
    const egress = nat.addEip("Egress");
    nat.addEip("Web", { privateIp: "10.0.0.11" });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.cidr("10.0.1.0/24"), eips: [egress] });
    expect(mistakes(app)).toEqual([
      `[stack/Nat] eips: firewalld cannot choose the address for SNAT, got ["\${${NIC}.primary_ip_address}"]; ` +
        'use one address (EIP) for all entries, or use firewall "nftables" or "iptables"',
    ]);
  });

  it("tell how many entries fit in the user data, and warn before", () => {
    /** Entries with nothing in common, which do not compress well, beside text that leaves little room for them. */
    function withEntries(count: number) {
      const made = host({ extraUserData: noise(2000) });
      const { stack, nat, web } = made;
      for (let n = 0; n < count; n++) {
        const publicPort = 1 + ((n * 48_271) % 65_521);
        const privateIp = `10.0.${(n * 7919) % 251}.${1 + ((n * 104_729) % 249)}`;
        new DnatEntry(stack, `In${n}`, { nat, eip: web, protocol: "tcp", publicPort, privateIp });
      }
      return made;
    }
    expect(warnings(withEntries(10).stack)).toEqual([]);
    const [mistake, ...others] = mistakes(withEntries(1500).app);
    expect(others).toEqual([]);
    const form =
      /^\[stack\/Nat\] entries: about (\d+) of these entries fit in the 32768 bytes of user data that the cloud takes, got "1500 entries, \d+ bytes, compressed"; use ranges of ports, fewer entries, or a further NAT$/;
    const fitting = Number(form.exec(mistake!)?.[1]);
    expect(mistakes(withEntries(Math.ceil(fitting * 1.03)).app)).toHaveLength(1);
    expect(warnings(withEntries(Math.floor(fitting * 0.97)).stack)).toEqual([
      expect.stringMatching(
        /^\[stack\/Nat\] entries: the rules take about \d+ of the 32768 bytes of user data that the cloud takes; plan for a further NAT, or use ranges of ports$/,
      ),
    ]);
  }, 60_000);

  it.each([
    [
      "a: [\n",
      'must be YAML: Flow sequence in block collection must be sufficiently indented and end with a ] at line 3, column 1:, got "#cloud-config\\na: [\\n"; correct it',
    ],
    [
      "- a\n",
      'must be a cloud-config, got "#cloud-config\\n- a\\n"; begin it with "#cloud-config" on a line of its own, and then a YAML mapping',
    ],
  ])("tell when the extra user data is %j", (text, message) => {
    const { app } = host({ extraUserData: `#cloud-config\n${text}` });
    expect(mistakes(app)).toEqual([`[stack/Nat] extraUserData: ${message}`]);
  });

  it("tell when the extra user data alone is too much", () => {
    const { app } = host({ extraUserData: noise(5000) });
    expect(mistakes(app)).toEqual([
      expect.stringMatching(
        /^\[stack\/Nat\] extraUserData: must leave room for the rules in the 32768 bytes of user data that the cloud takes, got "\d+ bytes, compressed"; shorten it$/,
      ),
    ]);
  });

  it.each([
    [undefined, "[stack/Nat] props: must be an object, got undefined; pass the props that the documentation lists"],
    [{ vpc: {} }, "[stack/Nat] vpc: must be a VPC with an id and a cidrBlock, got {}; pass the VPC resource"],
    [
      { instanceType: "c7.large" },
      '[stack/Nat] instanceType: must be an ECS instance type, got "c7.large"; use a form like "ecs.c7.large"',
    ],
    [
      { instanceType: "${var.t}" },
      '[stack/Nat] instanceType: must be known at synth, where the image is chosen by it, got "${var.t}"; write it out, or name the imageId',
    ],
    [
      { imageId: "" },
      '[stack/Nat] imageId: must be the id of an image, got ""; pass it as text, or as the attribute of a resource',
    ],
    [{ keyName: 1 }, "[stack/Nat] keyName: must be text, got 1; put it in quotes, or leave it out"],
    [
      { securityGroupIds: "sg-1" },
      '[stack/Nat] securityGroupIds: must be a list known at synth, got "sg-1"; write the list out; its elements may be references',
    ],
    [
      { securityGroupIds: [1] },
      "[stack/Nat] securityGroupIds[0]: must be the id of a security group, got 1; pass it as text, or as the attribute of a resource",
    ],
    [
      { systemDiskSizeGib: 19 },
      "[stack/Nat] systemDiskSizeGib: must be a whole number of GiB from 20 to 2048, got 19; use 20 or more",
    ],
    [
      { systemDiskSizeGib: 2049 },
      "[stack/Nat] systemDiskSizeGib: must be a whole number of GiB from 20 to 2048, got 2049; use 2048 or less",
    ],
    [
      { privateIp: "10.0.1.1" },
      '[stack/Nat] privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s vSwitch, got "10.0.1.1"; use an address of 10.0.0.0/24',
    ],
    [{ clientCidrs: "10.0.0.0/8" }, '[stack/Nat] clientCidrs: must be a list, got "10.0.0.0/8"; use [ ... ]'],
    [
      { clientCidrs: [] },
      "[stack/Nat] clientCidrs: must not be empty, got []; leave it out for the SNAT sources and Any Port backends",
    ],
    [{ sshFrom: ["1.2.3.4/24"] }, '[stack/Nat] sshFrom[0]: host bits must be zero, got "1.2.3.4/24"; use "1.2.3.0/24"'],
    [{ untranslatedCidrs: {} }, "[stack/Nat] untranslatedCidrs: must be a list, got {}; use [ ... ]"],
    [
      { firewall: "ufw" },
      '[stack/Nat] firewall: must be "nftables", "iptables" or "firewalld", got "ufw"; use one of them',
    ],
    [{ icmpReply: "yes" }, '[stack/Nat] icmpReply: must be true or false, got "yes"; use one of them, or leave it out'],
    [{ onChange: "reload" }, '[stack/Nat] onChange: must be "replace" or "ignore", got "reload"; use one of them'],
    [
      { extraUserData: "#!/bin/sh\n" },
      '[stack/Nat] extraUserData: must be a cloud-config, known at synth, got "#!/bin/sh\\n"; begin it with "#cloud-config" on a line of its own; values in it may be references',
    ],
    [
      { vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: "${var.blocks}" } },
      '[stack/Nat] vpc.secondaryCidrBlocks: must be a list known at synth, got "${var.blocks}"; write the list out; its elements may be references',
    ],
  ])("refuse %j", (props, message) => {
    if (props !== undefined) {
      expect(make(props)).toThrow(message);
      return;
    }
    const { stack } = network();
    expect(() => new SelfHostedNatInstance(stack, "Nat", undefined as never)).toThrow(message);
  });
});

describe("the routes of a host", () => {
  it("lead to its interface, those of the system table too", () => {
    const { stack, vpc, nat } = host();
    nat.addRoute("Route", { routeTableId: vpc.routeTableId });
    expect(Object.values(resourcesOf(stack, "alicloud_route_entry"))).toEqual([
      {
        route_table_id: "${alicloud_vpc.Vpc.route_table_id}",
        destination_cidrblock: "0.0.0.0/0",
        nexthop_type: "NetworkInterface",
        nexthop_id: `\${${NIC}.id}`,
        name: "stack-Nat-Route",
      },
    ]);
  });

  it("cannot lie inside a vSwitch that the app names", () => {
    const { app, stack, nat, workers, egress } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    nat.addRoute("Own", { routeTableId: "vtb-1", destinationCidr: "10.0.0.0/25" });
    nat.addRoute("Theirs", { routeTableId: "vtb-1", destinationCidr: "10.0.1.0/24" });
    expect(mistakes(app).map((mistake) => mistake.split(":")[0])).toEqual([
      "[stack/Nat/Own] destinationCidr",
      "[stack/Nat/Theirs] destinationCidr",
    ]);
  });
});

describe("the alarms of a host", () => {
  it("watch the machine's CPU and each EIP's bandwidth", () => {
    const { stack, nat } = host();
    nat.addAlarms("Alarms", { contactGroups: ["ops"], newConnections: 70 });
    nat.addEip("Later", { privateIp: "10.0.0.12", existing: { allocationId: "eip-3", publicIp: "203.0.113.9" } });
    const alarm = {
      ...{ contact_groups: ["ops"], period: 60 },
      escalations_critical: { comparison_operator: ">", statistics: "Value", threshold: "80", times: 3 },
    };
    const bandwidth = (id: string, eip: string) => ({
      ...{ ...alarm, name: `stack-Nat-Alarms-Bandwidth-${eip}` },
      ...{ project: "acs_vpc_eip", metric: "net_out.rate_percentage" },
      metric_dimensions: `\${jsonencode([{"instanceId" = "${id}"}])}`,
    });
    expect(resourcesOf(stack, "alicloud_cms_alarm")).toEqual({
      "alicloud_cms_alarm.Nat_Alarms_Cpu_798B5A96": {
        ...{ ...alarm, name: "stack-Nat-Alarms-Cpu", project: "acs_ecs_dashboard", metric: "CPUUtilization" },
        metric_dimensions: `\${jsonencode([{"instanceId" = ${MACHINE}.id}])}`,
        escalations_critical: { ...alarm.escalations_critical, statistics: "Average", threshold: "70" },
      },
      "alicloud_cms_alarm.Nat_Alarms_Bandwidth-Egress_F8F87A19": bandwidth("eip-1", "Egress"),
      "alicloud_cms_alarm.Nat_Alarms_Bandwidth-Web_30C97432": bandwidth("eip-2", "Web"),
      "alicloud_cms_alarm.Nat_Alarms_Bandwidth-Later_CF928D46": bandwidth("eip-3", "Later"),
    });
    expect(warnings(stack)).toEqual([]);
  });

  it("warn where a threshold is given for what the cloud has no metric of", () => {
    const { stack, nat } = host();
    nat.addAlarms("Alarms", { contactGroups: ["ops"], connections: 50, hostDown: 3, portAllocationErrors: false });
    expect(warnings(stack)).toEqual([
      "[stack/Nat/Alarms] connections: this kind of NAT has no metric for it; no alarm is made",
    ]);
  });

  /** What tells of a machine that is down. */
  const hostDown = {
    rule_name: "stack-Nat-Alarms-HostDown",
    status: "ENABLED",
    silence_time: 300,
    event_pattern: {
      product: "ecs",
      event_type_list: ["Exception", "Maintenance"],
      level_list: ["CRITICAL"],
      name_list: [
        "Instance:InstanceFailure.Reboot:Executing",
        "Instance:SystemFailure.Reboot:Executing",
        "Instance:SystemFailure.Reboot:Failed",
        "Instance:SystemFailure.Redeploy:Executing",
        "Instance:SystemFailure.Stop:Executing",
        "Instance:SystemMaintenance.Reboot:Executing",
        "Instance:SystemMaintenance.Redeploy:Executing",
        "Instance:SystemMaintenance.Stop:Executing",
      ],
      sql_filter: `\${${MACHINE}.id}`,
    },
  };

  it("tell every contact group when the machine goes down", () => {
    const { stack, nat } = host();
    nat.addAlarms("Alarms", { contactGroups: ["ops", "night"] });
    expect(Object.values(resourcesOf(stack, "alicloud_cms_event_rule"))).toEqual([
      {
        ...hostDown,
        contact_parameters: [
          { contact_parameters_id: "1", contact_group_name: "ops", level: "3" },
          { contact_parameters_id: "2", contact_group_name: "night", level: "3" },
        ],
      },
    ]);
  });

  it("tell contact groups that are known at deploy only", () => {
    const { stack, nat } = host();
    const groups = new TerraformVariable(stack, "groups", {}).listValue;
    nat.addAlarms("Alarms", { contactGroups: groups });
    const each = "${each.value}";
    expect(Object.values(resourcesOf(stack, "alicloud_cms_event_rule"))).toEqual([
      {
        ...hostDown,
        dynamic: {
          contact_parameters: {
            for_each: "${toset(var.groups)}",
            iterator: "each",
            content: { contact_parameters_id: each, contact_group_name: each, level: "3" },
          },
        },
      },
    ]);
  });

  it("leave a machine that is down unreported where hostDown is false", () => {
    const { stack, nat } = host();
    nat.addAlarms("Alarms", { contactGroups: ["ops"], hostDown: false });
    expect(resourcesOf(stack, "alicloud_cms_event_rule")).toEqual({});
  });
});

describe("what waits for a host", () => {
  it("waits for the machine, its rules, its EIPs and its routes", () => {
    const { stack, nat, web } = host();
    new DnatEntry(stack, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    nat.addRoute("Route", { routeTableId: "vtb-1" });
    expect(nat.dependables.map(({ fqn }) => resolved(stack, fqn))).toEqual([
      `\${${MACHINE}}`,
      `\${${EGRESS}}`,
      `\${${PING}}`,
      expect.stringContaining("tcp-443-443"),
      "${alicloud_eip_association.Nat_Egress_Association_5DE19D5C}",
      "${alicloud_eip_association.Nat_Web_Association_5ACEC31D}",
      "${alicloud_route_entry.Nat_Route_EECDC467}",
    ]);
  });
});

describe("a host made elsewhere", () => {
  const attributes = (vpc: { id: string; cidrBlock: string }) => ({ networkInterfaceId: "eni-1", vpc });

  it("takes routes, each an alicloud_route_entry to its interface", () => {
    const { stack, vpc, workers } = network();
    const provider = new AlicloudProvider(stack, "Second", { region: "cn-beijing", alias: "second" });
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Nat", { ...attributes(vpc), provider });
    nat.addRoute("Route", { routeTableId: "vtb-1", destinationCidr: "203.0.113.0/24", dependsOn: [workers] });
    expect(Object.values(resourcesOf(stack, "alicloud_route_entry"))).toEqual([
      {
        provider: "alicloud.second",
        route_table_id: "vtb-1",
        destination_cidrblock: "203.0.113.0/24",
        nexthop_type: "NetworkInterface",
        nexthop_id: "eni-1",
        name: "stack-Nat-Route",
        depends_on: ["alicloud_vswitch.Workers"],
      },
    ]);
    expect(counts(stack)).toEqual({ alicloud_route_entry: 1 });
    expect(nat.networkInterfaceId).toBe("eni-1");
    expect(nat.dependables.map(({ fqn }) => resolved(stack, fqn))).toEqual([
      "${alicloud_route_entry.Nat_Route_EECDC467}",
    ]);
  });

  it("takes no entries", () => {
    const { stack, vpc } = network();
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Nat", attributes(vpc));
    // @ts-expect-error it is no NAT that takes entries
    const props: SnatEntryProps = { nat, source: SnatSource.vpc(vpc), eips: [] };
    expect(() => new SnatEntry(stack, "Out", props)).toThrow(
      '[stack/Out] nat: must be an InternetNatGateway or a SelfHostedNatInstance, got "AdoptedNatInstance"; pass the NAT construct itself',
    );
  });

  it.each([
    [undefined, "attributes: must be an object, got undefined; pass the props that the documentation lists"],
    [
      { networkInterfaceId: "" },
      'networkInterfaceId: must be the id of a network interface, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { networkInterfaceId: "eni-1" },
      "vpc: must be a VPC with an id and a cidrBlock, got undefined; pass the VPC resource",
    ],
  ])("refuses %j", (given, message) => {
    const { stack } = network();
    expect(() => SelfHostedNatInstance.fromAttributes(stack, "Nat", given as never)).toThrow(`[stack/Nat] ${message}`);
  });

  it("refuses an id that is taken", () => {
    const { stack, vpc } = network();
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Nat", attributes(vpc));
    nat.addRoute("Route", { routeTableId: "vtb-1" });
    expect(() => nat.addRoute("Route", { routeTableId: "vtb-2" })).toThrow(
      '[stack/Nat/Route] id: is taken by another child of "stack/Nat", got "Route"; choose another id',
    );
  });
});
