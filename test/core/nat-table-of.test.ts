import { Deferred } from "../../lib/core/deferred";
import { Ipv4Address, Ipv4Cidr } from "../../lib/core/ipv4";
import { NatError } from "../../lib/core/nat-error";
import { NatTable, type DnatEntrySpec, type NatTableSpec, type SnatEntrySpec } from "../../lib/core/nat-table";
import { PortMapping } from "../../lib/core/port-mapping";

const ROUTER = "128.105.144.36";

function refusal(spec: unknown): string[] {
  try {
    NatTable.of(spec as NatTableSpec);
    return [];
  } catch (error) {
    expect(error).toBeInstanceOf(NatError);
    return (error as NatError).errors.map(({ message }) => message);
  }
}

it("reads every prop, and names entries by their place", () => {
  const eip = Deferred.of("${eip}");
  const table = NatTable.of({
    snat: [
      { source: "192.168.0.0/24" },
      { id: "lab", source: "192.168.1.0/24", addresses: [ROUTER, eip], eipAffinity: true },
    ],
    dnat: [
      {
        address: ROUTER,
        protocol: "tcp",
        publicPort: "7000-7010",
        privateIp: "192.168.0.9",
        privatePort: "8000-8010",
        allowFrom: ["129.89.200.0/23", Deferred.of("${office}")],
      },
      { id: "bastion", address: "128.105.144.37", protocol: "any", privateIp: Deferred.of("${ip}") },
    ],
  });

  expect(table.snat).toEqual([
    {
      id: "snat[0]",
      source: { kind: "cidr", cidr: Ipv4Cidr.parse("192.168.0.0/24") },
      addresses: [],
      eipAffinity: false,
    },
    {
      id: "lab",
      source: { kind: "cidr", cidr: Ipv4Cidr.parse("192.168.1.0/24") },
      addresses: [
        { id: ROUTER, ip: Ipv4Address.parse(ROUTER) },
        { id: "${eip}", ip: eip },
      ],
      eipAffinity: true,
    },
  ]);
  expect(table.dnat).toEqual([
    {
      id: "dnat[0]",
      address: { id: ROUTER, ip: Ipv4Address.parse(ROUTER) },
      protocol: "tcp",
      ports: PortMapping.parse("7000-7010", "8000-8010"),
      privateIp: Ipv4Address.parse("192.168.0.9"),
      removePortLimits: false,
      allowFrom: [Ipv4Cidr.parse("129.89.200.0/23"), Deferred.of("${office}")],
    },
    {
      id: "bastion",
      address: { id: "128.105.144.37", ip: Ipv4Address.parse("128.105.144.37") },
      protocol: "any",
      privateIp: Deferred.of("${ip}"),
      removePortLimits: false,
      allowFrom: [],
    },
  ]);
  expect(table.check()).toEqual([]);
});

describe("an address that a cloud translates", () => {
  const publicIp = "203.0.113.4";
  const EXAMPLE = 'use one such as "10.0.1.10"';

  it("is read with its private address, for which packets to it come in too", () => {
    const table = NatTable.of({
      dnat: [{ address: { publicIp, privateIp: "10.0.9.1" }, protocol: "tcp", publicPort: 80, privateIp: "10.0.1.1" }],
    });

    expect(table.dnat[0]?.address).toEqual({
      id: publicIp,
      ip: Ipv4Address.parse(publicIp),
      privateIp: Ipv4Address.parse("10.0.9.1"),
    });
    for (const destination of [publicIp, "10.0.9.1"]) {
      expect(table.trace({ source: "198.51.100.7", destination, protocol: "tcp", destinationPort: 80 })).toMatchObject({
        action: "dnat",
        destination: "10.0.1.1",
      });
    }
  });

  it.each<[unknown, string]>([
    [
      { publicIp, privateIp: "x" },
      `privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "x"; ${EXAMPLE}`,
    ],
    [
      { privateIp: "10.0.9.1" },
      `publicIp: must be an IPv4 address of four decimal numbers from 0 to 255, got undefined; ${EXAMPLE}`,
    ],
  ])("is refused as %j", (given, message) => {
    expect(refusal({ snat: [{ source: "10.0.0.0/8", addresses: [given] }] })).toEqual([
      `[snat[0]] addresses[0].${message}`,
    ]);
  });

  it("is refused with a prop that nobody knows", () => {
    const address = { publicIp, privateIp: "10.0.9.1", mask: 24 };

    expect(refusal({ snat: [{ source: "10.0.0.0/8", addresses: [address] }] })).toEqual([
      "[snat[0]] mask: is not known here, got 24; use publicIp, privateIp",
    ]);
  });
});

