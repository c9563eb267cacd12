import type { NatTableSpec } from "cdktf-nat";
import { EIPS } from "./cloud";

const [first, second, third, fourth] = EIPS.map(([publicIp, privateIp]) => ({ publicIp, privateIp })) as [
  Eip,
  Eip,
  Eip,
  Eip,
];
/** An EIP of the lab. */
export interface Eip {
  readonly publicIp: string;
  readonly privateIp: string;
}

export const [E0, E1, E2, E3] = [first, second, third, fourth];

/** A table with entries of every kind. */
export const TABLE: NatTableSpec = {
  snat: [
    { source: "10.0.1.0/24", addresses: [E0] },
    { source: "10.0.1.128/25", addresses: [E1] },
    { source: "10.0.1.200/32" },
    { source: "10.0.2.0/26", addresses: [E1, E3] },
    { source: "10.0.2.128/25", addresses: [E0, E1, E3], eipAffinity: true },
  ],
  dnat: [
    { address: E0, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10", privatePort: 8443 },
    { address: E0, protocol: "tcp", publicPort: 80, privateIp: "10.0.1.10" },
    { address: E0, protocol: "udp", publicPort: "7000-7010", privateIp: "10.0.1.11", privatePort: "8000-8010" },
    { address: E0, protocol: "tcp", publicPort: "9000-9003", privateIp: "10.0.1.11" },
    { address: E0, protocol: "udp", publicPort: 53, privateIp: "10.0.2.10" },
    { address: E1, protocol: "tcp", publicPort: 443, privateIp: "10.0.2.11", allowFrom: ["198.51.100.64/26"] },
    { address: E1, protocol: "tcp", publicPort: "5000-5001", privateIp: "10.0.2.11", allowFrom: ["198.51.100.64/26"] },
    { address: E2, protocol: "any", privateIp: "10.0.2.12" },
  ],
};

/** A flow, and what arrives where. */
export type Case = readonly [name: string, flow: string, arrives: readonly string[]];

/** Flows of clients. */
export const OUTBOUND: readonly Case[] = [
  [
    "translates udp and keeps the source port",
    "a udp 10.0.1.5:5001 > 198.51.100.7:53",
    ["internet request 203.0.113.10:5001 > 198.51.100.7:53", "a reply 198.51.100.7:53 > 10.0.1.5:5001"],
  ],
  [
    "translates tcp and keeps the source port",
    "a tcp 10.0.1.5:5002 > 198.51.100.7:443",
    ["internet request 203.0.113.10:5002 > 198.51.100.7:443", "a reply 198.51.100.7:443 > 10.0.1.5:5002"],
  ],
  [
    "translates ICMP",
    "a icmp 10.0.1.5:7 > 198.51.100.7",
    ["internet request 203.0.113.10 > 198.51.100.7", "a reply 198.51.100.7 > 10.0.1.5"],
  ],
  [
    "takes the longest prefix of overlapping sources",
    "a udp 10.0.1.130:5003 > 198.51.100.7:53",
    ["internet request 203.0.113.11:5003 > 198.51.100.7:53", "a reply 198.51.100.7:53 > 10.0.1.130:5003"],
  ],
  [
    "masquerades a source without addresses",
    "a udp 10.0.1.200:5004 > 198.51.100.7:53",
    ["internet request 203.0.113.10:5004 > 198.51.100.7:53", "a reply 198.51.100.7:53 > 10.0.1.200:5004"],
  ],
  [
    "does not hijack what a client sends to a mapped port of another host",
    "a tcp 10.0.1.5:5005 > 198.51.100.7:80",
    ["internet request 203.0.113.10:5005 > 198.51.100.7:80", "a reply 198.51.100.7:80 > 10.0.1.5:5005"],
  ],
  ["refuses a source that is no client", "b udp 10.0.2.100:5006 > 198.51.100.7:53", []],
  [
    "leaves private traffic untouched",
    "a udp 10.0.1.5:5007 > 10.0.2.7:53",
    ["b request 10.0.1.5:5007 > 10.0.2.7:53", "a reply 10.0.2.7:53 > 10.0.1.5:5007"],
  ],
];

/** Flows from the Internet. */
export const INBOUND: readonly Case[] = [
  [
    "maps a port to another and keeps the client's address",
    "internet tcp 198.51.100.7:6001 > 203.0.113.10:443",
    ["a request 198.51.100.7:6001 > 10.0.1.10:8443", "internet reply 203.0.113.10:443 > 198.51.100.7:6001"],
  ],
  [
    "maps a port to the same port",
    "internet tcp 198.51.100.7:6002 > 203.0.113.10:80",
    ["a request 198.51.100.7:6002 > 10.0.1.10:80", "internet reply 203.0.113.10:80 > 198.51.100.7:6002"],
  ],
  [
    "maps udp",
    "internet udp 198.51.100.7:6003 > 203.0.113.10:53",
    ["b request 198.51.100.7:6003 > 10.0.2.10:53", "internet reply 203.0.113.10:53 > 198.51.100.7:6003"],
  ],
  ...[7000, 7001, 7002, 7003, 7004, 7005, 7006, 7007, 7008, 7009, 7010].map((port): Case => [
    `maps port ${port} of a shifted range`,
    `internet udp 198.51.100.7:6004 > 203.0.113.10:${port}`,
    [
      `a request 198.51.100.7:6004 > 10.0.1.11:${port + 1000}`,
      `internet reply 203.0.113.10:${port} > 198.51.100.7:6004`,
    ],
  ]),
  ...[9000, 9003].map((port): Case => [
    `maps port ${port} at the end of a kept range`,
    `internet tcp 198.51.100.7:6005 > 203.0.113.10:${port}`,
    [`a request 198.51.100.7:6005 > 10.0.1.11:${port}`, `internet reply 203.0.113.10:${port} > 198.51.100.7:6005`],
  ]),
  ["does not let in a port before a range", "internet udp 198.51.100.7:6006 > 203.0.113.10:6999", []],
  ["does not let in a port behind a range", "internet tcp 198.51.100.7:6007 > 203.0.113.10:9004", []],
  ["does not let in another protocol", "internet udp 198.51.100.7:6008 > 203.0.113.10:443", []],
  ["does not let in by another address", "internet tcp 198.51.100.7:6009 > 203.0.113.13:443", []],
  ["keeps the host's own ports closed", "internet tcp 198.51.100.7:6010 > 203.0.113.10:22", []],
  [
    "answers a ping to a port-mapped EIP itself",
    "internet icmp 198.51.100.7:8 > 203.0.113.10",
    ["internet reply 203.0.113.10 > 198.51.100.7"],
  ],
  [
    "lets in whom allowFrom names",
    "internet tcp 198.51.100.70:6011 > 203.0.113.11:443",
    ["b request 198.51.100.70:6011 > 10.0.2.11:443", "internet reply 203.0.113.11:443 > 198.51.100.70:6011"],
  ],
  ["refuses whom allowFrom does not name", "internet tcp 198.51.100.7:6012 > 203.0.113.11:443", []],
  [
    "lets whom allowFrom names in to a range",
    "internet tcp 198.51.100.70:6013 > 203.0.113.11:5001",
    ["b request 198.51.100.70:6013 > 10.0.2.11:5001", "internet reply 203.0.113.11:5001 > 198.51.100.70:6013"],
  ],
  ["refuses whom allowFrom does not name at a range", "internet tcp 198.51.100.7:6014 > 203.0.113.11:5000", []],
];

/** Flows to and from the backend of Any Port. */
export const ANY_PORT: readonly Case[] = [
  [
    "brings any tcp port to the backend of Any Port",
    "internet tcp 198.51.100.7:6101 > 203.0.113.12:22",
    ["b request 198.51.100.7:6101 > 10.0.2.12:22", "internet reply 203.0.113.12:22 > 198.51.100.7:6101"],
  ],
  [
    "brings any udp port to the backend of Any Port",
    "internet udp 198.51.100.7:6102 > 203.0.113.12:60000",
    ["b request 198.51.100.7:6102 > 10.0.2.12:60000", "internet reply 203.0.113.12:60000 > 198.51.100.7:6102"],
  ],
  [
    "brings a ping to the backend of Any Port",
    "internet icmp 198.51.100.7:9 > 203.0.113.12",
    ["b request 198.51.100.7 > 10.0.2.12", "internet reply 203.0.113.12 > 198.51.100.7"],
  ],
  [
    "lets the backend of Any Port leave by its own EIP",
    "b udp 10.0.2.12:6103 > 198.51.100.7:53",
    ["internet request 203.0.113.12:6103 > 198.51.100.7:53", "b reply 198.51.100.7:53 > 10.0.2.12:6103"],
  ],
  [
    "brings a client inside to the backend of Any Port",
    "a tcp 10.0.1.5:6104 > 203.0.113.12:22",
    ["b request 10.0.0.10:6104 > 10.0.2.12:22", "a reply 203.0.113.12:22 > 10.0.1.5:6104"],
  ],
];

/** Flows from inside to an address of the NAT. */
export const HAIRPIN: readonly Case[] = [
  [
    "to the EIP",
    "b tcp 10.0.2.5:6201 > 203.0.113.10:443",
    ["a request 10.0.0.10:6201 > 10.0.1.10:8443", "b reply 203.0.113.10:443 > 10.0.2.5:6201"],
  ],
  [
    "to the private address of the host",
    "b tcp 10.0.2.5:6202 > 10.0.0.10:443",
    ["a request 10.0.0.10:6202 > 10.0.1.10:8443", "b reply 10.0.0.10:443 > 10.0.2.5:6202"],
  ],
  [
    "from the backend to itself by the EIP",
    "a tcp 10.0.1.10:6203 > 203.0.113.10:443",
    ["a request 10.0.0.10:6203 > 10.0.1.10:8443", "a reply 203.0.113.10:443 > 10.0.1.10:6203"],
  ],
  [
    "from the backend to itself by the private address of the host",
    "a tcp 10.0.1.10:6204 > 10.0.0.10:443",
    ["a request 10.0.0.10:6204 > 10.0.1.10:8443", "a reply 10.0.0.10:443 > 10.0.1.10:6204"],
  ],
  ["not to a port of the EIP that is not mapped", "b tcp 10.0.2.5:6205 > 203.0.113.10:444", []],
];
