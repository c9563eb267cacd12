import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { createKeyPair, deleteKeyPair, showKeyPair } from "../api/key-pair";

/** opentelekomcloud_compute_keypair_v2: its id is its name. */
export const keyPair: ResourceBehaviour = {
  async create(cloud, data) {
    const name = data.wanted.requiredText("name");
    data.setId(await cloud.call(createKeyPair, { name, public_key: data.wanted.text("public_key") ?? "" }));
  },

  async read(cloud, data) {
    const found = await ifExists(["itemNotFound"], () => cloud.call(showKeyPair, { name: data.id }));
    if (found === undefined) return false;
    const values = { public_key: found.public_key, private_key: "", shared: false };
    data.set({ name: found.id, region: regionOf(cloud), ...values });
    return true;
  },

  async delete(cloud, data) {
    await cloud.call(deleteKeyPair, { name: data.id });
  },
};
