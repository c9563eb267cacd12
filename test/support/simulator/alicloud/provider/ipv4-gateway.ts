import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import { waitUntil } from "../../engine/waiting";
import {
  createIpv4Gateway,
  deleteIpv4Gateway,
  enableVpcIpv4Gateway,
  getIpv4GatewayAttribute,
  updateIpv4GatewayAttribute,
} from "../api/ipv4-gateway";
import { ifExists } from "../../engine/lookup";
import { updateTags } from "./tagging";

/** alicloud_vpc_ipv4_gateway: enabling is a call of its own; nothing disables. */
export const ipv4Gateway: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createIpv4Gateway, {
      VpcId: wanted.requiredText("vpc_id"),
      Ipv4GatewayName: wanted.text("ipv4_gateway_name"),
      Ipv4GatewayDescription: wanted.text("ipv4_gateway_description"),
      ResourceGroupId: wanted.text("resource_group_id"),
      Tags: wanted.map("tags"),
    });
    data.setId(id);
    await waitForCreated(cloud, id, data.timeoutSeconds("create"));
    if (wanted.flag("enabled") !== true) return;
    await cloud.call(enableVpcIpv4Gateway, { Ipv4GatewayId: id });
    await waitForCreated(cloud, id, data.timeoutSeconds("create"));
  },

  // internet_mode is never read back.
  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      create_time: found.CreateTime,
      enabled: found.Enabled,
      ipv4_gateway_description: found.Ipv4GatewayDescription,
      ipv4_gateway_id: found.id,
      ipv4_gateway_name: found.Ipv4GatewayName,
      ipv4_gateway_route_table_id: "",
      resource_group_id: found.ResourceGroupId,
      status: found.Status,
      tags: found.Tags,
      vpc_id: found.VpcId,
    });
    return true;
  },

  async update(cloud, data) {
    const { wanted } = data;
    if (data.changed("ipv4_gateway_name", "ipv4_gateway_description")) {
      await cloud.call(updateIpv4GatewayAttribute, {
        Ipv4GatewayId: data.id,
        Ipv4GatewayName: wanted.text("ipv4_gateway_name") ?? "",
        Ipv4GatewayDescription: wanted.text("ipv4_gateway_description") ?? "",
      });
    }
    if (data.changed("enabled") && wanted.flag("enabled") === true) {
      await cloud.call(enableVpcIpv4Gateway, { Ipv4GatewayId: data.id });
      await waitForCreated(cloud, data.id, data.timeoutSeconds("update"));
    }
    await updateTags(cloud, data, "Ipv4Gateway");
  },

  async delete(cloud, data) {
    const request = { Ipv4GatewayId: data.id, InternetMode: data.prior.text("internet_mode") };
    await ifExists(["ResourceNotFound.Ipv4Gateway"], () => cloud.call(deleteIpv4Gateway, request));
    const timeoutSeconds = data.timeoutSeconds("delete");
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id)) === undefined;
    });
  },
};

type Found = ReturnType<typeof getIpv4GatewayAttribute.act>;

async function describe(cloud: Cloud, Ipv4GatewayId: string): Promise<Found | undefined> {
  return await ifExists(["ResourceNotFound.Ipv4Gateway"], () => cloud.call(getIpv4GatewayAttribute, { Ipv4GatewayId }));
}

async function waitForCreated(cloud: Cloud, id: string, timeoutSeconds: number): Promise<void> {
  await waitUntil(cloud, { what: `IPv4 gateway ${id}`, timeoutSeconds }, async () => {
    return (await describe(cloud, id))?.Status === "Created";
  });
}
