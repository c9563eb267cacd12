import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { deleteEventRules, describeEventRule, putEventRule, putEventRuleTargets } from "../api/event-rule";

/** alicloud_cms_event_rule: its name is its id; who is told is set by a call of its own. */
export const cmsEventRule: ResourceBehaviour = {
  async create(cloud, data) {
    await put(cloud, data);
    data.setId(data.wanted.requiredText("rule_name"));
    await putTargets(cloud, data);
  },

  async read(cloud, data) {
    const found = await cloud.call(describeEventRule, { RuleName: data.id });
    if (found === undefined) return false;
    const { Product, EventTypeList, LevelList, NameList, SQLFilter } = found.EventPattern;
    data.set({
      rule_name: found.id,
      description: found.Description,
      group_id: found.GroupId,
      silence_time: found.SilenceTime,
      status: found.State,
      event_pattern: [
        {
          product: Product,
          event_type_list: EventTypeList,
          level_list: LevelList,
          name_list: NameList,
          sql_filter: SQLFilter,
        },
      ],
      contact_parameters: found.ContactParameters.map(({ Id, ContactGroupName, Level }) => ({
        contact_parameters_id: Id,
        contact_group_name: ContactGroupName,
        level: Level,
      })),
    });
    return true;
  },

  async update(cloud, data) {
    await put(cloud, data);
    await putTargets(cloud, data);
  },

  async delete(cloud, data) {
    await cloud.call(deleteEventRules, { RuleName: data.id });
  },
};

async function put(cloud: Cloud, { wanted }: ResourceData): Promise<void> {
  const [pattern] = wanted.blocks("event_pattern");
  await cloud.call(putEventRule, {
    RuleName: wanted.requiredText("rule_name"),
    Description: wanted.text("description") ?? "",
    GroupId: wanted.text("group_id") ?? "",
    SilenceTime: wanted.number("silence_time") ?? 86400,
    State: wanted.text("status") ?? "ENABLED",
    EventPattern: {
      Product: pattern?.text("product") ?? "",
      EventTypeList: pattern?.texts("event_type_list") ?? [],
      LevelList: pattern?.texts("level_list") ?? [],
      NameList: pattern?.texts("name_list") ?? [],
      SQLFilter: pattern?.text("sql_filter") ?? "",
    },
  });
}

async function putTargets(cloud: Cloud, { wanted }: ResourceData): Promise<void> {
  const ContactParameters = wanted.blocks("contact_parameters").map((contact) => ({
    Id: contact.text("contact_parameters_id") ?? "",
    ContactGroupName: contact.text("contact_group_name") ?? "",
    Level: contact.text("level") ?? "",
  }));
  await cloud.call(putEventRuleTargets, { RuleName: wanted.requiredText("rule_name"), ContactParameters });
}
