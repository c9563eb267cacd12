import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import {
  createSecurityGroup,
  deleteSecurityGroup,
  deleteSecurityGroupRule,
  showSecurityGroup,
  updateSecurityGroup,
} from "../api/security-group";
import { PROJECT_ID } from "../api/tables";
import { deleteUntilGone } from "./deleting";

const GONE = "SecurityGroupNotFound";

/** opentelekomcloud_networking_secgroup_v2: the rules that a group has at first are deleted one by one, if asked for. */
export const securityGroup: ResourceBehaviour = {
  async create(cloud, data) {
    const id = await cloud.call(createSecurityGroup, textsOf(data.wanted));
    if (data.wanted.flag("delete_default_rules") === true) {
      const { rule_ids } = await cloud.call(showSecurityGroup, { id });
      for (const rule of rule_ids) await cloud.call(deleteSecurityGroupRule, { id: rule });
    }
    // As the provider has it: the id is kept only when the rules are gone.
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showSecurityGroup, { id: data.id }));
    if (found === undefined) return false;
    data.set({ name: found.name, description: found.description, tenant_id: PROJECT_ID, region: regionOf(cloud) });
    return true;
  },

  async update(cloud, data) {
    await cloud.call(updateSecurityGroup, { id: data.id, ...textsOf(data.wanted) });
  },

  async delete(cloud, data) {
    const { id } = data;
    const timeoutSeconds = data.timeoutSeconds("delete");
    await deleteUntilGone(
      cloud,
      { what: `security group ${id}`, timeoutSeconds, gone: GONE, retried: ["SecurityGroupInUse"] },
      () => cloud.call(showSecurityGroup, { id }),
      () => cloud.call(deleteSecurityGroup, { id }),
    );
  },
};

function textsOf(wanted: Attributes): { name: string; description: string } {
  return { name: wanted.text("name") ?? "", description: wanted.text("description") ?? "" };
}
