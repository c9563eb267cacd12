import { Ipv4Cidr } from "../../lib/core/ipv4";
import type { DnatRule, SnatRule } from "../../lib/core/nat-rule";
import { NatTable, type NatTableConstraints } from "../../lib/core/nat-table";
import { address, dnat, snat } from "./rules";

function problems(rules: readonly (SnatRule | DnatRule)[], constraints?: NatTableConstraints): string[] {
  const table = NatTable.fromRules(
    {
      snat: rules.filter((rule): rule is SnatRule => "source" in rule),
      dnat: rules.filter((rule): rule is DnatRule => "privateIp" in rule),
    },
    constraints,
  );
  return table.check().map(({ entry, error }) => `${entry} | ${error.message}`);
}

const WEB = "Web=203.0.113.1";
const OUT = "Out=203.0.113.2";

it("finds nothing in a table without rules, nor in one whose rules agree", () => {
  expect(problems([])).toEqual([]);
  expect(
    problems([
      snat("all", "10.0.0.0/16", [OUT]),
      snat("host", "10.0.0.1/32", [OUT, "More=$more"]),
      dnat("https", WEB, "tcp", 443, "10.0.1.10:8443"),
      dnat("any", "Any=$any", "any", undefined, "10.0.1.12"),
    ]),
  ).toEqual([]);
});

it("computes its answer once, and the answer can't be changed", () => {
  const table = NatTable.fromRules({ snat: [snat("a", "10.0.0.0/8", [OUT, OUT])], dnat: [] });

  expect(table.check()).toBe(table.check());
  expect(Object.isFrozen(table.check()) && Object.isFrozen(table.snat) && Object.isFrozen(table.dnat)).toBe(true);
});

describe("public ports of one address and protocol", () => {
  const taken = (id: string, got: string) =>
    `${id} | publicPort: DNAT entry "a" takes tcp 7000-7010 of EIP "Web" already, got "${got}"; ` +
    "use other ports or another EIP";
  const first = dnat("a", WEB, "tcp", "7000-7010", "10.0.1.10");

  it.each([
    ["6990-6999", false],
    ["6990-7000", true],
    ["7000", true],
    ["7005-7006", true],
    ["7010", true],
    ["6000-8000", true],
    ["7010-7020", true],
    ["7011-7020", false],
  ])("%s beside 7000-7010", (ports, clashes) => {
    expect(problems([first, dnat("b", WEB, "tcp", ports, "10.0.1.11")])).toEqual(clashes ? [taken("b", ports)] : []);
  });

  it("may be taken again under the other protocol or at another address", () => {
    expect(
      problems([first, dnat("b", WEB, "udp", 7000, "10.0.1.11"), dnat("c", OUT, "tcp", 7000, "10.0.1.11")]),
    ).toEqual([]);
  });

  it("clash once for each later entry", () => {
    const others = ["b", "c", "d"].map((id) => dnat(id, WEB, "tcp", 7000, "10.0.1.11"));

    expect(problems([first, ...others])).toEqual([taken("b", "7000"), taken("c", "7000"), taken("d", "7000")]);
  });

  it("clash at an address that is known only at deploy time too", () => {
    expect(problems([dnat("a", "W=$w", "tcp", 1, "$x"), dnat("b", "W=$w", "tcp", 1, "$y")])).toEqual([
      'b | publicPort: DNAT entry "a" takes tcp 1 of EIP "W" already, got "1"; use other ports or another EIP',
    ]);
  });

  it("must be given, but not under Any Port", () => {
    const { ports } = first;

    expect(
      problems([
        dnat("none", WEB, "tcp", undefined, "10.0.1.10"),
        { ...dnat("some", OUT, "any", undefined, "10.0.1.10"), ...(ports && { ports }) },
      ]),
    ).toEqual([
      'none | publicPort: must be given under protocol "tcp", got undefined; give a port, or use protocol "any"',
      'some | publicPort: Any Port takes no port, got "7000-7010"; leave it out, or use protocol "tcp" or "udp"',
    ]);
  });
});

