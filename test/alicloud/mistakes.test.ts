// What only the whole NAT table of a gateway shows, as app.synth() says it. What one prop alone shows throws in the
// constructor: see the tests of each construct.
import { type TerraformStack, TerraformVariable } from "cdktf";
import {
  AlicloudProvider,
  DnatEntry,
  type DnatEntryProps,
  type EipProps,
  InternetNatGateway,
  type InternetNatGatewayProps,
  type IVpc,
  SnatEntry,
  type SnatEntryProps,
  SnatSource,
} from "cdktf-nat/alicloud";
import { EipAddress } from "cdktf-nat/alicloud/bindings/eip-address";
import { Instance } from "cdktf-nat/alicloud/bindings/instance";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import { gateway, mistakes, network, synth, writtenFiles } from "../support/stacks";

type Fixture = ReturnType<typeof gateway>;

function dnat({ stack, nat, web }: Fixture, id: string, props: Partial<DnatEntryProps>): void {
  const common = { nat, eip: web, protocol: "tcp", privateIp: "10.0.1.4" };
  new DnatEntry(stack, id, { ...common, ...props } as DnatEntryProps);
}

function snat({ stack, nat, egress }: Fixture, id: string, props: Partial<SnatEntryProps>): void {
  new SnatEntry(stack, id, { nat, source: SnatSource.cidr("10.0.9.0/24"), eips: [egress], ...props });
}

/** What `app.synth()` says of a gateway with what `build` adds to it. */
function mistakesOf(
  build: (fixture: Fixture) => void,
  props: Partial<InternetNatGatewayProps> = {},
): readonly string[] {
  const fixture = gateway(props);
  build(fixture);
  return mistakes(fixture.app);
}

const ANY = { protocol: "any" } as const;

describe("public ports of one EIP", () => {
  const taken = (id: string, other: string, ports: string, given: string, protocol = "tcp") =>
    `[stack/${id}] publicPort: DNAT entry "stack/${other}" takes ${protocol} ${ports} of EIP "stack/Nat/Web" already, ` +
    `got "${given}"; use other ports or another EIP`;

  it.each([
    [443, 443, "443", "443"],
    ["100-200", 200, "100-200", "200"],
    ["100-200", 100, "100-200", "100"],
    ["100-200", "50-100", "100-200", "50-100"],
    ["100-200", "200-300", "100-200", "200-300"],
    [150, "100-200", "150", "100-200"],
  ])("%j and %j overlap", (one, other, ports, given) => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { publicPort: one });
        dnat(fixture, "B", { publicPort: other, privateIp: "10.0.1.5" });
      }),
    ).toEqual([taken("B", "A", ports, given)]);
  });

  it.each([
    ["100-200", 201],
    ["100-200", 99],
  ])("%j and %j lie side by side", (one, other) => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { publicPort: one });
        dnat(fixture, "B", { publicPort: other });
      }),
    ).toEqual([]);
  });

  it("are apart by protocol and by EIP", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { publicPort: 443 });
        dnat(fixture, "B", { publicPort: 443, protocol: "udp" });
        dnat(fixture, "C", { publicPort: 443, eip: fixture.egress, privateIp: "10.0.1.5" });
      }),
    ).toEqual([]);
  });

  it("clash under udp as under tcp", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { publicPort: 53, protocol: "udp" });
        dnat(fixture, "B", { publicPort: 53, protocol: "udp", privateIp: "10.0.1.5" });
      }),
    ).toEqual([taken("B", "A", "53", "53", "udp")]);
  });
});

