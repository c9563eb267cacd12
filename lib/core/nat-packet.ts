import { parseChoice } from "./choice";
import { type Deferred, isDeferred } from "./deferred";
import { Ipv4Address } from "./ipv4";
import { NatError } from "./nat-error";
import type { PacketProtocol } from "./protocol";
import { parseWholeNumber } from "./whole-number";

/** The first packet of a flow. What comes back later in the flow is translated back by itself. */
export interface NatPacket {
  /** Address of the sender. */
  readonly source: string;
  /** Address that it is sent to; to a public address that is known only at deploy time, the deferred value. */
  readonly destination: string | Deferred;
  /** Its protocol. */
  readonly protocol: PacketProtocol;
  /** Port of the sender; ICMP has none. */
  readonly sourcePort?: number;
  /** Port that it is sent to; ICMP has none. Needed for TCP and UDP to an address of the NAT. */
  readonly destinationPort?: number;
}

/** A packet whose parts are known to be well formed. */
export interface ParsedPacket {
  readonly source: Ipv4Address;
  readonly destination: Ipv4Address | Deferred;
  readonly protocol: PacketProtocol;
  readonly destinationPort: number | undefined;
}

/** Reads a packet; throws a NatError that names the part that is wrong. */
export function parsePacket(packet: NatPacket): ParsedPacket {
  if (typeof packet !== "object" || (packet as unknown) === null) {
    throw new NatError("packet", "must be an object", packet, "use { source, destination, protocol, ... }");
  }
  const { source, destination, protocol, sourcePort, destinationPort } = packet;
  const parsed = {
    source: Ipv4Address.parse(source, "source"),
    destination: isDeferred(destination) ? destination : Ipv4Address.parse(destination, "destination"),
    protocol: parseChoice(protocol, ["tcp", "udp", "icmp"], "protocol"),
    destinationPort,
  };
  for (const [prop, port] of Object.entries({ sourcePort, destinationPort })) {
    if (port !== undefined && parsed.protocol === "icmp") {
      throw new NatError(prop, "ICMP has no ports", port, 'leave it out, or use protocol "tcp" or "udp"');
    }
    if (port !== undefined) {
      parseWholeNumber(port, { min: 1, max: 65535 }, prop);
    }
  }
  return parsed;
}
