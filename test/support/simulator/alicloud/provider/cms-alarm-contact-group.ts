import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { deleteContactGroup, describeContactGroupList, putContactGroup } from "../api/metric-rule";
import { ifExists } from "../../engine/lookup";

/** alicloud_cms_alarm_contact_group: its name is its id. */
export const cmsAlarmContactGroup: ResourceBehaviour = {
  async create(cloud, data) {
    await put(cloud, data);
    data.setId(data.wanted.requiredText("alarm_contact_group_name"));
  },

  async read(cloud, data) {
    const [found] = await cloud.call(describeContactGroupList, { Name: data.id });
    if (found === undefined) return false;
    data.set({
      alarm_contact_group_name: found.id,
      contacts: found.Contacts,
      describe: found.Describe,
      enable_subscribed: found.EnableSubscribed,
    });
    return true;
  },

  update: put,

  async delete(cloud, data) {
    await ifExists(["ResourceNotFound"], () => cloud.call(deleteContactGroup, { Name: data.id }));
  },
};

async function put(cloud: Cloud, { wanted }: ResourceData): Promise<void> {
  await cloud.call(putContactGroup, {
    ContactGroupName: wanted.requiredText("alarm_contact_group_name"),
    Contacts: wanted.texts("contacts"),
    Describe: wanted.text("describe") ?? "",
    EnableSubscribed: wanted.flag("enable_subscribed") ?? false,
  });
}
