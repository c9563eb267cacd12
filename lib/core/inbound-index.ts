import { identityOf, isDeferred } from "./deferred";
import { type Claim, claimIntervals, findClaim } from "./interval-claims";
import { NatError } from "./nat-error";
import type { ParsedPacket } from "./nat-packet";
import type { DnatRule, NatAddress } from "./nat-rule";
import type { NatTrace } from "./nat-trace";
import type { PortMapping } from "./port-mapping";

/** The DNAT rules that act on one address and protocol, by public port. */
interface AddressRules {
  readonly rules: readonly DnatRule[];
  readonly claims: readonly Claim[];
}

/** Every port that a packet may have; 0 stands for none, under ICMP. */
const EVERY_PORT = { from: 0, to: 65535 };

/** Finds the rule that acts on a packet to an address of the NAT. Where two rules clash, the earlier acts. */
export class InboundIndex {
  private readonly addresses: ReadonlySet<string>;
  private readonly byAddress = new Map<string, AddressRules>();

  constructor(dnat: readonly DnatRule[], addresses: readonly NatAddress[]) {
    this.addresses = new Set(addresses.flatMap(identitiesOf));
    const groups = new Map<string, DnatRule[]>();
    for (const rule of dnat) {
      for (const protocol of rule.protocol === "any" ? (["tcp", "udp", "icmp"] as const) : [rule.protocol]) {
        for (const identity of identitiesOf(rule.address)) {
          const key = `${protocol} ${identity}`;
          const group = groups.get(key) ?? [];
          groups.set(key, group);
          group.push(rule);
        }
      }
    }
    for (const [key, group] of groups) {
      const rules = group.filter((rule) => rule.protocol === "any" || rule.ports !== undefined);
      const { claims } = claimIntervals(rules.map((rule) => mappingOf(rule)?.publicPorts ?? EVERY_PORT));
      this.byAddress.set(key, { rules, claims });
    }
  }

  /** Whether the packet is for an address of the NAT. */
  takes({ destination }: ParsedPacket): boolean {
    return this.addresses.has(identityOf(destination));
  }

  /** What the rules do to a packet that is for an address of the NAT. */
  trace(packet: ParsedPacket): NatTrace {
    const { destination, destinationPort, protocol } = packet;
    if (destinationPort === undefined && protocol !== "icmp") {
      const rule = `must be given under protocol ${JSON.stringify(protocol)} to an address of the NAT`;
      throw new NatError("destinationPort", rule, undefined, "give a port from 1 to 65535");
    }
    const index = this.byAddress.get(`${protocol} ${identityOf(destination)}`);
    const rule = index?.rules[findClaim(index.claims, destinationPort ?? 0)?.owner ?? -1];
    if (rule !== undefined) {
      return traceRule(rule, packet);
    }
    return {
      action: "none",
      reason:
        protocol === "icmp"
          ? `ICMP reaches a backend only by Any Port, and no such entry is on ${destination.toString()}: it reaches no backend`
          : `no DNAT entry takes ${protocol} ${destinationPort ?? ""} of ${destination.toString()}: it reaches no backend`,
    };
  }
}

function traceRule(rule: DnatRule, { source, destination, destinationPort }: ParsedPacket): NatTrace {
  const { id, allowFrom, privateIp } = rule;
  const ports = mappingOf(rule);
  const isAllowed = allowFrom.length === 0 || allowFrom.some((cidr) => !isDeferred(cidr) && cidr.contains(source));
  if (!isAllowed) {
    const open = allowFrom.filter(isDeferred);
    return open.length === 0
      ? {
          action: "none",
          reason: `allowFrom of DNAT entry ${JSON.stringify(id)} does not have ${source.toString()}: it is dropped`,
        }
      : {
          action: "undecided",
          reason: `only at deploy time is known whether allowFrom has ${source.toString()}; otherwise it is dropped`,
          candidates: [id],
        };
  }
  const port = destinationPort === undefined ? undefined : (ports?.toPrivate(destinationPort) ?? destinationPort);
  return {
    action: "dnat",
    entry: id,
    reason: ports === undefined ? `Any Port takes the whole of ${destination.toString()}` : describe(rule, ports),
    destination: privateIp.toString(),
    ...(port !== undefined && { destinationPort: port }),
  };
}

/** The ports of a rule; Any Port has none. */
function mappingOf({ protocol, ports }: DnatRule): PortMapping | undefined {
  return protocol === "any" ? undefined : ports;
}

function describe({ protocol, address }: DnatRule, { publicPorts, privatePorts }: PortMapping): string {
  const shift = privatePorts.equals(publicPorts) ? "" : `, mapped to ${privatePorts.toString()}`;
  return `the entry takes ${protocol} ${publicPorts.toString()} of ${address.ip.toString()}${shift}`;
}

/** Both addresses that a packet for it may carry: the public one, and the private one that a cloud translates it to. */
function identitiesOf({ ip, privateIp }: NatAddress): readonly string[] {
  return [...new Set([ip, ...(privateIp === undefined ? [] : [privateIp])].map(identityOf))];
}
