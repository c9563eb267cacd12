import { TerraformVariable } from "cdktf";
import { AlicloudProvider, DnatEntry, type DnatEntryProps, InternetNatGateway } from "cdktf-nat/alicloud";
import { SecurityGroup } from "cdktf-nat/alicloud/bindings/security-group";
import { type Block, gateway, mistakes, network, resources, resourcesOf } from "../support/stacks";

type Fixture = ReturnType<typeof gateway>;

/** Adds entries of the ports 1, 2, ... to one backend port, each to a machine of its own. */
function entries(fixture: Fixture, ...props: readonly Partial<DnatEntryProps>[]): void {
  const { stack, nat, web } = fixture;
  props.forEach((given, place) => {
    const common = {
      nat,
      eip: web,
      protocol: "tcp",
      publicPort: place + 1,
      privatePort: 80,
      backendSecurityGroupId: "sg-1",
    };
    new DnatEntry(stack, `In${place}`, { ...common, privateIp: `10.0.1.${place + 1}`, ...given } as DnatEntryProps);
  });
}

const rules = ({ stack }: Fixture): Record<string, Block> => resourcesOf(stack, "alicloud_security_group_rule");

const RULE = {
  type: "ingress",
  ip_protocol: "tcp",
  port_range: "80/80",
  cidr_ip: "0.0.0.0/0",
  security_group_id: "sg-1",
  nic_type: "intranet",
  policy: "accept",
  priority: 1,
};

