import type { AlarmMetrics } from "./alarms";

/**
 * What CloudMonitor offers of an ECS instance without an agent on it, and of its EIPs. What limits new connections on
 * a host is its CPU. No metric says that a machine is down: while it is, there are no values at all.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/user-guide/overview-of-basic-and-operating-system-monitoring
 */
export const HOST_ALARM_METRICS: AlarmMetrics = {
  nat: [
    {
      key: "newConnections",
      id: "Cpu",
      project: "acs_ecs_dashboard",
      metric: "CPUUtilization",
      statistics: "Average",
    },
  ],
  eip: [{ key: "bandwidth", id: "Bandwidth", project: "acs_vpc_eip", metric: "net_out.rate_percentage" }],
};
