import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { createSecurityGroupRule, deleteSecurityGroupRule, showSecurityGroupRule } from "../api/security-group";
import { PROJECT_ID } from "../api/tables";
import { deleteUntilGone } from "./deleting";

const GONE = "SecurityGroupRuleNotFound";

/** opentelekomcloud_networking_secgroup_rule_v2: nothing of it changes in place. */
export const securityGroupRule: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createSecurityGroupRule, {
      security_group_id: wanted.requiredText("security_group_id"),
      description: wanted.text("description") ?? "",
      direction: wanted.text("direction") ?? "",
      ethertype: wanted.text("ethertype") ?? "",
      protocol: wanted.text("protocol") ?? "",
      port_range_min: wanted.number("port_range_min") ?? 0,
      port_range_max: wanted.number("port_range_max") ?? 0,
      remote_group_id: wanted.text("remote_group_id") ?? "",
      remote_ip_prefix: wanted.text("remote_ip_prefix")?.toLowerCase() ?? "",
    });
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showSecurityGroupRule, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      security_group_id: found.security_group_id,
      description: found.description,
      direction: found.direction,
      ethertype: found.ethertype,
      protocol: found.protocol,
      port_range_min: found.port_range_min,
      port_range_max: found.port_range_max,
      remote_group_id: found.remote_group_id,
      remote_ip_prefix: found.remote_ip_prefix,
      tenant_id: PROJECT_ID,
      region: regionOf(cloud),
    });
    return true;
  },

  async delete(cloud, data) {
    const { id } = data;
    await deleteUntilGone(
      cloud,
      { what: `security group rule ${id}`, timeoutSeconds: data.timeoutSeconds("delete"), gone: GONE },
      () => cloud.call(showSecurityGroupRule, { id }),
      () => cloud.call(deleteSecurityGroupRule, { id }),
    );
  },
};
