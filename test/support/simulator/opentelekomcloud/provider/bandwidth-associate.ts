import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { insertIntoBandwidth, removeFromBandwidth, showBandwidth } from "../api/bandwidth";
import { listFloatingIps } from "../api/eip";

/** opentelekomcloud_vpc_bandwidth_associate_v2: all the EIPs of a shared bandwidth; its id is the bandwidth's. */
export const bandwidthAssociate: ResourceBehaviour = {
  async create(cloud, data) {
    data.setId(data.wanted.requiredText("bandwidth"));
    await add(cloud, data, data.wanted.texts("floating_ips"));
  },

  async read(cloud, data) {
    const found = await ifExists(["VPC.0306"], () => cloud.call(showBandwidth, { id: data.id }));
    if (found === undefined) return false;
    data.set({ bandwidth: data.id, floating_ips: found.publicip_info });
    return true;
  },

  async update(cloud, data) {
    const before = data.prior.texts("floating_ips");
    const wanted = data.wanted.texts("floating_ips");
    await remove(
      cloud,
      data,
      before.filter((id) => !wanted.includes(id)),
    );
    await add(
      cloud,
      data,
      wanted.filter((id) => !before.includes(id)),
    );
  },

  async delete(cloud, data) {
    await remove(cloud, data, data.prior.texts("floating_ips"));
  },
};

/** EIPs that do not exist are passed over, as the provider does. */
async function existing(cloud: Cloud, ids: readonly string[]): Promise<string[]> {
  return (await cloud.call(listFloatingIps, {})).map(({ id }) => id).filter((id) => ids.includes(id));
}

async function add(cloud: Cloud, { id }: ResourceData, ids: readonly string[]): Promise<void> {
  const eip_ids = await existing(cloud, ids);
  if (eip_ids.length > 0) await cloud.call(insertIntoBandwidth, { id, eip_ids });
}

async function remove(cloud: Cloud, { id, wanted }: ResourceData, ids: readonly string[]): Promise<void> {
  const eip_ids = await existing(cloud, ids);
  if (eip_ids.length === 0) return;
  const charge_mode = wanted.text("backup_charge_mode") ?? "bandwidth";
  await cloud.call(removeFromBandwidth, { id, eip_ids, charge_mode, size: wanted.number("backup_size") ?? 1 });
}
