import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { showPort, updatePort } from "../api/port";
import { subnets } from "../api/tables";

const GONE = ["PortNotFound"];

/**
 * opentelekomcloud_networking_vip_associate_v2: the addresses of the ports become allowed pairs of the virtual IP. What
 * pairs a port had is lost: it gets `1.1.1.1/0`, the one that switches its source check off.
 */
export const vipAssociate: ResourceBehaviour = {
  async create(cloud, data) {
    const vip_id = data.wanted.requiredText("vip_id");
    const port_ids = data.wanted.texts("port_ids");
    for (const id of port_ids) {
      const { fixed_ip } = await cloud.call(showPort, { id });
      const vip = await cloud.call(showPort, { id: vip_id });
      const pairs = vip.allowed_address_pairs;
      if (!pairs.some(({ ip_address }) => ip_address === fixed_ip)) {
        const added = { ip_address: fixed_ip, mac_address: "" };
        await cloud.call(updatePort, { id: vip_id, allowed_address_pairs: [...pairs, added] });
      }
      const open = [{ ip_address: "1.1.1.1/0", mac_address: "" }];
      await cloud.call(updatePort, { id, allowed_address_pairs: open });
    }
    data.setId([vip_id, ...port_ids].join("/"));
  },

  async read(cloud, data) {
    const [vip_id = "", ...ids] = data.id.split("/");
    const vip = await ifExists(GONE, () => cloud.call(showPort, { id: vip_id }));
    if (vip === undefined) return false;
    const allowed = vip.allowed_address_pairs.map(({ ip_address }) => ip_address);
    const port_ids: string[] = [];
    for (const id of ids) {
      const port = await ifExists(GONE, () => cloud.call(showPort, { id }));
      if (port !== undefined && allowed.includes(port.fixed_ip)) port_ids.push(id);
    }
    if (port_ids.length === 0) return false;
    const vip_subnet_id = subnets.get(cloud, vip.network_id).neutron_subnet_id;
    data.set({ vip_id, port_ids, vip_subnet_id, vip_ip_address: vip.fixed_ip });
    return true;
  },

  async delete(cloud, data) {
    const [vip_id = "", ...ids] = data.id.split("/");
    for (const id of ids) await release(cloud, vip_id, id);
  },
};

async function release(cloud: Cloud, vip_id: string, id: string): Promise<void> {
  const port = await ifExists(GONE, () => cloud.call(showPort, { id }));
  const vip = await ifExists(GONE, () => cloud.call(showPort, { id: vip_id }));
  if (port === undefined || vip === undefined) return;
  const left = vip.allowed_address_pairs.filter(({ ip_address }) => ip_address !== port.fixed_ip);
  await cloud.call(updatePort, { id: vip_id, allowed_address_pairs: left });
}