it.each([{}, { snat: [] }, { dnat: [] }, { snat: undefined, dnat: undefined }])("reads %j as no entries", (spec) => {
  const table = NatTable.of(spec);

  expect([table.snat, table.dnat]).toEqual([[], []]);
});

it("throws one error alone as it is", () => {
  expect(() => NatTable.of({ snat: [{ source: "192.168.0.1/24" }] })).toThrow(
    new Error('[snat[0]] source: host bits must be zero, got "192.168.0.1/24"; use "192.168.0.0/24"'),
  );
});

it("lists all errors at once, those of props before those of the whole table", () => {
  expect(() =>
    NatTable.of({
      snat: [
        { source: "192.168.0.1/24", addresses: ["1.2.3", ROUTER, "x"] },
        { source: "10.0.0.0/8" },
        { id: "again", source: "10.0.0.0/8", addresses: [ROUTER] },
      ],
      dnat: [
        { address: ROUTER, protocol: "any", privateIp: "10.0.0.1" },
        { address: "?", protocol: "tcp", publicPort: 0, privateIp: "?", allowFrom: ["?"] },
      ],
    }),
  ).toThrow(
    new Error(
      [
        "9 errors",
        '[snat[0]] source: host bits must be zero, got "192.168.0.1/24"; use "192.168.0.0/24"',
        '[snat[0]] addresses[0]: must be an IPv4 address of four decimal numbers from 0 to 255, got "1.2.3"; use one such as "10.0.1.10"',
        '[snat[0]] addresses[2]: must be an IPv4 address of four decimal numbers from 0 to 255, got "x"; use one such as "10.0.1.10"',
        '[dnat[1]] address: must be an IPv4 address of four decimal numbers from 0 to 255, got "?"; use one such as "10.0.1.10"',
        "[dnat[1]] publicPort: must be within 1 to 65535, got 0; use ports from 1 to 65535",
        '[dnat[1]] privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "?"; use one such as "10.0.1.10"',
        '[dnat[1]] allowFrom[0]: must be an IPv4 block of addresses, got "?"; use one such as "10.0.1.0/24"',
        '[again] source: SNAT entry "snat[1]" has the same source, got "10.0.0.0/8"; keep one of the two and give it all addresses',
        `[dnat[0]] address: Any Port takes the whole address, which serves SNAT entry "again" already, got "${ROUTER}"; use another address for one of the two`,
      ].join("\n"),
    ),
  );
});

it("refuses a deferred source beside another, which would have no place in the order", () => {
  const source = Deferred.of("${block}");

  expect(refusal({ snat: [{ source }] })).toEqual([]);
  expect(refusal({ snat: [{ source }, { source: "10.0.0.0/8" }] })).toEqual([
    "[snat[0]] source: a block known only at deploy time has no place in the order beside SNAT entry " +
      '"snat[1]", got "${block}"; write the block as text',
  ]);
});

describe("the ports of an entry", () => {
  const entry = { address: ROUTER, privateIp: "10.0.0.1" };

  it.each([
    [
      { protocol: "tcp" },
      'publicPort: must be given under protocol "tcp", got undefined; give a port, or use protocol "any"',
    ],
    [
      { protocol: "any", publicPort: 443 },
      'publicPort: Any Port takes no port, got "443"; leave it out, or use protocol "tcp" or "udp"',
    ],
    [
      { protocol: "any", privatePort: 443 },
      "privatePort: stands only beside a publicPort, got 443; leave it out or give both",
    ],
    [{ protocol: "icmp" }, 'protocol: must be "tcp", "udp" or "any", got "icmp"; use one of them'],
  ])("must fit the protocol: %j", (props, message) => {
    expect(refusal({ dnat: [{ ...entry, ...props }] })).toEqual([`[dnat[0]] ${message}`]);
  });

  it("are a matter of types where the protocol is a literal", () => {
    const port: DnatEntrySpec = { ...entry, protocol: "tcp", publicPort: 443 };
    const any: DnatEntrySpec = { ...entry, protocol: "any" };
    // @ts-expect-error Any Port takes no port.
    const anyWithPort: DnatEntrySpec = { ...entry, protocol: "any", publicPort: 443 };
    // @ts-expect-error A protocol needs a port.
    const withoutPort: DnatEntrySpec = { ...entry, protocol: "tcp" };

    expect([port, any, anyWithPort, withoutPort].map((spec) => refusal({ dnat: [spec] }).length)).toEqual([0, 0, 1, 1]);
  });
});

