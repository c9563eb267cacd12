import { identityOf } from "../core/deferred";
import type { PortMapping } from "../core/port-mapping";
import type { PortProtocol } from "../core/protocol";
import { AllowLists } from "./allow-lists";
import { type Address, destinationsOf, type HostPlan, type PortEntry } from "./host-plan";
import { nftChain, nftElements, nftMatches } from "./nft-text";

const ADDRESS = "ipv4_addr";
const ADDRESS_AND_PORT = "ipv4_addr . inet_service";
const PROTOCOLS: readonly PortProtocol[] = ["tcp", "udp"];

/** The parts of the table that translate destinations: maps and the chains that look things up in them. */
export function nftInbound(plan: HostPlan): readonly string[] {
  const { addresses, anyPortEntries, portEntries } = plan;
  const lists = new AllowLists();
  const ranges = rangeChains(portEntries.filter(isKeptRange), lists);
  const single = PROTOCOLS.map((protocol) =>
    portMaps(
      protocol,
      portEntries.filter((entry) => entry.protocol === protocol && !isKeptRange(entry)),
      lists,
    ),
  );
  const anyPort = elements(anyPortEntries.map(({ address, backend }) => ({ address, value: backend.toString() })));
  const anyPortAllow = elements(
    anyPortEntries.flatMap(({ address, allowFrom }) => {
      const list = lists.numberOf(allowFrom);
      return list === undefined ? [] : [{ address, value: `jump allow_${list}` }];
    }),
  );
  const outside = addresses.flatMap((address) =>
    address.outside === undefined ? [] : [`${address.outside.toString()} : ${address.local.toString()}`],
  );
  const toHost = outside.length === 0 ? [] : ["dnat to ip daddr map @outside_addresses"];
  const ssh = anyPort.length === 0 ? [] : nftMatches("ip saddr", plan.sshFrom);

  const rules = [
    ...single.flatMap(({ rules }) => rules),
    ...(ranges.elements.length === 0 ? [] : ["ip daddr vmap @ranges"]),
    ...ssh.map((match) => `tcp dport 22 ${match}goto to_host`),
    ...(anyPortAllow.length === 0 ? [] : ["ip daddr vmap @any_port_allow"]),
    ...(anyPort.length === 0 ? [] : ["dnat to ip daddr map @any_port"]),
    ...toHost,
  ];
  return [
    ...nftElements("set addresses", ADDRESS, distinct(addresses.flatMap(destinationsOf)).map(String)),
    ...nftElements("map outside_addresses", `${ADDRESS} : ${ADDRESS}`, outside),
    ...nftElements("map any_port", `${ADDRESS} : ${ADDRESS}`, anyPort),
    // A map that jumps has to stand behind the chains that it jumps to.
    ...lists
      .all()
      .map(({ number, blocks }) =>
        nftChain(`allow_${number}`, [...nftMatches("ip saddr", blocks).map((match) => `${match}return`), "drop"]),
      ),
    ...ranges.chains,
    ...single.flatMap(({ maps }) => maps),
    ...nftElements("map ranges", `${ADDRESS} : verdict`, ranges.elements),
    ...nftElements("map any_port_allow", `${ADDRESS} : verdict`, anyPortAllow),
    ...(ssh.length === 0 ? [] : [nftChain("to_host", [...toHost, "accept"])]),
    nftChain("inbound", rules),
    nftChain(
      "prerouting",
      addresses.length === 0 ? [] : ["ip daddr @addresses goto inbound"],
      "type nat hook prerouting priority -100; policy accept;",
    ),
  ];
}