describe("Any Port", () => {
  const whole = (id: string, by: string) =>
    `[stack/${id}] eip: Any Port takes the whole EIP, which serves ${by} already, got "stack/Nat/Web"; use another EIP for one of the two`;

  it("can't share its EIP with another DNAT entry, whichever comes first", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { publicPort: 443 });
        dnat(fixture, "B", { ...ANY, privateIp: "10.0.1.5" });
      }),
    ).toEqual([whole("B", 'DNAT entry "stack/A"')]);
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "B", { ...ANY, privateIp: "10.0.1.5" });
        dnat(fixture, "A", { publicPort: 443 });
      }),
    ).toEqual([
      '[stack/A] eip: Any Port of DNAT entry "stack/B" takes the whole EIP, got "stack/Nat/Web"; use another EIP for one of the two',
    ]);
  });

  it("can't share its EIP with another Any Port, nor with an SNAT entry", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { ...ANY });
        dnat(fixture, "B", { ...ANY, privateIp: "10.0.1.5" });
      }),
    ).toEqual([whole("B", 'DNAT entry "stack/A"')]);
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { ...ANY });
        snat(fixture, "B", { eips: [fixture.web] });
      }),
    ).toEqual([whole("A", 'SNAT entry "stack/B"')]);
  });

  it("can't point to one private IP from two EIPs", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { ...ANY });
        dnat(fixture, "B", { ...ANY, eip: fixture.egress });
      }),
    ).toEqual([
      '[stack/B] privateIp: DNAT entry "stack/A" maps Any Port to it already, got "10.0.1.4"; use another address of the backend, or protocol and ports',
    ]);
  });

  it("has an EIP of its own beside everything else", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { ...ANY });
        dnat(fixture, "B", { eip: fixture.egress, publicPort: 443, privateIp: "10.0.1.5" });
        snat(fixture, "C", {});
      }),
    ).toEqual([]);
  });
});

describe("a backend", () => {
  const forwards = (id: string, what: string, given: string) =>
    `[stack/${id}] privatePort: DNAT entry "stack/A" forwards to ${what} already, got "${given}"; let the backend listen on further ports, one for each entry`;

  it("can be reached at one private port by one entry only, whatever the EIP", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { publicPort: 80 });
        dnat(fixture, "B", { publicPort: 8080, privatePort: 80, removePortLimits: true });
        dnat(fixture, "C", { publicPort: 80, eip: fixture.egress });
        dnat(fixture, "D", { publicPort: 80, protocol: "udp" });
        dnat(fixture, "E", { publicPort: 81, privatePort: 80, privateIp: "10.0.1.5" });
      }),
    ).toEqual([forwards("B", "tcp 80 of 10.0.1.4", "80"), forwards("C", "tcp 80 of 10.0.1.4", "80")]);
  });

  it.each([
    ["20-30", "30-40", true],
    ["20-30", "31-41", false],
  ])("%s and %s clash: %s", (one, other, clash) => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { publicPort: "100-110", privatePort: one });
        dnat(fixture, "B", { publicPort: "200-210", privatePort: other });
      }),
    ).toEqual(clash ? [forwards("B", "tcp 20-30 of 10.0.1.4", "30-40")] : []);
  });

  it("is one and the same by two reads of one attribute, and not guessed by two references", () => {
    expect(
      mistakesOf((fixture) => {
        const host = new Instance(fixture.stack, "Host", {});
        const other = new Instance(fixture.stack, "Other", {});
        dnat(fixture, "A", { publicPort: 80, privateIp: host.privateIp });
        dnat(fixture, "B", { publicPort: 81, privatePort: 80, privateIp: host.privateIp });
        dnat(fixture, "C", { publicPort: 82, privatePort: 80, privateIp: other.privateIp });
        dnat(fixture, "D", { publicPort: 83, privatePort: 80, privateIp: "10.0.1.9" });
      }),
    ).toEqual([forwards("B", "tcp 80 of ${alicloud_instance.Host.private_ip}", "80")]);
  });

  const outside = (id: string, ip: string) =>
    `[stack/${id}] privateIp: must lie in the VPC 10.0.0.0/16, got "${ip}"; use an address of the VPC`;

  it("lies in the VPC: its first and last address do, those beside them don't", () => {
    expect(
      mistakesOf((fixture) => {
        ["10.0.0.0", "10.0.255.255", "9.255.255.255", "10.1.0.0"].forEach((privateIp, place) => {
          dnat(fixture, `In${place}`, { publicPort: 80 + place, privateIp });
        });
      }),
    ).toEqual([outside("In2", "9.255.255.255"), outside("In3", "10.1.0.0")]);
  });

  it("is not guessed to lie outside where it, or the VPC, is known at deploy time only", () => {
    const build = (fixture: Fixture) => {
      dnat(fixture, "A", { publicPort: 80, privateIp: "172.16.0.1" });
      snat(fixture, "B", { source: SnatSource.cidr("172.16.0.0/24") });
    };
    for (const vpc of [
      { id: "vpc-1", cidrBlock: "${var.block}" },
      { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: ["${var.block}"] },
      { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: ["172.16.0.0/16"] },
    ]) {
      expect(mistakesOf(build, { vpc })).toEqual([]);
    }
    expect(mistakesOf((fixture) => dnat(fixture, "A", { publicPort: 80, privateIp: "${var.ip}" }))).toEqual([]);
  });
});