describe("Any Port", () => {
  const fix = 'got "Web"; use another EIP for one of the two';
  const any = dnat("any", WEB, "any", undefined, "10.0.1.12");

  it.each<[string, SnatRule | DnatRule, string[]]>([
    [
      "an SNAT entry",
      snat("out", "10.0.0.0/8", [OUT, WEB]),
      [`any | eip: Any Port takes the whole EIP, which serves SNAT entry "out" already, ${fix}`],
    ],
    [
      "a port",
      dnat("p", WEB, "udp", 53, "10.0.1.1"),
      [`p | eip: Any Port of DNAT entry "any" takes the whole EIP, ${fix}`],
    ],
    [
      "another Any Port",
      dnat("p", WEB, "any", undefined, "10.0.1.1"),
      [`p | eip: Any Port takes the whole EIP, which serves DNAT entry "any" already, ${fix}`],
    ],
    ["an entry at another EIP", dnat("p", OUT, "any", undefined, "10.0.1.1"), []],
  ])("beside %s", (_what, other, expected) => {
    expect(problems([any, other])).toEqual(expected);
  });

  it("after others is what should change, and names the first of them", () => {
    expect(problems([dnat("p", WEB, "tcp", 1, "10.0.1.1"), dnat("q", WEB, "tcp", 2, "10.0.1.1"), any])).toEqual([
      `any | eip: Any Port takes the whole EIP, which serves DNAT entry "p" already, ${fix}`,
    ]);
  });
});

describe("SNAT sources", () => {
  const fix = "keep one of the two and give it all addresses";

  it("are given twice where the blocks are equal", () => {
    expect(
      problems([
        snat("a", "10.0.0.0/24", [OUT]),
        snat("b", "10.0.0.0/24", [WEB], { kind: "vpc" }),
        snat("c", "10.0.0.0/25", [WEB]),
      ]),
    ).toEqual([`b | source: SNAT entry "a" has the same source, got "10.0.0.0/24"; ${fix}`]);
  });

  it("are given twice where one deferred text stands for both, not where the texts differ", () => {
    expect(
      problems([
        snat("a", "$x", [OUT]),
        snat("b", "$x", [OUT]),
        snat("c", "$y", [OUT]),
        snat("d", "10.0.0.0/8", [OUT]),
      ]),
    ).toEqual([`b | source: SNAT entry "a" has the same source, got "$x"; ${fix}`]);
  });

  it.each([
    ["the vSwitch first", { networkId: "vsw-1" }, {}],
    ["the block first", {}, { networkId: "vsw-1" }],
  ])("are given twice as vSwitch and as the same block, %s", (_what, one, other) => {
    expect(problems([snat("a", "10.0.0.0/24", [OUT], one), snat("b", "10.0.0.0/24", [OUT], other)])).toEqual([
      `b | source: SNAT entry "a" has the same block, one of the two by its vSwitch or subnet, ` +
        `got "10.0.0.0/24"; ${fix}`,
    ]);
  });

  it("are one vSwitch, whatever is known of its block", () => {
    const twice = ["10.0.0.0/24", "$cidr", "10.0.1.0/24", "10.0.0.0/24"].map((cidr, n) =>
      snat(`s${n}`, cidr, [OUT], { kind: "subnet", networkId: "vsw-1" }),
    );
    const text = `source: SNAT entry "s0" is for the same vSwitch or subnet, got "vsw-1"; ${fix}`;

    expect(problems(twice)).toEqual(["s1", "s2", "s3"].map((id) => `${id} | ${text}`));
  });

  it("are equal blocks of two vSwitches", () => {
    expect(
      problems([
        snat("a", "10.0.0.0/24", [OUT], { networkId: "vsw-1" }),
        snat("b", "10.0.0.0/24", [OUT], { networkId: "vsw-2" }),
      ]),
    ).toEqual([`b | source: SNAT entry "a" has the same source, got "10.0.0.0/24"; ${fix}`]);
  });

  describe("that must be put in order", () => {
    const text = (other: string) =>
      `source: a block known only at deploy time has no place in the order beside SNAT entry "${other}", got "$x"; ` +
      "write the block as text, or name a host, a vSwitch or subnet, or the whole private network";

    it.each([
      ["before another", [snat("a", "$x", [OUT]), snat("b", "10.0.0.0/8", [OUT])], [`a | ${text("b")}`]],
      ["after another", [snat("a", "10.0.0.0/8", [OUT]), snat("b", "$x", [OUT])], [`b | ${text("a")}`]],
      ["alone", [snat("a", "$x", [OUT])], []],
      [
        "of another kind",
        (["host", "subnet", "vpc"] as const).map((kind) => snat(kind, `$${kind}`, [OUT], { kind })),
        [],
      ],
    ])("a deferred block %s", (_what, rules, expected) => {
      expect(problems(rules, { orderedSources: true })).toEqual(expected);
      expect(problems(rules)).toEqual([]);
    });
  });
});

