import { whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { checkText } from "../cdktf/check-types";
import type { AlarmMetric } from "./alarms";
import { baselineMbps, isBurstable } from "./instance-type";
import type { AlarmsProps } from "./nat";

/** EC2 sends these every five minutes without detailed monitoring, which costs money. */
const FIVE_MINUTES = 300;

const HOST = { namespace: "AWS/EC2", periodSeconds: FIVE_MINUTES } as const;

/** Allowances of the instance type, of which ENA counts what is dropped beyond them. */
const ALLOWANCES: readonly Pick<AlarmMetric, "key" | "id" | "metric">[] = [
  { key: "droppedConnections", id: "ConntrackAllowance", metric: "ethtool_conntrack_allowance_exceeded" },
  { key: "droppedPackets", id: "BandwidthInAllowance", metric: "ethtool_bw_in_allowance_exceeded" },
  { key: "droppedPackets", id: "BandwidthOutAllowance", metric: "ethtool_bw_out_allowance_exceeded" },
  { key: "droppedPackets", id: "PacketsAllowance", metric: "ethtool_pps_allowance_exceeded" },
];

/**
 * What CloudWatch offers of an instance, and of the CloudWatch agent on it where there is one. What limits new
 * connections on a host is its CPU. The agent reports ENA's counters as they are, growing.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/viewing_metrics_with_cloudwatch.html
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/monitoring-network-performance-ena.html
 * @param instanceType of the machine, where it is known
 */
export function hostAlarmMetrics(instanceType: string | undefined, props: AlarmsProps): readonly AlarmMetric[] {
  const { agentNamespace } = props;
  const mbps = props.bandwidthMbps ?? (instanceType === undefined ? undefined : baselineMbps(instanceType));
  return [
    // Comes every minute; a machine that was stopped, terminated or taken away sends nothing, and is down too.
    {
      key: "hostDown",
      id: "HostDown",
      namespace: "AWS/EC2",
      metric: "StatusCheckFailed",
      statistic: "Maximum",
      countsPeriods: true,
      missingData: "breaching",
    },
    { ...HOST, key: "newConnections", id: "Cpu", metric: "CPUUtilization", statistic: "Average" },
    ...(instanceType === undefined || isBurstable(instanceType) ? [CPU_CREDITS] : []),
    ...(mbps === undefined ? [] : [bandwidth(mbps)]),
    ...(agentNamespace === undefined
      ? []
      : ALLOWANCES.map((allowance): AlarmMetric => {
          return { ...allowance, namespace: agentNamespace, statistic: "Maximum", grows: true };
        })),
  ];
}

const CPU_CREDITS: AlarmMetric = {
  ...HOST,
  key: "cpuCredits",
  id: "CpuCredits",
  metric: "CPUCreditBalance",
  statistic: "Minimum",
  goesOff: "below",
};

function bandwidth(mbps: number): AlarmMetric {
  const bytes = ((mbps * 1e6) / 8) * FIVE_MINUTES;
  return { ...HOST, key: "bandwidth", id: "Bandwidth", metric: "NetworkOut", statistic: "Sum", whole: () => bytes };
}

/** Refuses what of the alarms' props only a host reads. */
export function checkHostAlarms({ hostDown, bandwidthMbps, agentNamespace }: AlarmsProps): void {
  if (hostDown !== undefined && hostDown !== false) {
    whenKnown(hostDown, (checks) => parseWholeNumber(checks, { min: 1, max: 1440, unit: "checks" }, "hostDown"));
  }
  if (bandwidthMbps !== undefined && !(typeof bandwidthMbps === "number" && bandwidthMbps > 0)) {
    const fix = "write out what the machine is to pass on";
    throw new NatError("bandwidthMbps", "must be a number of Mbit/s above 0, known at synth", bandwidthMbps, fix);
  }
  checkText(agentNamespace, "agentNamespace");
  if (agentNamespace === "") {
    throw new NatError(
      "agentNamespace",
      "must not be empty",
      agentNamespace,
      'use "CWAgent", the agent\'s own default',
    );
  }
}
