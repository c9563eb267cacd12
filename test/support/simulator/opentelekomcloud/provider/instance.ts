import { createHash } from "node:crypto";
import { ProviderError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes, ResourceData } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { waitUntil } from "../../engine/waiting";
import { images, listImages } from "../api/images";
import {
  createServer,
  deleteServer,
  resizeServer,
  showServer,
  startServer,
  stopServer,
  updateServer,
} from "../api/server";
import { updateTags } from "./tagging";

const GONE = ["itemNotFound"];
const DELAY_SECONDS = 10;

/** opentelekomcloud_compute_instance_v2: the state keeps a hash of the user data, and a change of it replaces. */
export const instance: ResourceBehaviour = {
  computedBlocks: ["network", "block_device"],
  normalize: {
    user_data: (value) =>
      createHash("sha1")
        .update(Buffer.from(encoded(value), "base64"))
        .digest("hex"),
  },

  async create(cloud, data) {
    const { wanted } = data;
    const [disk] = wanted.blocks("block_device");
    const id = await cloud.call(createServer, {
      name: wanted.requiredText("name"),
      image_id: await imageOf(cloud, wanted),
      flavor_id: wanted.text("flavor_id") ?? wanted.text("flavor_name") ?? "",
      key_name: wanted.text("key_pair") ?? "",
      user_data: encoded(data.original("user_data") ?? ""),
      metadata: wanted.map("metadata"),
      volume_size: disk?.number("volume_size") ?? 4,
      availability_zone: wanted.text("availability_zone"),
      security_groups: wanted.texts("security_groups"),
      networks: wanted.blocks("network").map((network) => {
        const fixed_ip = network.text("fixed_ip_v4");
        return { port: network.text("port"), uuid: network.text("uuid"), fixed_ip };
      }),
    });
    await waitForStatus(cloud, data, id, "create", "ACTIVE");
    // As the provider has it: the id is kept only when the machine runs.
    data.setId(id);
    if (wanted.text("power_state") === "shutoff") await stop(cloud, data, "create");
    if (wanted.flag("auto_recovery") !== undefined) {
      await cloud.call(updateServer, { id, auto_recovery: wanted.flag("auto_recovery") ?? false });
    }
    await updateTags(cloud, data, "Server");
  },

  async read(cloud, data) {
    const found = await ifExists(GONE, () => cloud.call(showServer, { id: data.id }));
    if (found === undefined) return false;
    const networks = data.wanted.blocks("network");
    const image = images.find(({ id }) => id === found.image_id);
    // Booted from a volume that was asked for, the server shows no image.
    const fromVolume = data.prior.text("image_id") === undefined && data.wanted.blocks("block_device").length > 0;
    data.set({
      name: found.name,
      access_ip_v4: found.ports[0]?.fixed_ip ?? "",
      access_ip_v6: "",
      all_metadata: found.metadata,
      auto_recovery: found.auto_recovery,
      availability_zone: found.availability_zone,
      description: "",
      flavor_id: found.flavor_id,
      flavor_name: found.flavor_id,
      ...(!fromVolume && { image_id: found.image_id, image_name: data.wanted.text("image_name") ?? image?.name ?? "" }),
      ...(data.wanted.blocks("block_device").length === 0 && { block_device: [diskOf(found)] }),
      key_pair: found.key_name,
      network: found.ports.map((port, index) => ({
        access_network: networks[index]?.flag("access_network") ?? false,
        fixed_ip_v4: port.fixed_ip,
        fixed_ip_v6: "",
        mac: port.mac_address,
        name: port.network_name,
        port: port.id,
        uuid: port.network_id,
      })),
      power_state: found.status.toLowerCase(),
      region: regionOf(cloud),
      security_groups: found.security_groups,
      tags: found.tags,
      volume_attached: [{ id: found.volume_id }],
    });
    return true;
  },

  async update(cloud, data) {
    const { id, wanted } = data;
    if (data.changed("security_groups", "admin_pass")) {
      throw new ProviderError("a change of security_groups or admin_pass is not simulated");
    }
    if (data.changed("name", "metadata", "auto_recovery")) {
      await cloud.call(updateServer, {
        id,
        name: wanted.requiredText("name"),
        metadata: wanted.map("metadata"),
        ...(data.changed("auto_recovery") && { auto_recovery: wanted.flag("auto_recovery") ?? false }),
      });
    }
    if (data.changed("power_state")) {
      if (wanted.text("power_state") === "shutoff") await stop(cloud, data, "update");
      else await start(cloud, data);
    }
    const flavor_id = data.changed("flavor_id") ? wanted.text("flavor_id") : wanted.text("flavor_name");
    if (data.changed("flavor_id", "flavor_name") && flavor_id !== undefined) {
      await cloud.call(resizeServer, { id, flavor_id });
      await waitForStatus(cloud, data, id, "update", "ACTIVE", "SHUTOFF");
    }
    await updateTags(cloud, data, "Server");
  },

  async delete(cloud, data) {
    const { id } = data;
    if (data.prior.flag("stop_before_destroy") === true) {
      await ifExists(["conflictingRequest"], () => cloud.call(stopServer, { id }));
    }
    await cloud.call(deleteServer, { id });
    const wait = {
      what: `the end of ${id}`,
      timeoutSeconds: data.timeoutSeconds("delete"),
      delaySeconds: DELAY_SECONDS,
    };
    await waitUntil(cloud, wait, async () => {
      return (await ifExists(GONE, () => cloud.call(showServer, { id }))) === undefined;
    });
  },
};

