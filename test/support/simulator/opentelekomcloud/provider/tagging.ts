import type { Cloud } from "../../engine/cloud";
import type { ResourceData } from "../../engine/resource-data";
import { addTags, removeTags } from "../api/tags";

/** Brings the tags of an existing resource to what is wanted: one call to remove, one to set. */
export async function updateTags(cloud: Cloud, data: ResourceData, type: string): Promise<void> {
  if (!data.changed("tags")) return;
  const { removed, set } = data.mapChanges("tags");
  if (removed.length > 0) await cloud.call(removeTags, { type, id: data.id, keys: removed });
  if (Object.keys(set).length > 0) await cloud.call(addTags, { type, id: data.id, tags: set });
}
