import type { TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { checkProvider } from "./check-types";
import { checkRecipients } from "./check-recipients";
import type { AlarmRecipients } from "./check-recipients";
import { failAt } from "./fail";
import { alarmThreshold } from "./nat-alarms";
import type { AlarmThreshold } from "./nat-alarms";
import { warn } from "./warn-at-synth";
import { whenKnown } from "./when-known";

/** The props of `addAlarms` in any cloud: an alarm each key of its own, and whom to tell in a prop of the cloud's. */
export type AlarmSettingsProps<Key extends string> = Readonly<Partial<Record<Key, number | false>>> & {
  readonly minutes?: number;
  readonly provider?: TerraformProvider;
};

/** What an alarm of a NAT is known by: its key among the props, and its id among the alarms of one `addAlarms`. */
export interface KeyedAlarm<Key extends string> {
  readonly key: Key;
  readonly id: string;
}

/** The alarms that a cloud knows, and whom it tells. */
export interface AlarmSettingsOfCloud<Key extends string> {
  /** `NAT_ALARMS`, and the cloud's own. */
  readonly alarms: Readonly<Record<Key, AlarmThreshold>>;
  readonly recipients: AlarmRecipients;
  /** Props of the cloud that are no alarms. @default - none */
  readonly otherProps?: readonly string[];
}

/** What one `addAlarms` asks for, in any cloud: which alarms are on, their thresholds, and for how long. */
export class AlarmSettings<Key extends string> {
  /** Minutes in a row above the threshold before an alarm goes off. */
  readonly minutes: number;

  private readonly thresholds: ReadonlyMap<Key, number | false>;

  /** @param scope the scope of the alarms, whose path goes in front of errors */
  constructor(
    private readonly scope: IConstruct,
    private readonly props: AlarmSettingsProps<NoInfer<Key>>,
    { alarms, recipients, otherProps = [] }: AlarmSettingsOfCloud<Key>,
  ) {
    const keys = Object.keys(alarms) as Key[];
    const { minutes, thresholds } = failAt(scope, () => {
      checkKeys(props, keys, [recipients.prop, "minutes", "provider", ...otherProps]);
      checkRecipients((props as Readonly<Record<string, unknown>>)[recipients.prop], recipients);
      checkProvider(props.provider);
      const thresholds = keys.map((key) => [key, alarmThreshold(props[key], key, alarms[key])] as const);
      const minutes = props.minutes ?? 3;
      whenKnown(minutes, (value) => parseWholeNumber(value, { min: 1, max: 60, unit: "minutes" }, "minutes"));
      return { minutes, thresholds };
    });
    this.minutes = minutes;
    this.thresholds = new Map(thresholds);
  }

  /** Warns of each alarm that the user asks for by a threshold and that this kind of NAT has no metric for. */
  warnWithoutMetric(watched: readonly KeyedAlarm<Key>[]): void {
    const keys = new Set(watched.map(({ key }) => key));
    for (const key of this.thresholds.keys()) {
      if (keys.has(key) || this.props[key] === undefined || this.props[key] === false) continue;
      warn(this.scope, `${key}: this kind of NAT has no metric for it; no alarm is made`);
    }
  }

  /** Those of the alarms that are on, each with its threshold. */
  switchedOn<Alarm extends KeyedAlarm<Key>>(
    alarms: readonly Alarm[],
  ): readonly { readonly alarm: Alarm; readonly threshold: number }[] {
    return alarms.flatMap((alarm) => {
      const threshold = this.thresholds.get(alarm.key) ?? false;
      return threshold === false ? [] : [{ alarm, threshold }];
    });
  }
}

/** Refuses, for users of JavaScript, a misspelt key: the alarm that it means would keep its default. */
function checkKeys(props: object, alarms: readonly string[], others: readonly string[]): void {
  for (const [key, value] of Object.entries(props)) {
    if (alarms.includes(key) || others.includes(key)) continue;
    throw new NatError(key, "is no alarm", value, `use ${alarms.join(", ")}`);
  }
}
