import { ProviderError } from "../../engine/api-error";
import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { waitUntil } from "../../engine/waiting";
import { createPort, deletePort, showPort, updatePort } from "../api/port";
import type { AddressPair } from "../api/tables";
import { deleteUntilGone } from "./deleting";

const GONE = "PortNotFound";

/** opentelekomcloud_networking_port_v2. */
export const port: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const security_groups = wanted.texts("security_group_ids");
    const none = wanted.flag("no_security_groups") === true;
    if (none && security_groups.length > 0) {
      throw new ProviderError("cannot have both no_security_groups and security_group_ids set");
    }
    const id = await cloud.call(createPort, {
      name: wanted.text("name") ?? "",
      network_id: wanted.requiredText("network_id"),
      admin_state_up: wanted.flag("admin_state_up") ?? true,
      device_id: wanted.text("device_id") ?? "",
      device_owner: wanted.text("device_owner") ?? "",
      allowed_address_pairs: pairsOf(wanted),
      port_security_enabled: wanted.flag("port_security_enabled") ?? true,
      extra_dhcp_opts: optionsOf(wanted),
      ...fixedIpOf(wanted),
      ...(none || security_groups.length > 0 ? { security_groups } : {}),
    });
    // As the provider has it: the id is kept only when the port is there.
    await waitUntil(cloud, { what: `port ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return ["DOWN", "ACTIVE"].includes((await cloud.call(showPort, { id })).status);
    });
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showPort, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      name: found.name,
      admin_state_up: found.admin_state_up,
      network_id: found.network_id,
      mac_address: found.mac_address,
      device_id: found.device_id,
      device_owner: found.device_owner,
      security_group_ids: found.security_groups,
      port_security_enabled: found.port_security_enabled,
      all_fixed_ips: [found.fixed_ip],
      allowed_address_pairs: found.allowed_address_pairs.map(({ ip_address, mac_address }) => {
        return { ip_address, mac_address };
      }),
      region: regionOf(cloud),
    });
    return true;
  },

  async update(cloud, data) {
    const { id, wanted } = data;
    await cloud.call(updatePort, {
      id,
      name: wanted.text("name") ?? "",
      ...(data.changed("allowed_address_pairs") && { allowed_address_pairs: pairsOf(wanted) }),
      ...(data.changed("security_group_ids", "no_security_groups") && {
        security_groups: wanted.flag("no_security_groups") === true ? [] : wanted.texts("security_group_ids"),
      }),
      ...(data.changed("admin_state_up") && { admin_state_up: wanted.flag("admin_state_up") ?? true }),
      ...(data.changed("port_security_enabled") && {
        port_security_enabled: wanted.flag("port_security_enabled") ?? true,
      }),
      ...(data.changed("extra_dhcp_option") && { extra_dhcp_opts: optionsOf(wanted) }),
      ...(data.changed("fixed_ip") && fixedIpOf(wanted)),
    });
  },

  async delete(cloud, data) {
    const { id } = data;
    await deleteUntilGone(
      cloud,
      { what: `port ${id}`, timeoutSeconds: data.timeoutSeconds("delete"), gone: GONE },
      () => cloud.call(showPort, { id }),
      () => cloud.call(deletePort, { id }),
    );
  },
};

function pairsOf(wanted: Attributes): AddressPair[] {
  return wanted.blocks("allowed_address_pairs").map((pair) => {
    return { ip_address: pair.text("ip_address") ?? "", mac_address: pair.text("mac_address") ?? "" };
  });
}

function optionsOf(wanted: Attributes): Record<string, string> {
  const options = wanted.blocks("extra_dhcp_option");
  return Object.fromEntries(options.map((option) => [option.text("name") ?? "", option.text("value") ?? ""]));
}

function fixedIpOf(wanted: Attributes): { subnet_id?: string | undefined; fixed_ip?: string | undefined } {
  const [fixed] = wanted.blocks("fixed_ip");
  return { subnet_id: fixed?.text("subnet_id"), fixed_ip: fixed?.text("ip_address") };
}
