import type { Cloud } from "../../engine/cloud";
import type { ResourceData } from "../../engine/resource-data";
import { tagResources, untagResources } from "../api/tags";

/** Brings the tags of an existing resource to what is wanted: one call to remove, one to set. */
export async function updateTags(cloud: Cloud, data: ResourceData, ResourceType: string): Promise<void> {
  if (!data.changed("tags")) return;
  const { removed: TagKeys, set: Tags } = data.mapChanges("tags");
  if (TagKeys.length > 0) await cloud.call(untagResources, { ResourceType, ResourceId: data.id, TagKeys });
  if (Object.keys(Tags).length > 0) await cloud.call(tagResources, { ResourceType, ResourceId: data.id, Tags });
}
