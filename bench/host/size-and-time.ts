import { gzipSync } from "node:zlib";
import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import { makeHeadNode } from "../../test/lab/head-node";
import { markdownTable, median } from "./measure";
import type { Finding } from "./measure";

const ENTRIES = [100, 1_000, 10_000];
const MOST_RENDER_MS = 1_000;

/** Size of user data, time to render and time to load, by the number of DNAT entries. */
export async function sizeAndTime(): Promise<Finding> {
  const lab = await makeHeadNode();
  try {
    const results = (["nftables", "iptables"] as const).flatMap((firewall) =>
      ENTRIES.map((entries) => {
        const table = NatTable.of({
          dnat: Array.from({ length: entries }, (_, n) => ({
            address: { publicIp: "203.0.113.10", privateIp: "10.0.0.10" },
            protocol: "tcp" as const,
            publicPort: 20_000 + n,
            privateIp: `10.0.${n >> 8}.${n & 255}`,
            privatePort: 8080,
          })),
        });
        const renders = [1, 2, 3, 4, 5].map(() => milliseconds(() => renderHost(table, { firewall })));
        const files = renderHost(table, { firewall });
        const userData = renderCloudConfig(files);
        lab.install(files);
        const command =
          firewall === "nftables"
            ? "nft -f /etc/cdktf-nat/rules.nft"
            : "iptables-restore --noflush /etc/cdktf-nat/rules.v4";
        const loads = [1, 2, 3, 4, 5].map(() => milliseconds(() => lab.hostOrThrow(command)));
        return {
          firewall,
          entries,
          rawBytes: Buffer.byteLength(userData),
          gzipBytes: gzipSync(userData, { level: 9 }).length,
          renderMs: Math.round(median(renders)),
          loadMs: Math.round(median(loads)),
        };
      }),
    );
    const header = ["firewall", "entries", "user data", "gzip", "to render", "to load"];
    const rows = results.map((one) => [
      one.firewall,
      one.entries,
      `${(one.rawBytes / 1000).toFixed(1)} KB`,
      `${(one.gzipBytes / 1000).toFixed(1)} KB`,
      `${one.renderMs} ms`,
      `${one.loadMs} ms`,
    ]);
    return {
      text: `Size and time by DNAT entries, on two addresses each\n\n${markdownTable(header, rows)}\n`,
      misses: results
        .filter(({ renderMs }) => renderMs > MOST_RENDER_MS)
        .map(({ firewall, entries, renderMs }) => `${entries} entries take ${renderMs} ms to render for ${firewall}`),
    };
  } finally {
    lab.end();
  }
}

function milliseconds(run: () => unknown): number {
  const start = performance.now();
  run();
  return performance.now() - start;
}
