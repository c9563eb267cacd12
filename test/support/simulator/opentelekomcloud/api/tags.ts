import { changing } from "../../engine/api-action";
import type { Tags } from "./tables";

/** Sets tags of something; others stay. */
export const addTags = changing("AddTags", (cloud, { type, id, tags }: { type: string; id: string; tags: Tags }) => {
  const before = (cloud.find(type, id)?.attributes.tags ?? {}) as Tags;
  cloud.change(id, { tags: { ...before, ...tags } });
});

/** Removes tags of something by key. */
export const removeTags = changing(
  "RemoveTags",
  (cloud, { type, id, keys }: { type: string; id: string; keys: string[] }) => {
    const before = Object.entries((cloud.find(type, id)?.attributes.tags ?? {}) as Tags);
    cloud.change(id, { tags: Object.fromEntries(before.filter(([key]) => !keys.includes(key))) });
  },
);
