import { Deferred } from "../../lib/core/deferred";
import { Ipv4Address, Ipv4Cidr } from "../../lib/core/ipv4";
import type { DnatRule, NatAddress, SnatRule, SnatSourceKind } from "../../lib/core/nat-rule";
import { PortMapping } from "../../lib/core/port-mapping";
import type { NatProtocol } from "../../lib/core/protocol";

/** Text that stands for a value known only at deploy time begins with `$`. */
function read<T>(text: string, parse: (text: string) => T): T | Deferred {
  return text.startsWith("$") ? Deferred.of(text) : parse(text);
}

/** An address `"Web=203.0.113.1"` or `"Web=$web"`, followed by its private address if any: `"Web=$web@10.0.9.1"`. */
export function address(text: string): NatAddress {
  const [id = "", ips = ""] = text.split("=");
  const [ip, privateIp] = ips.split("@").map((one) => read(one, (known) => Ipv4Address.parse(known)));
  return { id, ip: ip ?? Deferred.of(text), ...(privateIp && { privateIp }) };
}

/** An SNAT rule; `source` as `"10.0.0.0/24"` or `"$block"`, addresses as in `address`. */
export function snat(
  id: string,
  source: string,
  addresses: readonly string[],
  more: { kind?: SnatSourceKind; networkId?: string; eipAffinity?: boolean } = {},
): SnatRule {
  const { kind = "cidr", networkId, eipAffinity = false } = more;
  return {
    id,
    source: { kind, cidr: read(source, (text) => Ipv4Cidr.parse(text)), ...(networkId !== undefined && { networkId }) },
    addresses: addresses.map(address),
    eipAffinity,
  };
}

/** A DNAT rule; `to` as `"10.0.0.1"` or `"$ip"`, followed by the private port where it is another: `"10.0.0.1:8443"`. */
export function dnat(
  id: string,
  at: string,
  protocol: NatProtocol,
  publicPort: number | string | undefined,
  to: string,
  more: { removePortLimits?: boolean; allowFrom?: readonly string[] } = {},
): DnatRule {
  const [ip = "", privatePort] = to.split(":");
  return {
    id,
    address: address(at),
    protocol,
    ...(publicPort !== undefined && { ports: PortMapping.parse(publicPort, privatePort) }),
    privateIp: read(ip, (text) => Ipv4Address.parse(text)),
    removePortLimits: more.removePortLimits ?? false,
    allowFrom: (more.allowFrom ?? []).map((text) => read(text, (known) => Ipv4Cidr.parse(known))),
  };
}
