import { ProviderError } from "../../engine/api-error";
import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { listFloatingIps, showEip, updateFloatingIp } from "../api/eip";

/** opentelekomcloud_networking_floatingip_associate_v2: it takes the address of an EIP, and has its id. */
export const floatingIpAssociate: ResourceBehaviour = {
  async create(cloud, data) {
    const address = data.wanted.requiredText("floating_ip");
    const found = await cloud.call(listFloatingIps, { floating_ip_address: address });
    const [eip] = found;
    if (eip === undefined)
      throw new ProviderError(`unable to get ID of floating IP: unable to determine the ID of ${address}`);
    await cloud.call(updateFloatingIp, { id: eip.id, port_id: data.wanted.requiredText("port_id") });
    data.setId(eip.id);
  },

  async read(cloud, data) {
    const found = await ifExists(["VPC.0504"], () => cloud.call(showEip, { id: data.id }));
    if (found === undefined) return false;
    data.set({ floating_ip: found.public_ip_address, port_id: found.port_id, region: regionOf(cloud) });
    return true;
  },

  async delete(cloud, data) {
    await cloud.call(updateFloatingIp, { id: data.id, port_id: "" });
  },
};