/** Text that is base64 already goes as it is; anything else is encoded. */
function encoded(userData: string): string {
  const isBase64 = Buffer.from(userData, "base64").toString("base64") === userData;
  return isBase64 ? userData : Buffer.from(userData).toString("base64");
}

/** A boot disk's image counts before the server's own; of a name there must be one image. */
async function imageOf(cloud: Cloud, wanted: Attributes): Promise<string> {
  const [disk] = wanted.blocks("block_device");
  if (disk?.text("source_type") === "image") return disk.text("uuid") ?? "";
  const id = wanted.text("image_id");
  if (id !== undefined) return id;
  const name = wanted.text("image_name");
  if (name === undefined)
    throw new ProviderError("neither a boot device, image ID, or image name were able to be determined");
  const found = (await cloud.call(listImages, {})).filter((image) => image.name === name);
  if (found.length !== 1) throw new ProviderError(`unable to find one image with name ${name}, got ${found.length}`);
  return found[0]?.id ?? "";
}

function diskOf({ image_id, volume_size }: { image_id: string; volume_size: number }) {
  return {
    boot_index: 0,
    delete_on_termination: true,
    destination_type: "volume",
    device_name: "",
    guest_format: "",
    source_type: "image",
    uuid: image_id,
    volume_size,
    volume_type: "",
  };
}

async function stop(cloud: Cloud, data: ResourceData, timeout: "create" | "update"): Promise<void> {
  await cloud.call(stopServer, { id: data.id });
  await waitForStatus(cloud, data, data.id, timeout, "SHUTOFF");
}

async function start(cloud: Cloud, data: ResourceData): Promise<void> {
  await cloud.call(startServer, { id: data.id });
  await waitForStatus(cloud, data, data.id, "update", "ACTIVE");
}

async function waitForStatus(
  cloud: Cloud,
  data: ResourceData,
  id: string,
  timeout: "create" | "update",
  ...statuses: string[]
): Promise<void> {
  const timeoutSeconds = data.timeoutSeconds(timeout);
  const what = `instance ${id} to be ${statuses.join(" or ")}`;
  await waitUntil(cloud, { what, timeoutSeconds, delaySeconds: DELAY_SECONDS }, async () => {
    return statuses.includes((await cloud.call(showServer, { id })).status);
  });
}