describe("addresses", () => {
  it("stand once in an SNAT rule", () => {
    expect(problems([snat("a", "10.0.0.0/8", [OUT, WEB, OUT, OUT])])).toEqual([
      'a | eips: must name each EIP once, got ["Out","Web","Out","Out"]; leave out the second "Out"',
    ]);
  });

  it("may be absent (masquerade), unless the NAT can't masquerade", () => {
    expect(problems([snat("a", "10.0.0.0/8", [])])).toEqual([]);
    expect(problems([snat("a", "10.0.0.0/8", [])], { addressesRequired: true })).toEqual([
      "a | eips: must name at least one EIP, got []; name the EIPs to leave from",
    ]);
  });

  it("that are one address have one identity", () => {
    const text = (prop: string, other: string, ip: string, got: string) =>
      `${prop}: ${ip} is already the address of EIP "${other}", got "${got}"; use "${other}" in both places`;

    expect(
      problems(
        [
          snat("a", "10.0.0.0/8", [OUT]),
          snat("b", "10.0.0.0/9", ["Twin=203.0.113.2", "T1=$t"]),
          dnat("c", "Twin=203.0.113.2", "tcp", 1, "10.0.1.1"),
          dnat("d", "T2=$t", "tcp", 2, "10.0.1.1"),
          dnat("e", "T3=$other", "tcp", 3, "10.0.1.1"),
        ],
        { addresses: [address(OUT), address("Unused=203.0.113.2")] },
      ),
    ).toEqual([
      `b | ${text("eips", "Out", "203.0.113.2", "Twin")}`,
      `d | ${text("eip", "T1", "$t", "T2")}`,
      ` | ${text("eips", "Out", "203.0.113.2", "Unused")}`,
    ]);
  });
});

describe("private addresses that a cloud translates EIPs to", () => {
  it("belong to one EIP each", () => {
    expect(
      problems([
        snat("a", "10.0.0.0/8", ["P=203.0.113.4@10.0.9.1", "Q=203.0.113.5@10.0.9.2"]),
        dnat("b", "R=203.0.113.6@10.0.9.1", "tcp", 1, "10.0.1.1"),
      ]),
    ).toEqual(['b | eip: EIP "P" has this private address already, got "10.0.9.1"; give each its own']);
  });

  it("are the same in all places", () => {
    expect(
      problems([
        snat("a", "10.0.0.0/8", ["P=203.0.113.4@10.0.9.1", "Q=203.0.113.5"]),
        snat("b", "10.0.0.0/9", ["P=203.0.113.4", "Q=203.0.113.5@10.0.9.2"]),
        dnat("c", "P=203.0.113.4@10.0.9.1", "tcp", 1, "10.0.1.1"),
      ]),
    ).toEqual([
      'b | eips: EIP "P" has the private address 10.0.9.1 elsewhere, got undefined; give the same in all places',
      'b | eips: EIP "Q" has no private address elsewhere, got "10.0.9.2"; give the same in all places',
    ]);
  });
});

describe("ports that SNAT uses on the same address", () => {
  const rules = (ports: string, removePortLimits = false) => [
    snat("out", "10.0.0.0/8", [WEB]),
    dnat("d", WEB, "tcp", ports, "10.0.1.1", { removePortLimits }),
  ];
  const text = (ports: string) =>
    `d | removePortLimits: must be true for publicPort ${ports}: SNAT entry "out" uses ports from 1025 on of ` +
    `EIP "Web", got false; set it, use a port below 1025, or use another EIP`;

  it.each([
    ["1024", []],
    ["1025", [text("1025")]],
    ["65535", [text("65535")]],
    ["1000-1024", []],
    ["1000-1025", [text("1000-1025")]],
  ])("%s", (ports, expected) => {
    expect(problems(rules(ports), { firstSnatPort: 1025 })).toEqual(expected);
    expect(problems(rules(ports, true), { firstSnatPort: 1025 })).toEqual([]);
    expect(problems(rules(ports))).toEqual([]);
  });

  it("are free where the address serves no SNAT entry", () => {
    expect(
      problems([snat("out", "10.0.0.0/8", [OUT]), dnat("d", WEB, "tcp", 2000, "10.0.1.1")], { firstSnatPort: 1025 }),
    ).toEqual([]);
  });
});

