import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { contactGroups, eventRules, metricRules, type MetricRule } from "./tables";

// The metrics of an Internet NAT gateway; each has the statistic "Value" and no other.
const NAT_METRICS = [
  /^ErrorPortAllocation(Count|Rate)$/,
  /^Session(Active|New)Connection(WaterLever)?$/,
  /^Session(New)?LimitDropConnection$/,
  /^DropTotal(Pps|Bps)$/,
  /^InBpsSum$/,
  /^(BWRate|PPSRate)(In|Out)(From|To)(Inside|Outside)$/,
  /^(Bytes|Packets)(In|Out)(From|To)(Inside|Outside)$/,
  /^Eni(PacketsDropPortAllocationFail|Session\w+)$/,
];

type PutRequest = Omit<MetricRule, "Enabled"> & { RuleId: string };

/** Makes an alarm rule, or overwrites the one with this id. */
export const putResourceMetricRule = changing("PutResourceMetricRule", (cloud, request: PutRequest) => {
  const { RuleId, ...rule } = request;
  checkResources(rule.Resources);
  checkContacts(cloud, rule.ContactGroups);
  checkMetric(rule);
  const Enabled = metricRules.find(cloud, RuleId)?.Enabled ?? true;
  metricRules.insert(cloud, { ...rule, Enabled }, RuleId);
  return RuleId;
});

function checkResources(json: string): void {
  let parsed: unknown;
  try {
    parsed = JSON.parse(json);
  } catch {
    throw new ApiError("InvalidParameter", "The parameter Resources is not JSON.");
  }
  const isList = Array.isArray(parsed) && parsed.every((item) => typeof item === "object" && item !== null);
  if (!isList) throw new ApiError("InvalidParameter", "The parameter Resources must be a JSON list of objects.");
}

function checkContacts(cloud: Cloud, names: readonly string[]): void {
  if (names.length === 0) throw new ApiError("MissingParameter", "The parameter ContactGroups is mandatory.");
  const missing = names.find((name) => contactGroups.find(cloud, name) === undefined);
  if (missing !== undefined) throw new ApiError("ResourceNotFound", `The contact group ${missing} does not exist.`);
}

function checkMetric({ Namespace, MetricName, Escalations }: Omit<MetricRule, "Enabled">): void {
  const escalations = Object.values(Escalations);
  if (escalations.length === 0) throw new ApiError("InvalidParameter", "An escalation with a threshold is needed.");
  if (escalations.some(({ Threshold }) => !Number.isFinite(Number(Threshold)) || Threshold === "")) {
    throw new ApiError("InvalidParameter", "A threshold is a number.");
  }
  if (Namespace !== "acs_nat_gateway") return;
  if (!NAT_METRICS.some((pattern) => pattern.test(MetricName))) {
    throw new ApiError("ResourceNotFound", `The metric ${MetricName} of ${Namespace} does not exist.`);
  }
  if (escalations.some(({ Statistics }) => Statistics !== "Value")) {
    throw new ApiError("InvalidParameter", `The only statistic of ${MetricName} is Value.`);
  }
}

export const describeMetricRuleList = reading("DescribeMetricRuleList", (cloud, { RuleIds }: { RuleIds: string }) => {
  const found = metricRules.find(cloud, RuleIds);
  return found === undefined ? [] : [found];
});

export const enableMetricRules = changing("EnableMetricRules", (cloud, { RuleId }: { RuleId: string }) => {
  metricRules.get(cloud, RuleId);
  metricRules.change(cloud, RuleId, { Enabled: true });
});

export const disableMetricRules = changing("DisableMetricRules", (cloud, { RuleId }: { RuleId: string }) => {
  metricRules.get(cloud, RuleId);
  metricRules.change(cloud, RuleId, { Enabled: false });
});

export const deleteMetricRules = changing("DeleteMetricRules", (cloud, { RuleId }: { RuleId: string }) => {
  if (metricRules.find(cloud, RuleId) !== undefined) metricRules.remove(cloud, RuleId);
});

interface PutContactGroupRequest {
  ContactGroupName: string;
  Contacts: string[];
  Describe: string;
  EnableSubscribed: boolean;
}

/** Makes a contact group, or overwrites the one with this name. */
export const putContactGroup = changing("PutContactGroup", (cloud, request: PutContactGroupRequest) => {
  const { ContactGroupName, ...group } = request;
  contactGroups.insert(cloud, group, ContactGroupName);
  return ContactGroupName;
});

export const describeContactGroupList = reading("DescribeContactGroupList", (cloud, { Name }: { Name: string }) => {
  const found = contactGroups.find(cloud, Name);
  return found === undefined ? [] : [found];
});

/** Deletes a contact group that no alarm notifies. */
export const deleteContactGroup = changing("DeleteContactGroup", (cloud, { Name }: { Name: string }) => {
  contactGroups.get(cloud, Name);
  if (metricRules.list(cloud).some(({ ContactGroups }) => ContactGroups.includes(Name))) {
    throw new ApiError("ResourceInUse", `An alarm notifies the contact group ${Name}.`);
  }
  const told = eventRules.list(cloud).flatMap(({ ContactParameters }) => ContactParameters);
  if (told.some(({ ContactGroupName }) => ContactGroupName === Name)) {
    throw new ApiError("ResourceInUse", `An event rule notifies the contact group ${Name}.`);
  }
  contactGroups.remove(cloud, Name);
});
