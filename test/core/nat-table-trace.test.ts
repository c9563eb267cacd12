import { Deferred } from "../../lib/core/deferred";
import { NatTable, type NatPacket, type NatTrace } from "../../lib/core/nat-table";
import { address, dnat, snat } from "./rules";

const CLIENT = "198.51.100.7";
const table = NatTable.fromRules(
  {
    snat: [
      snat("vpc", "10.0.0.0/16", ["Out=203.0.113.1"]),
      snat("workers", "10.0.1.0/24", ["Out=203.0.113.1", "Late=$late"], { eipAffinity: true }),
      snat("spread", "10.0.2.0/24", ["Out=203.0.113.1", "Late=$late"]),
      snat("host", "10.0.1.9/32", ["Own=203.0.113.2"]),
      snat("lab", "192.168.0.0/24", []),
    ],
    dnat: [
      dnat("https", "Web=203.0.113.3", "tcp", 443, "10.0.1.10:8443"),
      dnat("game", "Web=203.0.113.3", "udp", "7000-7010", "10.0.1.11:8000-8010"),
      dnat("ssh", "Web=203.0.113.3", "tcp", 22, "$backend", { allowFrom: ["198.51.100.0/24", "192.0.2.1/32"] }),
      dnat("db", "Web=203.0.113.3", "tcp", 5432, "10.0.1.14", { allowFrom: ["192.0.2.0/24", "$office"] }),
      dnat("bastion", "Bastion=203.0.113.4", "any", undefined, "10.0.1.12"),
      dnat("late", "Late=$late", "tcp", 80, "10.0.1.13"),
    ],
  },
  { addresses: [address("Idle=203.0.113.5")] },
);

const outbound = (source: string): NatTrace =>
  table.trace({ source, destination: "8.8.8.8", protocol: "udp", sourcePort: 5000, destinationPort: 53 });
const inbound = (
  destination: NatPacket["destination"],
  protocol: NatPacket["protocol"],
  destinationPort?: number,
  source = CLIENT,
): NatTrace =>
  table.trace({ source, destination, protocol, ...(destinationPort !== undefined && { destinationPort }) });

describe("a packet to the Internet", () => {
  it.each<[string, string, string, readonly string[]]>([
    [
      "10.0.9.9",
      "vpc",
      "10.0.0.0/16 is the longest prefix among the sources that cover 10.0.9.9; it leaves from the one address of the entry",
      ["203.0.113.1"],
    ],
    [
      "10.0.1.8",
      "workers",
      "10.0.1.0/24 is the longest prefix among the sources that cover 10.0.1.8; it leaves from one of 2 addresses, always the same",
      ["203.0.113.1", "$late"],
    ],
    [
      "10.0.2.8",
      "spread",
      "10.0.2.0/24 is the longest prefix among the sources that cover 10.0.2.8; it leaves from one of 2 addresses, chosen for each connection",
      ["203.0.113.1", "$late"],
    ],
    [
      "10.0.1.9",
      "host",
      "10.0.1.9/32 is the longest prefix among the sources that cover 10.0.1.9; it leaves from the one address of the entry",
      ["203.0.113.2"],
    ],
    [
      "192.168.0.255",
      "lab",
      "192.168.0.0/24 is the longest prefix among the sources that cover 192.168.0.255; it leaves from the address of the interface that it goes out by (masquerade)",
      [],
    ],
    [
      "10.0.1.12",
      "bastion",
      "10.0.1.12 is the backend of this Any Port entry, whose IP mapping goes before SNAT entries",
      ["203.0.113.4"],
    ],
  ])("from %s leaves by %s", (source, entry, reason, addresses) => {
    expect(outbound(source)).toEqual({ action: "snat", entry, reason, source: addresses });
  });

  it.each(["192.168.1.0", "10.1.0.0", "9.255.255.255"])("from %s does not get out", (source) => {
    expect(outbound(source)).toEqual({
      action: "none",
      reason: `no SNAT entry covers ${source}, and no Any Port entry maps to it; it does not get out`,
    });
  });

  it("needs no port, and may be ICMP", () => {
    expect(table.trace({ source: "10.0.1.9", destination: "8.8.8.8", protocol: "icmp" }).action).toBe("snat");
    expect(table.trace({ source: "10.0.1.9", destination: "8.8.8.8", protocol: "tcp" }).action).toBe("snat");
  });

  it("may have a destination that is known only at deploy time and is no address of the table", () => {
    const destination = Deferred.of("$elsewhere");

    expect(table.trace({ source: "10.0.1.9", destination, protocol: "tcp" })).toMatchObject({ entry: "host" });
  });
});

