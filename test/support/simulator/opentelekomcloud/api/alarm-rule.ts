import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import { alarmRules, topics, type AlarmRule } from "./tables";

type AlarmRequest = Omit<AlarmRule, "alarm_state" | "update_time">;

/** Makes an alarm rule; what it notifies must exist. */
export const createAlarmRule = changing("CreateAlarmRule", (cloud, request: AlarmRequest) => {
  const notified = [...request.alarm_actions, ...request.ok_actions].flatMap((action) => action.notification_list);
  const missing = notified.find((urn) => topics.find(cloud, urn) === undefined);
  if (missing !== undefined) throw new ApiError("ces.0014", `The notification object ${missing} does not exist.`);
  return alarmRules.insert(cloud, { ...request, alarm_state: "insufficient_data", update_time: Date.now() });
});

export const showAlarmRule = reading("ShowAlarmRule", (cloud, { id }: { id: string }) => alarmRules.get(cloud, id));

export const switchAlarmRule = changing(
  "SwitchAlarmRule",
  (cloud, { id, alarm_enabled }: { id: string; alarm_enabled: boolean }) => {
    alarmRules.get(cloud, id);
    alarmRules.change(cloud, id, { alarm_enabled, update_time: Date.now() });
  },
);

export const deleteAlarmRule = changing("DeleteAlarmRule", (cloud, { id }: { id: string }) => {
  alarmRules.get(cloud, id);
  alarmRules.remove(cloud, id);
});
