import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import { now, PROJECT_ID, topics } from "./tables";

/** Makes a topic; one that exists by this name is given back. */
export const createTopic = changing(
  "CreateTopic",
  (cloud, { name, display_name, region }: { name: string; display_name: string; region: string }) => {
    if (!/^[A-Za-z0-9][\w-]{0,254}$/.test(name)) throw new ApiError("SMN.0002", "The topic name is invalid.");
    const urn = `urn:smn:${region}:${PROJECT_ID}:${name}`;
    if (topics.find(cloud, urn) !== undefined) return urn;
    const times = { create_time: now(), update_time: now() };
    return topics.insert(cloud, { name, display_name, push_policy: 0, ...times }, urn);
  },
);

export const showTopic = reading("ShowTopic", (cloud, { urn }: { urn: string }) => topics.get(cloud, urn));

export const updateTopic = changing(
  "UpdateTopic",
  (cloud, { urn, display_name }: { urn: string; display_name: string }) => {
    topics.get(cloud, urn);
    topics.change(cloud, urn, { display_name, update_time: now() });
  },
);

export const deleteTopic = changing("DeleteTopic", (cloud, { urn }: { urn: string }) => {
  topics.get(cloud, urn);
  topics.remove(cloud, urn);
});
