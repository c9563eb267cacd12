import type { AlarmMetrics } from "./alarms";

const HOST = { namespace: "SYS.ECS", dimension: "instance_id", periodSeconds: 300 } as const;

/**
 * What Cloud Eye offers of an ECS without an agent on it. What limits new connections on a host is its CPU. The check of
 * the system, every five minutes, is about what the machine runs on: a failed server, its power or its network.
 * https://docs.otc.t-systems.com/elastic-cloud-server/umn/monitoring/index.html
 */
export const HOST_ALARM_METRICS: AlarmMetrics = {
  nat: [
    { ...HOST, key: "newConnections", id: "Cpu", metric: "cpu_util" },
    { ...HOST, key: "hostDown", id: "HostDown", metric: "inst_sys_status_error", countsValues: true },
  ],
};
