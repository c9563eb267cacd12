import { NatError } from "../core/nat-error";
import { isKnown } from "./when-known";

/**
 * What is watched on a NAT of any kind, in any cloud. Each key has a threshold by default; `false` switches it off. A
 * key that the NAT has no metric for does nothing; asking for it by a threshold of your own warns.
 */
export interface NatAlarmProps {
  /**
   * Connections a minute that found no free port on any EIP: more than this many.
   * @default 0
   */
  readonly portAllocationErrors?: number | false;
  /**
   * Open connections, in percent of what the NAT can hold.
   * @default 80
   */
  readonly connections?: number | false;
  /**
   * New connections a second, in percent of what the NAT can open.
   * @default 80
   */
  readonly newConnections?: number | false;
  /**
   * Connections a second that were dropped because the NAT was at its limit: more than this many.
   * @default 0
   */
  readonly droppedConnections?: number | false;
  /**
   * Outbound bandwidth of each EIP, in percent of its limit.
   * @default 80
   */
  readonly bandwidth?: number | false;
  /**
   * The machine of a self-hosted NAT is down: checks in a row that it fails. Where the cloud reports a failure itself
   * (Alibaba Cloud), each report counts, whatever the number. A managed gateway has no machine.
   * @default 2
   */
  readonly hostDown?: number | false;
  /**
   * CPU credits that the machine of a self-hosted NAT has left, on an instance type that runs on them: fewer than this
   * many. AWS only: the other clouds have no metric for it.
   * @default 20
   */
  readonly cpuCredits?: number | false;
  /**
   * Minutes in a row above the threshold before an alarm goes off.
   * @default 3
   */
  readonly minutes?: number;
}

/** The keys that switch an alarm. */
export type NatAlarmKey = Exclude<keyof NatAlarmProps, "minutes">;

/** How the threshold of one alarm is given. */
export interface AlarmThreshold {
  /** Where the user names none; `false` where the alarm is then off. */
  readonly byDefault: number | false;
  /** Whether it is one of 0 to 100 percent; otherwise any number from 0 on. */
  readonly isPercentage: boolean;
}

/** The alarms that every cloud knows, in the order of messages. A cloud with alarms of its own adds them to these. */
export const NAT_ALARMS: Readonly<Record<NatAlarmKey, AlarmThreshold>> = {
  portAllocationErrors: { byDefault: 0, isPercentage: false },
  connections: { byDefault: 80, isPercentage: true },
  newConnections: { byDefault: 80, isPercentage: true },
  droppedConnections: { byDefault: 0, isPercentage: false },
  bandwidth: { byDefault: 80, isPercentage: true },
  hostDown: { byDefault: 2, isPercentage: false },
  cpuCredits: { byDefault: 20, isPercentage: false },
};

/** The threshold of one alarm, `false` where it is off. */
export function alarmThreshold(given: number | false | undefined, key: string, alarm: AlarmThreshold): number | false {
  const threshold = given ?? alarm.byDefault;
  if (threshold === false) return false;
  if (typeof threshold === "number" && !isKnown(threshold)) return threshold;
  const max = alarm.isPercentage ? 100 : Number.MAX_SAFE_INTEGER;
  if (typeof threshold !== "number" || !(threshold >= 0 && threshold <= max)) {
    const unit = alarm.isPercentage ? "a percentage from 0 to 100" : "a number from 0 on";
    throw new NatError(key, `must be ${unit}, or false`, given, "give a threshold, or false to switch the alarm off");
  }
  return threshold;
}
