import type { AlarmMetrics } from "./alarms";

const GATEWAY = "acs_nat_gateway";

/**
 * What CloudMonitor offers of a gateway and its EIPs.
 * https://www.alibabacloud.com/help/en/nat-gateway/latest/monitor-and-maintain-internet-nat-gateways
 */
export const GATEWAY_ALARM_METRICS: AlarmMetrics = {
  nat: [
    {
      key: "portAllocationErrors",
      id: "PortAllocationErrors",
      project: GATEWAY,
      metric: "ErrorPortAllocationCount",
    },
    // The metrics' own spelling.
    { key: "connections", id: "Connections", project: GATEWAY, metric: "SessionActiveConnectionWaterLever" },
    { key: "newConnections", id: "NewConnections", project: GATEWAY, metric: "SessionNewConnectionWaterLever" },
    { key: "droppedConnections", id: "DroppedConnections", project: GATEWAY, metric: "SessionLimitDropConnection" },
    {
      key: "droppedConnections",
      id: "DroppedNewConnections",
      project: GATEWAY,
      metric: "SessionNewLimitDropConnection",
    },
  ],
  eip: [{ key: "bandwidth", id: "Bandwidth", project: "acs_vpc_eip", metric: "net_out.rate_percentage" }],
};
