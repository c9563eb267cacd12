import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { TerraformVariable } from "cdktf";
import type { AlarmsProps } from "cdktf-nat/aws";
import { type Block, resourcesOf, warnings } from "../support/stacks";
import { awsCounts, awsGateway, TOPIC } from "../support/aws-stacks";

type Fixture = ReturnType<typeof awsGateway>;

/** The alarms of a stack, by name without the common start. */
function alarms({ stack }: Pick<Fixture, "stack">): Record<string, Block> {
  const blocks = Object.values(resourcesOf(stack, "aws_cloudwatch_metric_alarm"));
  return Object.fromEntries(blocks.map((block) => [String(block.alarm_name).replace("stack-Nat-Alarms-", ""), block]));
}

const alarm = (id: string, metric: string, threshold: unknown, statistic = "Sum") => ({
  alarm_name: `stack-Nat-Alarms-${id}`,
  namespace: "AWS/NATGateway",
  metric_name: metric,
  dimensions: { NatGatewayId: "${aws_nat_gateway.Nat_74B082C8.id}" },
  statistic,
  period: 60,
  evaluation_periods: 3,
  comparison_operator: "GreaterThanThreshold",
  threshold,
  treat_missing_data: "notBreaching",
  alarm_actions: [TOPIC],
  ok_actions: [TOPIC],
});

/** All alarms of a gateway with one EIP that are on by default. */
const ALL = {
  PortAllocationErrors: alarm("PortAllocationErrors", "ErrorPortAllocation", 0),
  // 80 % of 55,000.
  Connections: alarm("Connections", "ActiveConnectionCount", 44_000, "Maximum"),
  // 80 % of 100 Gbit/s for a minute, in bytes.
  Bandwidth: alarm("Bandwidth", "BytesOutToDestination", 600_000_000_000),
  DroppedPackets: alarm("DroppedPackets", "PacketsDropCount", 0),
};

/** The gateway's alarms with some props. */
function made(props: Partial<AlarmsProps>): Fixture {
  const fixture = awsGateway();
  fixture.nat.addAlarms("Alarms", { snsTopicArns: [TOPIC], ...props });
  return fixture;
}

