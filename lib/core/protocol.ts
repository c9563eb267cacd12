import { parseChoice } from "./choice";

/** A protocol that has ports. */
export type PortProtocol = "tcp" | "udp";

/** What a DNAT entry takes: a protocol, or every protocol and port (Any Port). */
export type NatProtocol = PortProtocol | "any";

/** The protocol of a packet. */
export type PacketProtocol = PortProtocol | "icmp";

/**
 * Reads the protocol of a DNAT entry.
 *
 * @param prop the prop to name in an error
 * @throws NatError where it is not `"tcp"`, `"udp"` or `"any"`
 */
export function parseNatProtocol(value: string, prop = "protocol"): NatProtocol {
  return parseChoice(value, ["tcp", "udp", "any"], prop);
}
