import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { parseBlock } from "../../engine/ipv4";
import { checkDescription, checkName } from "./names";
import {
  creationTime,
  DEFAULT_RESOURCE_GROUP,
  networkInterfaces,
  securityGroupRules,
  securityGroups,
  vpcs,
  type SecurityGroupRule,
  type Tags,
} from "./tables";

interface CreateSecurityGroupRequest {
  VpcId?: string | undefined;
  SecurityGroupName?: string | undefined;
  Description?: string | undefined;
  SecurityGroupType?: string | undefined;
  ResourceGroupId?: string | undefined;
  Tags: Tags;
}

export const createSecurityGroup = changing("CreateSecurityGroup", (cloud, request: CreateSecurityGroupRequest) => {
  checkName(request.SecurityGroupName ?? "", "InvalidSecurityGroupName.Malformed");
  checkDescription(request.Description ?? "");
  if (request.VpcId !== undefined) vpcs.get(cloud, request.VpcId);
  return securityGroups.insert(cloud, {
    VpcId: request.VpcId ?? "",
    SecurityGroupName: request.SecurityGroupName ?? "",
    Description: request.Description ?? "",
    SecurityGroupType: request.SecurityGroupType ?? "normal",
    InnerAccessPolicy: request.SecurityGroupType === "enterprise" ? "Drop" : "Accept",
    ResourceGroupId: request.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP,
    CreationTime: creationTime(),
    Tags: request.Tags,
  });
});

export const describeSecurityGroupAttribute = reading(
  "DescribeSecurityGroupAttribute",
  (cloud, { SecurityGroupId }: { SecurityGroupId: string }) => ({
    ...securityGroups.get(cloud, SecurityGroupId),
    Permissions: securityGroupRules.list(cloud, { SecurityGroupId }),
  }),
);

interface ModifySecurityGroupRequest {
  SecurityGroupId: string;
  SecurityGroupName?: string | undefined;
  Description?: string | undefined;
}

export const modifySecurityGroupAttribute = changing(
  "ModifySecurityGroupAttribute",
  (cloud, request: ModifySecurityGroupRequest) => {
    const { SecurityGroupName = "", Description = "" } = request;
    securityGroups.get(cloud, request.SecurityGroupId);
    checkName(SecurityGroupName, "InvalidSecurityGroupName.Malformed");
    checkDescription(Description);
    securityGroups.change(cloud, request.SecurityGroupId, { SecurityGroupName, Description });
  },
);

export const modifySecurityGroupPolicy = changing(
  "ModifySecurityGroupPolicy",
  (cloud, { SecurityGroupId, InnerAccessPolicy }: { SecurityGroupId: string; InnerAccessPolicy: string }) => {
    securityGroups.get(cloud, SecurityGroupId);
    securityGroups.change(cloud, SecurityGroupId, { InnerAccessPolicy });
  },
);

/** Deletes a group that no interface uses and no rule of another group names. */
export const deleteSecurityGroup = changing(
  "DeleteSecurityGroup",
  (cloud, { SecurityGroupId }: { SecurityGroupId: string }) => {
    securityGroups.get(cloud, SecurityGroupId);
    const member = networkInterfaces.list(cloud).some((eni) => eni.SecurityGroupIds.includes(SecurityGroupId));
    const named = securityGroupRules
      .list(cloud, { PeerGroupId: SecurityGroupId })
      .some((rule) => rule.SecurityGroupId !== SecurityGroupId);
    if (member || named) throw new ApiError("DependencyViolation", "The security group is in use.");
    for (const { id } of securityGroupRules.list(cloud, { SecurityGroupId })) securityGroupRules.remove(cloud, id);
    securityGroups.remove(cloud, SecurityGroupId);
  },
);

/** Adds a rule; one that exists already is left as it is, without an error. */
export const authorizeSecurityGroup = changing("AuthorizeSecurityGroup", authorize);
export const authorizeSecurityGroupEgress = changing("AuthorizeSecurityGroupEgress", authorize);

function authorize(cloud: Cloud, request: SecurityGroupRule): void {
  securityGroups.get(cloud, request.SecurityGroupId);
  checkPorts(request);
  if (request.CidrIp !== "" && parseBlock(request.CidrIp) === undefined) {
    const side = request.Direction === "ingress" ? "InvalidSourceCidrIp" : "InvalidDestCidrIp";
    throw new ApiError(`${side}.Malformed`, `${request.CidrIp} is not a CIDR block.`);
  }
  if (request.PeerGroupId !== "") securityGroups.get(cloud, request.PeerGroupId);
  if (findRule(cloud, request) === undefined) securityGroupRules.insert(cloud, request);
}

function checkPorts({ IpProtocol, PortRange }: SecurityGroupRule): void {
  const [first, last, ...rest] = PortRange.split("/").map(Number);
  const legal =
    IpProtocol === "tcp" || IpProtocol === "udp"
      ? first !== undefined && last !== undefined && rest.length === 0 && first >= 1 && first <= last && last <= 65535
      : PortRange === "-1/-1";
  if (!legal) throw new ApiError("InvalidPortRange.Malformed", `Port range ${PortRange} does not fit ${IpProtocol}.`);
}

function findRule(cloud: Cloud, request: SecurityGroupRule): Row<SecurityGroupRule> | undefined {
  const { SecurityGroupId, Direction, IpProtocol, PortRange, Policy, Priority, CidrIp, PeerGroupId } = request;
  const key = { SecurityGroupId, Direction, IpProtocol, PortRange, Policy, Priority, CidrIp, PeerGroupId };
  return securityGroupRules.list(cloud, key)[0];
}

export const modifySecurityGroupRule = changing(
  "ModifySecurityGroupRule",
  (cloud, { RuleId, Description }: { RuleId: string; Description: string }) => {
    securityGroupRules.get(cloud, RuleId);
    securityGroupRules.change(cloud, RuleId, { Description });
  },
);

export const revokeSecurityGroup = changing("RevokeSecurityGroup", revoke);
export const revokeSecurityGroupEgress = changing("RevokeSecurityGroupEgress", revoke);

function revoke(cloud: Cloud, { RuleId }: { RuleId: string }): void {
  securityGroupRules.get(cloud, RuleId);
  securityGroupRules.remove(cloud, RuleId);
}
