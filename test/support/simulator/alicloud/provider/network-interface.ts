import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { waitUntil } from "../../engine/waiting";
import {
  assignPrivateIpAddresses,
  createNetworkInterface,
  deleteNetworkInterface,
  describeNetworkInterfaces,
  modifyNetworkInterfaceAttribute,
} from "../api/network-interface";
import { ifExists } from "../../engine/lookup";
import { updateTags } from "./tagging";

/** alicloud_ecs_network_interface: its tags go with the create call. */
export const networkInterface: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createNetworkInterface, {
      VSwitchId: wanted.requiredText("vswitch_id"),
      SecurityGroupIds: either(wanted.texts("security_group_ids"), wanted.texts("security_groups")),
      NetworkInterfaceName: nameOf(data),
      Description: wanted.text("description"),
      PrimaryIpAddress: wanted.text("primary_ip_address") ?? wanted.text("private_ip"),
      PrivateIpAddresses: either(wanted.texts("private_ip_addresses"), wanted.texts("private_ips")),
      SecondaryPrivateIpAddressCount: wanted.number("secondary_private_ip_address_count"),
      SourceDestCheck: wanted.flag("source_dest_check"),
      DeleteOnRelease: wanted.flag("delete_on_release"),
      ResourceGroupId: wanted.text("resource_group_id"),
      Tags: wanted.map("tags"),
    });
    data.setId(id);
    await waitUntil(cloud, { what: `interface ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await describe(cloud, id))?.Status === "Available";
    });
  },

  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      delete_on_release: found.DeleteOnRelease,
      description: found.Description,
      instance_type: found.Type,
      ipv6_addresses: [],
      ipv4_prefixes: [],
      mac: found.MacAddress,
      name: found.NetworkInterfaceName,
      network_interface_name: found.NetworkInterfaceName,
      network_interface_traffic_mode: "Standard",
      primary_ip_address: found.PrimaryIpAddress,
      private_ip: found.PrimaryIpAddress,
      private_ip_addresses: found.SecondaryIpAddresses,
      private_ips: found.SecondaryIpAddresses,
      private_ips_count: found.SecondaryIpAddresses.length,
      secondary_private_ip_address_count: found.SecondaryIpAddresses.length,
      security_group_ids: found.SecurityGroupIds,
      security_groups: found.SecurityGroupIds,
      source_dest_check: found.SourceDestCheck,
      status: found.Status,
      tags: found.Tags,
      vswitch_id: found.VSwitchId,
      // Read back only where it was given: it is not computed and would force a replacement.
      ...(data.wanted.text("resource_group_id") !== undefined && { resource_group_id: found.ResourceGroupId }),
    });
    return true;
  },

  async update(cloud, data) {
    const { wanted } = data;
    const attributes = ["network_interface_name", "name", "description", "security_group_ids", "security_groups"];
    if (data.changed(...attributes, "source_dest_check", "delete_on_release")) {
      const usesOldGroups = data.changed("security_groups") && !data.changed("security_group_ids");
      await cloud.call(modifyNetworkInterfaceAttribute, {
        NetworkInterfaceId: data.id,
        NetworkInterfaceName: nameOf(data) ?? "",
        Description: wanted.text("description") ?? "",
        SecurityGroupIds: wanted.texts(usesOldGroups ? "security_groups" : "security_group_ids"),
        SourceDestCheck: wanted.flag("source_dest_check"),
        DeleteOnRelease: wanted.flag("delete_on_release"),
      });
    }
    if (data.changed("private_ip_addresses", "private_ips")) {
      const usesOld = data.changed("private_ips") && !data.changed("private_ip_addresses");
      const PrivateIpAddresses = wanted.texts(usesOld ? "private_ips" : "private_ip_addresses");
      await cloud.call(assignPrivateIpAddresses, { NetworkInterfaceId: data.id, PrivateIpAddresses });
    }
    await updateTags(cloud, data, "NetworkInterface");
  },

  async delete(cloud, data) {
    const timeoutSeconds = data.timeoutSeconds("delete");
    await ifExists(["InvalidEniId.NotFound"], () => {
      return cloud.call(deleteNetworkInterface, { NetworkInterfaceId: data.id });
    });
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id)) === undefined;
    });
  },
};

type Found = ReturnType<typeof describeNetworkInterfaces.act>[0];

async function describe(cloud: Cloud, NetworkInterfaceId: string): Promise<Found | undefined> {
  return (await cloud.call(describeNetworkInterfaces, { NetworkInterfaceId }))[0];
}

function either(first: string[], second: string[]): string[] {
  return first.length > 0 ? first : second;
}

function nameOf(data: ResourceData): string | undefined {
  const usesOld = data.changed("name") && !data.changed("network_interface_name");
  return data.wanted.text(usesOld ? "name" : "network_interface_name");
}
