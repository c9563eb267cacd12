import { Ipv4Address, Ipv4Cidr, NatTable, type NatTableSpec } from "cdktf-nat";

const TRANSLATED = { publicIp: "203.0.113.10", privateIp: "10.0.0.10" };
const WEB = { address: TRANSLATED, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" } as const;

function messageOf(spec: NatTableSpec): string {
  try {
    NatTable.of(spec);
  } catch (error) {
    return (error as Error).message;
  }
  return "nothing was thrown";
}

describe("an address that a cloud translates one to one", () => {
  it("is known by its public address and carries the private one", () => {
    expect(NatTable.of({ dnat: [WEB] }).addresses).toEqual([
      {
        id: "203.0.113.10",
        ip: Ipv4Address.parse("203.0.113.10"),
        privateIp: Ipv4Address.parse("10.0.0.10"),
      },
    ]);
  });

  it.each(["203.0.113.10", "10.0.0.10"])("is reached by %s", (destination) => {
    const table = NatTable.of({ dnat: [WEB] });
    const packet = { source: "10.0.2.5", destination, protocol: "tcp", destinationPort: 443 } as const;
    expect(table.trace(packet)).toMatchObject({ action: "dnat", destination: "10.0.1.10", destinationPort: 443 });
  });

  it("is left by as its public address", () => {
    const table = NatTable.of({ snat: [{ source: "10.0.1.0/24", addresses: [TRANSLATED] }] });
    const packet = { source: "10.0.1.5", destination: "8.8.8.8", protocol: "udp", destinationPort: 53 } as const;
    expect(table.trace(packet)).toMatchObject({ action: "snat", source: ["203.0.113.10"] });
  });

  it.each<[string, NatTableSpec, string]>([
    [
      "a malformed private address",
      { dnat: [{ ...WEB, address: { ...TRANSLATED, privateIp: "10.0.0" } }] },
      '[dnat[0]] address.privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "10.0.0"; use one such as "10.0.1.10"',
    ],
    [
      "a malformed public address in a list",
      { snat: [{ source: "10.0.1.0/24", addresses: [{ ...TRANSLATED, publicIp: "x" }] }] },
      '[snat[0]] addresses[0].publicIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "x"; use one such as "10.0.1.10"',
    ],
    [
      "an unknown prop",
      { dnat: [{ ...WEB, address: { ...TRANSLATED, eip: "x" } as typeof TRANSLATED }] },
      '[dnat[0]] eip: is not known here, got "x"; use publicIp, privateIp',
    ],
    [
      "two private addresses of one public address",
      { snat: [{ source: "10.0.1.0/24", addresses: ["203.0.113.10"] }], dnat: [WEB] },
      '[dnat[0]] address: address "203.0.113.10" has no private address elsewhere, got "10.0.0.10"; give the same in all places',
    ],
    [
      "another private address of one public address",
      { snat: [{ source: "10.0.1.0/24", addresses: [{ ...TRANSLATED, privateIp: "10.0.0.11" }] }], dnat: [WEB] },
      '[dnat[0]] address: address "203.0.113.10" has the private address 10.0.0.11 elsewhere, got "10.0.0.10"; give the same in all places',
    ],
    [
      "one private address of two public addresses",
      { snat: [{ source: "10.0.1.0/24", addresses: [{ ...TRANSLATED, publicIp: "203.0.113.11" }] }], dnat: [WEB] },
      '[dnat[0]] address: address "203.0.113.11" has this private address already, got "10.0.0.10"; give each its own',
    ],
  ])("is refused with %s", (_name, spec, message) => {
    expect(messageOf(spec)).toBe(message);
  });
});

describe("the addresses of a table", () => {
  const address = (id: string) => ({ id, ip: Ipv4Address.parse(id) });
  const snat = [
    {
      id: "s",
      source: { kind: "cidr" as const, cidr: Ipv4Cidr.parse("10.0.1.0/24") },
      addresses: [address("203.0.113.2"), address("203.0.113.1")],
      eipAffinity: false,
    },
  ];

  it("are those that rules use, each once", () => {
    expect(NatTable.fromRules({ snat: [...snat, ...snat], dnat: [] }).addresses.map(({ id }) => id)).toEqual([
      "203.0.113.2",
      "203.0.113.1",
    ]);
  });

  it("are all of the NAT, where it knows them, in its order", () => {
    const addresses = [address("203.0.113.1"), address("203.0.113.3")];
    expect(NatTable.fromRules({ snat, dnat: [] }, { addresses }).addresses.map(({ id }) => id)).toEqual([
      "203.0.113.1",
      "203.0.113.3",
      "203.0.113.2",
    ]);
  });
});
