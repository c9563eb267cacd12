import { TerraformVariable } from "cdktf";
import type { AlarmsProps, SelfHostedNatInstanceProps } from "cdktf-nat/aws";
import { TOPIC } from "../support/aws-stacks";
import { GROUP_OF_ONE, host, MACHINE } from "../support/aws-hosts";
import { type Block, resourcesOf, warnings } from "../support/stacks";

/** The alarms of a host, by name without the common start, and its stack. */
function made(props: Partial<AlarmsProps>, hostProps: Partial<SelfHostedNatInstanceProps> = {}) {
  const fixture = host(hostProps);
  fixture.nat.addAlarms("Alarms", { snsTopicArns: [TOPIC], ...props });
  return fixture;
}

function alarms(fixture: ReturnType<typeof made>): Record<string, Block> {
  const blocks = Object.values(resourcesOf(fixture.stack, "aws_cloudwatch_metric_alarm"));
  return Object.fromEntries(blocks.map((block) => [String(block.alarm_name).replace("stack-Nat-Alarms-", ""), block]));
}

const common = (id: string) => ({
  alarm_name: `stack-Nat-Alarms-${id}`,
  comparison_operator: "GreaterThanThreshold",
  treat_missing_data: "notBreaching",
  alarm_actions: [TOPIC],
  ok_actions: [TOPIC],
});

const ec2 = (id: string, metric: string, statistic: string) => ({
  ...common(id),
  namespace: "AWS/EC2",
  metric_name: metric,
  statistic,
  dimensions: { InstanceId: `\${${MACHINE}.id}` },
  period: 300,
  evaluation_periods: 1,
});

/** What is watched on a t4g.small by default. */
const ALL = {
  HostDown: {
    ...ec2("HostDown", "StatusCheckFailed", "Maximum"),
    ...{ period: 60, evaluation_periods: 2, threshold: 0, treat_missing_data: "breaching" },
  },
  Cpu: { ...ec2("Cpu", "CPUUtilization", "Average"), threshold: 80 },
  CpuCredits: {
    ...ec2("CpuCredits", "CPUCreditBalance", "Minimum"),
    ...{ comparison_operator: "LessThanThreshold", threshold: 20 },
  },
  // 80 % of 128 Mbit/s for five minutes, in bytes.
  Bandwidth: { ...ec2("Bandwidth", "NetworkOut", "Sum"), threshold: 3_840_000_000 },
};

const allowance = (id: string, metric: string) => ({
  ...common(id),
  evaluation_periods: 3,
  threshold: 0,
  metric_query: [
    {
      id: "counter",
      metric: {
        ...{ namespace: "CWAgent", metric_name: `ethtool_${metric}`, stat: "Maximum", period: 60 },
        dimensions: { InstanceId: `\${${MACHINE}.id}` },
      },
    },
    { id: "growth", expression: "DIFF(counter)", label: `ethtool_${metric}`, return_data: true },
  ],
});

