import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { overlaps } from "../../engine/ipv4";
import { isInVpc, requireBlock } from "./addresses";
import { checkDescription, checkName } from "./names";
import {
  creationTime,
  instances,
  natGateways,
  networkInterfaces,
  routeTables,
  snatEntries,
  vpcs,
  vSwitches,
} from "./tables";

interface CreateVSwitchRequest {
  VpcId: string;
  CidrBlock: string;
  ZoneId: string;
  VSwitchName?: string | undefined;
  Description?: string | undefined;
}

export const createVSwitch = changing(
  "CreateVSwitch",
  (cloud, request: CreateVSwitchRequest) => {
    checkName(request.VSwitchName ?? "", "InvalidVSwitchName.Malformed");
    checkDescription(request.Description ?? "");
    const vpc = vpcs.get(cloud, request.VpcId);
    if (vpc.Status !== "Available") throw new ApiError("IncorrectVpcStatus", "The VPC is not Available.");
    checkBlock(cloud, request);
    if (!/^[a-z]+(-[a-z0-9]+)+$/.test(request.ZoneId)) {
      throw new ApiError("InvalidZoneId.NotFound", `The zone ${request.ZoneId} does not exist.`);
    }
    const id = vSwitches.insert(cloud, {
      VSwitchName: request.VSwitchName ?? "",
      Description: request.Description ?? "",
      VpcId: vpc.id,
      CidrBlock: request.CidrBlock,
      ZoneId: request.ZoneId,
      RouteTableId: vpc.RouterTableId,
      Status: "Pending",
      CreationTime: creationTime(),
      Tags: {},
    });
    vSwitches.change(cloud, id, {}, { seconds: cloud.random.between(1, 4), attributes: { Status: "Available" } });
    return id;
  },
  { code: "TaskConflict", key: (_cloud, { VpcId }) => `vswitch of ${VpcId}` },
);

function checkBlock(cloud: Cloud, { VpcId, CidrBlock }: CreateVSwitchRequest): void {
  const block = requireBlock(CidrBlock, "InvalidCidrBlock.Malformed");
  if (block.prefix < 16 || block.prefix > 29) {
    throw new ApiError("InvalidCidrBlock.Malformed", "The mask of a vSwitch must be /16 to /29.");
  }
  if (!isInVpc(vpcs.get(cloud, VpcId), block)) {
    throw new ApiError("InvalidCidrBlock.NotInVpc", `${CidrBlock} is outside the VPC.`);
  }
  const other = vSwitches
    .list(cloud, { VpcId })
    .find((vSwitch) => overlaps(block, requireBlock(vSwitch.CidrBlock, "InvalidCidrBlock.Malformed")));
  if (other) throw new ApiError("InvalidCidrBlock.Overlapped", `${CidrBlock} overlaps ${other.id}.`);
}

export const describeVSwitchAttributes = reading(
  "DescribeVSwitchAttributes",
  (cloud, { VSwitchId }: { VSwitchId: string }) => vSwitches.get(cloud, VSwitchId),
);

export const describeVSwitches = reading("DescribeVSwitches", (cloud) => vSwitches.list(cloud));

interface ModifyVSwitchRequest {
  VSwitchId: string;
  VSwitchName: string;
  Description: string;
}

export const modifyVSwitchAttribute = changing("ModifyVSwitchAttribute", (cloud, request: ModifyVSwitchRequest) => {
  vSwitches.get(cloud, request.VSwitchId);
  checkName(request.VSwitchName, "InvalidVSwitchName.Malformed");
  checkDescription(request.Description);
  const { VSwitchName, Description } = request;
  vSwitches.change(cloud, request.VSwitchId, { VSwitchName, Description });
});

/** Deletes a vSwitch that nothing uses any more. */
export const deleteVSwitch = changing("DeleteVSwitch", (cloud, { VSwitchId }: { VSwitchId: string }) => {
  const vSwitch = vSwitches.get(cloud, VSwitchId);
  const user = vSwitchUser(cloud, VSwitchId);
  if (user !== undefined) {
    throw new ApiError(`DependencyViolation.${user}`, `The vSwitch ${VSwitchId} is used by a ${user}.`);
  }
  if (routeTables.get(cloud, vSwitch.RouteTableId).RouteTableType === "Custom") {
    throw new ApiError("DependencyViolation.RouteTable", "The vSwitch is associated with a custom route table.");
  }
  vSwitches.remove(cloud, VSwitchId);
});

function vSwitchUser(cloud: Cloud, VSwitchId: string): string | undefined {
  if (natGateways.list(cloud, { VSwitchId }).length > 0) return "EnhancedNatgw";
  if (snatEntries.list(cloud, { SourceVSwitchId: VSwitchId }).length > 0) return "SnatEntry";
  if (instances.list(cloud, { VSwitchId }).length > 0) return "Instance";
  if (networkInterfaces.list(cloud, { VSwitchId }).length > 0) return "NetworkInterface";
  return undefined;
}
