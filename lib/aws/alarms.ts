import { CloudwatchMetricAlarm } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import type { CloudwatchMetricAlarmConfig } from "@cdktf/provider-aws/lib/cloudwatch-metric-alarm";
import { Fn, Lazy, Op, Token } from "cdktf";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { AlarmSettings } from "../cdktf/alarm-settings";
import { checkTags } from "../cdktf/check-types";
import { failAt } from "../cdktf/fail";
import { NAT_ALARMS } from "../cdktf/nat-alarms";
import type { AlarmThreshold, NatAlarmKey } from "../cdktf/nat-alarms";
import type { EipAlarms } from "../cdktf/nat-children";
import { isKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import type { AlarmsProps, INat } from "./nat";
import { resourceName } from "./resource-name";

const RECIPIENTS = {
  prop: "snsTopicArns",
  word: "SNS topic",
  aWord: "an SNS topic by its ARN",
  fix: "name the SNS topics that are told",
};

const DEFAULT_PERIOD_SECONDS = 60;

/** The keys that switch an alarm on AWS. */
export type AlarmKey = NatAlarmKey | "droppedPackets" | "idleTimeouts";

const ALARMS: Readonly<Record<AlarmKey, AlarmThreshold>> = {
  ...NAT_ALARMS,
  droppedPackets: { byDefault: 0, isPercentage: false },
  idleTimeouts: { byDefault: false, isPercentage: false },
};

/** One CloudWatch metric that is watched. */
export interface AlarmMetric {
  readonly key: AlarmKey;
  /** Id of the alarm among the alarms of the NAT. */
  readonly id: string;
  /** CloudWatch namespace, for example `AWS/NATGateway`. */
  readonly namespace: string;
  readonly metric: string;
  readonly statistic: "Sum" | "Average" | "Maximum" | "Minimum";
  /** @default "above" */
  readonly goesOff?: "above" | "below";
  /** What 100 percent are, asked when the app is synthesized. @default - the threshold is the number itself */
  readonly whole?: () => number;
  /** What a minute without data says; a metric that comes only with traffic says nothing. @default "notBreaching" */
  readonly missingData?: "notBreaching" | "breaching";
  /** How often the metric comes; an alarm cannot be quicker. @default 60 */
  readonly periodSeconds?: number;
  /** The threshold is the number of periods in a row in which the metric is above 0. @default - the metric's */
  readonly countsPeriods?: boolean;
  /** The metric is a counter: what it has grown by since the period before is watched. @default - its value */
  readonly grows?: boolean;
}

/** A NAT that is watched. */
export interface WatchedNat {
  readonly nat: Construct & Pick<INat, "provider">;
  readonly metrics: readonly AlarmMetric[];
  /** What CloudWatch knows the NAT by. */
  readonly dimensions: Readonly<Record<string, string>>;
  /** Tags that the alarms take over. */
  readonly tags: Readonly<Record<string, string>> | undefined;
}

/** Watches a NAT: one `aws_cloudwatch_metric_alarm` a metric, in a scope under it. */
export function alarmsOf({ nat, metrics, dimensions, tags }: WatchedNat, id: string, props: AlarmsProps): EipAlarms {
  const scope = new Construct(nat, id);
  const settings = new AlarmSettings<AlarmKey>(scope, props, {
    alarms: ALARMS,
    recipients: RECIPIENTS,
    otherProps: ["tags", "agentNamespace", "bandwidthMbps"],
  });
  failAt(scope, () => {
    checkTopics(props.snsTopicArns);
    checkTags(props.tags);
  });
  settings.warnWithoutMetric(metrics);
  const maker = { scope, props, dimensions, tags, minutes: settings.minutes, provider: props.provider ?? nat.provider };
  for (const { alarm, threshold } of settings.switchedOn(metrics)) makeAlarm(maker, alarm, threshold);
  // EIPs have no metrics of their own; the thresholds that go by their number are asked for when the app is synthesized.
  return { watchEip: () => undefined };
}

interface AlarmMaker {
  readonly scope: Construct;
  readonly props: AlarmsProps;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly tags: Readonly<Record<string, string>> | undefined;
  readonly minutes: number;
  readonly provider: TerraformProvider | undefined;
}

function makeAlarm(maker: AlarmMaker, alarm: AlarmMetric, threshold: number): void {
  const { scope, props, tags, minutes, provider } = maker;
  const { id, goesOff = "above", missingData = "notBreaching", countsPeriods = false } = alarm;
  const actions = props.snsTopicArns as string[];
  new CloudwatchMetricAlarm(scope, id, {
    alarmName: resourceName(scope, undefined, id),
    ...watched(maker, alarm),
    evaluationPeriods: countsPeriods ? threshold : periodsIn(minutes, alarm),
    comparisonOperator: goesOff === "above" ? "GreaterThanThreshold" : "LessThanThreshold",
    threshold: countsPeriods ? 0 : absolute(threshold, alarm),
    treatMissingData: missingData,
    alarmActions: actions,
    okActions: actions,
    tags: props.tags ?? tags,
    provider,
  });
}

/** What CloudWatch compares with the threshold. */
function watched({ dimensions }: AlarmMaker, alarm: AlarmMetric): Partial<CloudwatchMetricAlarmConfig> {
  const { namespace, metric, statistic, periodSeconds: period = DEFAULT_PERIOD_SECONDS, grows = false } = alarm;
  if (!grows) return { namespace, metricName: metric, dimensions, statistic, period };
  return {
    metricQuery: [
      { id: "counter", metric: { namespace, metricName: metric, dimensions, stat: statistic, period } },
      { id: "growth", expression: "DIFF(counter)", label: metric, returnData: true },
    ],
  };
}

/** How many periods of the metric make up so many minutes: whole ones, and not fewer minutes. */
function periodsIn(minutes: number, { periodSeconds = DEFAULT_PERIOD_SECONDS }: AlarmMetric): number {
  const minutesEach = periodSeconds / 60;
  if (minutesEach === 1) return minutes;
  return isKnown(minutes) ? Math.ceil(minutes / minutesEach) : Fn.ceil(Token.asNumber(Op.div(minutes, minutesEach)));
}

/** The threshold in the unit of the metric. */
function absolute(threshold: number, { whole }: AlarmMetric): number {
  if (whole === undefined) return threshold;
  if (isKnown(threshold)) return Lazy.numberValue({ produce: () => (whole() * threshold) / 100 });
  return Token.asNumber(Op.mul(threshold, Lazy.numberValue({ produce: () => whole() / 100 })));
}

/** Refuses an ARN of something else: CloudWatch refuses it too, but only when it is applied. */
function checkTopics(topics: readonly string[]): void {
  if (!isKnown(topics)) return;
  topics.forEach((topic, index) => {
    if (!isKnown(topic) || /^arn:[^:]+:sns:[^:]+:[^:]+:[^:]+$/.test(topic)) return;
    const fix = 'use the form "arn:aws:sns:eu-central-1:123456789012:ops"';
    throw new NatError(`snsTopicArns[${index}]`, "must be the ARN of an SNS topic", topic, fix);
  });
}