describe("the private network", () => {
  const networkCidrs = ["10.0.0.0/16", "10.2.0.0/16"].map((text) => Ipv4Cidr.parse(text));
  const network = "must lie in the private network 10.0.0.0/16, 10.2.0.0/16";

  it.each([
    ["10.0.0.0", true],
    ["10.0.255.255", true],
    ["10.2.0.1", true],
    ["9.255.255.255", false],
    ["10.1.0.0", false],
    ["10.3.0.0", false],
    ["$ip", true],
  ])("private IP %s", (ip, fits) => {
    expect(problems([dnat("d", WEB, "tcp", 1, ip)], { networkCidrs })).toEqual(
      fits ? [] : [`d | privateIp: ${network}, got "${ip}"; use an address of the private network`],
    );
    expect(problems([dnat("d", WEB, "tcp", 1, ip)], { networkCidrs: [] })).toEqual([]);
  });

  it.each([
    ["10.0.0.0/16", true],
    ["10.2.255.255/32", true],
    ["10.0.0.0/15", false],
    ["10.1.0.0/24", false],
    ["$cidr", true],
  ])("source %s", (cidr, fits) => {
    expect(problems([snat("s", cidr, [OUT], { kind: "vpc" })], { networkCidrs })).toEqual(
      fits ? [] : [`s | source: ${network}, got "${cidr}"; use a source of the private network`],
    );
    expect(problems([snat("s", cidr, [OUT])])).toEqual([]);
  });
});

describe("quotas", () => {
  const rules = [
    snat("s1", "10.0.0.0/24", [OUT]),
    snat("s2", "10.0.1.0/24", [OUT]),
    dnat("d1", WEB, "tcp", 1, "10.0.1.1"),
    dnat("d2", WEB, "tcp", 2, "10.0.1.1"),
    dnat("d3", WEB, "tcp", 3, "10.0.1.1"),
  ];
  const addresses = [address(OUT), address("Unused=$u")];

  it("may be reached", () => {
    expect(problems(rules, { addresses, maxAddresses: 3, maxSnatEntries: 2, maxDnatEntries: 3 })).toEqual([]);
  });

  it("may not be passed; unused addresses count too", () => {
    const text = (prop: string, got: number, quota: string) =>
      ` | ${prop}: must be at most ${got - 1} in one NAT, got ${got}; ` +
      `use fewer or a further NAT; if the quota${quota} was raised, say so in limits.${prop}`;

    expect(
      problems(rules, {
        addresses,
        maxAddresses: 2,
        maxSnatEntries: 1,
        maxDnatEntries: 2,
        quotaNames: { addresses: "eip_num", snatEntries: "snat_num" },
      }),
    ).toEqual([text("eips", 3, " eip_num"), text("snatEntries", 2, " snat_num"), text("dnatEntries", 3, "")]);
  });
});

