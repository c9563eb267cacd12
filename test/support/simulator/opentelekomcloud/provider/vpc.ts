import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { waitUntil } from "../../engine/waiting";
import { addSecondaryCidr, createVpc, deleteVpc, removeSecondaryCidr, showVpc, updateVpc } from "../api/vpc";
import { deleteUntilGone } from "./deleting";
import { checkCidr, checkName } from "./names";
import { updateTags } from "./tagging";

const GONE = "VPC.0003";

/** opentelekomcloud_vpc_v1. */
export const vpc: ResourceBehaviour = {
  checks: { name: checkName, cidr: checkCidr, secondary_cidr: checkCidr },

  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createVpc, {
      name: wanted.requiredText("name"),
      description: wanted.text("description") ?? "",
      cidr: wanted.requiredText("cidr"),
    });
    data.setId(id);
    await waitUntil(cloud, { what: `VPC ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await cloud.call(showVpc, { id })).status === "OK";
    });
    if (wanted.flag("shared") !== undefined) {
      await cloud.call(updateVpc, { id, enable_shared_snat: wanted.flag("shared") ?? false });
    }
    await updateTags(cloud, data, "Vpc");
    const cidr = wanted.text("secondary_cidr");
    if (cidr !== undefined) await cloud.call(addSecondaryCidr, { id, cidr });
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showVpc, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      name: found.name,
      description: found.description,
      cidr: found.cidr,
      secondary_cidr: found.secondary_cidrs[0] ?? "",
      shared: found.enable_shared_snat,
      status: found.status,
      region: regionOf(cloud),
      tags: found.tags,
    });
    return true;
  },

  async update(cloud, data) {
    const { id, wanted } = data;
    await cloud.call(updateVpc, {
      id,
      name: wanted.requiredText("name"),
      description: wanted.text("description") ?? "",
      cidr: wanted.requiredText("cidr"),
      ...(data.changed("shared") && { enable_shared_snat: wanted.flag("shared") ?? false }),
    });
    await updateTags(cloud, data, "Vpc");
    if (!data.changed("secondary_cidr")) return;
    const before = data.prior.text("secondary_cidr");
    const next = wanted.text("secondary_cidr");
    if (before !== undefined) await cloud.call(removeSecondaryCidr, { id, cidr: before });
    if (next !== undefined) await cloud.call(addSecondaryCidr, { id, cidr: next });
  },

  async delete(cloud, data) {
    const { id } = data;
    const timeoutSeconds = data.timeoutSeconds("delete");
    const retried = ["VPC.0104", "VPC.0120"];
    await deleteUntilGone(
      cloud,
      { what: `VPC ${id}`, timeoutSeconds, gone: GONE, retried },
      () => cloud.call(showVpc, { id }),
      () => cloud.call(deleteVpc, { id }),
    );
  },
};
