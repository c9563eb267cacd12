import { Deferred, type HostOptions, NatTable, type NatTableSpec } from "cdktf-nat";

/** A host whose files are kept beside the tests. */
export interface GoldenHost {
  readonly name: string;
  readonly table: NatTable;
  readonly options: HostOptions;
}

const web = { publicIp: Deferred.of("${alicloud_eip.web.ip_address}"), privateIp: "10.0.0.10" };
const egress = { publicIp: "203.0.113.11", privateIp: "10.0.0.11" };
const bastion = { publicIp: "203.0.113.12", privateIp: "10.0.0.12" };

const CLOUD: NatTableSpec = {
  snat: [
    { source: "10.0.0.0/16", addresses: [web] },
    { source: "10.0.1.0/24", addresses: [web, egress], eipAffinity: true },
    { source: "10.0.1.128/26", addresses: [web, egress] },
    { source: "10.0.1.200/32" },
  ],
  dnat: [
    { address: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10", privatePort: 8443 },
    { address: web, protocol: "tcp", publicPort: 80, privateIp: "10.0.1.10", allowFrom: ["198.51.100.0/24"] },
    { address: web, protocol: "udp", publicPort: "7000-7003", privateIp: "10.0.1.11", privatePort: "8000-8003" },
    { address: egress, protocol: "tcp", publicPort: "9000-9010", privateIp: "10.0.1.11" },
    {
      address: egress,
      protocol: "udp",
      publicPort: "9000-9010",
      privateIp: "10.0.1.11",
      allowFrom: ["198.51.100.0/25", "192.0.2.0/24"],
    },
    { address: bastion, protocol: "any", privateIp: "10.0.1.12" },
  ],
};

/** Document 004: a head node between two networks, with a public address of its own. */
const HEAD_NODE: NatTableSpec = {
  snat: [
    { source: "192.168.0.0/24", addresses: ["128.105.144.36"] },
    { source: "129.89.200.0/23", addresses: ["128.105.144.36"] },
  ],
};
const HEAD_NODE_OPTIONS: HostOptions = {
  untranslatedCidrs: ["192.168.0.0/16", "129.89.200.0/23"],
  onStateLoss: "reset",
  portAllocation: "random",
  idleTimeoutSeconds: 350,
  maxConnections: 100_000,
  icmpReply: false,
  privateInterface: {
    name: "eth0",
    address: "192.168.0.1/24",
    routes: [{ destination: "129.89.200.0/23", via: "192.168.0.254" }],
    suppressDefaultRoute: true,
  },
  publicInterface: { name: "eth1" },
};

/** The hosts whose files are kept. */
export const GOLDEN_HOSTS: readonly GoldenHost[] = [
  ...(["nftables", "iptables"] as const).flatMap((firewall) => [
    {
      name: `${firewall}-cloud`,
      table: NatTable.of(CLOUD),
      options: { firewall, untranslatedCidrs: ["10.0.0.0/16"], sshFrom: ["192.0.2.0/24"] },
    },
    {
      name: `${firewall}-head-node`,
      table: NatTable.of(HEAD_NODE),
      options: { ...HEAD_NODE_OPTIONS, firewall },
    },
  ]),
  {
    name: "firewalld-cloud",
    table: NatTable.of({
      snat: [{ source: "10.0.1.0/24" }],
      dnat: CLOUD.dnat?.filter(({ protocol }) => protocol !== "any") ?? [],
    }),
    options: { firewall: "firewalld", untranslatedCidrs: ["10.0.0.0/16"], sshFrom: ["192.0.2.0/24"], icmpReply: false },
  },
];
