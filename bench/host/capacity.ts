import { NatTable, renderHost } from "cdktf-nat";
import type { PortAllocation } from "cdktf-nat";
import { makeHeadNode } from "../../test/lab/head-node";
import { markdownTable } from "./measure";
import type { Finding } from "./measure";

const ADDRESSES = ["128.105.144.36", "128.105.144.37", "128.105.144.38", "128.105.144.39"];
const LIMIT = 240_000;
/** Least connections an address, of what the library says of it (28,000 and 55,000): a hash spreads them unevenly. */
const LEAST = { preserve: 0.9 * 28_000, random: 0.9 * 55_000 };

/** How many connections to one destination get out before the first is refused, by addresses and port allocation. */
export async function capacity(): Promise<Finding> {
  const lab = await makeHeadNode();
  try {
    lab.hostOrThrow("ip address add 192.168.0.1/24 dev eth0");
    const results: {
      readonly addresses: number;
      readonly portAllocation: PortAllocation;
      readonly connections: number;
    }[] = [];
    for (const portAllocation of ["preserve", "random"] as const) {
      for (const addresses of [1, 2, 4]) {
        const table = NatTable.of({ snat: [{ source: "192.168.0.0/24", addresses: ADDRESSES.slice(0, addresses) }] });
        lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop; conntrack -F");
        lab.install(renderHost(table, { portAllocation }));
        lab.hostOrThrow("cdktf-nat start; echo 600 > /proc/sys/net/netfilter/nf_conntrack_udp_timeout");
        const { opened } = await lab.agent.ask<{ opened: number }>("capacity", {
          flow: { from: "clients", proto: "udp", dst: "198.51.100.7", dport: 53 },
          at: "internet",
          clients: "192.168.0.128/25",
          // Where Linux clients take their ports from.
          ports: [32_768, 60_999],
          limit: LIMIT,
        });
        results.push({ addresses, portAllocation, connections: opened });
      }
    }
    const rows = results.map((one) => [one.portAllocation, one.addresses, one.connections]);
    const title = "Connections to one destination before the first refusal";
    return {
      text: `${title}\n\n${markdownTable(["portAllocation", "EIPs", "connections"], rows)}\n`,
      misses: results
        .filter(({ addresses, portAllocation, connections }) => connections < addresses * LEAST[portAllocation])
        .map(
          ({ addresses, portAllocation, connections }) => `${connections} with ${addresses} EIPs, ${portAllocation}`,
        ),
    };
  } finally {
    lab.end();
  }
}
