import type { AlarmMetrics } from "./alarms";

const GATEWAY = { namespace: "SYS.NAT", dimension: "nat_gateway_id" } as const;

/**
 * What Cloud Eye offers of a gateway and its EIPs.
 * https://docs.otc.t-systems.com/nat-gateway/umn/monitoring/supported_metrics.html
 */
export const GATEWAY_ALARM_METRICS: AlarmMetrics = {
  nat: [
    {
      ...GATEWAY,
      key: "portAllocationErrors",
      id: "PortAllocationErrors",
      metric: "packets_drop_count_eip_port_alloc_beyond",
    },
    { ...GATEWAY, key: "connections", id: "Connections", metric: "snat_connection_ratio" },
    {
      ...GATEWAY,
      key: "droppedConnections",
      id: "DroppedConnections",
      metric: "packets_drop_count_snat_connection_beyond",
    },
    { ...GATEWAY, key: "droppedConnections", id: "DroppedPackets", metric: "packets_drop_count_pps_beyond" },
  ],
};
