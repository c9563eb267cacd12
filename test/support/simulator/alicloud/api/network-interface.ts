import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { checkAddress, takeAddress } from "./addresses";
import { freeEips } from "./free-eips";
import { checkDescription, checkName } from "./names";
import { isNextHop } from "./route-entry";
import {
  DEFAULT_RESOURCE_GROUP,
  instances,
  networkInterfaces,
  securityGroups,
  vSwitches,
  type Tags,
  type VSwitch,
} from "./tables";

export interface CreateNetworkInterfaceRequest {
  VSwitchId: string;
  SecurityGroupIds: string[];
  NetworkInterfaceName?: string | undefined;
  Description?: string | undefined;
  PrimaryIpAddress?: string | undefined;
  PrivateIpAddresses?: string[] | undefined;
  SecondaryPrivateIpAddressCount?: number | undefined;
  SourceDestCheck?: boolean | undefined;
  DeleteOnRelease?: boolean | undefined;
  ResourceGroupId?: string | undefined;
  Tags: Tags;
}

export const createNetworkInterface = changing(
  "CreateNetworkInterface",
  (cloud, request: CreateNetworkInterfaceRequest) => {
    const id = insertNetworkInterface(cloud, request);
    const later = { seconds: cloud.random.between(1, 4), attributes: { Status: "Available" } };
    networkInterfaces.change(cloud, id, {}, later);
    return id;
  },
);

/** Makes an interface in state Creating. */
export function insertNetworkInterface(cloud: Cloud, request: CreateNetworkInterfaceRequest): string {
  checkName(request.NetworkInterfaceName ?? "", "InvalidParameter.NetworkInterfaceName");
  checkDescription(request.Description ?? "");
  const vSwitch = vSwitches.get(cloud, request.VSwitchId);
  checkGroups(cloud, request.SecurityGroupIds, vSwitch.VpcId);
  const primary = request.PrimaryIpAddress ?? takeAddress(cloud, vSwitch);
  if (request.PrimaryIpAddress !== undefined) checkAddress(cloud, vSwitch, primary);
  return networkInterfaces.insert(cloud, {
    NetworkInterfaceName: request.NetworkInterfaceName ?? "",
    Description: request.Description ?? "",
    VSwitchId: vSwitch.id,
    VpcId: vSwitch.VpcId,
    ZoneId: vSwitch.ZoneId,
    PrimaryIpAddress: primary,
    SecondaryIpAddresses: secondaryAddresses(cloud, vSwitch, primary, request),
    SecurityGroupIds: request.SecurityGroupIds,
    SourceDestCheck: request.SourceDestCheck ?? true,
    DeleteOnRelease: request.DeleteOnRelease ?? true,
    InstanceId: "",
    MacAddress: macAddress(cloud),
    ResourceGroupId: request.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP,
    Status: "Creating",
    Tags: request.Tags,
  });
}

/** Refuses groups that do not exist in the VPC. */
export function checkGroups(cloud: Cloud, ids: readonly string[], VpcId: string): void {
  if (ids.length === 0) throw new ApiError("MissingParameter", "A security group is needed.");
  for (const id of ids) {
    if (securityGroups.get(cloud, id).VpcId !== VpcId) {
      throw new ApiError("InvalidSecurityGroupId.NotVpc", `The security group ${id} is not in the VPC.`);
    }
  }
}

function secondaryAddresses(
  cloud: Cloud,
  vSwitch: Row<VSwitch>,
  primary: string,
  { PrivateIpAddresses = [], SecondaryPrivateIpAddressCount = 0 }: CreateNetworkInterfaceRequest,
): string[] {
  for (const address of PrivateIpAddresses) checkAddress(cloud, vSwitch, address);
  const all = [...PrivateIpAddresses];
  if (all.includes(primary)) throw new ApiError("InvalidPrivateIpAddress.Duplicated", `${primary} is the primary one.`);
  while (all.length < SecondaryPrivateIpAddressCount) all.push(takeAddress(cloud, vSwitch, [primary, ...all]));
  return all;
}

function macAddress(cloud: Cloud): string {
  const tail = cloud.nextSerial().toString(16).padStart(6, "0");
  return ["00", "16", "3e", tail.slice(0, 2), tail.slice(2, 4), tail.slice(4, 6)].join(":");
}

export const describeNetworkInterfaces = reading(
  "DescribeNetworkInterfaces",
  (cloud, { NetworkInterfaceId }: { NetworkInterfaceId: string }) => {
    const found = networkInterfaces.find(cloud, NetworkInterfaceId);
    if (found === undefined) return [];
    // A primary interface that is kept when its instance goes is a secondary one again.
    const isPrimary = instances.find(cloud, found.InstanceId)?.NetworkInterfaceId === found.id;
    return [{ ...found, Type: isPrimary ? "Primary" : "Secondary" }];
  },
);

interface ModifyNetworkInterfaceRequest {
  NetworkInterfaceId: string;
  NetworkInterfaceName: string;
  Description: string;
  SecurityGroupIds: string[];
  SourceDestCheck?: boolean | undefined;
  DeleteOnRelease?: boolean | undefined;
}

export const modifyNetworkInterfaceAttribute = changing(
  "ModifyNetworkInterfaceAttribute",
  (cloud, request: ModifyNetworkInterfaceRequest) => {
    const eni = networkInterfaces.get(cloud, request.NetworkInterfaceId);
    const { NetworkInterfaceName, Description, SecurityGroupIds } = request;
    checkName(NetworkInterfaceName, "InvalidParameter.NetworkInterfaceName");
    checkDescription(Description);
    checkGroups(cloud, SecurityGroupIds, eni.VpcId);
    networkInterfaces.change(cloud, eni.id, {
      NetworkInterfaceName,
      Description,
      SecurityGroupIds,
      SourceDestCheck: request.SourceDestCheck ?? eni.SourceDestCheck,
      DeleteOnRelease: request.DeleteOnRelease ?? eni.DeleteOnRelease,
    });
  },
);

/** Stands for AssignPrivateIpAddresses and UnassignPrivateIpAddresses: sets the secondary addresses. */
export const assignPrivateIpAddresses = changing(
  "AssignPrivateIpAddresses",
  (cloud, { NetworkInterfaceId, PrivateIpAddresses }: { NetworkInterfaceId: string; PrivateIpAddresses: string[] }) => {
    const eni = networkInterfaces.get(cloud, NetworkInterfaceId);
    const vSwitch = vSwitches.get(cloud, eni.VSwitchId);
    for (const address of PrivateIpAddresses) {
      if (!eni.SecondaryIpAddresses.includes(address)) checkAddress(cloud, vSwitch, address);
    }
    networkInterfaces.change(cloud, eni.id, { SecondaryIpAddresses: PrivateIpAddresses });
  },
);

/** Deletes an interface that is not attached and no next hop; EIPs bound to it are freed. */
export const deleteNetworkInterface = changing(
  "DeleteNetworkInterface",
  (cloud, { NetworkInterfaceId }: { NetworkInterfaceId: string }) => {
    const eni = networkInterfaces.get(cloud, NetworkInterfaceId);
    if (eni.Status !== "Available") throw new ApiError("InvalidOperation.InvalidEniState", `It is ${eni.Status}.`);
    if (isNextHop(cloud, eni.id)) {
      throw new ApiError("DependencyViolation.RouteEntry", "The network interface is the next hop of a route.");
    }
    freeEips(cloud, eni.id);
    networkInterfaces.remove(cloud, eni.id);
  },
);