describe("the alarms of a host", () => {
  it("watch its checks, CPU, credits and bandwidth", () => {
    const fixture = made({});
    expect(alarms(fixture)).toEqual(ALL);
    expect(warnings(fixture.stack)).toEqual([]);
  });

  it("watch a group of one by its name", () => {
    const dimensions = { AutoScalingGroupName: `\${${GROUP_OF_ONE}.name}` };
    const expected = Object.entries(ALL).map(([id, alarm]) => [id, { ...alarm, dimensions }] as const);
    expect(alarms(made({}, { recovery: "auto-scaling" }))).toEqual(Object.fromEntries(expected));
  });

  it("watch credits on burstable types only, and bandwidth where its whole is known", () => {
    const { CpuCredits, Bandwidth, ...rest } = ALL;
    expect([CpuCredits, Bandwidth]).toHaveLength(2);
    expect(alarms(made({}, { instanceType: "c7g.medium" }))).toEqual(rest);
    expect(alarms(made({ bandwidthMbps: 500, bandwidth: 50 }, { instanceType: "c7g.medium" }))).toEqual({
      ...rest,
      Bandwidth: { ...Bandwidth, threshold: 9_375_000_000 },
    });
    const asked = made({ bandwidth: 50, cpuCredits: 10 }, { instanceType: "c7g.medium" });
    expect(alarms(asked)).toEqual(rest);
    expect(warnings(asked.stack)).toEqual([
      "[stack/Nat/Alarms] bandwidth: this kind of NAT has no metric for it; no alarm is made",
      "[stack/Nat/Alarms] cpuCredits: this kind of NAT has no metric for it; no alarm is made",
    ]);
    expect(Object.keys(alarms(made({}, { instanceType: "${var.type}", imageId: "ami-1" })))).toContain("CpuCredits");
  });

  it("watch what ENA drops where the agent reports it: by how much its counters grow", () => {
    expect(
      alarms(made({ agentNamespace: "CWAgent", hostDown: false, newConnections: false, cpuCredits: false })),
    ).toEqual({
      Bandwidth: ALL.Bandwidth,
      ConntrackAllowance: allowance("ConntrackAllowance", "conntrack_allowance_exceeded"),
      BandwidthInAllowance: allowance("BandwidthInAllowance", "bw_in_allowance_exceeded"),
      BandwidthOutAllowance: allowance("BandwidthOutAllowance", "bw_out_allowance_exceeded"),
      PacketsAllowance: allowance("PacketsAllowance", "pps_allowance_exceeded"),
    });
  });

  it("take thresholds, minutes and tags", () => {
    const found = alarms(
      made({ hostDown: 5, newConnections: 60, cpuCredits: 50, bandwidth: 10, minutes: 12, tags: { team: "ops" } }),
    );
    const tags = { team: "ops" };
    expect(found).toEqual({
      HostDown: { ...ALL.HostDown, evaluation_periods: 5, tags },
      Cpu: { ...ALL.Cpu, evaluation_periods: 3, threshold: 60, tags },
      CpuCredits: { ...ALL.CpuCredits, evaluation_periods: 3, threshold: 50, tags },
      Bandwidth: { ...ALL.Bandwidth, evaluation_periods: 3, threshold: 480_000_000, tags },
    });
    expect(alarms(made({}, { tags })).Cpu).toEqual({ ...ALL.Cpu, tags });
  });

  it("take minutes that are known at deploy time only", () => {
    const fixture = host();
    const minutes = new TerraformVariable(fixture.stack, "minutes", { type: "number" }).numberValue;
    fixture.nat.addAlarms("Alarms", { snsTopicArns: [TOPIC], minutes });
    expect(alarms(fixture).Cpu!.evaluation_periods).toBe("${ceil((var.minutes / 5))}");
    expect(alarms(fixture).HostDown!.evaluation_periods).toBe(2);
  });

  it.each([
    [{ hostDown: 0 }, "hostDown: must be a whole number of checks from 1 to 1440, got 0; use 1 or more"],
    [{ hostDown: 1441 }, "hostDown: must be a whole number of checks from 1 to 1440, got 1441; use 1440 or less"],
    [{ hostDown: 1.5 }, "hostDown: must be a whole number of checks from 1 to 1440, got 1.5; use 1 or 2"],
    [
      { bandwidthMbps: 0 },
      "bandwidthMbps: must be a number of Mbit/s above 0, known at synth, got 0; write out what the machine is to pass on",
    ],
    [
      { bandwidthMbps: "5" },
      'bandwidthMbps: must be a number of Mbit/s above 0, known at synth, got "5"; write out what the machine is to pass on',
    ],
    [{ agentNamespace: 1 }, "agentNamespace: must be text, got 1; put it in quotes, or leave it out"],
    [{ agentNamespace: "" }, 'agentNamespace: must not be empty, got ""; use "CWAgent", the agent\'s own default'],
  ])("refuse %j", (props, message) => {
    expect(() => made(props as never)).toThrow(`[stack/Nat/Alarms] ${message}`);
  });
});
