import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import type { Value } from "../../engine/value";
import { createAlarmRule, deleteAlarmRule, showAlarmRule, switchAlarmRule } from "../api/alarm-rule";
import type { AlarmAction } from "../api/tables";

const NUMBERS = ["alarm_frequency", "count", "period", "value"] as const;
const TEXTS = ["comparison_operator", "filter", "unit"] as const;

/** opentelekomcloud_ces_alarmrule: it is switched on and off in place, and nothing else. */
export const alarmRule: ResourceBehaviour = {
  checks: {
    alarm_name: matches(/^[\w-]+$/),
    "metric.dimensions.name": matches(/^[a-zA-Z][\w-]{1,31}$/),
    "metric.dimensions.value": matches(/^[a-zA-Z0-9][\w-]{1,255}$/),
    "condition.value": (value) => (typeof value === "number" && value < 0 ? "expected to be at least (0)" : undefined),
  },

  async create(cloud, data) {
    const { wanted } = data;
    const [metric] = wanted.blocks("metric");
    const [condition] = wanted.blocks("condition");
    const id = await cloud.call(createAlarmRule, {
      alarm_name: wanted.requiredText("alarm_name"),
      alarm_description: wanted.text("alarm_description") ?? "",
      alarm_level: wanted.number("alarm_level") ?? 2,
      alarm_type: wanted.text("alarm_type") ?? "",
      alarm_enabled: wanted.flag("alarm_enabled") ?? true,
      alarm_action_enabled: wanted.flag("alarm_action_enabled") ?? false,
      namespace: metric?.text("namespace") ?? "",
      metric_name: metric?.text("metric_name") ?? "",
      dimensions: (metric?.blocks("dimensions") ?? []).map((dimension) => {
        return { name: dimension.text("name") ?? "", value: dimension.text("value") ?? "" };
      }),
      condition: {
        ...Object.fromEntries(NUMBERS.map((name) => [name, condition?.number(name) ?? 0])),
        ...Object.fromEntries(TEXTS.map((name) => [name, condition?.text(name) ?? ""])),
      },
      alarm_actions: actionsOf(wanted, "alarm_actions"),
      ok_actions: actionsOf(wanted, "ok_actions"),
    });
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists(["ces.0050"], () => cloud.call(showAlarmRule, { id: data.id }));
    if (found === undefined) return false;
    const { namespace, metric_name, dimensions, condition, alarm_actions, ok_actions } = found;
    data.set({
      alarm_name: found.alarm_name,
      alarm_description: found.alarm_description,
      alarm_level: found.alarm_level,
      alarm_type: found.alarm_type,
      alarm_enabled: found.alarm_enabled,
      alarm_action_enabled: found.alarm_action_enabled,
      alarm_state: found.alarm_state,
      update_time: found.update_time,
      metric: [{ namespace, metric_name, dimensions: dimensions.map((dimension) => ({ ...dimension })) }],
      condition: [condition],
      alarm_actions: alarm_actions.map((action) => ({ ...action })),
      ok_actions: ok_actions.map((action) => ({ ...action })),
    });
    return true;
  },

  async update(cloud, data) {
    if (!data.changed("alarm_enabled")) return;
    await cloud.call(switchAlarmRule, { id: data.id, alarm_enabled: data.wanted.flag("alarm_enabled") ?? true });
  },

  async delete(cloud, data) {
    await cloud.call(deleteAlarmRule, { id: data.id });
  },
};

function actionsOf(wanted: Attributes, name: "alarm_actions" | "ok_actions"): AlarmAction[] {
  return wanted.blocks(name).map((action) => {
    return { type: action.text("type") ?? "", notification_list: action.texts("notification_list") };
  });
}

function matches(pattern: RegExp) {
  return (value: Value): string | undefined => {
    if (typeof value !== "string" || pattern.test(value)) return undefined;
    return `must match ${String(pattern)}, got ${JSON.stringify(value)}`;
  };
}
