import { NatTable, renderHost } from "cdktf-nat";
import { ANY_PORT, type Case, HAIRPIN, INBOUND, OUTBOUND, TABLE } from "../../test/lab/cases";
import { makeCloud, VPC } from "../../test/lab/cloud";
import { startFirewalld } from "../../test/lab/firewalld-daemon";
import { flow, lines } from "../../test/lab/flow-text";
import type { Lab } from "../../test/lab/lab";
import { markdownTable } from "./measure";
import type { Finding } from "./measure";

interface Peer {
  readonly name: string;
  readonly start: (lab: Lab) => void;
  readonly stop: (lab: Lab) => void;
}

const FORWARD = "echo 1 > /proc/sys/net/ipv4/ip_forward";
const CLEAR = "echo 0 > /proc/sys/net/ipv4/ip_forward; iptables -t nat -F; conntrack -F";

/** Rule sets as guides to a NAT of one's own have them, beside ours, in one lab. */
const PEERS: readonly Peer[] = [
  ...(["nftables", "iptables"] as const).map((firewall) => ({
    name: `this library, ${firewall}`,
    start: (lab: Lab) => {
      lab.install(renderHost(NatTable.of(TABLE), { firewall, untranslatedCidrs: [VPC] }));
      lab.hostOrThrow("cdktf-nat start");
    },
    stop: (lab: Lab) => void lab.host("cdktf-nat stop; conntrack -F"),
  })),
  {
    name: "one iptables SNAT rule to the machine's address",
    start: (lab) =>
      void lab.hostOrThrow(`${FORWARD}; iptables -t nat -A POSTROUTING -o eth0 -s ${VPC} -j SNAT --to 10.0.0.10`),
    stop: (lab) => void lab.host(CLEAR),
  },
  {
    name: "masquerade only, as NAT instances have it",
    start: (lab) => void lab.hostOrThrow(`${FORWARD}; iptables -t nat -A POSTROUTING -o eth0 -j MASQUERADE`),
    stop: (lab) => void lab.host(CLEAR),
  },
  {
    name: "firewalld with masquerade switched on",
    start: (lab) => {
      startFirewalld(lab);
      lab.hostOrThrow(`firewall-cmd --add-masquerade --permanent; firewall-cmd --reload; ${FORWARD}`);
    },
    stop: (lab) => void lab.host(CLEAR),
  },
];

const GROUPS: readonly (readonly [string, readonly Case[]])[] = [
  ["outbound", OUTBOUND],
  ["inbound", INBOUND],
  ["Any Port", ANY_PORT],
  ["hairpin", HAIRPIN],
];

/** Who passes how many of the flows of the lab. */
export async function peers(): Promise<Finding> {
  const lab = await makeCloud();
  try {
    const passes: Record<string, readonly boolean[]> = {};
    for (const { name, start, stop } of PEERS) {
      start(lab);
      const cases = GROUPS.flatMap(([, group]) => group);
      const arrived = await lab.agent.flows(cases.map(([, text]) => flow(text)));
      passes[name] = cases.map(([, , expected], place) => {
        const seen = arrived[place];
        return seen !== undefined && JSON.stringify(lines(seen)) === JSON.stringify(expected);
      });
      stop(lab);
    }
    let from = 0;
    const bounds = GROUPS.map(([title, group]) => ({ title, from, to: (from += group.length) }));
    const rows = Object.entries(passes).map(([name, all]) => [
      name,
      ...bounds.map(({ from: first, to }) => `${all.slice(first, to).filter(Boolean).length}/${to - first}`),
    ]);
    const header = ["", ...bounds.map(({ title }) => title)];
    const ours = Object.entries(passes).filter(([name]) => name.startsWith("this library"));
    return {
      text: `Flows of the lab that end as the NAT table says\n\n${markdownTable(header, rows)}\n`,
      misses: ours.filter(([, all]) => all.includes(false)).map(([name]) => `${name} does not pass all flows`),
    };
  } finally {
    lab.end();
  }
}
