import { ProviderError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import type { Row } from "../../engine/table";
import {
  authorizeSecurityGroup,
  authorizeSecurityGroupEgress,
  describeSecurityGroupAttribute,
  modifySecurityGroupRule,
  revokeSecurityGroup,
  revokeSecurityGroupEgress,
} from "../api/security-group";
import type { SecurityGroupRule } from "../api/tables";
import { ifExists } from "../../engine/lookup";

/** alicloud_security_group_rule: its id is `group:type:protocol:ports:nic type:peer:policy:priority`. */
export const securityGroupRule: ResourceBehaviour = {
  suppress: {
    // Ports mean nothing for the other protocols.
    port_range: ({ new: wanted, get }) => {
      const protocol = get("ip_protocol");
      return protocol !== "tcp" && protocol !== "udp" && wanted !== "-1/-1";
    },
    prefix_list_id: ({ get }) => Boolean(get("cidr_ip")) || Boolean(get("source_security_group_id")),
    ipv6_cidr_ip: (change) => change.old === change.new,
  },

  async create(cloud, data) {
    const { wanted } = data;
    const SecurityGroupId = wanted.requiredText("security_group_id");
    const group = await cloud.call(describeSecurityGroupAttribute, { SecurityGroupId });
    const nicType = wanted.text("nic_type");
    if (group.VpcId !== "" && nicType !== undefined && nicType !== "intranet") {
      throw new ProviderError("a rule of a VPC's security group needs nic_type = intranet");
    }
    const rule = ruleOf(wanted);
    const authorize = rule.Direction === "ingress" ? authorizeSecurityGroup : authorizeSecurityGroupEgress;
    await cloud.call(authorize, rule);
    // An argument that was left out reads as "<nil>" in the id, and is read back from there.
    const nic = nicType ?? "<nil>";
    const peer = rule.CidrIp || rule.Ipv6CidrIp || rule.PeerGroupId || rule.PrefixListId;
    const { Direction, IpProtocol, PortRange, Policy, Priority } = rule;
    const parts = [SecurityGroupId, Direction, IpProtocol, PortRange, nic, peer.replaceAll(":", "_"), Policy, Priority];
    data.setId(parts.join(":"));
  },

  async read(cloud, data) {
    const found = await findRule(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      cidr_ip: found.CidrIp,
      description: found.Description,
      ip_protocol: found.IpProtocol,
      ipv6_cidr_ip: found.Ipv6CidrIp,
      nic_type: data.id.split(":")[4],
      policy: found.Policy,
      port_range: found.PortRange,
      prefix_list_id: found.PrefixListId,
      priority: found.Priority,
      security_group_id: found.SecurityGroupId,
      security_group_rule_id: found.id,
      source_security_group_id: found.PeerGroupId,
      type: found.Direction,
    });
    return true;
  },

  async update(cloud, data) {
    const found = await findRule(cloud, data.id);
    if (found === undefined || !data.changed("description")) return;
    const Description = data.wanted.text("description") ?? "";
    await cloud.call(modifySecurityGroupRule, { RuleId: found.id, Description });
  },

  async delete(cloud, data) {
    const found = await findRule(cloud, data.id);
    if (found === undefined) return;
    const revoke = found.Direction === "ingress" ? revokeSecurityGroup : revokeSecurityGroupEgress;
    await cloud.call(revoke, { RuleId: found.id });
  },
};

function ruleOf(wanted: Attributes): SecurityGroupRule {
  return {
    SecurityGroupId: wanted.requiredText("security_group_id"),
    Direction: wanted.requiredText("type"),
    IpProtocol: wanted.requiredText("ip_protocol"),
    PortRange: wanted.text("port_range") ?? "-1/-1",
    NicType: wanted.text("nic_type") ?? "",
    Policy: wanted.text("policy") ?? "accept",
    Priority: wanted.number("priority") ?? 1,
    CidrIp: wanted.text("cidr_ip") ?? "",
    Ipv6CidrIp: wanted.text("ipv6_cidr_ip") ?? "",
    PeerGroupId: wanted.text("source_security_group_id") ?? "",
    PrefixListId: wanted.text("prefix_list_id") ?? "",
    Description: wanted.text("description") ?? "",
  };
}

async function findRule(cloud: Cloud, id: string): Promise<Row<SecurityGroupRule> | undefined> {
  const [SecurityGroupId = "", direction, protocol, ports, , peer, policy, priority] = id.split(":");
  const found = await ifExists(["InvalidSecurityGroupId.NotFound"], () => {
    return cloud.call(describeSecurityGroupAttribute, { SecurityGroupId });
  });
  return found?.Permissions.find((rule) => {
    const own = rule.CidrIp || rule.Ipv6CidrIp || rule.PeerGroupId || rule.PrefixListId;
    const key = [
      rule.Direction,
      rule.IpProtocol,
      rule.PortRange,
      own.replaceAll(":", "_"),
      rule.Policy,
      String(rule.Priority),
    ];
    return key.join(" ") === [direction, protocol, ports, peer, policy, priority].join(" ");
  });
}
