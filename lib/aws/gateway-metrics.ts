import type { AlarmMetric } from "./alarms";

const GATEWAY = { namespace: "AWS/NATGateway", statistic: "Sum" } as const;

/**
 * Connections to one destination (address, port, protocol) that one address of a gateway holds.
 * https://docs.aws.amazon.com/vpc/latest/userguide/nat-gateway-basics.html
 */
export const CONNECTIONS_PER_ADDRESS = 55_000;

/** Bytes that a gateway passes on in a minute at most: it scales up to 100 Gbit/s. */
const MOST_BYTES_PER_MINUTE = (100e9 / 8) * 60;

/**
 * What CloudWatch offers of a gateway.
 * https://docs.aws.amazon.com/vpc/latest/userguide/metrics-dimensions-nat-gateway.html
 * @param maxConnections connections that its EIPs hold to one destination, when the app is synthesized
 */
export function gatewayAlarmMetrics(maxConnections: () => number): readonly AlarmMetric[] {
  return [
    { ...GATEWAY, key: "portAllocationErrors", id: "PortAllocationErrors", metric: "ErrorPortAllocation" },
    {
      ...GATEWAY,
      key: "connections",
      id: "Connections",
      metric: "ActiveConnectionCount",
      statistic: "Maximum",
      whole: maxConnections,
    },
    {
      ...GATEWAY,
      key: "bandwidth",
      id: "Bandwidth",
      metric: "BytesOutToDestination",
      whole: () => MOST_BYTES_PER_MINUTE,
    },
    { ...GATEWAY, key: "droppedPackets", id: "DroppedPackets", metric: "PacketsDropCount" },
    { ...GATEWAY, key: "idleTimeouts", id: "IdleTimeouts", metric: "IdleTimeoutCount" },
  ];
}
