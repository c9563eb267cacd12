import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { retry, waitUntil } from "../../engine/waiting";
import { createVSwitch, deleteVSwitch, describeVSwitchAttributes, modifyVSwitchAttribute } from "../api/vswitch";
import { ifExists } from "../../engine/lookup";
import { updateTags } from "./tagging";

const GONE = ["InvalidVSwitchId.NotFound"];

/** alicloud_vswitch: its tags need a call of their own, after the vSwitch exists. */
export const vSwitch: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const request = {
      VpcId: wanted.text("vpc_id") ?? "",
      CidrBlock: wanted.text("cidr_block") ?? "",
      ZoneId: wanted.text("zone_id") ?? wanted.text("availability_zone") ?? "",
      VSwitchName: nameOf(data),
      Description: wanted.text("description"),
    };
    const codes = ["TaskConflict", "IncorrectVpcStatus", "OperationConflict"];
    const id = await retry(cloud, { timeoutSeconds: data.timeoutSeconds("create"), codes }, () => {
      return cloud.call(createVSwitch, request);
    });
    data.setId(id);
    await waitUntil(cloud, { what: `vSwitch ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await cloud.call(describeVSwitchAttributes, { VSwitchId: id })).Status === "Available";
    });
    await updateTags(cloud, data, "VSwitch");
  },

  async read(cloud, data) {
    const found = await ifExists(GONE, () => cloud.call(describeVSwitchAttributes, { VSwitchId: data.id }));
    if (found === undefined) return false;
    data.set({
      availability_zone: found.ZoneId,
      zone_id: found.ZoneId,
      cidr_block: found.CidrBlock,
      create_time: found.CreationTime,
      description: found.Description,
      enable_ipv6: false,
      ipv6_cidr_block: "",
      ipv6_cidr_block_mask: 0,
      is_default: false,
      name: found.VSwitchName,
      vswitch_name: found.VSwitchName,
      status: found.Status,
      tags: found.Tags,
      vpc_id: found.VpcId,
    });
    return true;
  },

  async update(cloud, data) {
    if (data.changed("vswitch_name", "name", "description")) {
      await cloud.call(modifyVSwitchAttribute, {
        VSwitchId: data.id,
        VSwitchName: nameOf(data) ?? "",
        Description: data.wanted.text("description") ?? "",
      });
    }
    await updateTags(cloud, data, "VSwitch");
  },

  async delete(cloud, data) {
    const codes = ["DependencyViolation", "TaskConflict", "OperationConflict", "IncorrectVSwitchStatus"];
    await retry(cloud, { timeoutSeconds: data.timeoutSeconds("delete"), codes }, async () => {
      await ifExists(GONE, () => cloud.call(deleteVSwitch, { VSwitchId: data.id }));
    });
  },
};

function nameOf(data: ResourceData): string | undefined {
  const usesOld = data.changed("name") && !data.changed("vswitch_name");
  return data.wanted.text(usesOld ? "name" : "vswitch_name");
}
