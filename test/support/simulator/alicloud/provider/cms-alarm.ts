import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import {
  deleteMetricRules,
  describeMetricRuleList,
  disableMetricRules,
  enableMetricRules,
  putResourceMetricRule,
} from "../api/metric-rule";
import type { Escalation } from "../api/tables";

const LEVELS = ["critical", "warn", "info"] as const;

/** alicloud_cms_alarm: the provider makes the id itself, before the first call. */
export const cmsAlarm: ResourceBehaviour = {
  suppress: { metric_dimensions: (change) => sameJson(change.old, change.new) },

  async create(cloud, data) {
    data.setId(cloud.newId("terraform-"));
    await put(cloud, data);
  },

  async read(cloud, data) {
    const [found] = await cloud.call(describeMetricRuleList, { RuleIds: data.id });
    if (found === undefined) return false;
    const escalations = LEVELS.map((level) => {
      const escalation = found.Escalations[level];
      const block = escalation && [
        {
          comparison_operator: escalation.ComparisonOperator,
          statistics: escalation.Statistics,
          threshold: escalation.Threshold,
          times: escalation.Times,
        },
      ];
      return [`escalations_${level}`, block ?? []] as const;
    });
    data.set({
      ...Object.fromEntries(escalations),
      contact_groups: found.ContactGroups,
      effective_interval: found.EffectiveInterval,
      enabled: found.Enabled,
      metric: found.MetricName,
      metric_dimensions: found.Resources,
      name: found.RuleName,
      period: found.Period,
      project: found.Namespace,
      silence_time: found.SilenceTime,
      status: "OK",
      tags: found.Tags,
      webhook: found.Webhook,
    });
    return true;
  },

  update: put,

  async delete(cloud, data) {
    await cloud.call(deleteMetricRules, { RuleId: data.id });
  },
};

async function put(cloud: Cloud, data: ResourceData): Promise<void> {
  const { wanted } = data;
  await cloud.call(putResourceMetricRule, {
    RuleId: data.id,
    RuleName: wanted.requiredText("name"),
    Namespace: wanted.requiredText("project"),
    MetricName: wanted.requiredText("metric"),
    Resources: wanted.text("metric_dimensions") ?? '[{"resource":"_ALL"}]',
    ContactGroups: wanted.texts("contact_groups"),
    Period: wanted.number("period") ?? 300,
    SilenceTime: wanted.number("silence_time") ?? 86400,
    EffectiveInterval: wanted.text("effective_interval") ?? "00:00-23:59",
    Webhook: wanted.text("webhook") ?? "",
    Escalations: escalationsOf(data),
    Tags: wanted.map("tags"),
  });
  const switchTo = wanted.flag("enabled") === false ? disableMetricRules : enableMetricRules;
  await cloud.call(switchTo, { RuleId: data.id });
}

function escalationsOf({ wanted }: ResourceData): Record<string, Escalation> {
  const found: Record<string, Escalation> = {};
  for (const level of LEVELS) {
    const [block] = wanted.blocks(`escalations_${level}`);
    if (block === undefined) continue;
    found[level] = {
      ComparisonOperator: block.text("comparison_operator") ?? ">",
      Statistics: block.text("statistics") ?? "Average",
      Threshold: block.text("threshold") ?? "",
      Times: block.number("times") ?? 3,
    };
  }
  return found;
}

function sameJson(left: unknown, right: unknown): boolean {
  if (typeof left !== "string" || typeof right !== "string") return false;
  try {
    return JSON.stringify(JSON.parse(left)) === JSON.stringify(JSON.parse(right));
  } catch {
    return false;
  }
}