describe("a packet to an address of the table", () => {
  it.each<[string, NatTrace, NatTrace]>([
    [
      "a port mapping",
      inbound("203.0.113.3", "tcp", 443),
      {
        action: "dnat",
        entry: "https",
        reason: "the entry takes tcp 443 of 203.0.113.3, mapped to 8443",
        destination: "10.0.1.10",
        destinationPort: 8443,
      },
    ],
    [
      "the last port of a range",
      inbound("203.0.113.3", "udp", 7010),
      {
        action: "dnat",
        entry: "game",
        reason: "the entry takes udp 7000-7010 of 203.0.113.3, mapped to 8000-8010",
        destination: "10.0.1.11",
        destinationPort: 8010,
      },
    ],
    [
      "a backend known only at deploy time, for a client that allowFrom has",
      inbound("203.0.113.3", "tcp", 22),
      {
        action: "dnat",
        entry: "ssh",
        reason: "the entry takes tcp 22 of 203.0.113.3",
        destination: "$backend",
        destinationPort: 22,
      },
    ],
    [
      "Any Port",
      inbound("203.0.113.4", "udp", 9),
      {
        action: "dnat",
        entry: "bastion",
        reason: "Any Port takes the whole of 203.0.113.4",
        destination: "10.0.1.12",
        destinationPort: 9,
      },
    ],
    [
      "ICMP under Any Port",
      inbound("203.0.113.4", "icmp"),
      {
        action: "dnat",
        entry: "bastion",
        reason: "Any Port takes the whole of 203.0.113.4",
        destination: "10.0.1.12",
      },
    ],
    [
      "an address known only at deploy time",
      inbound(Deferred.of("$late"), "tcp", 80),
      {
        action: "dnat",
        entry: "late",
        reason: "the entry takes tcp 80 of $late",
        destination: "10.0.1.13",
        destinationPort: 80,
      },
    ],
  ])("reaches a backend: %s", (_what, trace, expected) => {
    expect(trace).toEqual(expected);
  });

  it.each<[string, NatTrace, string]>([
    [
      "the port past a range",
      inbound("203.0.113.3", "udp", 7011),
      "no DNAT entry takes udp 7011 of 203.0.113.3: it reaches no backend",
    ],
    [
      "the port before a range",
      inbound("203.0.113.3", "udp", 6999),
      "no DNAT entry takes udp 6999 of 203.0.113.3: it reaches no backend",
    ],
    [
      "the other protocol",
      inbound("203.0.113.3", "udp", 443),
      "no DNAT entry takes udp 443 of 203.0.113.3: it reaches no backend",
    ],
    [
      "ICMP under port mappings",
      inbound("203.0.113.3", "icmp"),
      "ICMP reaches a backend only by Any Port, and no such entry is on 203.0.113.3: it reaches no backend",
    ],
    [
      "an address of SNAT only",
      inbound("203.0.113.2", "tcp", 80),
      "no DNAT entry takes tcp 80 of 203.0.113.2: it reaches no backend",
    ],
    [
      "an address of no entry",
      inbound("203.0.113.5", "tcp", 80, "10.0.1.9"),
      "no DNAT entry takes tcp 80 of 203.0.113.5: it reaches no backend",
    ],
    [
      "a client that allowFrom has not",
      inbound("203.0.113.3", "tcp", 22, "198.51.101.0"),
      'allowFrom of DNAT entry "ssh" does not have 198.51.101.0: it is dropped',
    ],
  ])("reaches nobody: %s", (_what, trace, reason) => {
    expect(trace).toEqual({ action: "none", reason });
  });

  it("is undecided where a deferred block of allowFrom may have the client", () => {
    expect(inbound("203.0.113.3", "tcp", 5432)).toEqual({
      action: "undecided",
      reason: `only at deploy time is known whether allowFrom has ${CLIENT}; otherwise it is dropped`,
      candidates: ["db"],
    });
    expect(inbound("203.0.113.3", "tcp", 5432, "192.0.2.9")).toMatchObject({ action: "dnat", entry: "db" });
  });
});

describe("a packet to the Internet where sources are known only at deploy time", () => {
  const trace = (withAnyPort: boolean, source: string) =>
    NatTable.fromRules({
      snat: [
        snat("open", "$block", ["Out=203.0.113.1"]),
        snat("net", "10.0.0.0/24", ["Out=203.0.113.1"]),
        snat("host", "10.0.0.9/32", ["Out=203.0.113.1"]),
      ],
      dnat: [
        dnat("known", "A=203.0.113.2", "any", undefined, "10.0.0.8"),
        ...(withAnyPort ? [dnat("late", "B=203.0.113.3", "any", undefined, "$ip")] : []),
      ],
    }).trace({ source, destination: "8.8.8.8", protocol: "icmp" });
  const inSource = "lies in the source of an SNAT entry";
  const isBackend = "is the backend of an Any Port entry";
  const net = 'otherwise SNAT entry "net" acts, by 10.0.0.0/24';

  it.each<[string, boolean, string, string, readonly string[]]>([
    ["one may be longer than the known prefix", false, "10.0.0.7", `${inSource}; ${net}`, ["open", "net"]],
    [
      "one may cover what no known one does",
      false,
      "10.0.1.7",
      `${inSource}; otherwise no SNAT entry covers it`,
      ["open"],
    ],
    [
      "an Any Port backend may be anyone",
      true,
      "10.0.0.7",
      `${isBackend} or ${inSource}; ${net}`,
      ["late", "open", "net"],
    ],
    [
      "an Any Port backend goes before a host too",
      true,
      "10.0.0.9",
      `${isBackend}; otherwise SNAT entry "host" acts, by 10.0.0.9/32`,
      ["late", "host"],
    ],
  ])("is undecided: %s", (_what, withAnyPort, source, open, candidates) => {
    expect(trace(withAnyPort, source)).toEqual({
      action: "undecided",
      reason: `only at deploy time is known whether ${source} ${open}`,
      candidates,
    });
  });

  it("is decided for a host, than which no prefix is longer, and for a known Any Port backend", () => {
    expect(trace(false, "10.0.0.9")).toMatchObject({ action: "snat", entry: "host" });
    expect(trace(true, "10.0.0.8")).toMatchObject({ action: "snat", entry: "known" });
  });
});

