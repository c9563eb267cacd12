import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { waitUntil } from "../../engine/waiting";
import { createPort, deletePort, showPort } from "../api/port";
import { PROJECT_ID, subnets } from "../api/tables";
import { deleteUntilGone } from "./deleting";

const GONE = "PortNotFound";

/** opentelekomcloud_networking_vip_v2: a virtual IP is a port that no server has. */
export const vip: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createPort, {
      name: wanted.text("name") ?? "",
      network_id: wanted.requiredText("network_id"),
      subnet_id: wanted.text("subnet_id"),
      fixed_ip: wanted.text("ip_address"),
      admin_state_up: true,
      device_id: "",
      device_owner: "neutron:VIP_PORT",
      allowed_address_pairs: [],
      port_security_enabled: true,
      extra_dhcp_opts: {},
    });
    await waitUntil(cloud, { what: `virtual IP ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return ["DOWN", "ACTIVE"].includes((await cloud.call(showPort, { id })).status);
    });
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showPort, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      network_id: found.network_id,
      name: found.name,
      status: found.status,
      tenant_id: PROJECT_ID,
      device_owner: found.device_owner,
      subnet_id: subnets.get(cloud, found.network_id).neutron_subnet_id,
      ip_address: found.fixed_ip,
    });
    return true;
  },

  async delete(cloud, data) {
    const { id } = data;
    await deleteUntilGone(
      cloud,
      { what: `virtual IP ${id}`, timeoutSeconds: data.timeoutSeconds("delete"), gone: GONE },
      () => cloud.call(showPort, { id }),
      () => cloud.call(deletePort, { id }),
    );
  },
};
