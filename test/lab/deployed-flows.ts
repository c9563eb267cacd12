// Flows through hosts whose addresses are known when they are deployed, as the labs and the virtual machines send them.
//
// Words in capitals stand for what a deployment chooses: HOST for the host's primary private address, others for EIPs.
// PORT is a source port, or the identifier of a ping, that no other case has.
import type { DeployedHost } from "../support/deployed-host";
import type { Case } from "./cases";

/** What arrives where of a flow from a client out, seen as an EIP. */
export const outAndBack = (source: string, destination: string, eip: string): readonly string[] => [
  `internet request ${eip}:PORT > ${destination}`,
  `${source.startsWith("10.0.1.") ? "a" : "b"} reply ${destination} > ${source}:PORT`,
];

/** The examples alicloud-self-hosted and aws-self-hosted-dnat: EIPs EGRESS and WEB, the latter by 10.0.0.11. */
export const EXAMPLE: readonly Case[] = [
  ...(["udp", "tcp"] as const).map((protocol): Case => [
    `translates ${protocol} and keeps the source port, to a port that is mapped here too`,
    `a ${protocol} 10.0.1.5:PORT > 198.51.100.7:443`,
    outAndBack("10.0.1.5", "198.51.100.7:443", "EGRESS"),
  ]),
  [
    "translates ICMP",
    "a icmp 10.0.1.5:PORT > 198.51.100.7",
    ["internet request EGRESS > 198.51.100.7", "a reply 198.51.100.7 > 10.0.1.5"],
  ],
  ["lets no one out who has no entry", "b udp 10.0.2.5:PORT > 198.51.100.7:53", []],
  [
    "leaves private traffic untouched",
    "a udp 10.0.1.5:PORT > 10.0.2.7:53",
    ["b request 10.0.1.5:PORT > 10.0.2.7:53", "a reply 10.0.2.7:53 > 10.0.1.5:PORT"],
  ],
  [
    "lets https in and keeps the client's address",
    "internet tcp 198.51.100.7:PORT > WEB:443",
    ["a request 198.51.100.7:PORT > 10.0.1.10:8443", "internet reply WEB:443 > 198.51.100.7:PORT"],
  ],
  ["lets in no other port", "internet tcp 198.51.100.7:PORT > WEB:8443", []],
  ["lets in no other protocol", "internet udp 198.51.100.7:PORT > WEB:443", []],
  ["lets in nothing by the other EIP", "internet tcp 198.51.100.7:PORT > EGRESS:443", []],
  ["keeps its own SSH closed", "internet tcp 198.51.100.7:PORT > EGRESS:22", []],
  ...["EGRESS", "WEB"].map((eip): Case => [
    `answers a ping to ${eip} itself`,
    `internet icmp 198.51.100.7:PORT > ${eip}`,
    [`internet reply ${eip} > 198.51.100.7`],
  ]),
  [
    "brings a client to the backend by the EIP",
    "a tcp 10.0.1.5:PORT > WEB:443",
    ["a request HOST:PORT > 10.0.1.10:8443", "a reply WEB:443 > 10.0.1.5:PORT"],
  ],
  [
    "brings a client to the backend by the private address of the EIP",
    "b tcp 10.0.2.5:PORT > 10.0.0.11:443",
    ["a request HOST:PORT > 10.0.1.10:8443", "b reply 10.0.0.11:443 > 10.0.2.5:PORT"],
  ],
  [
    "brings the backend to itself",
    "a tcp 10.0.1.10:PORT > WEB:443",
    ["a request HOST:PORT > 10.0.1.10:8443", "a reply WEB:443 > 10.0.1.10:PORT"],
  ],
];

/** What the example aws-self-hosted-dnat has beside: EIP DESK, by 10.0.0.12, and an office that is `internet`, not `far`. */
export const SERVICES: readonly Case[] = [
  ...[7000, 7004, 7010].map((port): Case => [
    `maps port ${port} of a shifted range`,
    `internet udp 198.51.100.7:PORT > WEB:${port}`,
    [`a request 198.51.100.7:PORT > 10.0.1.10:${port + 1000}`, `internet reply WEB:${port} > 198.51.100.7:PORT`],
  ]),
  ["lets in no port before the range", "internet udp 198.51.100.7:PORT > WEB:6999", []],
  ["lets in no port behind the range", "internet udp 198.51.100.7:PORT > WEB:7011", []],
  ["lets in no other protocol of the range", "internet tcp 198.51.100.7:PORT > WEB:7000", []],
  [
    "brings a client to the range by the EIP",
    "b udp 10.0.2.5:PORT > WEB:7003",
    ["a request HOST:PORT > 10.0.1.10:8003", "b reply WEB:7003 > 10.0.2.5:PORT"],
  ],
  [
    "lets in whoever may use a port that is for all",
    "far tcp 198.18.0.7:PORT > WEB:443",
    ["a request 198.18.0.7:PORT > 10.0.1.10:8443", "far reply WEB:443 > 198.18.0.7:PORT"],
  ],
  [
    "lets in whom allowFrom names",
    "internet tcp 198.51.100.7:PORT > WEB:8080",
    ["a request 198.51.100.7:PORT > 10.0.1.10:8080", "internet reply WEB:8080 > 198.51.100.7:PORT"],
  ],
  ["refuses whom allowFrom does not name", "far tcp 198.18.0.7:PORT > WEB:8080", []],
  ...(["tcp 22", "udp 60000"] as const).map((port): Case => {
    const [protocol = "", number = ""] = port.split(" ");
    return [
      `brings ${protocol} to any port to the backend of Any Port`,
      `internet ${protocol} 198.51.100.7:PORT > DESK:${number}`,
      [`a request 198.51.100.7:PORT > 10.0.1.20:${number}`, `internet reply DESK:${number} > 198.51.100.7:PORT`],
    ];
  }),
  [
    "brings a ping to the backend of Any Port",
    "internet icmp 198.51.100.7:PORT > DESK",
    ["a request 198.51.100.7 > 10.0.1.20", "internet reply DESK > 198.51.100.7"],
  ],
  ["refuses at Any Port whom allowFrom does not name", "far tcp 198.18.0.7:PORT > DESK:22", []],
  [
    "lets the backend of Any Port leave by its own EIP",
    "a udp 10.0.1.20:PORT > 198.51.100.7:53",
    outAndBack("10.0.1.20", "198.51.100.7:53", "DESK"),
  ],
];

/**
 * Private addresses of EIPs, by the word that stands for the EIP; every other word is the EIP of the primary address. HOST
 * is given where the host masquerades as another address of its interface.
 */
export type FurtherEips = Readonly<Record<string, string>>;

/** Puts into a case what a deployment chose, and the port. */
export function caseOf(
  [name, text, arrives]: Case,
  { privateIp, eips }: Pick<DeployedHost, "privateIp" | "eips">,
  further: FurtherEips,
  port: number,
): Case {
  const named = (line: string) =>
    line.replace(/[A-Z]{3,}/g, (word) => {
      if (word === "HOST") return further.HOST ?? privateIp;
      if (word === "PORT") return String(port);
      const bound = further[word] ?? privateIp;
      return eips.find((eip) => eip.privateIp === bound)?.publicIp ?? word;
    });
  return [name, named(text), arrives.map(named)];
}
