import type { AlarmMetrics } from "./alarms";

/**
 * What Cloud Eye offers of an ECS without an agent on it, and of its EIPs. What limits new connections on a host is its
 * CPU. The check of the system is about what the machine runs on: a failed host, its power or its network.
 * https://docs.otc.t-systems.com/elastic-cloud-server/umn/monitoring_using_cloud_eye/basic_ecs_metrics.html
 */
export const HOST_ALARM_METRICS: AlarmMetrics = {
  nat: [],
  eip: [],
};
