import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { waitUntil } from "../../engine/waiting";
import { createNatGateway, deleteNatGateway, showNatGateway, updateNatGateway } from "../api/nat-gateway";
import { addTags } from "../api/tags";
import { PROJECT_ID } from "../api/tables";
import { deleteUntilGone } from "./deleting";
import { updateTags } from "./tagging";

const GONE = "VPC.2007";

/** opentelekomcloud_nat_gateway_v2. */
export const natGateway: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createNatGateway, {
      ...changeable(wanted),
      router_id: wanted.requiredText("router_id"),
      internal_network_id: wanted.requiredText("internal_network_id"),
    });
    await waitUntil(cloud, { what: `NAT gateway ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await cloud.call(showNatGateway, { id })).status === "ACTIVE";
    });
    // As the provider has it: the id is kept only when the gateway is there, and has its tags.
    const tags = wanted.map("tags");
    if (Object.keys(tags).length > 0) await cloud.call(addTags, { type: "NatGateway", id, tags });
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showNatGateway, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      name: found.name,
      description: found.description,
      spec: found.spec,
      router_id: found.router_id,
      internal_network_id: found.internal_network_id,
      tenant_id: PROJECT_ID,
      region: regionOf(cloud),
      tags: found.tags,
    });
    return true;
  },

  async update(cloud, data) {
    const { id } = data;
    await cloud.call(updateNatGateway, { id, ...changeable(data.wanted) });
    await updateTags(cloud, data, "NatGateway");
  },

  async delete(cloud, data) {
    const { id } = data;
    await deleteUntilGone(
      cloud,
      { what: `NAT gateway ${id}`, timeoutSeconds: data.timeoutSeconds("delete"), gone: GONE },
      () => cloud.call(showNatGateway, { id }),
      () => cloud.call(deleteNatGateway, { id }),
    );
  },
};

function changeable(wanted: Attributes) {
  return {
    name: wanted.text("name") ?? "",
    description: wanted.text("description") ?? "",
    spec: wanted.text("spec") ?? "",
  };
}