describe("the ingress of a backend's security group", () => {
  it("lets everybody in to the private port", () => {
    const fixture = gateway();
    entries(fixture, {});
    expect(rules(fixture)).toEqual({
      "alicloud_security_group_rule.DnatBackendIngress_tcp-80-80-c7c12e14_5E26EABA": RULE,
    });
  });

  it.each([
    [{ protocol: "udp" }, [{ ...RULE, ip_protocol: "udp" }]],
    [{ publicPort: "10-20", privatePort: "30-40" }, [{ ...RULE, port_range: "30/40" }]],
    [{ publicPort: 8080, privatePort: undefined }, [{ ...RULE, port_range: "8080/8080" }]],
    [
      { protocol: "any", publicPort: undefined, privatePort: undefined },
      [{ ...RULE, ip_protocol: "all", port_range: "-1/-1" }],
    ],
    [
      { allowFrom: ["198.51.100.0/24", "203.0.113.9/32"] },
      [
        { ...RULE, cidr_ip: "198.51.100.0/24" },
        { ...RULE, cidr_ip: "203.0.113.9/32" },
      ],
    ],
    [{ allowFrom: ["${var.block}"] }, [{ ...RULE, cidr_ip: "${var.block}" }]],
  ] as [Partial<DnatEntryProps>, Block[]][])("of an entry with %j is %j", (props, expected) => {
    const fixture = gateway();
    entries(fixture, props);
    const byCidr = (a: Block, b: Block) => String(a.cidr_ip).localeCompare(String(b.cidr_ip));
    expect(Object.values(rules(fixture)).sort(byCidr)).toEqual(expected);
  });

  it("is made once for equal rules of several entries, also where they are named by two reads of one attribute", () => {
    const fixture = gateway();
    const group = new SecurityGroup(fixture.stack, "Group", {});
    const block = new TerraformVariable(fixture.stack, "block", {});
    entries(
      fixture,
      { backendSecurityGroupId: group.id, allowFrom: [block.stringValue] },
      { backendSecurityGroupId: group.id, allowFrom: [block.stringValue, "${var.block}"] },
    );
    expect(Object.values(rules(fixture))).toEqual([
      { ...RULE, security_group_id: "${alicloud_security_group.Group.id}", cidr_ip: "${var.block}" },
    ]);
  });

  it("is made once across two gateways of a stack", () => {
    const fixture = gateway();
    const { stack, vpc, workers } = fixture;
    entries(fixture, {});
    const nat = new InternetNatGateway(stack, "Second", { vpc, vswitch: workers });
    new DnatEntry(stack, "Other", {
      nat,
      eip: nat.addEip("Web"),
      protocol: "tcp",
      publicPort: 80,
      privateIp: "10.0.1.1",
      backendSecurityGroupId: "sg-1",
    });
    expect(Object.values(rules(fixture))).toEqual([RULE]);
  });

  it("keeps its address when one of the entries that want it goes", () => {
    const both = gateway();
    entries(both, {}, {});
    const first = gateway();
    entries(first, {});
    const second = gateway();
    const { stack, nat, web } = second;
    new DnatEntry(stack, "In1", {
      nat,
      eip: web,
      protocol: "tcp",
      publicPort: 2,
      privatePort: 80,
      privateIp: "10.0.1.2",
      backendSecurityGroupId: "sg-1",
    });
    expect(rules(first)).toEqual(rules(both));
    expect(rules(second)).toEqual(rules(both));
  });

  it.each([
    ["groups", {}, { backendSecurityGroupId: "sg-2" }],
    ["ports", {}, { privatePort: 81 }],
    ["protocols", {}, { protocol: "udp" }],
    ["clients", {}, { allowFrom: ["198.51.100.0/24"] }],
    ["clients, known and not", { allowFrom: ["${var.block}"] }, { allowFrom: ["${var.other}"] }],
  ] as [string, Partial<DnatEntryProps>, Partial<DnatEntryProps>][])("is two rules for two %s", (_what, one, other) => {
    const fixture = gateway();
    entries(fixture, one, other);
    expect(Object.keys(rules(fixture))).toHaveLength(2);
  });

  it("is made once for several providers, by that of the first entry: the group is one, whoever asks", () => {
    const fixture = gateway();
    const second = new AlicloudProvider(fixture.stack, "Second", { alias: "second" });
    entries(fixture, { provider: second }, {}, { provider: fixture.provider });
    expect(Object.values(rules(fixture))).toEqual([{ ...RULE, provider: "alicloud.second" }]);
    const others = gateway();
    entries(others, {});
    expect(Object.keys(rules(fixture))).toEqual(Object.keys(rules(others)));
  });

  it("is two rules for two groups of one name in two stacks of an app", () => {
    const { app, stack: owner } = network("owner");
    const foreign = new SecurityGroup(owner, "Group", {});
    const fixture = gateway({}, { app });
    const own = new SecurityGroup(fixture.stack, "Group", {});
    entries(fixture, { backendSecurityGroupId: foreign.id }, { backendSecurityGroupId: own.id });
    expect(mistakes(app)).toEqual([]);
    expect(
      Object.values(rules(fixture))
        .map(({ security_group_id: id }) => id)
        .sort(),
    ).toEqual([
      "${alicloud_security_group.Group.id}",
      "${data.terraform_remote_state.cross-stack-reference-input-owner.outputs.cross-stack-output-alicloud_security_groupGroupid}",
    ]);
  });

  it("is made by no entry without a group", () => {
    const fixture = gateway();
    entries(fixture, { backendSecurityGroupId: undefined });
    expect(rules(fixture)).toEqual({});
  });

  it("is among what others can wait for, once", () => {
    const fixture = gateway();
    entries(fixture, {}, {});
    const { nat, stack } = fixture;
    const addresses = nat.dependables.map(({ fqn }) => fqn);
    expect(new Set(addresses).size).toBe(addresses.length);
    const third = fixture.nat.addEip("Third", { dependsOn: nat.dependables });
    expect(third.nat).toBe(nat);
    expect(resources(stack)["alicloud_eip_association.Nat_Third_Association_D01C8E2F"]!.depends_on).toEqual([
      "alicloud_eip_association.Nat_Egress_Association_5DE19D5C",
      "alicloud_eip_association.Nat_Web_Association_5ACEC31D",
      "alicloud_forward_entry.In0_BBB433CD",
      "alicloud_security_group_rule.DnatBackendIngress_tcp-80-80-c7c12e14_5E26EABA",
      "alicloud_forward_entry.In1_A0E347E4",
    ]);
  });
});
