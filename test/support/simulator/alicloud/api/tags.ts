import { changing } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Tags } from "./tables";

/** Sets tags; others stay. */
export const tagResources = changing(
  "TagResources",
  (cloud, request: { ResourceType: string; ResourceId: string; Tags: Tags }) => {
    cloud.change(request.ResourceId, { Tags: { ...tagsOf(cloud, request), ...request.Tags } });
  },
);

/** Removes tags by key. */
export const untagResources = changing(
  "UnTagResources",
  (cloud, request: { ResourceType: string; ResourceId: string; TagKeys: string[] }) => {
    const left = Object.entries(tagsOf(cloud, request)).filter(([key]) => !request.TagKeys.includes(key));
    cloud.change(request.ResourceId, { Tags: Object.fromEntries(left) });
  },
);

function tagsOf(cloud: Cloud, { ResourceType, ResourceId }: { ResourceType: string; ResourceId: string }): Tags {
  const object = cloud.find(ResourceType, ResourceId);
  if (object === undefined) throw new ApiError("InvalidResourceId.NotFound", `${ResourceId} does not exist.`);
  return (object.attributes.Tags ?? {}) as Tags;
}