describe("addAlarms of a gateway", () => {
  it("watches it with thresholds by default", () => {
    const fixture = made({});
    expect(alarms(fixture)).toEqual(ALL);
    expect(awsCounts(fixture.stack)).toEqual({ aws_nat_gateway: 1, aws_eip: 1, aws_cloudwatch_metric_alarm: 4 });
  });

  it("counts the connections that EIPs added later can hold", () => {
    const fixture = made({ connections: 50 });
    fixture.nat.addEip("Second");
    expect(alarms(fixture).Connections).toMatchObject({ threshold: 55_000 });
  });

  it("takes every prop", () => {
    const fixture = awsGateway({ tags: { team: "network" } });
    const { stack, nat } = fixture;
    const topic = new SnsTopic(stack, "Topic");
    nat.addAlarms("Alarms", {
      ...{ snsTopicArns: [topic.arn], portAllocationErrors: 5, connections: 90, bandwidth: 10, droppedPackets: 7 },
      ...{ idleTimeouts: 1000, minutes: 10, tags: { kind: "alarm" } },
      provider: new AwsProvider(stack, "Second", { alias: "second" }),
    });
    const given = {
      ...{ alarm_actions: ["${aws_sns_topic.Topic.arn}"], ok_actions: ["${aws_sns_topic.Topic.arn}"] },
      ...{ evaluation_periods: 10, tags: { kind: "alarm" }, provider: "aws.second" },
    };
    expect(alarms(fixture)).toEqual({
      PortAllocationErrors: { ...ALL.PortAllocationErrors, ...given, threshold: 5 },
      Connections: { ...ALL.Connections, ...given, threshold: 49_500 },
      Bandwidth: { ...ALL.Bandwidth, ...given, threshold: 75_000_000_000 },
      DroppedPackets: { ...ALL.DroppedPackets, ...given, threshold: 7 },
      IdleTimeouts: { ...alarm("IdleTimeouts", "IdleTimeoutCount", 1000), ...given },
    });
  });

  it("takes over the gateway's tags and provider", () => {
    const { stack } = awsGateway();
    const provider = new AwsProvider(stack, "Second", { alias: "second" });
    const fixture = awsGateway({ tags: { team: "network" }, provider }, { id: "other" });
    fixture.nat.addAlarms("Alarms", { snsTopicArns: [TOPIC] });
    for (const block of Object.values(alarms(fixture))) {
      expect(block).toMatchObject({ tags: { team: "network" }, provider: "aws.second" });
    }
  });

  it("switches each one off by false", () => {
    const off = { portAllocationErrors: false, connections: false, bandwidth: false, droppedPackets: false } as const;
    expect(Object.keys(alarms(made({ ...off, idleTimeouts: false })))).toEqual([]);
    for (const [key, name] of [
      ["portAllocationErrors", "PortAllocationErrors"],
      ["connections", "Connections"],
      ["bandwidth", "Bandwidth"],
      ["droppedPackets", "DroppedPackets"],
    ] as const) {
      const others = Object.keys(ALL).filter((other) => other !== name);
      expect(Object.keys(alarms(made({ [key]: false }))).sort()).toEqual(others.sort());
    }
  });

  it("takes thresholds that are known at deploy time only", () => {
    const fixture = awsGateway();
    const percent = new TerraformVariable(fixture.stack, "percent", { type: "number" }).numberValue;
    fixture.nat.addAlarms("Alarms", { snsTopicArns: [TOPIC], connections: percent, droppedPackets: percent });
    fixture.nat.addEip("Second");
    expect([alarms(fixture).Connections?.threshold, alarms(fixture).DroppedPackets?.threshold]).toEqual([
      "${(var.percent * 1100)}",
      "${var.percent}",
    ]);
  });

  it("warns of keys that a gateway has no metric for, where they are asked for", () => {
    const { stack } = made({ hostDown: 3, newConnections: 50, cpuCredits: false });
    expect(warnings(stack).filter((warning) => warning.includes("no metric"))).toEqual([
      "[stack/Nat/Alarms] newConnections: this kind of NAT has no metric for it; no alarm is made",
      "[stack/Nat/Alarms] hostDown: this kind of NAT has no metric for it; no alarm is made",
    ]);
  });

  it.each([
    [{ snsTopicArns: [] }, "snsTopicArns: must name at least one SNS topic, got []; name the SNS topics that are told"],
    [
      { snsTopicArns: ["ops"] },
      'snsTopicArns[0]: must be the ARN of an SNS topic, got "ops"; use the form "arn:aws:sns:eu-central-1:123456789012:ops"',
    ],
    [{ snsTopicArns: [TOPIC, "arn:aws:sqs:eu-central-1:1:ops"] }, "snsTopicArns[1]: must be the ARN of an SNS topic"],
    [{ snsTopicArns: [""] }, 'snsTopicArns[0]: must name an SNS topic by its ARN, got ""; take it out, or name one'],
    [{ snsTopicArns: [TOPIC], connections: 101 }, "connections: must be a percentage from 0 to 100, or false, got 101"],
    [{ snsTopicArns: [TOPIC], idleTimeouts: -1 }, "idleTimeouts: must be a number from 0 on, or false, got -1"],
    [{ snsTopicArns: [TOPIC], contactGroups: [] }, "contactGroups: is no alarm, got []; use portAllocationErrors"],
    [{ snsTopicArns: [TOPIC], tags: { a: 1 } }, "tags.a: must be text, got 1"],
  ])("refuses %j", (props, message) => {
    expect(() => awsGateway().nat.addAlarms("Alarms", props as unknown as AlarmsProps)).toThrow(
      `[stack/Nat/Alarms] ${message}`,
    );
  });
});
