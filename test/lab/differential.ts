/* eslint-disable jest/no-export -- it declares the tests of other files */
import fc from "fast-check";
import { Ipv4Address, NatTable, type NatTableSpec, type NatTrace, renderHost } from "cdktf-nat";
import type { Flow } from "./agent";
import { EIPS, makeCloud, VPC } from "./cloud";
import { lines } from "./flow-text";
import type { Lab } from "./lab";
import { describeLab } from "./tools";

/** Tables that are tried for each firewall. With LAB_SEED of a failure they are the same again. */
const TABLES = Number(process.env.LAB_TABLES ?? "200");
const SEED = Number(process.env.LAB_SEED ?? Math.floor(Math.random() * 2 ** 31));

/** What a reload comes to, without all that it checks: this is done hundreds of times. */
const LOAD = {
  nftables: "nft -f /etc/cdktf-nat/rules.nft",
  iptables: "iptables-restore -w --noflush /etc/cdktf-nat/rules.v4",
};

const BACKENDS = ["10.0.1.10", "10.0.1.11", "10.0.2.10", "10.0.2.11"];
const CLIENTS = ["10.0.1.5", "10.0.1.129", "10.0.2.5", "10.0.2.64", ...BACKENDS];
const STRANGERS = ["198.51.100.7", "198.51.100.70", "198.51.100.200"];
const SOURCES = [VPC, "10.0.1.0/24", "10.0.2.0/24", "10.0.1.128/25", "10.0.2.64/26", "10.0.1.5/32", "10.0.2.10/32"];
const ADDRESSES = EIPS.map(([publicIp, privateIp]) => ({ publicIp, privateIp }));
const ALL = EIPS.map(([publicIp, privateIp]) => ({
  id: publicIp,
  ip: Ipv4Address.parse(publicIp),
  privateIp: Ipv4Address.parse(privateIp),
}));
const PORTS = [443, 80, 7000, 7001, 7002, 7003, 7004, 22, 65535];

const address = fc.constantFrom(...ADDRESSES);
const snat = fc.record(
  {
    source: fc.constantFrom(...SOURCES),
    addresses: fc.uniqueArray(address, { minLength: 1, maxLength: 4, selector: ({ publicIp }) => publicIp }),
    eipAffinity: fc.boolean(),
  },
  { requiredKeys: ["source"] },
);
const allowFrom = fc.uniqueArray(fc.constantFrom("198.51.100.64/26", "198.51.100.128/25", "10.0.2.0/24"), {
  minLength: 1,
  maxLength: 2,
});
const backend = fc.constantFrom(...BACKENDS);
const ports = fc.constantFrom(
  { publicPort: 443 },
  { publicPort: 443, privatePort: 8443 },
  { publicPort: 80, privatePort: 443 },
  { publicPort: 65535, privatePort: 1 },
  { publicPort: 22 },
  { publicPort: "7000-7003" },
  { publicPort: "7000-7003", privatePort: "8000-8003" },
  { publicPort: "7002-7004", privatePort: "7001-7003" },
);
const dnat = fc.oneof(
  {
    weight: 4,
    arbitrary: fc
      .tuple(
        ports,
        fc.constantFrom("tcp" as const, "udp" as const),
        address,
        backend,
        fc.option(allowFrom, { nil: [], freq: 2 }),
      )
      .map(([given, protocol, ip, privateIp, allow]) => ({
        ...given,
        protocol,
        address: ip,
        privateIp,
        ...(allow.length > 0 && { allowFrom: allow }),
      })),
  },
  {
    weight: 1,
    arbitrary: fc.tuple(address, backend, fc.option(allowFrom, { nil: [], freq: 2 })).map(([ip, privateIp, allow]) => ({
      protocol: "any" as const,
      address: ip,
      privateIp,
      ...(allow.length > 0 && { allowFrom: allow }),
    })),
  },
);

/** A table of entries that go together: what clashes with an earlier one is left out. */
const table = fc
  .tuple(fc.array(snat, { minLength: 1, maxLength: 5 }), fc.array(dnat, { minLength: 3, maxLength: 12 }))
  .map(([sources, entries]) => {
    let spec: Required<NatTableSpec> = { snat: [], dnat: [] };
    for (const more of [...sources.map((one) => ({ snat: [one] })), ...entries.map((one) => ({ dnat: [one] }))]) {
      const longer = {
        snat: [...spec.snat, ...("snat" in more ? more.snat : [])],
        dnat: [...spec.dnat, ...("dnat" in more ? more.dnat : [])],
      };
      try {
        NatTable.of(longer);
        spec = longer;
      } catch {
        // It clashes.
      }
    }
    return spec;
  });

