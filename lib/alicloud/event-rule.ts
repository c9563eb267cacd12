import { TerraformIterator } from "cdktf";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import type { NatAlarmKey } from "../cdktf/nat-alarms";
import { isKnown } from "../cdktf/when-known";
import { CmsEventRule } from "./bindings/cms-event-rule";
import { resourceName } from "./resource-name";

/** System events of CloudMonitor that an alarm tells of. */
export interface AlarmEvents {
  readonly key: NatAlarmKey;
  /** Id of the rule among the alarms of the NAT. */
  readonly id: string;
  /** CloudMonitor name of the product, for example `ecs`. */
  readonly product: string;
  /** What the names of the events are of: faults of the cloud, or its maintenance. */
  readonly types: readonly ("Exception" | "Maintenance")[];
  readonly names: readonly string[];
}

/** One rule: which events of which instance, and who is told. */
export interface EventRuleProps {
  readonly events: AlarmEvents;
  readonly instanceId: string;
  readonly contactGroups: readonly string[];
  readonly provider: TerraformProvider | undefined;
}

/** Told by text message and e-mail. */
const LEVEL = "3";

/**
 * Tells contact groups of events of an instance: one `alicloud_cms_event_rule`. An event has the id of its instance in
 * its text, and that is what it is chosen by: https://www.alibabacloud.com/help/en/cms/cloudmonitor-1-0/developer-reference/api-cms-2019-01-01-puteventrule
 */
export function makeEventRule(scope: Construct, props: EventRuleProps): void {
  const { events, instanceId, contactGroups, provider } = props;
  new CmsEventRule(scope, events.id, {
    ruleName: resourceName(scope, undefined, events.id),
    status: "ENABLED",
    // Otherwise nobody hears of a second failure on the same day.
    silenceTime: 300,
    eventPattern: {
      product: events.product,
      eventTypeList: [...events.types],
      levelList: ["CRITICAL"],
      nameList: [...events.names],
      sqlFilter: instanceId,
    },
    contactParameters: contacts(contactGroups),
    provider,
  });
}

/** One recipient for each group; its id tells it from the others of the rule. */
function contacts(groups: readonly string[]) {
  if (isKnown(groups)) {
    return groups.map((contactGroupName, index) => ({
      contactParametersId: `${index + 1}`,
      contactGroupName,
      level: LEVEL,
    }));
  }
  const each = TerraformIterator.fromList(groups as string[]);
  const name: unknown = each.value;
  // What a dynamic block holds is written out as it is, in the provider's words.
  return each.dynamic({ contact_parameters_id: name, contact_group_name: name, level: LEVEL });
}