describe("the blocks of a VPC", () => {
  const vpcs: Record<string, (stack: TerraformStack) => IVpc> = {
    "a token": (stack) => new Vpc(stack, "Other", { cidrBlock: new TerraformVariable(stack, "b", {}).stringValue }),
    "secondary ones, a list token": (stack) =>
      new Vpc(stack, "Other", {
        cidrBlock: "10.0.0.0/16",
        secondaryCidrBlocks: new TerraformVariable(stack, "b", {}).listValue,
      }),
    "secondary ones of a resource": (stack) =>
      new Vpc(stack, "Other", { cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: ["172.16.0.0/16"] }),
    "a list token, in an object": (stack) => ({
      id: "vpc-1",
      cidrBlock: "10.0.0.0/16",
      secondaryCidrBlocks: new TerraformVariable(stack, "b", {}).listValue,
    }),
  };

  it.each(Object.keys(vpcs))("leave a source alone where they are %s", (kind) => {
    const { app, stack, natVswitch } = network();
    const nat = new InternetNatGateway(stack, "Nat", { vpc: vpcs[kind]!(stack), vswitch: natVswitch });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.cidr("172.16.1.0/24"), eips: [nat.addEip("Egress")] });
    expect(mistakes(app)).toEqual([]);
  });

  it("are all named where a source lies in none of them", () => {
    const vpc = { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: ["172.16.0.0/16"] };
    expect(mistakesOf((fixture) => snat(fixture, "A", { source: SnatSource.host("192.168.0.1") }), { vpc })).toEqual([
      '[stack/A] source: must lie in the VPC 10.0.0.0/16, 172.16.0.0/16, got "192.168.0.1/32"; use a source of the VPC',
    ]);
  });
});