const SNAT_PROPS = "use { id, source, addresses, eipAffinity }";
const snat: SnatEntrySpec = { source: "10.0.0.0/8" };
const dnat: DnatEntrySpec = { address: ROUTER, protocol: "tcp", publicPort: 1, privateIp: "10.0.0.1" };
it.each<[string, unknown, string]>([
  ["nothing", undefined, "spec: must be an object, got undefined; use { snat, dnat }"],
  ["null", null, "spec: must be an object, got null; use { snat, dnat }"],
  ["a list", [], "spec: must be an object, got []; use { snat, dnat }"],
  ["an unknown part", { nat: [] }, "nat: is not known here, got []; use snat, dnat"],
  ["an entry without a list", { snat }, 'snat: must be a list, got {"source":"10.0.0.0/8"}; use [ ... ]'],
  ["text for a list", { dnat: "x" }, 'dnat: must be a list, got "x"; use [ ... ]'],
  ["text for an entry", { snat: ["x"] }, `[snat[0]] entry: must be an object, got "x"; ${SNAT_PROPS}`],
  ["null for an entry", { snat: [null] }, `[snat[0]] entry: must be an object, got null; ${SNAT_PROPS}`],
  [
    "an unknown prop",
    { snat: [{ ...snat, affinity: true }] },
    "[snat[0]] affinity: is not known here, got true; use id, source, addresses, eipAffinity",
  ],
  [
    "an unknown prop of a DNAT entry",
    { dnat: [{ ...dnat, eip: "x" }] },
    '[dnat[0]] eip: is not known here, got "x"; use id, address, protocol, publicPort, privateIp, privatePort, allowFrom',
  ],
  [
    "an empty id",
    { snat: [{ ...snat, id: "" }] },
    '[snat[0]] id: must be text that is not empty, got ""; use a name for the entry, or leave it out',
  ],
  [
    "a number for an id",
    { dnat: [{ ...dnat, id: 7 }] },
    "[dnat[0]] id: must be text that is not empty, got 7; use a name for the entry, or leave it out",
  ],
  [
    "a flag in quotes",
    { snat: [{ ...snat, eipAffinity: "no" }] },
    '[snat[0]] eipAffinity: must be true or false, got "no"; use one of them',
  ],
  [
    "one address without a list",
    { snat: [{ ...snat, addresses: ROUTER }] },
    `[snat[0]] addresses: must be a list, got "${ROUTER}"; use [ ... ]`,
  ],
  [
    "no address in a list",
    { snat: [{ ...snat, addresses: [] }] },
    "[snat[0]] addresses: must not be empty, got []; leave it out to masquerade",
  ],
  [
    "nobody to let in",
    { dnat: [{ ...dnat, allowFrom: [] }] },
    "[dnat[0]] allowFrom: must not be empty, got []; leave it out to let everybody in",
  ],
  [
    "an id given twice",
    {
      snat: [
        { ...snat, id: "a" },
        { source: "10.0.0.0/9", id: "a" },
      ],
    },
    '[a] id: another entry of the NAT table has it already, got "a"; give each entry an id of its own',
  ],
])("refuses %s", (_what, spec, message) => {
  expect(refusal(spec)).toEqual([message]);
});

it("lets through what is no error of the spec", () => {
  const entry = {
    get source(): string {
      throw new RangeError("a bug elsewhere");
    },
  };

  expect(() => NatTable.of({ snat: [entry] })).toThrow(new RangeError("a bug elsewhere"));
});
