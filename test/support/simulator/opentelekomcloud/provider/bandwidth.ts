import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { createSharedBandwidth, deleteSharedBandwidth, showBandwidth, updateBandwidth } from "../api/bandwidth";
import { checkName } from "./names";

const GONE = "VPC.0306";

/** opentelekomcloud_vpc_bandwidth_v2: a bandwidth that EIPs share. */
export const bandwidth: ResourceBehaviour = {
  checks: { name: checkName },

  async create(cloud, data) {
    const name = data.wanted.requiredText("name");
    data.setId(await cloud.call(createSharedBandwidth, { name, size: data.wanted.number("size") ?? 0 }));
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showBandwidth, { id: data.id }));
    if (found === undefined) return false;
    data.set({ name: found.name, size: found.size, status: found.status });
    return true;
  },

  async update(cloud, { id, wanted }) {
    const size = wanted.number("size") ?? 0;
    await cloud.call(updateBandwidth, { id, name: wanted.requiredText("name"), size });
  },

  async delete(cloud, { id }) {
    await cloud.call(deleteSharedBandwidth, { id });
  },
};
