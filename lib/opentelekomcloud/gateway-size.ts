import { parseChoice } from "../core/choice";

/**
 * Size of a gateway, by the SNAT connections that it holds at a time: `"micro"` 1,000, `"small"` 10,000, `"medium"`
 * 50,000, `"large"` 200,000, `"extra-large"` 1,000,000. Every size passes up to 20 Gbit/s.
 * https://docs.otc.t-systems.com/nat-gateway/umn/service_overview/nat_gateway_specifications.html
 */
export type NatGatewaySize = "micro" | "small" | "medium" | "large" | "extra-large";

interface SizeFacts {
  /** What the API calls the size. */
  readonly spec: string;
  /** SNAT connections at a time. */
  readonly connections: number;
}

const SIZES: Readonly<Record<NatGatewaySize, SizeFacts>> = {
  micro: { spec: "0", connections: 1_000 },
  small: { spec: "1", connections: 10_000 },
  medium: { spec: "2", connections: 50_000 },
  large: { spec: "3", connections: 200_000 },
  "extra-large": { spec: "4", connections: 1_000_000 },
};

/**
 * Connections to one destination (address, port, protocol) that one EIP can carry on a gateway of any size.
 * https://docs.otc.t-systems.com/nat-gateway/umn/faqs/snat_rules/what_are_snat_connections.html
 */
const CONNECTIONS_PER_EIP = 55_000;

/** The facts of a size, which must be known at synth: the connections of entries follow from it. */
export function parseSize(size: NatGatewaySize): SizeFacts {
  return SIZES[parseChoice(size, Object.keys(SIZES) as NatGatewaySize[], "size")];
}

/** Connections to one destination that an EIP can carry: no more than the gateway as a whole, where its size is known. */
export function connectionsPerEip(size: SizeFacts | undefined): number {
  return Math.min(CONNECTIONS_PER_EIP, size?.connections ?? CONNECTIONS_PER_EIP);
}
