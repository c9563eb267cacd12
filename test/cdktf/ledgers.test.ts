import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import { Instance } from "cdktf-nat/alicloud/bindings/instance";
import { NatLedger } from "../../lib/cdktf/nat-ledger";
import { parseDnatRule, type DnatRuleProps } from "../../lib/cdktf/parse-dnat-rule";
import { RouteLedger } from "../../lib/cdktf/route-ledger";
import { deferrable } from "../../lib/cdktf/when-known";
import { Deferred } from "../../lib/core/deferred";
import { Ipv4Address, Ipv4Cidr } from "../../lib/core/ipv4";

const ADDRESS = { id: "stack/Nat/Web", ip: Ipv4Address.parse("203.0.113.7") };

const rule = (props: Partial<DnatRuleProps>, id = "stack/In") =>
  parseDnatRule(id, ADDRESS, { protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4", ...props });

describe("the rule of a DNAT entry", () => {
  it("has ports, the private ones by default those of the public side", () => {
    const { ports, ...rest } = rule({ publicPort: "10/20" });
    expect(ports!.toString()).toBe("10-20 to 10-20");
    expect(rest).toEqual({
      id: "stack/In",
      address: ADDRESS,
      protocol: "tcp",
      privateIp: Ipv4Address.parse("10.0.1.4"),
      allowFrom: [],
      removePortLimits: false,
    });
  });

  it("has none under Any Port", () => {
    expect(rule({ protocol: "any", publicPort: undefined })).not.toHaveProperty("ports");
  });

  it("carries what is known at deploy time only", () => {
    const { privateIp, allowFrom } = rule({ privateIp: "${var.ip}", allowFrom: ["${var.a}", "198.51.100.0/24"] });
    expect(privateIp).toEqual(Deferred.of("${var.ip}"));
    expect(allowFrom).toEqual([Deferred.of("${var.a}"), Ipv4Cidr.parse("198.51.100.0/24")]);
  });

  it("names the first prop that is wrong", () => {
    expect(() => rule({ protocol: "x", publicPort: 0, privateIp: "x" })).toThrow(
      'protocol: must be "tcp", "udp" or "any", got "x"; use one of them',
    );
  });
});

describe("the ledger of a NAT", () => {
  function ledger() {
    const stack = new TerraformStack(Testing.app(), "stack");
    const nat = new Construct(stack, "Nat");
    return { stack, nat, table: new NatLedger(nat, { maxDnatEntries: 2, uniqueBackends: true }) };
  }

  it("reports each mistake at the construct that made it, and those of the whole at the NAT", () => {
    const { stack, nat, table } = ledger();
    const entries = ["A", "B", "C"].map((id) => new Construct(stack, id));
    for (const entry of entries) table.addDnatRule(entry, rule({}, entry.node.path));
    expect(nat.node.validate()).toEqual([
      "dnatEntries: must be at most 2 in one NAT, got 3; use fewer or a further NAT; if the quota was raised, say so in limits.dnatEntries",
    ]);
    expect(entries[0]!.node.validate()).toEqual([]);
    expect(entries[2]!.node.validate()).toEqual([
      'publicPort: DNAT entry "stack/A" takes tcp 443 of EIP "stack/Nat/Web" already, got "443"; use other ports or another EIP',
      'privatePort: DNAT entry "stack/A" forwards to tcp 443 of 10.0.1.4 already, got "443"; let the backend listen on further ports, one for each entry',
    ]);
  });

  it("looks again after a change", () => {
    const { stack, table } = ledger();
    const [one, two] = [new Construct(stack, "A"), new Construct(stack, "B")];
    table.addDnatRule(one, rule({}, "stack/A"));
    expect(one.node.validate()).toEqual([]);
    const before = table.table();
    expect(table.table()).toBe(before);
    table.addDnatRule(two, rule({}, "stack/B"));
    expect(table.table()).not.toBe(before);
    expect(two.node.validate()).toHaveLength(2);
  });

  it("takes two reads of one attribute for one value", () => {
    const { stack, table } = ledger();
    const host = new Instance(stack, "Host", {});
    for (const id of ["A", "B"]) {
      const cidr = deferrable(`${host.privateIp}/32`, (text) => Ipv4Cidr.parse(text));
      const snat = {
        id: `stack/${id}`,
        source: { kind: "host", cidr, networkId: host.id },
        addresses: [ADDRESS],
        eipAffinity: false,
      } as const;
      table.addSnatRule(new Construct(stack, id), snat);
    }
    table.addDnatRule(
      new Construct(stack, "C"),
      rule({ privateIp: host.privateIp, allowFrom: [host.privateIp] }, "stack/C"),
    );
    const { snat, dnat } = table.table();
    expect(snat.map(({ source }) => [String(source.cidr), source.networkId])).toEqual([
      ["${alicloud_instance.Host.private_ip}/32", "${alicloud_instance.Host.id}"],
      ["${alicloud_instance.Host.private_ip}/32", "${alicloud_instance.Host.id}"],
    ]);
    expect([dnat[0]!.privateIp, ...dnat[0]!.allowFrom].map(String)).toEqual([
      "${alicloud_instance.Host.private_ip}",
      "${alicloud_instance.Host.private_ip}",
    ]);
  });

  it("knows the addresses that no rule uses", () => {
    const { nat, table } = ledger();
    table.addAddress(ADDRESS);
    table.addAddress({ ...ADDRESS, id: "stack/Nat/Other" });
    expect(nat.node.validate()).toEqual([
      'eips: 203.0.113.7 is already the address of EIP "stack/Nat/Web", got "stack/Nat/Other"; use "stack/Nat/Web" in both places',
    ]);
  });
});

describe("the ledger of routes", () => {
  function routes() {
    const stack = new TerraformStack(Testing.app(), "stack");
    const subnets: Ipv4Cidr[] = [];
    const ledger = new RouteLedger(stack, {
      reserved: [Ipv4Cidr.parse("100.64.0.0/10")],
      subnets: () => subnets,
      words: { subnet: "subnet", network: "VPC" },
    });
    const add = (id: string, table: string, cidr: string) => {
      const route = new Construct(stack, id);
      ledger.add(route, table, cidr);
      return route.node;
    };
    return { add, subnets };
  }

  it("refuses a destination that is malformed or kept by the cloud", () => {
    const { add } = routes();
    expect(() => add("A", "t", "10.0.0.1/24")).toThrow(
      'destinationCidr: host bits must be zero, got "10.0.0.1/24"; use "10.0.0.0/24"',
    );
    expect(() => add("B", "t", "100.64.0.0/10")).toThrow(
      'destinationCidr: must not lie inside 100.64.0.0/10, which the cloud keeps for itself, got "100.64.0.0/10"; ' +
        "route other destinations, the cloud reaches its own services without the NAT",
    );
  });

  it("reports the second route of a destination, and one inside a subnet that is named later", () => {
    const { add, subnets } = routes();
    const nodes = [
      add("A", "t", "10.0.0.0/24"),
      add("B", "t", "10.0.0.0/24"),
      add("C", "u", "10.0.0.0/24"),
      add("D", "t", "${var.x}"),
    ];
    expect(nodes.map((node) => node.validate())).toEqual([
      [],
      [
        'destinationCidr: is routed by "stack/A" already, in the same route table, got "10.0.0.0/24"; take one of the two routes out',
      ],
      [],
      [],
    ]);
    subnets.push(Ipv4Cidr.parse("10.0.0.0/16"));
    expect(nodes[2]!.validate()).toEqual([
      'destinationCidr: must not equal, nor lie inside, the block 10.0.0.0/16 of a subnet of the VPC, got "10.0.0.0/24"; route a block outside it, or one that contains it',
    ]);
  });
});