describe("backends that must be unique", () => {
  const forwards = (id: string, ports: string, ip: string, got: string) =>
    `${id} | privatePort: DNAT entry "a" forwards to tcp ${ports} of ${ip} already, got "${got}"; ` +
    "let the backend listen on further ports, one for each entry";

  it.each<[string, DnatRule, DnatRule, string[]]>([
    [
      "one port",
      dnat("a", WEB, "tcp", 1, "10.0.1.1:80"),
      dnat("b", OUT, "tcp", 2, "10.0.1.1:80"),
      [forwards("b", "80", "10.0.1.1", "80")],
    ],
    [
      "ranges that overlap",
      dnat("a", WEB, "tcp", "1-3", "10.0.1.1:80-82"),
      dnat("b", OUT, "tcp", "2-4", "10.0.1.1:82-84"),
      [forwards("b", "80-82", "10.0.1.1", "82-84")],
    ],
    [
      "ranges that touch",
      dnat("a", WEB, "tcp", "1-3", "10.0.1.1:80-82"),
      dnat("b", OUT, "tcp", "2-4", "10.0.1.1:83-85"),
      [],
    ],
    ["another protocol", dnat("a", WEB, "tcp", 1, "10.0.1.1:80"), dnat("b", OUT, "udp", 2, "10.0.1.1:80"), []],
    ["another private IP", dnat("a", WEB, "tcp", 1, "10.0.1.1:80"), dnat("b", OUT, "tcp", 2, "10.0.1.2:80"), []],
    [
      "one deferred private IP",
      dnat("a", WEB, "tcp", 1, "$x:80"),
      dnat("b", OUT, "tcp", 2, "$x:80"),
      [forwards("b", "80", "$x", "80")],
    ],
    ["a deferred private IP that may be another", dnat("a", WEB, "tcp", 1, "$x"), dnat("b", OUT, "tcp", 1, "$y"), []],
    ["a deferred and a known private IP", dnat("a", WEB, "tcp", 1, "$x"), dnat("b", OUT, "tcp", 1, "10.0.1.1"), []],
    [
      "Any Port",
      dnat("a", WEB, "any", undefined, "10.0.1.1"),
      dnat("b", OUT, "any", undefined, "10.0.1.1"),
      [
        'b | privateIp: DNAT entry "a" maps Any Port to it already, got "10.0.1.1"; ' +
          "use another address of the backend, or protocol and ports",
      ],
    ],
    ["Any Port and a port", dnat("a", WEB, "any", undefined, "10.0.1.1"), dnat("b", OUT, "tcp", 1, "10.0.1.1"), []],
  ])("%s", (_what, one, other, expected) => {
    expect(problems([one, other], { uniqueBackends: true })).toEqual(expected);
    expect(problems([one, other])).toEqual([]);
  });
});

it("finds an id that two entries have, of whatever kind", () => {
  const text = 'a | id: another entry of the NAT table has it already, got "a"; give each entry an id of its own';

  expect(
    problems([
      snat("a", "10.0.0.0/24", [OUT]),
      snat("a", "10.0.1.0/24", [OUT]),
      dnat("a", WEB, "tcp", 1, "10.0.1.1"),
      dnat("b", WEB, "tcp", 2, "10.0.1.1"),
    ]),
  ).toEqual([text, text]);
});

it("lists problems in the order of the entries, those of the whole table last", () => {
  const constraints = { maxDnatEntries: 1, networkCidrs: [Ipv4Cidr.parse("10.0.0.0/16")], firstSnatPort: 1025 };
  const rules = [
    snat("s1", "10.1.0.0/24", [WEB, WEB]),
    snat("s2", "10.1.0.0/24", [OUT]),
    dnat("d1", WEB, "tcp", 2000, "10.1.0.1"),
    dnat("d2", WEB, "tcp", 2000, "10.1.0.1"),
  ];

  expect(problems(rules, constraints).map((line) => line.replace(/:.*/, ""))).toEqual([
    "s1 | eips",
    "s1 | source",
    "s2 | source",
    "s2 | source",
    "d1 | removePortLimits",
    "d1 | privateIp",
    "d2 | publicPort",
    "d2 | removePortLimits",
    "d2 | privateIp",
    " | dnatEntries",
  ]);
});

it("speaks the words that it is given", () => {
  const words = { address: "Elastic IP", addressProp: "elasticIp", subnet: "vSwitch", network: "VPC" };
  const networkCidrs = [Ipv4Cidr.parse("10.0.0.0/16")];

  expect(
    problems(
      [
        snat("s", "10.1.0.0/24", [OUT], { networkId: "v" }),
        snat("t", "10.1.0.0/24", [OUT], { networkId: "v" }),
        dnat("d", OUT, "any", undefined, "10.0.0.1"),
      ],
      { words, networkCidrs },
    ),
  ).toEqual([
    's | source: must lie in the VPC 10.0.0.0/16, got "10.1.0.0/24"; use a source of the VPC',
    't | source: SNAT entry "s" is for the same vSwitch, got "v"; keep one of the two and give it all addresses',
    't | source: must lie in the VPC 10.0.0.0/16, got "10.1.0.0/24"; use a source of the VPC',
    'd | elasticIp: Any Port takes the whole Elastic IP, which serves SNAT entry "s" already, got "Out"; ' +
      "use another Elastic IP for one of the two",
  ]);
});
