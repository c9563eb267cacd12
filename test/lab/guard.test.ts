// Nothing leaves untranslated, not even a first packet that comes while rules are replaced: all that follows it would leave
// as it is too, as long as the flow is tracked, and the cloud drops it.
import { type HostFirewall, type HostOptions, NatTable, type NatTableSpec, renderHost } from "cdktf-nat";
import { E0, E1 } from "./cases";
import { makeCloud, VPC } from "./cloud";
import { flow, lines } from "./flow-text";
import type { Lab } from "./lab";
import { describeLab } from "./tools";

const FIREWALLS: readonly (readonly [HostFirewall, load: (file: string) => string])[] = [
  ["nftables", (file) => `nft -f ${file}`],
  ["iptables", (file) => `iptables-restore -w --noflush ${file}`],
];
const ONE = { source: "10.0.1.0/24", addresses: [E1] };
const OTHER = { source: "10.0.2.0/24", addresses: [E1] };

describeLab("nothing leaves untranslated", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await makeCloud();
    await lab.agent.ask("serve", { in: "internet", port: 7 });
  });
  afterAll(() => lab.end());

  function filesOf(snat: NatTableSpec["snat"], options: HostOptions) {
    const table = NatTable.of({
      snat: snat ?? [],
      // So that the host has the address without which it would masquerade.
      dnat: [{ address: E0, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" }],
    });
    return renderHost(table, { untranslatedCidrs: [VPC], ...options });
  }

  function start(options: HostOptions, snat: NatTableSpec["snat"] = [ONE]): void {
    lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop");
    lab.install(filesOf(snat, options), "cdktf-nat start; conntrack -F");
  }

  async function arrivals(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    return (await lab.agent.flows(texts.map((text) => flow(text)))).map(lines);
  }

  /** Flows to the Internet whose answers would go to a private address. */
  function untranslated(): readonly string[] {
    return lab
      .hostOrThrow("conntrack -L 2>/dev/null")
      .split("\n")
      .filter((entry) => /src=10\.0\.[12]\.\d+ dst=198\.51.*dst=10\.0\.[12]\./.test(entry));
  }

  const by = (eip: string, port: number) => [
    `internet request ${eip}:${port} > 198.51.100.7:53`,
    `a reply 198.51.100.7:53 > 10.0.1.5:${port}`,
  ];

  describe.each(FIREWALLS)("%s", (firewall, load) => {
    it("when clients come and go under traffic", async () => {
      start({ firewall });
      for (const [name, snat] of [
        ["one", [ONE]],
        ["two", [ONE, OTHER]],
      ] as const) {
        const rules = filesOf(snat, { firewall }).find(({ path }) => /rules\.(nft|v4)$/.test(path));
        lab.hostOrThrow(`cat > /tmp/${name}`, rules?.content);
      }
      lab.hostOrThrow("rm -f /tmp/stop /tmp/loads");
      lab.background(
        `sh -c 'while [ ! -e /tmp/stop ]; do ${load("/tmp/one")}; ${load("/tmp/two")}; echo >> /tmp/loads; done'`,
      );
      let [port, arrived, sent] = [20_000, 0, 0];
      const loads = () => Number(lab.host("cat /tmp/loads | wc -l").stdout);
      while (loads() < 8) {
        port = port >= 60_000 ? 20_000 : port + 400;
        const flows = Array.from({ length: 400 }, (_, n) =>
          flow(`b udp 10.0.2.${n % 200}:${port + n} > 198.51.100.7:53`),
        );
        const results = await lab.agent.flows(flows, { settle: 0.02 });
        sent += results.length;
        arrived += results.filter(({ requests }) => requests.length > 0).length;
      }
      lab.hostOrThrow("touch /tmp/stop");
      expect(untranslated()).toEqual([]);
      // There was traffic while they came, and while they went.
      expect(arrived).toBeGreaterThan(0);
      expect(arrived).toBeLessThan(sent);
    });

    /**
     * Which connections answer. What the server sends while nothing is known of a flow does not arrive, nor does it when
     * it is sent again, until the client sends, too: so the client does, a few times.
     */
    async function answered(ids: readonly number[]): Promise<readonly number[]> {
      const done = new Set<number>();
      for (let again = 0; again < 10 && done.size < ids.length; again++) {
        const asked = ids.filter((id) => !done.has(id));
        const talk = { ids: asked, timeout: 1 };
        const { results } = await lab.agent.ask<{ results: { outcome: string }[] }>("talk", talk);
        const outcomes = results.map(({ outcome }) => outcome);
        // Garbled is the echo of two texts at once.
        asked.filter((_, place) => ["echo", "garbled"].includes(outcomes[place]!)).forEach((id) => done.add(id));
      }
      return ids.filter((id) => done.has(id));
    }

    it("when what is known of flows is lost under traffic", async () => {
      start({ firewall });
      const to = { from: "a", src: "10.0.1.5", dst: "198.51.100.7", port: 7 };
      const ids: number[] = [];
      for (let held = 0; held < 10; held++) {
        const { id, seenAs } = await lab.agent.ask<{ id: number; seenAs: string }>("connect", to);
        expect(seenAs).toMatch(/^203\.0\.113\.11:/);
        ids.push(id);
      }
      lab.hostOrThrow("rm -f /tmp/stop");
      lab.background("sh -c 'while [ ! -e /tmp/stop ]; do conntrack -F; sleep 0.01; done'");
      for (let times = 0; times < 20; times++) expect(await answered(ids)).toEqual(ids);
      lab.hostOrThrow("touch /tmp/stop");
      await lab.agent.ask("close", { ids });
      expect(untranslated()).toEqual([]);
    });

    it("but a reset does, of a host that has no private network named", async () => {
      start({ firewall, onStateLoss: "reset", untranslatedCidrs: [] });
      const to = { from: "a", src: "10.0.1.5", dst: "198.51.100.7", port: 7 };
      const { id } = await lab.agent.ask<{ id: number }>("connect", to);
      lab.hostOrThrow("conntrack -F");
      const { results } = await lab.agent.ask<{ results: { outcome: string }[] }>("talk", { ids: [id], timeout: 4 });
      expect(results.map(({ outcome }) => outcome)).toEqual(["reset"]);
      await lab.agent.ask("close", { ids: [id] });
    });

    it("but errors do, from a client to a server on the Internet", async () => {
      start({ firewall });
      const answer = await lab.agent.ask("refuse", { from: "a", src: "10.0.1.5", to: "internet", dst: "198.51.100.7" });
      expect(answer).toEqual({ refused: true });
    });
  });

  it("in nftables by the policy: dropped before it is tracked, a packet is translated when it comes again", async () => {
    start({ firewall: "nftables" });
    // What a packet finds that comes between the rules of two generations.
    const between = "nft flush chain ip cdktf_nat postrouting";
    lab.hostOrThrow(between);
    expect(await arrivals("a udp 10.0.1.5:30001 > 198.51.100.7:53")).toEqual([[]]);
    expect(untranslated()).toEqual([]);
    lab.hostOrThrow("cdktf-nat reload");
    expect(await arrivals("a udp 10.0.1.5:30001 > 198.51.100.7:53")).toEqual([by("203.0.113.11", 30001)]);

    lab.hostOrThrow(`${between}; nft 'chain ip cdktf_nat postrouting { policy accept; }'`);
    expect(await arrivals("a udp 10.0.1.5:30002 > 198.51.100.7:53")).toEqual([[]]);
    expect(untranslated()).toEqual([expect.stringContaining("sport=30002")]);
  });

  it("in nftables by a last rule, whoever else is let through", async () => {
    start({ firewall: "nftables" });
    lab.hostOrThrow("nft insert rule ip cdktf_nat forward ip saddr 10.0.2.0/24 accept");
    expect(await arrivals("b udp 10.0.2.5:30003 > 198.51.100.7:53")).toEqual([[]]);
    expect(untranslated()).toEqual([]);
    lab.hostOrThrow("nft chain ip cdktf_nat postrouting '{ policy accept; }'");
    expect(await arrivals("b udp 10.0.2.5:30004 > 198.51.100.7:53")).toEqual([[]]);
    expect(untranslated()).toEqual([]);
  });

  it("in nftables from a flow that was tracked before there were rules", async () => {
    start({ firewall: "nftables" });
    lab.hostOrThrow(`nft -f - <<'END'
      table ip count
      delete table ip count
      table ip count {
        chain postrouting {
          type filter hook postrouting priority 300
          ip saddr 10.0.1.0/24 ip daddr 198.51.100.7 counter
        }
      }
END`);
    const left = () => Number(/packets (\d+)/.exec(lab.hostOrThrow("nft list table ip count"))?.[1]);
    const tcp = (port: number, flags: number) => ({ ...flow(`a tcp 10.0.1.5:${port} > 198.51.100.7:7`), flags });
    const send = () => lab.agent.flows([flow("a udp 10.0.1.5:30005 > 198.51.100.7:53"), tcp(30006, 0x10)]);
    // Tracked and let through, by a machine that does not translate yet.
    lab.hostOrThrow("nft flush chain ip cdktf_nat forward; nft flush chain ip cdktf_nat postrouting");
    lab.hostOrThrow("nft chain ip cdktf_nat forward '{ policy accept; }'");
    lab.hostOrThrow("nft chain ip cdktf_nat postrouting '{ policy accept; }'");
    await send();
    expect([left(), untranslated()]).toEqual([
      2,
      expect.arrayContaining([expect.stringContaining("sport=30005"), expect.stringContaining("sport=30006")]),
    ]);
    lab.hostOrThrow("cdktf-nat reload");
    await send();
    expect([left(), untranslated().length]).toEqual([2, 2]);
    // As if it had been answered.
    lab.hostOrThrow("conntrack -U -p udp --orig-src 10.0.1.5 --orig-port-src 30005 -u SEEN_REPLY,ASSURED");
    await send();
    expect(left()).toBe(2);
    lab.hostOrThrow("nft delete table ip count");
  });

  it("in iptables by masquerading who has lost his entry, until the filter has lost him too", async () => {
    start({ firewall: "iptables" });
    const rules = filesOf([OTHER], { firewall: "iptables" }).find(({ path }) => path.endsWith(".v4"));
    lab.hostOrThrow("sed -n '/^[*]nat/,/^COMMIT/p' | iptables-restore -w --noflush", rules?.content);
    expect(await arrivals("a udp 10.0.1.5:30003 > 198.51.100.7:53")).toEqual([by("203.0.113.10", 30003)]);
    lab.hostOrThrow("iptables-restore -w --noflush", rules?.content);
    expect(await arrivals("a udp 10.0.1.5:30004 > 198.51.100.7:53")).toEqual([[]]);
  });
});
