import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { createTopic, deleteTopic, showTopic, updateTopic } from "../api/topic";

/** opentelekomcloud_smn_topic_v2: its id is its URN. */
export const topic: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const display_name = wanted.text("display_name") ?? "";
    const name = wanted.requiredText("name");
    data.setId(await cloud.call(createTopic, { name, display_name, region: regionOf(cloud) }));
  },

  async read(cloud, data) {
    const found = await ifExists(["SMN.0013"], () => cloud.call(showTopic, { urn: data.id }));
    if (found === undefined) return false;
    data.set({
      topic_urn: found.id,
      display_name: found.display_name,
      name: found.name,
      push_policy: found.push_policy,
      create_time: found.create_time,
      update_time: found.update_time,
    });
    return true;
  },

  async update(cloud, data) {
    await cloud.call(updateTopic, { urn: data.id, display_name: data.wanted.text("display_name") ?? "" });
  },

  async delete(cloud, data) {
    await cloud.call(deleteTopic, { urn: data.id });
  },
};
