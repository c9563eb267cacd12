import { type HostFirewall, type HostOptions, NatTable, renderHost } from "cdktf-nat";
import { ANY_PORT, E0, HAIRPIN, INBOUND, OUTBOUND, TABLE } from "./cases";
import { makeCloud, VPC } from "./cloud";
import { flow, lines } from "./flow-text";
import type { Lab } from "./lab";
import { describeLab } from "./tools";

const FIREWALLS: readonly HostFirewall[] = ["nftables", "iptables"];

describeLab("flows", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await makeCloud();
  });
  afterAll(() => lab.end());

  function apply(options: HostOptions, table = TABLE): void {
    lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop; conntrack -F");
    lab.install(renderHost(NatTable.of(table), { untranslatedCidrs: [VPC], ...options }));
    lab.hostOrThrow("cdktf-nat start");
  }

  async function arrivals(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    return (await lab.agent.flows(texts.map((text) => flow(text)))).map(lines);
  }

  describe.each(FIREWALLS)("%s", (firewall) => {
    describe("with the table of the example", () => {
      beforeAll(() => apply({ firewall }));

      it.each([...OUTBOUND, ...INBOUND])("%s", async (_name, text, expected) => {
        expect(await arrivals(text)).toEqual([expected]);
      });

      it.each(ANY_PORT)("%s", async (_name, text, expected) => {
        expect(await arrivals(text)).toEqual([expected]);
      });

      it.each(HAIRPIN)("hairpins %s", async (_name, text, expected) => {
        expect(await arrivals(text)).toEqual([expected]);
      });

      it("leaves from several EIPs evenly without affinity", async () => {
        const flows = Array.from(
          { length: 200 },
          (_, n) => `b udp 10.0.2.${20 + (n % 40)}:${20000 + n} > 198.51.100.7:53`,
        );
        const counts = countSources(await arrivals(...flows));
        expect(counts).toEqual({ "203.0.113.11": 100, "203.0.113.13": 100 });
      });

      it("leaves from the same of several EIPs with affinity, and from each of them", async () => {
        const sources = Array.from({ length: 120 }, (_, n) => `10.0.2.${128 + n}`);
        const flows = (port: number) => sources.map((ip) => `b udp ${ip}:${port} > 198.51.100.${port % 100}:53`);
        const [first, second] = [await arrivals(...flows(21001)), await arrivals(...flows(21002))];
        const chosen = (all: typeof first) => all.map((seen) => /request ([\d.]+)/.exec(seen[0] ?? "")?.[1]);
        expect(chosen(second)).toEqual(chosen(first));
        const counts = Object.values(countSources(first));
        expect(counts).toHaveLength(3);
        expect(Math.min(...counts)).toBeGreaterThan(20);
      });

      it("brings back errors of the path MTU", async () => {
        const [result] = await lab.agent.flows([flow("a udp 10.0.1.5:5090 > 198.18.0.9:53", { pad: 1350, df: true })]);
        expect(result?.answers).toEqual([
          {
            at: "a",
            kind: "unreachable 4",
            proto: "icmp",
            mtu: 1280,
            src: "192.0.2.2",
            dst: "10.0.1.5",
            inner: { src: "10.0.1.5", dst: "198.18.0.9", sport: 5090, dport: 53 },
          },
        ]);
      });
    });

    it("lets in SSH to itself from sshFrom only, also under Any Port", async () => {
      apply({ firewall, sshFrom: ["198.51.100.128/25"] });
      expect(
        await arrivals(
          "internet tcp 198.51.100.130:6301 > 203.0.113.10:22",
          "internet tcp 198.51.100.7:6302 > 203.0.113.10:22",
          "internet tcp 198.51.100.130:6303 > 203.0.113.12:22",
          "internet tcp 198.51.100.7:6304 > 203.0.113.12:22",
          "internet tcp 198.51.100.130:6305 > 203.0.113.10:23",
        ),
      ).toEqual([
        ["internet reset 203.0.113.10:22 > 198.51.100.130:6301"],
        [],
        ["internet reset 203.0.113.12:22 > 198.51.100.130:6303"],
        ["b request 198.51.100.7:6304 > 10.0.2.12:22", "internet reply 203.0.113.12:22 > 198.51.100.7:6304"],
        [],
      ]);
    });

    it("answers no ping where icmpReply is false, but lets it through to Any Port", async () => {
      apply({ firewall, icmpReply: false });
      expect(
        await arrivals("internet icmp 198.51.100.7:10 > 203.0.113.10", "internet icmp 198.51.100.7:11 > 203.0.113.12"),
      ).toEqual([[], ["b request 198.51.100.7 > 10.0.2.12", "internet reply 203.0.113.12 > 198.51.100.7"]]);
    });

    it("keeps allowFrom of Any Port for every protocol", async () => {
      const dnat = [{ address: E0, protocol: "any" as const, privateIp: "10.0.1.10", allowFrom: ["198.51.100.64/26"] }];
      apply({ firewall }, { dnat });
      expect(
        await arrivals(
          "internet icmp 198.51.100.7:12 > 203.0.113.10",
          "internet icmp 198.51.100.70:13 > 203.0.113.10",
          "internet tcp 198.51.100.7:6401 > 203.0.113.10:80",
          "b udp 10.0.2.5:6402 > 203.0.113.10:80",
        ),
      ).toEqual([[], ["a request 198.51.100.70 > 10.0.1.10", "internet reply 203.0.113.10 > 198.51.100.70"], [], []]);
    });

    it("gives clients beside the SNAT sources no more than the private network", async () => {
      const snat = [{ source: "10.0.1.0/24", addresses: [E0] }];
      apply({ firewall, clientCidrs: ["10.0.1.0/25", "10.0.2.0/24"] }, { snat });
      expect(
        await arrivals(
          "a udp 10.0.1.5:6501 > 198.51.100.7:53",
          "a udp 10.0.1.130:6502 > 198.51.100.7:53",
          "b udp 10.0.2.5:6503 > 198.51.100.7:53",
        ),
      ).toEqual([
        ["internet request 203.0.113.10:6501 > 198.51.100.7:53", "a reply 198.51.100.7:53 > 10.0.1.5:6501"],
        [],
        [],
      ]);
    });

    it("does not keep ports where they are random", async () => {
      apply({ firewall, portAllocation: "random" });
      const flows = Array.from({ length: 20 }, (_, n) => `a udp 10.0.1.5:${22000 + n} > 198.51.100.7:53`);
      const kept = (await arrivals(...flows)).filter((seen, n) => seen[0]?.includes(`:${22000 + n} `) !== false);
      expect(kept.length).toBeLessThan(3);
    });
  });
});

function countSources(all: readonly (readonly string[])[]): Record<string, number> {
  const counts: Record<string, number> = {};
  for (const [request = "nothing"] of all) {
    const source = /request ([\d.]+)/.exec(request)?.[1] ?? request;
    counts[source] = (counts[source] ?? 0) + 1;
  }
  return counts;
}
