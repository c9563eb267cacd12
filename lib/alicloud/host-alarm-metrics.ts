import type { AlarmMetrics } from "./alarms";

/**
 * What CloudMonitor offers of an ECS instance without an agent on it, and of its EIPs. What limits new connections on
 * a host is its CPU. No metric says that a machine is down, for while it is there are no values at all: the cloud's own
 * events do, when its hardware or the machine's system has failed, and when it is taken down for maintenance.
 * https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/user-guide/overview-of-basic-and-operating-system-monitoring
 * https://www.alibabacloud.com/help/en/ecs/user-guide/summary
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
  events: [
    {
      key: "hostDown",
      id: "HostDown",
      product: "ecs",
      types: ["Exception", "Maintenance"],
      names: [
        "Instance:InstanceFailure.Reboot:Executing",
        "Instance:SystemFailure.Reboot:Executing",
        "Instance:SystemFailure.Reboot:Failed",
        "Instance:SystemFailure.Redeploy:Executing",
        "Instance:SystemFailure.Stop:Executing",
        "Instance:SystemMaintenance.Reboot:Executing",
        "Instance:SystemMaintenance.Redeploy:Executing",
        "Instance:SystemMaintenance.Stop:Executing",
      ],
    },
  ],
};