describe("the sources of SNAT entries", () => {
  const keep = "keep one of the two and give it all addresses";

  it("can't be given twice, as block or as host", () => {
    expect(
      mistakesOf((fixture) => {
        snat(fixture, "A", { source: SnatSource.cidr("10.0.3.0/24") });
        snat(fixture, "B", { source: SnatSource.cidr("10.0.3.0/24") });
        snat(fixture, "C", { source: SnatSource.host("10.0.3.1") });
        snat(fixture, "D", { source: SnatSource.cidr("10.0.3.1/32") });
        snat(fixture, "E", { source: SnatSource.vpc(fixture.vpc) });
        snat(fixture, "F", { source: SnatSource.cidr("10.0.0.0/16") });
      }),
    ).toEqual([
      `[stack/B] source: SNAT entry "stack/A" has the same source, got "10.0.3.0/24"; ${keep}`,
      `[stack/D] source: SNAT entry "stack/C" has the same source, got "10.0.3.1/32"; ${keep}`,
      `[stack/F] source: SNAT entry "stack/E" has the same source, got "10.0.0.0/16"; ${keep}`,
    ]);
  });

  it("can't be a vSwitch and its block", () => {
    expect(
      mistakesOf((fixture) => {
        snat(fixture, "A", { source: SnatSource.vswitch(fixture.workers) });
        snat(fixture, "B", { source: SnatSource.cidr("10.0.1.0/24") });
      }),
    ).toEqual([
      `[stack/B] source: SNAT entry "stack/A" has the same block, one of the two by its vSwitch, got "10.0.1.0/24"; ${keep}`,
    ]);
  });

  it("can't be one vSwitch twice: by one resource, by its literal id, also where its block is a token", () => {
    const same = (id: string, other: string, given: string) =>
      `[stack/${id}] source: SNAT entry "stack/${other}" is for the same vSwitch, got "${given}"; ${keep}`;
    expect(
      mistakesOf((fixture) => {
        const token = new Vswitch(fixture.stack, "Token", { vpcId: "vpc-1", zoneId: "z", cidrBlock: "${var.block}" });
        snat(fixture, "A", { source: SnatSource.vswitch(fixture.workers) });
        snat(fixture, "B", { source: SnatSource.vswitch(fixture.workers) });
        snat(fixture, "C", { source: SnatSource.vswitch({ id: "vsw-1", cidrBlock: "10.0.4.0/24" }) });
        snat(fixture, "D", { source: SnatSource.vswitch({ id: "vsw-1", cidrBlock: "10.0.5.0/24" }) });
        snat(fixture, "E", { source: SnatSource.vswitch(token) });
        snat(fixture, "F", { source: SnatSource.vswitch(token) });
      }),
    ).toEqual([
      same("B", "A", "${alicloud_vswitch.Workers.id}"),
      same("D", "C", "vsw-1"),
      same("F", "E", "${alicloud_vswitch.Token.id}"),
    ]);
  });

  it("are not guessed to be the same where they are known at deploy time only", () => {
    expect(
      mistakesOf((fixture) => {
        for (const id of ["A", "B"]) {
          const vswitch = new Vswitch(fixture.stack, `Token${id}`, {
            vpcId: "vpc-1",
            zoneId: "z",
            cidrBlock: `\${var.${id}}`,
          });
          snat(fixture, id, { source: SnatSource.vswitch(vswitch) });
          snat(fixture, `Host${id}`, { source: SnatSource.host(new Instance(fixture.stack, `I${id}`, {}).privateIp) });
          snat(fixture, `Cidr${id}`, { source: SnatSource.cidr(`\${var.cidr${id}}`) });
        }
      }),
    ).toEqual([]);
  });

  it("are the same by two reads of one attribute", () => {
    expect(
      mistakesOf((fixture) => {
        const host = new Instance(fixture.stack, "Host", {});
        snat(fixture, "A", { source: SnatSource.host(host.privateIp) });
        snat(fixture, "B", { source: SnatSource.host(host.privateIp) });
      }),
    ).toEqual([
      `[stack/B] source: SNAT entry "stack/A" has the same source, got "\${alicloud_instance.Host.private_ip}/32"; ${keep}`,
    ]);
  });

  it("can nest: the longest prefix wins", () => {
    expect(
      mistakesOf((fixture) => {
        snat(fixture, "A", { source: SnatSource.vpc(fixture.vpc) });
        snat(fixture, "B", { source: SnatSource.vswitch(fixture.workers) });
        snat(fixture, "C", { source: SnatSource.host("10.0.1.9") });
      }),
    ).toEqual([]);
  });

  it.each([
    [SnatSource.cidr("10.1.0.0/24"), "10.1.0.0/24"],
    [SnatSource.cidr("10.0.0.0/15"), "10.0.0.0/15"],
    [SnatSource.host("10.1.0.0"), "10.1.0.0/32"],
  ])("lie in the VPC", (source, given) => {
    expect(mistakesOf((fixture) => snat(fixture, "A", { source }))).toEqual([
      `[stack/A] source: must lie in the VPC 10.0.0.0/16, got "${given}"; use a source of the VPC`,
    ]);
  });

  it("name each EIP once", () => {
    expect(
      mistakesOf((fixture) => snat(fixture, "A", { eips: [fixture.egress, fixture.web, fixture.egress] })),
    ).toEqual([
      '[stack/A] eips: must name each EIP once, got ["stack/Nat/Egress","stack/Nat/Web","stack/Nat/Egress"]; leave out the second "stack/Nat/Egress"',
    ]);
  });
});

describe("a port above 1024 on an EIP that serves SNAT entries too", () => {
  const needed = (id: string, ports: string) =>
    `[stack/${id}] removePortLimits: must be true for publicPort ${ports}: SNAT entry "stack/Out" uses ports from 1025 on ` +
    'of EIP "stack/Nat/Egress", got false; set it, use a port below 1025, or use another EIP';

  it.each([
    [1024, []],
    [1025, [needed("In", "1025")]],
    ["1024-1025", [needed("In", "1024-1025")]],
    ["1-1024", []],
    [65535, [needed("In", "65535")]],
  ])("%j", (publicPort, expected) => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "In", { eip: fixture.egress, publicPort });
        snat(fixture, "Out", {});
      }),
    ).toEqual(expected);
  });

  it("is free with removePortLimits, and on an EIP without SNAT entries", () => {
    expect(
      mistakesOf((fixture) => {
        dnat(fixture, "A", { eip: fixture.egress, publicPort: 8080, removePortLimits: true });
        dnat(fixture, "B", { publicPort: 8081 });
        snat(fixture, "Out", {});
      }),
    ).toEqual([]);
  });
});

