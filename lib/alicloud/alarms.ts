import { Fn } from "cdktf";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { AlarmSettings } from "../cdktf/alarm-settings";
import { NAT_ALARMS } from "../cdktf/nat-alarms";
import type { NatAlarmKey } from "../cdktf/nat-alarms";
import type { EipAlarms, NatEip } from "../cdktf/nat-children";
import { CmsAlarm } from "./bindings/cms-alarm";
import { makeEventRule } from "./event-rule";
import type { AlarmEvents } from "./event-rule";
import type { AlarmsProps, INat } from "./nat";
import { resourceName } from "./resource-name";

const RECIPIENTS = {
  prop: "contactGroups",
  word: "contact group",
  aWord: "a contact group",
  fix: "name the CloudMonitor contact groups that are told",
};

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
  private readonly settings: AlarmSettings<NatAlarmKey>;
  private readonly provider: TerraformProvider | undefined;
  private readonly contactGroups: readonly string[];

  constructor(
    nat: INat,
    id: string,
    props: AlarmsProps,
    private readonly metrics: AlarmMetrics,
  ) {
    this.scope = new Construct(nat, id);
    this.provider = props.provider ?? nat.provider;
    this.contactGroups = props.contactGroups;
    this.settings = new AlarmSettings(this.scope, props, { alarms: NAT_ALARMS, recipients: RECIPIENTS });
    this.settings.warnWithoutMetric([...metrics.nat, ...metrics.eip, ...(metrics.events ?? [])]);
  }

  /** Watches the NAT itself. */
  watchNat(instanceId: string): void {
    const { contactGroups, metrics, provider, scope, settings } = this;
    for (const { alarm, threshold } of settings.switchedOn(metrics.nat)) {
      this.watch(alarm, alarm.id, threshold, instanceId);
    }
    for (const { alarm: events } of settings.switchedOn(metrics.events ?? [])) {
      makeEventRule(scope, { events, instanceId, contactGroups, provider });
    }
  }

  /** Watches one EIP. */
  watchEip({ node, allocationId }: NatEip): void {
    for (const { alarm, threshold } of this.settings.switchedOn(this.metrics.eip)) {
      this.watch(alarm, `${alarm.id}-${node.id}`, threshold, allocationId);
    }
  }

  private watch(
    { project, metric, statistics = "Value" }: AlarmMetric,
    id: string,
    threshold: number,
    instanceId: string,
  ): void {
    new CmsAlarm(this.scope, id, {
      name: resourceName(this.scope, undefined, id),
      project,
      metric,
      metricDimensions: Fn.jsonencode([{ instanceId }]),
      period: 60,
      contactGroups: this.contactGroups as string[],
      escalationsCritical: {
        comparisonOperator: ">",
        statistics,
        threshold: `${threshold}`,
        times: this.settings.minutes,
      },
      provider: this.provider,
    });
  }
}