it("lets the earlier of two rules that clash act", () => {
  const clashing = NatTable.fromRules({
    snat: [snat("s1", "10.0.0.0/8", ["A=203.0.113.1"]), snat("s2", "10.0.0.0/8", ["B=203.0.113.2"])],
    dnat: [
      dnat("d1", "A=203.0.113.1", "tcp", "10-20", "10.0.0.1"),
      dnat("d2", "A=203.0.113.1", "any", undefined, "10.0.0.2"),
      dnat("d3", "A=203.0.113.1", "tcp", "15-30", "10.0.0.3"),
      dnat("d4", "C=203.0.113.3", "any", undefined, "10.0.0.2"),
    ],
  });
  const entry = (packet: Pick<NatPacket, "source" | "destination"> & { port: number }) => {
    const { port, ...rest } = packet;
    const trace = clashing.trace({ ...rest, protocol: "tcp", destinationPort: port });
    return "entry" in trace ? trace.entry : trace.action;
  };

  expect(entry({ source: "10.0.0.9", destination: "8.8.8.8", port: 1 })).toBe("s1");
  expect(entry({ source: "10.0.0.2", destination: "8.8.8.8", port: 1 })).toBe("d2");
  expect([15, 25].map((port) => entry({ source: CLIENT, destination: "203.0.113.1", port }))).toEqual(["d1", "d2"]);
});

it("passes over a rule whose ports are missing, and over ports under Any Port", () => {
  const { ports } = dnat("p", "A=203.0.113.1", "tcp", 5, "10.0.0.1");
  const malformed = NatTable.fromRules({
    snat: [],
    dnat: [
      dnat("none", "A=203.0.113.1", "tcp", undefined, "10.0.0.1"),
      { ...dnat("some", "A=203.0.113.1", "any", undefined, "10.0.0.1"), ...(ports && { ports }) },
    ],
  });

  expect(
    malformed.trace({ source: CLIENT, destination: "203.0.113.1", protocol: "tcp", destinationPort: 9 }),
  ).toMatchObject({ entry: "some", destinationPort: 9 });
});

const packet: NatPacket = { source: "10.0.1.9", destination: "8.8.8.8", protocol: "tcp", destinationPort: 53 };
const ADDRESS = "must be an IPv4 address of four decimal numbers from 0 to 255";
it.each<[unknown, string]>([
  [undefined, "packet: must be an object, got undefined; use { source, destination, protocol, ... }"],
  [null, "packet: must be an object, got null; use { source, destination, protocol, ... }"],
  [{ ...packet, source: "10.0.1" }, `source: ${ADDRESS}, got "10.0.1"; use one such as "10.0.1.10"`],
  [{ ...packet, destination: 8 }, `destination: ${ADDRESS}, got 8; use one such as "10.0.1.10"`],
  [{ ...packet, protocol: "any" }, 'protocol: must be "tcp", "udp" or "icmp", got "any"; use one of them'],
  [{ ...packet, destinationPort: 0 }, "destinationPort: must be a whole number from 1 to 65535, got 0; use 1 or more"],
  [
    { ...packet, sourcePort: 65536 },
    "sourcePort: must be a whole number from 1 to 65535, got 65536; use 65535 or less",
  ],
  [
    { ...packet, protocol: "icmp" },
    'destinationPort: ICMP has no ports, got 53; leave it out, or use protocol "tcp" or "udp"',
  ],
  [
    { ...packet, destination: "203.0.113.3", destinationPort: undefined },
    'destinationPort: must be given under protocol "tcp" to an address of the NAT, got undefined; ' +
      "give a port from 1 to 65535",
  ],
])("refuses the packet %j", (malformed, message) => {
  expect(() => table.trace(malformed as NatPacket)).toThrow(new Error(message));
});

it.each([1, 65535])("takes the ports %s", (port) => {
  expect(table.trace({ ...packet, sourcePort: port, destinationPort: port }).action).toBe("snat");
});