describe("the quotas of a gateway", () => {
  const many = (prop: string, quota: string, max: number, count: number) =>
    `[stack/Nat] ${prop}: must be at most ${max} in one NAT, got ${count}; use fewer or a further NAT; if the quota ${quota} was raised, say so in limits.${prop}`;

  function full(counts: { eips?: number; snat?: number; dnat?: number }, limits?: InternetNatGatewayProps["limits"]) {
    return mistakesOf(
      (fixture) => {
        for (let place = 2; place < (counts.eips ?? 2); place += 1) fixture.nat.addEip(`Eip${place}`);
        for (let place = 0; place < (counts.snat ?? 0); place += 1) {
          snat(fixture, `Out${place}`, { source: SnatSource.cidr(`10.0.${place}.0/24`) });
        }
        for (let place = 1; place <= (counts.dnat ?? 0); place += 1) dnat(fixture, `In${place}`, { publicPort: place });
      },
      limits === undefined ? {} : { limits },
    );
  }

  it("are 20 EIPs, 40 SNAT entries and 100 DNAT entries", () => {
    expect(full({ eips: 20, snat: 40, dnat: 100 })).toEqual([]);
  });

  it("are passed by one more of each, all of which is reported", () => {
    expect(full({ eips: 21, snat: 41, dnat: 101 })).toEqual([
      many("eips", "natgw_quota_eip_num_per_nat", 20, 21),
      many("snatEntries", "natgw_quota_snat_entry_num", 40, 41),
      many("dnatEntries", "natgw_quota_dnat_entry_num", 100, 101),
    ]);
  });

  it("can be raised", () => {
    expect(full({ eips: 21, snat: 41, dnat: 101 }, { eips: 21, snatEntries: 41, dnatEntries: 101 })).toEqual([]);
  });
});

describe("one existing EIP, twice on one gateway", () => {
  const existing: EipProps = { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } };

  it("is reported at the second one", () => {
    expect(
      mistakesOf(({ nat }) => {
        nat.addEip("A", existing);
        nat.addEip("B", existing);
      }),
    ).toContain(
      '[stack/Nat/B] existing: is bound by "stack/Nat/A" already, got "203.0.113.7"; use that EIP in the entries, or name another one here',
    );
  });

  it("is reported by its address, where the ids differ", () => {
    expect(
      mistakesOf(({ nat }) => {
        nat.addEip("A", existing);
        nat.addEip("B", { existing: { allocationId: "eip-2", publicIp: "203.0.113.7" } });
      }),
    ).toEqual([
      '[stack/Nat] eips: 203.0.113.7 is already the address of EIP "stack/Nat/A", got "stack/Nat/B"; use "stack/Nat/A" in both places',
    ]);
  });
});

