import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes, ResourceData } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { waitUntil } from "../../engine/waiting";
import { updateBandwidth } from "../api/bandwidth";
import { applyEip, deleteEip, showEip, updateEip } from "../api/eip";
import { updateTags } from "./tagging";

const GONE = "VPC.0504";

/**
 * opentelekomcloud_vpc_eip_v1. It reads back whatever bandwidth the EIP is in: in a shared one it looks like another
 * EIP, and the next plan replaces it, unless changes of `bandwidth` are ignored.
 */
export const eip: ResourceBehaviour = {
  async create(cloud, data) {
    const [publicip] = data.wanted.blocks("publicip");
    const [bandwidth] = data.wanted.blocks("bandwidth");
    const id = await cloud.call(applyEip, {
      name: publicip?.text("name") ?? "",
      type: publicip?.text("type") ?? "",
      ip_address: publicip?.text("ip_address"),
      bandwidth: {
        name: bandwidth?.text("name") ?? "",
        size: bandwidth?.number("size") ?? 0,
        share_type: bandwidth?.text("share_type") ?? "",
        charge_mode: bandwidth?.text("charge_mode") ?? "traffic",
      },
    });
    await waitForEip(cloud, data, id, "create");
    // As the provider has it: the id is kept only when the EIP is there, and bound where that was asked for.
    const port_id = publicip?.text("port_id");
    if (port_id !== undefined) await cloud.call(updateEip, { id, port_id });
    data.setId(id);
    await updateTags(cloud, data, "PublicIp");
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showEip, { id: data.id }));
    if (found === undefined) return false;
    const { bandwidth } = found;
    data.set({
      publicip: [{ ip_address: found.public_ip_address, name: found.name, port_id: found.port_id, type: found.type }],
      bandwidth: [
        {
          charge_mode: bandwidth.charge_mode,
          name: bandwidth.name,
          share_type: bandwidth.share_type,
          size: bandwidth.size,
        },
      ],
      region: regionOf(cloud),
      tags: found.tags,
    });
    return true;
  },

  async update(cloud, data) {
    const { id, wanted } = data;
    const [bandwidth] = wanted.blocks("bandwidth");
    if (data.changed("bandwidth") && bandwidth !== undefined) {
      const { bandwidth_id } = await cloud.call(showEip, { id });
      const size = bandwidth.number("size") ?? 0;
      await cloud.call(updateBandwidth, { id: bandwidth_id, name: bandwidth.text("name") ?? "", size });
    }
    if (wanted.flag("unbind_port") === true) await unbind(cloud, data);
    if (data.changed("publicip")) await cloud.call(updateEip, { id, port_id: portOf(wanted) });
    await updateTags(cloud, data, "PublicIp");
  },

  async delete(cloud, data) {
    const { id } = data;
    await unbind(cloud, data);
    await cloud.call(deleteEip, { id });
    const timeoutSeconds = data.timeoutSeconds("delete");
    await waitUntil(cloud, { what: `the end of EIP ${id}`, timeoutSeconds }, async () => {
      return (await ifExists([GONE], () => cloud.call(showEip, { id }))) === undefined;
    });
  },
};

function portOf(attributes: Attributes): string {
  return attributes.blocks("publicip")[0]?.text("port_id") ?? "";
}

/** Takes the EIP off the port that the state knows. */
async function unbind(cloud: Cloud, data: ResourceData): Promise<void> {
  if (portOf(data.prior) === "") return;
  await cloud.call(updateEip, { id: data.id, port_id: "" });
  await waitForEip(cloud, data, data.id, "delete");
}

async function waitForEip(cloud: Cloud, data: ResourceData, id: string, timeout: "create" | "delete"): Promise<void> {
  await waitUntil(cloud, { what: `EIP ${id}`, timeoutSeconds: data.timeoutSeconds(timeout) }, async () => {
    return ["DOWN", "ACTIVE"].includes((await cloud.call(showEip, { id })).status);
  });
}
