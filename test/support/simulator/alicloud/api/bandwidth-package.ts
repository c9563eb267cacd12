import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Row } from "../../engine/table";
import { checkDescription, checkName } from "./names";
import {
  bandwidthPackages,
  creationTime,
  DEFAULT_RESOURCE_GROUP,
  eips,
  type BandwidthPackage,
  type Tags,
} from "./tables";

interface CreatePackageRequest {
  Name?: string | undefined;
  Description?: string | undefined;
  Bandwidth: string;
  InternetChargeType?: string | undefined;
  ISP?: string | undefined;
  Ratio?: number | undefined;
  ResourceGroupId?: string | undefined;
  Tags: Tags;
}

export const createCommonBandwidthPackage = changing(
  "CreateCommonBandwidthPackage",
  (cloud, request: CreatePackageRequest) => {
    checkName(request.Name ?? "", "InvalidParameter.Name.Malformed");
    checkDescription(request.Description ?? "");
    checkBandwidth(request.Bandwidth);
    const id = bandwidthPackages.insert(cloud, {
      Name: request.Name ?? "",
      Description: request.Description ?? "",
      Bandwidth: request.Bandwidth,
      InternetChargeType: request.InternetChargeType ?? "PayByBandwidth",
      ISP: request.ISP ?? "BGP",
      Ratio: request.Ratio ?? 100,
      DeletionProtection: false,
      ResourceGroupId: request.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP,
      Status: "Pending",
      CreationTime: creationTime(),
      Tags: request.Tags,
    });
    const later = { seconds: cloud.random.between(1, 4), attributes: { Status: "Available" } };
    bandwidthPackages.change(cloud, id, {}, later);
    return id;
  },
);

function checkBandwidth(bandwidth: string): void {
  if (!/^[1-9]\d*$/.test(bandwidth) || Number(bandwidth) > 1000) {
    throw new ApiError("InvalidParameter.Bandwidth", "Bandwidth must be 1 to 1000.");
  }
}

/** A package with the ids of its EIPs. */
export const describeCommonBandwidthPackages = reading(
  "DescribeCommonBandwidthPackages",
  (cloud, filter: { BandwidthPackageId: string }): (Row<BandwidthPackage> & { PublicIpAddresses: string[] })[] => {
    const found = bandwidthPackages.find(cloud, filter.BandwidthPackageId);
    if (found === undefined) return [];
    const members = eips.list(cloud, { BandwidthPackageId: found.id });
    return [{ ...found, PublicIpAddresses: members.map(({ id }) => id) }];
  },
);

interface ModifyPackageRequest {
  BandwidthPackageId: string;
  Name: string;
  Description: string;
  Bandwidth: string;
}

/** Stands for ModifyCommonBandwidthPackageAttribute and ...Spec, which take a part of this each. */
export const modifyCommonBandwidthPackage = changing(
  "ModifyCommonBandwidthPackageAttribute",
  (cloud, { BandwidthPackageId, Name, Description, Bandwidth }: ModifyPackageRequest) => {
    bandwidthPackages.get(cloud, BandwidthPackageId);
    checkName(Name, "InvalidParameter.Name.Malformed");
    checkDescription(Description);
    checkBandwidth(Bandwidth);
    bandwidthPackages.change(cloud, BandwidthPackageId, { Name, Description, Bandwidth });
  },
);

export const protectCommonBandwidthPackage = changing(
  "DeletionProtection",
  (cloud, { InstanceId, ProtectionEnable }: { InstanceId: string; Type: "CBWP"; ProtectionEnable: boolean }) => {
    bandwidthPackages.get(cloud, InstanceId);
    bandwidthPackages.change(cloud, InstanceId, { DeletionProtection: ProtectionEnable });
  },
);

export const deleteCommonBandwidthPackage = changing(
  "DeleteCommonBandwidthPackage",
  (cloud, { BandwidthPackageId, Force }: { BandwidthPackageId: string; Force: boolean }) => {
    const found = bandwidthPackages.get(cloud, BandwidthPackageId);
    if (found.DeletionProtection) throw new ApiError("OperationDenied.DeletionProtection", "It is protected.");
    const members = eips.list(cloud, { BandwidthPackageId });
    if (members.length > 0 && !Force) {
      throw new ApiError("DependencyViolation.BandwidthPackageIps", "The bandwidth package holds IP addresses.");
    }
    for (const { id } of members) eips.change(cloud, id, { BandwidthPackageId: "" });
    bandwidthPackages.remove(cloud, BandwidthPackageId);
  },
);

interface MemberRequest {
  BandwidthPackageId: string;
  IpInstanceId: string;
}

/** Adds an EIP that is free or bound, and in no package yet. */
export const addCommonBandwidthPackageIp = changing(
  "AddCommonBandwidthPackageIp",
  (cloud, { BandwidthPackageId, IpInstanceId }: MemberRequest) => {
    bandwidthPackages.get(cloud, BandwidthPackageId);
    const eip = eips.find(cloud, IpInstanceId);
    if (eip === undefined) throw new ApiError("InvalidInstanceId.NotFound", "The InstanceId is not found.");
    if (eip.Status !== "Available" && eip.Status !== "InUse") {
      throw new ApiError("IncorrectEipStatus", `The EIP is ${eip.Status}.`);
    }
    if (eip.BandwidthPackageId !== "") {
      throw new ApiError("InvalidInstanceId.AlreadyInBandwidthPackage", `It is in ${eip.BandwidthPackageId} already.`);
    }
    eips.change(cloud, eip.id, { BandwidthPackageId });
  },
  { code: "BandwidthPackageOperation.conflict", key: (_cloud, { BandwidthPackageId }) => BandwidthPackageId },
);

export const removeCommonBandwidthPackageIp = changing(
  "RemoveCommonBandwidthPackageIp",
  (cloud, { BandwidthPackageId, IpInstanceId }: MemberRequest) => {
    const eip = eips.find(cloud, IpInstanceId);
    if (eip?.BandwidthPackageId !== BandwidthPackageId) {
      throw new ApiError("OperationUnsupported.IpNotInCbwp", "The EIP is not in the bandwidth package.");
    }
    eips.change(cloud, eip.id, { BandwidthPackageId: "" });
  },
  { code: "BandwidthPackageOperation.conflict", key: (_cloud, { BandwidthPackageId }) => BandwidthPackageId },
);
