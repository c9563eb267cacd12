import { Fn, Op, Token } from "cdktf";
import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { CesAlarmrule } from "@cdktf/provider-opentelekomcloud/lib/ces-alarmrule";
import { AlarmSettings } from "../cdktf/alarm-settings";
import { failAt } from "../cdktf/fail";
import { NAT_ALARMS } from "../cdktf/nat-alarms";
import type { NatAlarmKey } from "../cdktf/nat-alarms";
import type { EipAlarms } from "../cdktf/nat-children";
import { warn } from "../cdktf/warn-at-synth";
import { isKnown, whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import type { Eip } from "./eip";
import type { AlarmsProps, INat } from "./nat";
import { alarmName } from "./resource-name";

const RECIPIENTS = {
  prop: "topicUrns",
  word: "topic",
  aWord: "an SMN topic by its URN",
  fix: "name the Simple Message Notification topics that are told",
};

/** Most topics that an alarm rule tells. */
const MOST_TOPICS = 5;

/** Mbit/s times percent is this many bit/s. */
const BITS_PER_MBIT_PERCENT = 10_000;

/** Most values in a row that an alarm rule counts. */
const MOST_VALUES = { min: 1, max: 5, unit: "checks" };

/** One Cloud Eye metric that is watched on the NAT itself. */
export interface AlarmMetric {
  readonly key: NatAlarmKey;
  /** Id of the alarm among the alarms of the NAT. */
  readonly id: string;
  /** Cloud Eye namespace, for example `SYS.NAT`. */
  readonly namespace: string;
  readonly metric: string;
  /** What the metric knows the NAT by, for example `nat_gateway_id`. */
  readonly dimension: string;
  /** How often the metric comes; an alarm cannot be quicker. @default 60 */
  readonly periodSeconds?: 60 | 300;
  /** The threshold is the number of values in a row that are above 0, 1 to 5. @default - what a value is compared with */
  readonly countsValues?: boolean;
}

/** What is watched on the NAT itself; its EIPs are watched alike on every kind. */
export interface AlarmMetrics {
  readonly nat: readonly AlarmMetric[];
}

/** https://docs.otc.t-systems.com/elastic-ip/umn/monitoring/supported_metrics.html */
const BANDWIDTH = { key: "bandwidth", id: "Bandwidth" } as const;

/**
 * Watches a NAT: one `opentelekomcloud_ces_alarmrule` a metric, and one an EIP or its shared bandwidth, in a scope under
 * it.
 * @param watchedId what Cloud Eye knows the NAT as
 */
export function alarmsOf(
  nat: INat,
  id: string,
  props: AlarmsProps,
  metrics: AlarmMetrics,
  watchedId: string,
): EipAlarms<Eip> {
  const alarms = new Alarms(nat, id, props);
  alarms.watchNat(metrics, watchedId);
  return alarms;
}

/** What an alarm rule watches. */
interface Watched {
  readonly namespace: string;
  readonly metric: string;
  readonly dimension: { readonly name: string; readonly value: string };
  /** @default - that of metrics that come every minute */
  readonly timing?: Timing;
}

/** How Cloud Eye counts values, or spans of time. */
interface Timing {
  readonly period: number;
  readonly count: number;
  readonly filter: string;
}

class Alarms implements EipAlarms<Eip> {
  private readonly scope: Construct;
  private readonly settings: AlarmSettings<NatAlarmKey>;
  private readonly provider: TerraformProvider | undefined;
  private readonly topicUrns: string[];
  private readonly timing: Timing;

  constructor(nat: INat, id: string, props: AlarmsProps) {
    this.scope = new Construct(nat, id);
    this.provider = props.provider ?? nat.provider;
    this.topicUrns = props.topicUrns as string[];
    this.settings = new AlarmSettings(this.scope, props, { alarms: NAT_ALARMS, recipients: RECIPIENTS });
    this.timing = failAt(this.scope, () => {
      if (isKnown(props.topicUrns) && props.topicUrns.length > MOST_TOPICS) {
        const fix = "name one topic, and let all of them subscribe to it";
        throw new NatError("topicUrns", `must be at most ${MOST_TOPICS}`, props.topicUrns.length, fix);
      }
      return timingOf(this.settings.minutes);
    });
  }

  /** Watches the NAT itself. */
  watchNat(metrics: AlarmMetrics, watchedId: string): void {
    this.settings.warnWithoutMetric([...metrics.nat, BANDWIDTH]);
    for (const { alarm, threshold } of this.settings.switchedOn(metrics.nat)) {
      const { key, namespace, metric, dimension: name, periodSeconds = 60, countsValues = false } = alarm;
      const watched = { namespace, metric, dimension: { name, value: watchedId } };
      if (countsValues) {
        failAt(this.scope, () => whenKnown(threshold, (count) => parseWholeNumber(count, MOST_VALUES, key)));
        this.watch(alarm.id, { ...watched, timing: valuesInARow(threshold) }, 0);
      } else {
        const timing = periodSeconds === 60 ? this.timing : spansOf(this.settings.minutes);
        this.watch(alarm.id, { ...watched, timing }, threshold);
      }
    }
  }

  /** Watches one EIP by its limit; one in a shared bandwidth together with the others in that. */
  watchEip({ node, eipId, limit }: Eip): void {
    for (const { threshold } of this.settings.switchedOn([BANDWIDTH])) {
      if (limit === undefined) {
        const fix = "name it as bandwidthMbps of existing for an alarm";
        warn(this.scope, `bandwidth: the limit of the EIP "${node.path}" is not known; ${fix}`);
        continue;
      }
      const { mbps, shared } = limit;
      const id =
        shared === undefined ? `Bandwidth-${node.id}` : `Bandwidth-of-${shared.node.path.replaceAll("/", "-")}`;
      if (this.scope.node.tryFindChild(id) !== undefined) continue;
      const dimension =
        shared === undefined
          ? { name: "publicip_id", value: eipId }
          : { name: "bandwidth_id", value: shared.bandwidthId };
      this.watch(id, { namespace: "SYS.VPC", metric: "upstream_bandwidth", dimension }, bitsPerSecond(mbps, threshold));
    }
  }

  private watch(id: string, watched: Watched, value: number): void {
    const { namespace, metric, dimension, timing = this.timing } = watched;
    const actions = [{ type: "notification", notificationList: this.topicUrns }];
    new CesAlarmrule(this.scope, id, {
      alarmName: alarmName(this.scope, id),
      metric: { namespace, metricName: metric, dimensions: [dimension] },
      condition: { ...timing, comparisonOperator: ">", value },
      alarmActionEnabled: true,
      alarmActions: actions,
      okActions: actions,
      provider: this.provider,
    });
  }
}

/**
 * How Cloud Eye counts minutes in a row: up to five values as they come, one a minute; or up to five spans of five
 * minutes, each by its lowest value.
 */
function timingOf(minutes: number): Timing {
  if (!isKnown(minutes) || minutes <= 5) return valuesInARow(minutes);
  if (minutes <= 25 && minutes % 5 === 0) return { period: 300, count: minutes / 5, filter: "min" };
  throw new NatError("minutes", "must be 1 to 5, 10, 15, 20 or 25", minutes, "use one of them");
}

/** So many values, as they come. */
function valuesInARow(count: number): Timing {
  return { period: 1, count, filter: "average" };
}

/** How many spans of five minutes, in which a slower metric comes once, make up so many minutes, and not fewer. */
function spansOf(minutes: number): Timing {
  const count = isKnown(minutes) ? Math.ceil(minutes / 5) : Fn.ceil(Token.asNumber(Op.div(minutes, 5)));
  return { period: 300, count, filter: "average" };
}

function bitsPerSecond(mbps: number, percent: number): number {
  if (isKnown(mbps) && isKnown(percent)) return mbps * percent * BITS_PER_MBIT_PERCENT;
  return Token.asNumber(Op.mul(Op.mul(mbps, percent), BITS_PER_MBIT_PERCENT));
}
