import { Fn } from "cdktf";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkProvider, checkText } from "../cdktf/check-types";
import { failAt } from "../cdktf/fail";
import { alarmThreshold } from "../cdktf/nat-alarms";
import type { NatAlarmKey } from "../cdktf/nat-alarms";
import type { EipAlarms, NatEip } from "../cdktf/nat-children";
import { warn } from "../cdktf/warn-at-synth";
import { isKnown, whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { CmsAlarm } from "./bindings/cms-alarm";
import { makeEventRule } from "./event-rule";
import type { AlarmEvents } from "./event-rule";
import type { AlarmsProps, INat } from "./nat";
import { resourceName } from "./resource-name";

/** One CloudMonitor metric that is watched. */
export interface AlarmMetric {
  readonly key: NatAlarmKey;
  /** Id of the alarm among the alarms of the NAT. */
  readonly id: string;
  /** CloudMonitor namespace, for example `acs_nat_gateway`. */
  readonly project: string;
  readonly metric: string;
  /** @default "Value": the only statistic that metrics of NAT gateways and EIPs have */
  readonly statistics?: "Value" | "Average";
}

/** What is watched on the NAT itself, and on each of its EIPs; and the events of the NAT that somebody is told of. */
export interface AlarmMetrics {
  readonly nat: readonly AlarmMetric[];
  readonly eip: readonly AlarmMetric[];
  /** @default - none: the cloud reports no failures of this kind of NAT */
  readonly events?: readonly AlarmEvents[];
}

/**
 * Watches a NAT.
 * @param watchedId what CloudMonitor knows the NAT as
 */
export function alarmsOf(
  nat: INat,
  id: string,
  props: AlarmsProps,
  metrics: AlarmMetrics,
  watchedId: string,
): EipAlarms {
  const alarms = new Alarms(nat, id, props, metrics);
  alarms.watchNat(watchedId);
  return alarms;
}

/**
 * The alarms of one `addAlarms`: `alicloud_cms_alarm`s, and on a host an `alicloud_cms_event_rule`, in a scope under
 * the NAT.
 *
 * Every metric of NAT gateways and EIPs has the one statistic `Value`; with the provider's default, `Average`, an
 * alarm on one of them never gets data.
 */
class Alarms implements EipAlarms {
  private readonly scope: Construct;
  private readonly minutes: number;
  private readonly provider: TerraformProvider | undefined;

  constructor(
    nat: INat,
    id: string,
    private readonly props: AlarmsProps,
    private readonly metrics: AlarmMetrics,
  ) {
    this.scope = new Construct(nat, id);
    this.provider = props.provider ?? nat.provider;
    this.minutes = failAt(this.scope, () => {
      checkKeys(props);
      checkContactGroups(props.contactGroups);
      checkProvider(props.provider);
      for (const key of ALARM_KEYS) alarmThreshold(props, key);
      const minutes = props.minutes ?? 3;
      whenKnown(minutes, (value) => parseWholeNumber(value, { min: 1, max: 60, unit: "minutes" }, "minutes"));
      return minutes;
    });
    this.warnWithoutMetric();
  }

  /** Watches the NAT itself. */
  watchNat(instanceId: string): void {
    for (const metric of this.metrics.nat) this.watch(metric, metric.id, instanceId);
    for (const events of this.metrics.events ?? []) this.watchEvents(events, instanceId);
  }

  /** Watches one EIP. */
  watchEip({ node, allocationId }: NatEip): void {
    for (const metric of this.metrics.eip) this.watch(metric, `${metric.id}-${node.id}`, allocationId);
  }

  private watch({ key, project, metric, statistics = "Value" }: AlarmMetric, id: string, instanceId: string): void {
    const threshold = alarmThreshold(this.props, key);
    if (threshold === false) return;
    new CmsAlarm(this.scope, id, {
      name: resourceName(this.scope, undefined, id),
      project,
      metric,
      metricDimensions: Fn.jsonencode([{ instanceId }]),
      period: 60,
      contactGroups: this.props.contactGroups as string[],
      escalationsCritical: {
        comparisonOperator: ">",
        statistics,
        threshold: `${threshold}`,
        times: this.minutes,
      },
      provider: this.provider,
    });
  }

  private watchEvents(events: AlarmEvents, instanceId: string): void {
    if (alarmThreshold(this.props, events.key) === false) return;
    const { contactGroups } = this.props;
    const { provider } = this;
    makeEventRule(this.scope, { events, instanceId, contactGroups, provider });
  }

  private warnWithoutMetric(): void {
    const { nat, eip, events = [] } = this.metrics;
    const watched = new Set([...nat, ...eip, ...events].map(({ key }) => key));
    for (const key of ALARM_KEYS) {
      if (watched.has(key) || this.props[key] === undefined || this.props[key] === false) continue;
      warn(this.scope, `${key}: this kind of NAT has no metric for it; no alarm is made`);
    }
  }
}

const ALARM_KEYS: readonly NatAlarmKey[] = [
  "portAllocationErrors",
  "connections",
  "newConnections",
  "droppedConnections",
  "bandwidth",
  "hostDown",
];

const OTHER_KEYS = ["contactGroups", "minutes", "provider"];

/** Refuses, for users of JavaScript, a misspelt key: the alarm that it means would keep its default. */
function checkKeys(props: AlarmsProps): void {
  const known: readonly string[] = [...ALARM_KEYS, ...OTHER_KEYS];
  for (const [key, value] of Object.entries(props)) {
    if (known.includes(key)) continue;
    throw new NatError(key, "is no alarm", value, `use ${ALARM_KEYS.join(", ")}`);
  }
}

function checkContactGroups(groups: unknown): void {
  if (!isKnown(groups)) return;
  if (!Array.isArray(groups) || groups.length === 0) {
    const fix = "name the CloudMonitor contact groups that are told";
    throw new NatError("contactGroups", "must name at least one contact group", groups, fix);
  }
  groups.forEach((group, index) => {
    const prop = `contactGroups[${index}]`;
    checkText(group, prop);
    if (group === undefined || group === "") {
      throw new NatError(prop, "must name a contact group", group, "take it out, or name one");
    }
  });
}
