import { NatTable, renderHost } from "cdktf-nat";
import { makeHeadNode } from "../../test/lab/head-node";
import type { Lab } from "../../test/lab/lab";
import { markdownTable, median } from "./measure";
import type { Finding } from "./measure";

const ENTRIES = [1, 100, 1_000, 10_000];
const ROUNDS = 12;
/** Turns of a round: plain, translated, translated, plain; so many connections each. */
const TURNS = 6;
const CONNECTIONS = 100;
/**
 * Least rate of nftables: of the cheapest rules that translate and let not everybody through, and of its own with one
 * entry. Against plain routing there is no limit of ours: what the kernel takes for tracking and translation bounds it.
 */
const LEAST_OF_CLOSED = 0.95;
const LEAST_OF_OWN = 0.95;
const ADDRESS = "128.105.144.36";
const BACKEND = "192.168.0.140";
const FIRST_PORT = 20_000;

type Load = (lab: Lab, entries: number) => void;

const KINDS: Readonly<Record<string, Load>> = {
  nftables: (lab, entries) => apply(lab, "nftables", entries),
  iptables: (lab, entries) => apply(lab, "iptables", entries),
  "naive rule list": naive,
};

const DNAT = `chain prerouting {
  type nat hook prerouting priority -100
  ip daddr ${ADDRESS} tcp dport ${FIRST_PORT} dnat to ${BACKEND}:80
}`;
const ESTABLISHED = "ct state established accept";

/** The cheapest rules that translate, in a host that does not forward everything. */
const CLOSED = "one DNAT rule, and one that every packet passes";

/** What no rules of nftables can do without, each part beside plain routing too: it bounds what ours can be. */
const PARTS: Readonly<Record<string, { readonly rules: string; readonly isTranslated: boolean }>> = {
  "connection tracking, no NAT": {
    // Where no packet of these flows passes: it has them tracked, and nothing else.
    rules: `chain input {\n type filter hook input priority 0\n ${ESTABLISHED}\n}`,
    isTranslated: false,
  },
  "one DNAT rule, open to all": { rules: DNAT, isTranslated: true },
  [CLOSED]: {
    rules: `${DNAT}\nchain forward {\n type filter hook forward priority 0\n ${ESTABLISHED}\n}`,
    isTranslated: true,
  },
};

/** One way to be measured: its rules, and where connections go. */
interface Run {
  readonly key: string;
  readonly load: (lab: Lab) => void;
  readonly to: readonly [address: string, port: number];
}

const RUNS: readonly Run[] = [
  ...Object.entries(KINDS).flatMap(([kind, load]) =>
    ENTRIES.map((entries): Run => ({
      key: `${kind} ${entries}`,
      load: (lab) => load(lab, entries),
      to: [ADDRESS, FIRST_PORT + entries - 1],
    })),
  ),
  ...Object.entries(PARTS).map(([part, { rules, isTranslated }]): Run => ({
    key: part,
    load: (lab) => void lab.hostOrThrow("nft -f -", `table ip part {\n${rules}\n}\n`),
    to: isTranslated ? [ADDRESS, FIRST_PORT] : [BACKEND, 80],
  })),
];

/** New connections a second through the host to the last of many DNAT entries, as a ratio to plain routing. */
export async function connectionRate(): Promise<Finding> {
  const labs: Lab[] = [];
  try {
    for (let n = 0; n < 2; n++) {
      const lab = await makeHeadNode();
      labs.push(lab);
      lab.hostOrThrow("ip address add 192.168.0.1/24 dev eth0");
      // Settings of the kernel stay: from here on rules are all that differs.
      apply(lab, "nftables", 1);
      clear(lab);
    }
    const ratios = await measure(labs as [Lab, Lab]);
    const ratio = (key: string) => Number(median(ratios.get(key) ?? []).toFixed(3));
    const rows = Object.keys(KINDS).map((kind) => [kind, ...ENTRIES.map((n) => ratio(`${kind} ${n}`).toFixed(2))]);
    const parts = Object.keys(PARTS).map((part) => [part, ratio(part).toFixed(2)]);
    const misses = ENTRIES.flatMap((entries) => {
      const ours = ratio(`nftables ${entries}`);
      const [closed, own] = [ours / ratio(CLOSED), ours / ratio("nftables 1")];
      return [
        ...(closed < LEAST_OF_CLOSED ? [`nftables with ${entries} entries: ${closed.toFixed(3)} of "${CLOSED}"`] : []),
        ...(own < LEAST_OF_OWN ? [`nftables with ${entries} entries: ${own.toFixed(3)} of its rate with one`] : []),
      ];
    });
    const text = [
      "New connections a second to the last DNAT entry, as a ratio to plain routing",
      markdownTable(["", ...ENTRIES.map(String)], rows),
      "What the kernel takes for the parts that no rules can do without, as the same ratio",
      markdownTable(["", "ratio"], parts),
    ].join("\n\n");
    return { text: `${text}\n`, misses };
  } finally {
    labs.forEach((lab) => lab.end());
  }
}

/**
 * Ratios of each run. Two equal labs, one translates beside the other, in turns of some milliseconds: what else the
 * machine does hits both alike. They change places each round, so that it does not matter where their memory lies.
 */
async function measure(labs: readonly [Lab, Lab]): Promise<ReadonlyMap<string, readonly number[]>> {
  const ratios = new Map(RUNS.map(({ key }) => [key, [] as number[]]));
  for (let round = 0; round < ROUNDS; round++) {
    const [plain, host] = round % 2 === 0 ? labs : [labs[1], labs[0]];
    for (const { key, load, to } of RUNS) {
      load(host);
      for (let turn = 0; turn < TURNS; turn++) {
        const before = await seconds(plain, BACKEND, 80);
        const translated = (await seconds(host, ...to)) + (await seconds(host, ...to));
        const after = await seconds(plain, BACKEND, 80);
        ratios.get(key)?.push((before + after) / translated);
      }
      clear(host);
    }
  }
  return ratios;
}

/** Seconds that so many TCP connections take, one after the other, from the Internet to the backend. */
async function seconds(lab: Lab, dst: string, dport: number): Promise<number> {
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

/** Leaves plain routing: no rules, nothing tracked. */
function clear(lab: Lab): void {
  lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop");
  lab.hostOrThrow("iptables -t nat -F; nft flush ruleset; echo 1 > /proc/sys/net/ipv4/ip_forward");
  lab.host("conntrack -F");
}