const protocol = fc.constantFrom("tcp" as const, "udp" as const, "icmp" as const);
const packet = fc.record({
  src: fc.oneof(fc.constantFrom(...CLIENTS), fc.constantFrom(...STRANGERS)),
  dst: fc.oneof(
    fc.constantFrom(...EIPS.map(([publicIp]) => publicIp)),
    fc.constantFrom(...EIPS.map(([, privateIp]) => privateIp)),
    fc.constantFrom(...STRANGERS),
  ),
  proto: protocol,
  dport: fc.constantFrom(...PORTS),
});
type Packet = typeof packet extends fc.Arbitrary<infer T> ? T : never;

/** Declares the test of a firewall. Each has a file of its own, so that they run at the same time. */
export function describeDifferential(firewall: keyof typeof LOAD): void {
  describeLab(`kernel and trace: ${firewall}`, () => {
    let lab: Lab;
    let port = 10_000;
    beforeAll(async () => {
      lab = await makeCloud();
    });
    afterAll(() => lab.end());

    it(`agree about ${TABLES} random tables (LAB_SEED=${SEED})`, async () => {
      let [translated, compared] = [0, 0];
      await fc.assert(
        fc.asyncProperty(
          table,
          fc.array(packet.filter(isPossible), { minLength: 12, maxLength: 24 }),
          async (spec, packets) => {
            const nat = NatTable.fromRules(NatTable.of(spec), { addresses: ALL });
            const files = renderHost(nat, { firewall, untranslatedCidrs: [VPC] });
            if (compared === 0) {
              lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop");
              lab.install(files, "cdktf-nat start");
            }
            const rules = files.filter(({ path }) => path.includes("/rules"));
            lab.install(rules, `${LOAD[firewall]}; conntrack -F 2>/dev/null`);
            const flows = packets.map((one) => flowOf(one, (port = port >= 60_000 ? 10_000 : port + 1)));
            const results = await lab.agent.flows(flows, { settle: 0.02 });
            const traces = flows.map(({ src, dst, proto, dport }) =>
              nat.trace({
                source: src,
                destination: dst,
                protocol: proto,
                ...(dport !== undefined && { destinationPort: dport }),
              }),
            );
            expect(results.map((result, place) => lines(result).map(normal(flows[place]!, traces[place]!)))).toEqual(
              flows.map((given, place) => expected(given, traces[place]!)),
            );
            compared += results.length;
            translated += results.filter(({ requests }) => requests.length > 0).length;
          },
        ),
        { seed: SEED, numRuns: TABLES, endOnFailure: true },
      );
      // A lab that lets nothing through would agree with itself.
      expect(translated / compared).toBeGreaterThan(0.2);
    }, 300_000);
  });
}

/** Strangers reach the NAT by its EIPs only, and no packet is sent that its own side delivers. */
function isPossible({ src, dst }: Packet): boolean {
  const isInside = src.startsWith("10.");
  return isInside || EIPS.some(([publicIp]) => publicIp === dst);
}

function flowOf({ src, dst, proto, dport }: Packet, sport: number): Flow {
  const from = sideOf(src);
  return { from, proto, src, dst, sport, ...(proto !== "icmp" && { dport }) };
}

function sideOf(ip: string): string {
  return ip.startsWith("10.0.1.") ? "a" : ip.startsWith("10.0.2.") ? "b" : "internet";
}

/** What has to arrive where, by the trace. */
function expected({ from, src, dst, proto, sport, dport }: Flow, trace: NatTrace): readonly string[] {
  const at = (ip: string, port: number | undefined) => (proto === "icmp" ? ip : `${ip}:${port ?? ""}`);
  const answer = `${from} reply ${at(dst, dport)} > ${at(src, sport)}`;
  if (trace.action === "dnat") {
    const to = trace.destination;
    // Who is inside sees the answer come from the host, which has to see it first.
    const source = src.startsWith("10.") ? "10.0.0.10" : src;
    return [`${sideOf(to)} request ${at(source, sport)} > ${at(to, trace.destinationPort)}`, answer];
  }
  if (trace.action === "snat") {
    const sources = trace.source.length === 0 ? ["203.0.113.10"] : trace.source;
    return [`internet request ${sources.map((ip) => at(ip, sport)).join("|")} > ${at(dst, dport)}`, answer];
  }
  // The NAT itself answers a ping to an address of its own, and nothing else.
  return proto === "icmp" && isOwn(dst) && !trace.reason.startsWith("allowFrom") && !trace.reason.startsWith("no SNAT")
    ? [answer]
    : [];
}

function isOwn(ip: string): boolean {
  return EIPS.flat().includes(ip);
}

/** A line in which the source is written as the list of those that it may be. */
function normal({ sport, proto }: Flow, trace: NatTrace): (line: string, place: number) => string {
  return (line) => {
    if (trace.action !== "snat" || trace.source.length < 2) {
      return line;
    }
    const sources = trace.source.map((ip) => (proto === "icmp" ? ip : `${ip}:${sport}`));
    return line.replace(/request (\S+)/, (all, source: string) =>
      sources.includes(source) ? `request ${sources.join("|")}` : all,
    );
  };
}
