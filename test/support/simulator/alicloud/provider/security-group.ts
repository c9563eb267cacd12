import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { retry } from "../../engine/waiting";
import {
  createSecurityGroup,
  deleteSecurityGroup,
  describeSecurityGroupAttribute,
  modifySecurityGroupAttribute,
  modifySecurityGroupPolicy,
} from "../api/security-group";
import { ifExists } from "../../engine/lookup";
import { updateTags } from "./tagging";

const GONE = ["InvalidSecurityGroupId.NotFound"];

/** alicloud_security_group: its tags go with the create call. */
export const securityGroup: ResourceBehaviour = {
  suppress: {
    inner_access_policy: (change) => {
      const [before, wanted] = [change.old, change.new];
      return typeof before === "string" && typeof wanted === "string" && before.toLowerCase() === wanted.toLowerCase();
    },
  },

  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createSecurityGroup, {
      VpcId: wanted.text("vpc_id"),
      SecurityGroupName: nameOf(data),
      Description: wanted.text("description"),
      SecurityGroupType: wanted.text("security_group_type"),
      ResourceGroupId: wanted.text("resource_group_id"),
      Tags: wanted.map("tags"),
    });
    data.setId(id);
    await setPolicy(cloud, data);
  },

  async read(cloud, data) {
    const found = await ifExists(GONE, () => cloud.call(describeSecurityGroupAttribute, { SecurityGroupId: data.id }));
    if (found === undefined) return false;
    data.set({
      create_time: found.CreationTime,
      description: found.Description,
      inner_access: found.InnerAccessPolicy === "Accept",
      inner_access_policy: found.InnerAccessPolicy,
      name: found.SecurityGroupName,
      security_group_name: found.SecurityGroupName,
      resource_group_id: found.ResourceGroupId,
      security_group_type: found.SecurityGroupType,
      tags: found.Tags,
      vpc_id: found.VpcId,
    });
    return true;
  },

  async update(cloud, data) {
    if (data.changed("security_group_name", "name", "description")) {
      await cloud.call(modifySecurityGroupAttribute, {
        SecurityGroupId: data.id,
        SecurityGroupName: nameOf(data),
        Description: data.wanted.text("description"),
      });
    }
    if (data.changed("inner_access_policy", "inner_access")) await setPolicy(cloud, data);
    await updateTags(cloud, data, "SecurityGroup");
  },

  async delete(cloud, data) {
    const timeoutSeconds = data.timeoutSeconds("delete");
    await retry(cloud, { timeoutSeconds, codes: ["DependencyViolation"] }, async () => {
      await ifExists(GONE, () => cloud.call(deleteSecurityGroup, { SecurityGroupId: data.id }));
    });
  },
};

async function setPolicy(cloud: Cloud, data: ResourceData): Promise<void> {
  const old = data.wanted.flag("inner_access");
  const InnerAccessPolicy =
    data.wanted.text("inner_access_policy") ?? (old === undefined ? undefined : old ? "Accept" : "Drop");
  if (InnerAccessPolicy === undefined) return;
  await cloud.call(modifySecurityGroupPolicy, { SecurityGroupId: data.id, InnerAccessPolicy });
}

function nameOf(data: ResourceData): string | undefined {
  const usesOld = data.changed("name") && !data.changed("security_group_name");
  return data.wanted.text(usesOld ? "name" : "security_group_name");
}
