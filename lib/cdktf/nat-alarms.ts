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
   * Minutes in a row above the threshold before an alarm goes off.
   * @default 3
   */
  readonly minutes?: number;
}

/** The keys that switch an alarm. */
export type NatAlarmKey = Exclude<keyof NatAlarmProps, "minutes">;

const DEFAULTS: Readonly<Record<NatAlarmKey, number>> = {
  portAllocationErrors: 0,
  connections: 80,
  newConnections: 80,
  droppedConnections: 0,
  bandwidth: 80,
  hostDown: 2,
};

const PERCENTAGES: readonly NatAlarmKey[] = ["connections", "newConnections", "bandwidth"];

/** The threshold of one alarm, `false` where it is off. */
export function alarmThreshold(props: NatAlarmProps, key: NatAlarmKey): number | false {
  const given = props[key];
  if (given === false) return false;
  const threshold = given ?? DEFAULTS[key];
  if (typeof threshold === "number" && !isKnown(threshold)) return threshold;
  const max = PERCENTAGES.includes(key) ? 100 : Number.MAX_SAFE_INTEGER;
  if (typeof threshold !== "number" || !(threshold >= 0 && threshold <= max)) {
    const unit = max === 100 ? "a percentage from 0 to 100" : "a number from 0 on";
    throw new NatError(key, `must be ${unit}, or false`, given, "give a threshold, or false to switch the alarm off");
  }
  return threshold;
}
