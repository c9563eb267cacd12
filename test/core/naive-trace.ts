import type { Deferrable, Deferred } from "../../lib/core/deferred";
import { Ipv4Address, type Ipv4Cidr } from "../../lib/core/ipv4";
import type { DnatRule, NatAddress, SnatRule } from "../../lib/core/nat-rule";
import type { NatPacket } from "../../lib/core/nat-table";

/** What a trace says, but for the reason. */
export type NaiveTrace =
  | { readonly action: "snat"; readonly entry: string; readonly source: readonly string[] }
  | {
      readonly action: "dnat";
      readonly entry: string;
      readonly destination: string;
      readonly destinationPort: number | undefined;
    }
  | { readonly action: "none" }
  | { readonly action: "undecided"; readonly candidates: readonly string[] };

type Known<T> = Exclude<T, Deferred>;

const isText = <T extends object>(value: Deferrable<T>): value is Deferred => "text" in value;

/** The trace of a packet by one look at every rule of the table, the definition written down. */
export function naiveTrace(
  table: { readonly snat: readonly SnatRule[]; readonly dnat: readonly DnatRule[] },
  addresses: readonly NatAddress[],
  packet: NatPacket,
): NaiveTrace {
  const { snat, dnat } = table;
  const all = [...addresses, ...snat.flatMap((rule) => rule.addresses), ...dnat.map((rule) => rule.address)];
  const { destination } = packet;
  const isDestination = ({ ip, privateIp = ip }: NatAddress) =>
    [ip, privateIp].some((one) =>
      typeof destination === "string"
        ? !isText(one) && one.toString() === destination
        : isText(one) && one.text === destination.text,
    );
  return all.some(isDestination)
    ? inbound(
        dnat.filter((rule) => isDestination(rule.address)),
        packet,
      )
    : outbound(snat, dnat, packet);
}

function inbound(dnat: readonly DnatRule[], { source, protocol, destinationPort }: NatPacket): NaiveTrace {
  for (const { id, protocol: taken, ports, privateIp, allowFrom } of dnat) {
    const port = destinationPort ?? -1;
    const first = ports?.publicPorts.from ?? 0;
    const last = ports?.publicPorts.to ?? 0;
    if (taken !== "any" && (taken !== protocol || port < first || port > last)) {
      continue;
    }
    const matches = allowFrom.map((cidr) => (isText(cidr) ? "perhaps" : lies(source, cidr) ? "yes" : "no"));
    if (allowFrom.length > 0 && !matches.includes("yes")) {
      return matches.includes("perhaps") ? { action: "undecided", candidates: [id] } : { action: "none" };
    }
    const shift = taken === "any" ? 0 : (ports?.privatePorts.from ?? 0) - first;
    return {
      action: "dnat",
      entry: id,
      destination: privateIp.toString(),
      destinationPort: destinationPort === undefined ? undefined : destinationPort + shift,
    };
  }
  return { action: "none" };
}

function outbound(snat: readonly SnatRule[], dnat: readonly DnatRule[], { source }: NatPacket): NaiveTrace {
  const anyPort = dnat.filter(({ protocol }) => protocol === "any");
  for (const { id, privateIp, address } of anyPort) {
    if (!isText(privateIp) && privateIp.toString() === source) {
      return { action: "snat", entry: id, source: [address.ip.toString()] };
    }
  }
  let best: SnatRule | undefined;
  let bestLength = -1;
  for (const rule of snat) {
    const { cidr } = rule.source;
    if (!isText(cidr) && lies(source, cidr) && cidr.prefixLength > bestLength) {
      best = rule;
      bestLength = cidr.prefixLength;
    }
  }
  const open = [
    ...anyPort.filter(({ privateIp }) => isText(privateIp)),
    ...snat.filter((rule) => bestLength < 32 && isText(rule.source.cidr)),
  ];
  if (open.length > 0) {
    return { action: "undecided", candidates: [...open, ...(best === undefined ? [] : [best])].map(({ id }) => id) };
  }
  return best === undefined
    ? { action: "none" }
    : { action: "snat", entry: best.id, source: best.addresses.map(({ ip }) => ip.toString()) };
}

/** Whether the leading bits agree, written out. */
function lies(source: string, cidr: Known<Ipv4Cidr>): boolean {
  const bits = (address: Ipv4Address) => address.value.toString(2).padStart(32, "0").slice(0, cidr.prefixLength);
  return bits(Ipv4Address.parse(source)) === bits(cidr.network);
}