/** One lookup for ports that are kept, one for those that are mapped to others, whatever the number of entries. */
function portMaps(protocol: PortProtocol, entries: readonly PortEntry[], lists: AllowLists) {
  const kept: string[] = [];
  const addresses: string[] = [];
  const ports: string[] = [];
  const allow: string[] = [];
  for (const { address, backend, allowFrom, ports: mapping } of entries) {
    const list = lists.numberOf(allowFrom);
    for (const destination of destinationsOf(address)) {
      for (let port = mapping.publicPorts.from; port <= mapping.publicPorts.to; port++) {
        const key = `${destination.toString()} . ${port}`;
        const privatePort = mapping.toPrivate(port);
        if (privatePort === port) {
          kept.push(`${key} : ${backend.toString()}`);
        } else {
          addresses.push(`${key} : ${backend.toString()}`);
          ports.push(`${key} : ${privatePort}`);
        }
        if (list !== undefined) {
          allow.push(`${key} : jump allow_${list}`);
        }
      }
    }
  }
  const key = `ip daddr . ${protocol} dport`;
  return {
    maps: [
      ...nftElements(`map ${protocol}_kept`, `${ADDRESS_AND_PORT} : ${ADDRESS}`, kept),
      ...nftElements(`map ${protocol}_address`, `${ADDRESS_AND_PORT} : ${ADDRESS}`, addresses),
      ...nftElements(`map ${protocol}_port`, `${ADDRESS_AND_PORT} : inet_service`, ports),
      ...nftElements(`map ${protocol}_allow`, `${ADDRESS_AND_PORT} : verdict`, allow),
    ],
    rules: [
      ...(allow.length === 0 ? [] : [`${key} vmap @${protocol}_allow`]),
      ...(kept.length === 0 ? [] : [`dnat to ${key} map @${protocol}_kept`]),
      ...(ports.length === 0 ? [] : [`dnat to ${key} map @${protocol}_address : ${key} map @${protocol}_port`]),
    ],
  };
}

/** Ranges that keep their ports, a chain for each address that has some: no form of nft maps a range to another. */
function rangeChains(entries: readonly PortEntry[], lists: AllowLists) {
  const byAddress = new Map<string, PortEntry[]>();
  for (const entry of entries) {
    const key = identityOf(entry.address.local);
    byAddress.set(key, [...(byAddress.get(key) ?? []), entry]);
  }
  const elements: string[] = [];
  const chains = [...byAddress.values()].map((ofAddress, place) => {
    const [{ address }] = ofAddress as [PortEntry];
    elements.push(...destinationsOf(address).map((ip) => `${ip.toString()} : jump ranges_${place + 1}`));
    const rules = PROTOCOLS.flatMap((protocol) => {
      const ofProtocol = ofAddress
        .filter((entry) => entry.protocol === protocol)
        .sort((a, b) => a.ports.publicPorts.from - b.ports.publicPorts.from);
      const map = ofProtocol.map(({ ports, backend }) => `${ports.publicPorts.toString()} : ${backend.toString()}`);
      const allow = ofProtocol.flatMap(({ ports, allowFrom }) => {
        const list = lists.numberOf(allowFrom);
        return list === undefined ? [] : [`${ports.publicPorts.toString()} : jump allow_${list}`];
      });
      return [
        ...(allow.length === 0 ? [] : [`${protocol} dport vmap { ${allow.join(", ")} }`]),
        ...(map.length === 0 ? [] : [`dnat to ${protocol} dport map { ${map.join(", ")} }`]),
      ];
    });
    return nftChain(`ranges_${place + 1}`, rules);
  });
  return { chains, elements };
}

function isKeptRange({ ports }: PortEntry): boolean {
  return isKept(ports) && !ports.publicPorts.isSingle;
}

function isKept({ publicPorts, privatePorts }: PortMapping): boolean {
  return publicPorts.equals(privatePorts);
}

function elements(entries: readonly { address: HostPlan["addresses"][number]; value: string }[]): readonly string[] {
  return entries.flatMap(({ address, value }) => destinationsOf(address).map((ip) => `${ip.toString()} : ${value}`));
}

function distinct(addresses: readonly Address[]): readonly Address[] {
  return [...new Map(addresses.map((address) => [identityOf(address), address])).values()];
}
