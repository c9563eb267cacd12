import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { parseBlock } from "../../engine/ipv4";
import { ports, securityGroupRules, securityGroups, type SecurityGroup, type SecurityGroupRule } from "./tables";

const NAME = /^[\w.-]{1,64}$/;

/** Makes a group with the rules that every group has at first: all out, and all in from the group itself. */
export const createSecurityGroup = changing("CreateSecurityGroup", (cloud, request: SecurityGroup) => {
  checkName(request.name);
  const security_group_id = securityGroups.insert(cloud, request);
  for (const ethertype of ["IPv4", "IPv6"]) {
    insertRule(cloud, { security_group_id, direction: "egress", ethertype });
    insertRule(cloud, { security_group_id, direction: "ingress", ethertype, remote_group_id: security_group_id });
  }
  return security_group_id;
});

function checkName(name: string): void {
  if (!NAME.test(name)) throw new ApiError("VPC.0601", "Creating securitygroup name is invalid.");
}

type Given = Pick<SecurityGroupRule, "security_group_id" | "direction" | "ethertype">;

function insertRule(cloud: Cloud, rule: Given & Partial<SecurityGroupRule>): string {
  const open = { description: "", protocol: "", port_range_min: 0, port_range_max: 0 };
  return securityGroupRules.insert(cloud, { ...open, remote_group_id: "", remote_ip_prefix: "", ...rule });
}

export const showSecurityGroup = reading("ShowSecurityGroup", (cloud, { id }: { id: string }) => {
  const rules = securityGroupRules.list(cloud, { security_group_id: id });
  return { ...securityGroups.get(cloud, id), rule_ids: rules.map((rule) => rule.id) };
});

export const updateSecurityGroup = changing(
  "UpdateSecurityGroup",
  (cloud, { id, ...update }: SecurityGroup & { id: string }) => {
    securityGroups.get(cloud, id);
    checkName(update.name);
    securityGroups.change(cloud, id, update);
  },
);

/** Deletes a group that no port is in, and no rule of another group names. */
export const deleteSecurityGroup = changing("DeleteSecurityGroup", (cloud, { id }: { id: string }) => {
  securityGroups.get(cloud, id);
  const named = securityGroupRules.list(cloud, { remote_group_id: id });
  const isNamed = named.some((rule) => rule.security_group_id !== id);
  if (isNamed || ports.list(cloud).some(({ security_groups }) => security_groups.includes(id))) {
    throw new ApiError("SecurityGroupInUse", `Security Group ${id} in use.`);
  }
  for (const rule of securityGroupRules.list(cloud, { security_group_id: id })) {
    securityGroupRules.remove(cloud, rule.id);
  }
  securityGroups.remove(cloud, id);
});

export const createSecurityGroupRule = changing("CreateSecurityGroupRule", (cloud, request: SecurityGroupRule) => {
  securityGroups.get(cloud, request.security_group_id);
  if (request.remote_group_id !== "") securityGroups.get(cloud, request.remote_group_id);
  checkRule(request);
  const content = Object.entries(request).filter(([name]) => name !== "description");
  const same = securityGroupRules.list(cloud, Object.fromEntries(content))[0];
  if (same !== undefined) {
    throw new ApiError("SecurityGroupRuleExists", `Security group rule already exists. Rule id is ${same.id}.`);
  }
  return insertRule(cloud, request);
});

function checkRule(rule: SecurityGroupRule): void {
  if (!["ingress", "egress"].includes(rule.direction)) {
    throw new ApiError(
      "InvalidInput",
      `Invalid input for direction. Reason: '${rule.direction}' is not in ['ingress', 'egress'].`,
    );
  }
  if (!["IPv4", "IPv6"].includes(rule.ethertype)) {
    const message = `Security group rule for ethertype '${rule.ethertype}' not supported. Allowed values are ['IPv4', 'IPv6'].`;
    throw new ApiError("SecurityGroupRuleInvalidEtherType", message);
  }
  if (rule.remote_group_id !== "" && rule.remote_ip_prefix !== "") {
    throw new ApiError(
      "SecurityGroupRemoteGroupAndRemoteIpPrefix",
      "Only remote_ip_prefix or remote_group_id may be provided.",
    );
  }
  if (rule.remote_ip_prefix !== "" && rule.ethertype === "IPv4" && parseBlock(rule.remote_ip_prefix) === undefined) {
    throw new ApiError(
      "InvalidInput",
      `Invalid input for remote_ip_prefix. Reason: '${rule.remote_ip_prefix}' is no IP subnet.`,
    );
  }
  const { port_range_min: min, port_range_max: max } = rule;
  if (["tcp", "udp"].includes(rule.protocol) && (min > max || max > 65535)) {
    throw new ApiError(
      "SecurityGroupInvalidPortRange",
      "For TCP/UDP protocols, port_range_min must be <= port_range_max.",
    );
  }
}

export const showSecurityGroupRule = reading("ShowSecurityGroupRule", (cloud, { id }: { id: string }) => {
  return securityGroupRules.get(cloud, id);
});

export const deleteSecurityGroupRule = changing("DeleteSecurityGroupRule", (cloud, { id }: { id: string }) => {
  securityGroupRules.get(cloud, id);
  securityGroupRules.remove(cloud, id);
});
