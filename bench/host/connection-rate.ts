import { NatTable, renderHost } from "cdktf-nat";
import { makeHeadNode } from "../../test/lab/head-node";
import type { Lab } from "../../test/lab/lab";
import { markdownTable, median } from "./measure";
import type { Finding } from "./measure";

const ENTRIES = [1, 100, 1_000, 10_000];
const ROUNDS = 15;
/** Least rate of nftables: of plain routing without NAT, and of its own with one entry. */
const LEAST_OF_PLAIN = 0.85;
const LEAST_OF_OWN = 0.95;
const CONNECTIONS = 1_000;
const ADDRESS = "128.105.144.36";
const BACKEND = "192.168.0.140";
const FIRST_PORT = 20_000;

type Load = (lab: Lab, entries: number) => void;

const KINDS: Readonly<Record<string, Load>> = {
  nftables: (lab, entries) => apply(lab, "nftables", entries),
  iptables: (lab, entries) => apply(lab, "iptables", entries),
  "naive rule list": naive,
};

/** New connections a second through the host to the last of many DNAT entries, as a ratio to plain routing. */
export async function connectionRate(): Promise<Finding> {
  const lab = await makeHeadNode();
  try {
    lab.hostOrThrow("ip address add 192.168.0.1/24 dev eth0");
    const ratios = new Map<string, number[]>();
    // Round by round through all kinds and sizes, each beside plain routing: what else the machine does hits all alike.
    for (let round = 0; round < ROUNDS; round++) {
      for (const [kind, load] of Object.entries(KINDS)) {
        for (const entries of ENTRIES) {
          clear(lab);
          lab.hostOrThrow("echo 1 > /proc/sys/net/ipv4/ip_forward");
          const plain = await seconds(lab, BACKEND, 80);
          load(lab, entries);
          const translated = await seconds(lab, ADDRESS, FIRST_PORT + entries - 1);
          const key = `${kind} ${entries}`;
          ratios.set(key, [...(ratios.get(key) ?? []), plain / translated]);
        }
      }
    }
    const results: Record<string, Record<number, number>> = {};
    for (const kind of Object.keys(KINDS)) {
      const each = ENTRIES.map((entries) => [entries, median(ratios.get(`${kind} ${entries}`) ?? [])] as const);
      results[kind] = Object.fromEntries(each.map(([entries, ratio]) => [entries, Number(ratio.toFixed(3))]));
    }
    const rows = Object.entries(results).map(([kind, ratios]) => [
      kind,
      ...ENTRIES.map((n) => (ratios[n] ?? 0).toFixed(2)),
    ]);
    const title = "New connections a second to the last DNAT entry, as a ratio to plain routing";
    const ours = results.nftables ?? {};
    const misses = ENTRIES.flatMap((entries) => {
      const ratio = ours[entries] ?? 0;
      const own = ratio / (ours[1] ?? 0);
      return [
        ...(ratio < LEAST_OF_PLAIN ? [`nftables with ${entries} entries: ${ratio} of plain routing`] : []),
        ...(own < LEAST_OF_OWN ? [`nftables with ${entries} entries: ${own.toFixed(3)} of its rate with one`] : []),
      ];
    });
    return { text: `${title}\n\n${markdownTable(["", ...ENTRIES.map(String)], rows)}\n`, misses };
  } finally {
    lab.end();
  }
}

/** Seconds that so many TCP connections take, one after the other, from the Internet to the backend. */
async function seconds(lab: Lab, dst: string, dport: number): Promise<number> {
  lab.host("conntrack -F");
  const { seconds: taken } = await lab.agent.ask<{ seconds: number }>("rate", {
    ...{ from: "internet", dst, dport, count: CONNECTIONS },
    ...{ at: "clients", server: BACKEND, port: 80 },
  });
  return taken;
}

function apply(lab: Lab, firewall: "nftables" | "iptables", entries: number): void {
  const table = NatTable.of({
    dnat: Array.from({ length: entries }, (_, n) => ({
      address: ADDRESS,
      protocol: "tcp" as const,
      publicPort: FIRST_PORT + n,
      privateIp: BACKEND,
      privatePort: 80,
    })),
  });
  lab.install(renderHost(table, { firewall }));
  lab.hostOrThrow("cdktf-nat start");
}

/** What is written by hand: one rule an entry, in one chain. */
function naive(lab: Lab, entries: number): void {
  const rules = Array.from(
    { length: entries },
    (_, n) => `-A PREROUTING -d ${ADDRESS} -p tcp --dport ${FIRST_PORT + n} -j DNAT --to-destination ${BACKEND}:80`,
  );
  lab.hostOrThrow("iptables-restore", ["*nat", ...rules, "COMMIT", ""].join("\n"));
}

function clear(lab: Lab): void {
  lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop");
  lab.hostOrThrow("iptables -t nat -F; nft flush ruleset");
}