describe("many mistakes at once", () => {
  /** One mistake of each construct, in two stacks' worth of one stack. */
  function build(fixture: Fixture): void {
    const { stack, nat, vpc, natVswitch, workers } = fixture;
    const other = new InternetNatGateway(stack, "Other", { vpc, vswitch: natVswitch, limits: { gatewaysPerVpc: 1 } });
    const bare = new EipAddress(stack, "Bare");
    nat.addEip("Twice", { existing: { allocationId: bare.id, publicIp: bare.ipAddress } });
    other.addEip("Twice", { existing: { allocationId: bare.id, publicIp: bare.ipAddress } });
    snat(fixture, "Out1", { source: SnatSource.vswitch(workers) });
    snat(fixture, "Out2", { source: SnatSource.vswitch(workers) });
    dnat(fixture, "In1", { publicPort: 443 });
    dnat(fixture, "In2", { publicPort: 443, privateIp: "192.168.0.1" });
    dnat(fixture, "In3", { eip: fixture.egress, publicPort: 2000 });
    nat.addRoute("Route1", { routeTableId: vpc.routeTableId });
    other.addRoute("Route2", { routeTableId: vpc.routeTableId, systemTable: "has-default-route" });
    nat.addRoute("Route3", { routeTableId: "vtb-1", destinationCidr: "10.0.1.0/25" });
  }

  const expected = [
    '[stack/Nat/Route1] routeTableId: must not be the VPC\'s system route table for 0.0.0.0/0, which the system adds there by itself with the first gateway of a VPC, got "${alicloud_vpc.Vpc.route_table_id}"; take the route out; use a custom route table; or, where the table had a default route before the gateway came, say systemTable: "has-default-route"',
    '[stack/Nat/Route3] destinationCidr: must not equal, nor lie inside, the block 10.0.1.0/24 of a vSwitch of the VPC, got "10.0.1.0/25"; route a block outside it, or one that contains it',
    '[stack/Other] vpc: can have 1 Internet NAT gateways (quota natgw_quota_nat_num_per_vpc), this is number 2, got "${alicloud_vpc.Vpc.id}"; use fewer gateways, or raise the quota and say so with limits.gatewaysPerVpc',
    '[stack/Other/Twice] existing: is bound by "stack/Nat/Twice" already, got "${alicloud_eip_address.Bare.ip_address}"; use that EIP in the entries, or name another one here',
    '[stack/Other/Route2] destinationCidr: is routed by "stack/Nat/Route1" already, in the same route table, got "0.0.0.0/0"; take one of the two routes out',
    '[stack/Out2] source: SNAT entry "stack/Out1" is for the same vSwitch, got "${alicloud_vswitch.Workers.id}"; keep one of the two and give it all addresses',
    '[stack/In2] publicPort: DNAT entry "stack/In1" takes tcp 443 of EIP "stack/Nat/Web" already, got "443"; use other ports or another EIP',
    '[stack/In2] privateIp: must lie in the VPC 10.0.0.0/16, got "192.168.0.1"; use an address of the VPC',
    '[stack/In3] removePortLimits: must be true for publicPort 2000: SNAT entry "stack/Out1" uses ports from 1025 on of EIP "stack/Nat/Egress", got false; set it, use a port below 1025, or use another EIP',
  ];

  it("are all listed, each with its construct path", () => {
    expect(mistakesOf(build)).toEqual(expected);
  });

  it("are listed by a validated synth of the stack as well, and again by the next one", () => {
    const fixture = gateway();
    build(fixture);
    const messages = [1, 2].map(() => {
      try {
        synth(fixture.stack);
        return "no error";
      } catch (error) {
        return (error as Error).message;
      }
    });
    expect(messages[0]).toBe(messages[1]);
    expect(expected.filter((line) => !messages[0]!.includes(line))).toEqual([]);
  });

  it("leave nothing half-written", () => {
    const { files, error } = writtenFiles((app) => build(gateway({}, { app })));
    expect((error as Error).message).toContain(expected[0]);
    expect(files).toEqual([]);
    expect(writtenFiles((app) => gateway({}, { app }))).toEqual({
      files: ["cdk.tf.json", "manifest.json"],
      error: undefined,
    });
  });
});

describe("a stack without mistakes", () => {
  it("is taken with tokens in every place that takes one", () => {
    const { app, stack, nat, egress, web } = gateway();
    const text = (name: string) => new TerraformVariable(stack, name, {}).stringValue;
    const provider = new AlicloudProvider(stack, "Second", { alias: "second" });
    new SnatEntry(stack, "Vswitch", {
      nat,
      provider,
      source: SnatSource.vswitch({ id: text("a"), cidrBlock: text("b") }),
      eips: [egress],
    });
    new SnatEntry(stack, "Host", { nat, source: SnatSource.host(text("c")), eips: [egress], name: text("d") });
    for (const place of [1, 2]) {
      new DnatEntry(stack, `In${place}`, {
        nat,
        eip: web,
        protocol: "tcp",
        publicPort: place,
        privatePort: 80,
        privateIp: text(`ip${place}`),
        allowFrom: [text(`from${place}`), "198.51.100.0/24"],
        backendSecurityGroupId: text(`group${place}`),
      });
      nat.addRoute(`Route${place}`, { routeTableId: text(`table${place}`), destinationCidr: text(`to${place}`) });
    }
    expect(mistakes(app)).toEqual([]);
  });
});
