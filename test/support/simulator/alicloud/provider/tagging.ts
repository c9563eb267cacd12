import type { Cloud } from "../../engine/cloud";
import type { ResourceData } from "../../engine/resource-data";
import { tagResources, untagResources } from "../api/tags";

/** Brings the tags of an existing resource to what is wanted: one call to remove, one to set. */
export async function updateTags(cloud: Cloud, data: ResourceData, ResourceType: string): Promise<void> {
  if (!data.changed("tags")) return;
  const before = data.prior.map("tags");
  const wanted = data.wanted.map("tags");
  const TagKeys = Object.keys(before).filter((key) => wanted[key] === undefined);
  const Tags = Object.fromEntries(Object.entries(wanted).filter(([key, value]) => before[key] !== value));
  if (TagKeys.length > 0) await cloud.call(untagResources, { ResourceType, ResourceId: data.id, TagKeys });
  if (Object.keys(Tags).length > 0) await cloud.call(tagResources, { ResourceType, ResourceId: data.id, Tags });
}
