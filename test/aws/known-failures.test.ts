// Failures that NAT instances on AWS are known for, each made impossible here. What the host itself does is proven by
// packets and by a boot: test/lab/faults.test.ts and test/vm/boot.test.ts.
import { DnatEntry, InternetNatGateway, SnatEntry, SnatSource } from "cdktf-nat/aws";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { awsGateway } from "../support/aws-stacks";
import {
  ADDRESSES,
  bareHost,
  GROUP_OF_ONE,
  host,
  letIn,
  MACHINE,
  NIC,
  TEMPLATE,
  text,
  TEXT,
  TRIGGER,
} from "../support/aws-hosts";
import { resources, resourcesOf } from "../support/stacks";

/** A host with an entry each way. */
function withEntries(props: Parameters<typeof host>[0] = {}) {
  const made = host(props);
  const { stack, nat, workers, egress, web } = made;
  new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
  new DnatEntry(stack, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
  return made;
}

/** The body of a function of the script in user data. */
function functionOf(written: string, name: string): string {
  return new RegExp(`^( *)${name}\\(\\) \\{\\n([\\s\\S]*?)\\n\\1\\}$`, "m").exec(written)![2]!.trim();
}

describe("a failure that NAT instances are known for:", () => {
  it("the rules are not loaded, and the boot ends with exit code 0 all the same", () => {
    const written = text(withEntries().stack);
    // Forwarding is switched on after the rules are seen in force, and whatever fails before ends the boot with an error.
    const start = functionOf(written, "start");
    const steps = ["load || fail", "kernel", "is_loaded || fail", "forwarding 1"].map((step) => start.indexOf(step));
    expect(Math.min(...steps)).toBeGreaterThan(0);
    expect(steps).toEqual([...steps].sort((one, other) => one - other));
    expect(functionOf(written, "fail")).toMatch(/forwarding 0[\s\S]*exit 1$/);
  });

  it("the name of the interface is guessed", () => {
    expect(text(withEntries().stack)).not.toMatch(/\b(?:eth|ens|enp|wlan)\d|iifname|oifname/);
  });

  it("a package is installed at boot though the image has the tool", () => {
    const written = text(withEntries().stack);
    expect(written).not.toMatch(/^packages:/m);
    expect(written).not.toMatch(/^package_(?:update|upgrade): true/m);
    expect(functionOf(written, "install")).toMatch(/^if command -v "\$1" >\/dev\/null 2>&1; then\s+return 0\s+fi/);
  });

  it("the interface is still attached to the machine that dies", () => {
    const alone = resources(withEntries().stack)[MACHINE]!;
    // Destroyed before the next one is created, and the provider waits for its end.
    expect(alone.lifecycle).not.toHaveProperty("create_before_destroy");
    const group = resources(withEntries({ recovery: "auto-scaling" }).stack)[GROUP_OF_ONE]!;
    expect(group).toMatchObject({
      instance_maintenance_policy: { min_healthy_percentage: 0, max_healthy_percentage: 100 },
      instance_refresh: { preferences: { min_healthy_percentage: 0, max_healthy_percentage: 100 } },
      max_size: 1,
    });
    expect(group.lifecycle).toBeUndefined();
  });

  it("EIPs are taken by position, so that taking one out moves the others", () => {
    function bindings(ids: readonly number[]) {
      const { stack, nat } = bareHost({ privateIp: "10.0.0.10", instanceType: "t4g.medium" });
      for (const n of ids) nat.addEip(`Eip${n}`, n === 0 ? {} : { privateIp: `10.0.0.1${n}` });
      return resourcesOf(stack, "aws_eip", "aws_eip_association");
    }
    const all = bindings([0, 1, 2, 3]);
    const kept = Object.keys(all).filter((address) => !address.includes("Eip1_"));
    expect(bindings([3, 0, 2])).toEqual(Object.fromEntries(kept.map((address) => [address, all[address]])));
    const blocks = resources(withEntries().stack);
    expect(JSON.stringify(blocks)).not.toMatch(/private_ips_count|"private_ips":\[|private_ip_address_count/);
    expect(blocks[ADDRESSES]).toBeDefined();
  });

  it("a newer image replaces the NAT unasked", () => {
    const all = resources(withEntries().stack);
    expect((all[MACHINE]!.lifecycle as { ignore_changes: string[] }).ignore_changes).toContain("ami");
    expect(Object.keys(all[TRIGGER]!.input as object).sort()).toEqual(["architecture", "user_data"]);
    const group = resources(withEntries({ recovery: "auto-scaling" }).stack);
    expect(group[TEMPLATE]!.image_id).toMatch(/^resolve:ssm:/);
  });

  it("ingress is open to everybody, or closed to the clients", () => {
    expect(letIn(bareHost().stack)).toEqual([]);
    expect(letIn(withEntries().stack)).toEqual(["-1   10.0.1.0/24", "tcp 443 443 0.0.0.0/0"]);
  });

  it.each([
    ["auto-recover", MACHINE],
    ["auto-scaling", TEMPLATE],
  ] as const)("user data is changed and nothing is rolled out, with recovery %s", (recovery, address) => {
    const all = resources(withEntries({ recovery }).stack);
    expect(all[TRIGGER]!.input).toMatchObject({ user_data: `\${sha256(local.${TEXT})}` });
    expect(all[address]!.lifecycle).toMatchObject({ replace_triggered_by: [TRIGGER] });
    if (recovery === "auto-recover") return;
    // By id and number: the provider sees both change, and starts a refresh.
    expect(all[GROUP_OF_ONE]!.launch_template).toEqual({
      id: `\${${TEMPLATE}.id}`,
      version: `\${${TEMPLATE}.latest_version}`,
    });
    expect(all[GROUP_OF_ONE]!.instance_refresh).toBeDefined();
  });

  it("connection tracking is left at the distribution's default", () => {
    const written = text(withEntries().stack);
    expect(written).toMatch(/nf_conntrack_max/);
    expect(written).toMatch(/hashsize/);
    expect(written).toMatch(/nf_conntrack_tcp_timeout_established.*350|350.*nf_conntrack_tcp_timeout_established/);
  });

  it("a zone is added, and every gateway is made anew", () => {
    const made = (zones: readonly string[]) => {
      const { stack, vpc } = awsGateway();
      for (const zone of zones) {
        const cidrBlock = `10.0.${10 + zone.charCodeAt(0) - 97}.0/24`;
        const availabilityZone = `eu-central-1${zone}`;
        const subnet = new Subnet(stack, `Public-${zone}`, { vpcId: vpc.id, cidrBlock, availabilityZone });
        new InternetNatGateway(stack, `Nat-${zone}`, { vpc, subnet });
      }
      return resourcesOf(stack, "aws_nat_gateway", "aws_eip");
    };
    expect(made(["a", "b", "c"])).toMatchObject(made(["c", "a"]));
  });

  it("the same security group rule is made twice, which the API refuses", () => {
    const { stack, nat, workers, egress, web } = host();
    const second = new AwsProvider(stack, "Second", { alias: "second" });
    new SnatEntry(stack, "A", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    new DnatEntry(stack, "B", {
      nat,
      eip: web,
      protocol: "tcp",
      publicPort: 443,
      privateIp: "10.0.1.10",
      provider: second,
    });
    new DnatEntry(stack, "C", { nat, eip: egress, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.11" });
    for (const [id, eip, provider] of [["D", web] as const, ["E", egress, second] as const]) {
      const backend = { privateIp: "10.0.1.12", privatePort: 8080, backendSecurityGroupId: "sg-1" };
      new DnatEntry(stack, id, { nat, eip, protocol: "tcp", publicPort: 80, ...backend, provider });
    }
    const own = { privateIp: "10.0.1.13", backendSecurityGroupId: nat.securityGroupId };
    new DnatEntry(stack, "F", { nat, eip: web, protocol: "tcp", publicPort: 8443, privatePort: 443, ...own });
    const rules = Object.values(resourcesOf(stack, "aws_vpc_security_group_ingress_rule"));
    const what = rules.map(({ security_group_id, ip_protocol, from_port, to_port, cidr_ipv4 }) =>
      JSON.stringify([security_group_id, ip_protocol, from_port, to_port, cidr_ipv4]),
    );
    expect(new Set(what).size).toBe(what.length);
    expect(what).toHaveLength(6);
    expect(resources(stack)[NIC]).toBeDefined();
  });
});
