import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { freeEips } from "./free-eips";
import { images } from "./images";
import { checkDescription, checkName } from "./names";
import { checkGroups, insertNetworkInterface } from "./network-interface";
import { isNextHop } from "./route-entry";
import { creationTime, instances, networkInterfaces, type Instance, type NetworkInterface, type Tags } from "./tables";

const USER_DATA_BYTES = 32 * 1024;

export interface RunInstancesRequest {
  ImageId: string;
  InstanceType: string;
  InstanceName?: string | undefined;
  HostName?: string | undefined;
  Description?: string | undefined;
  KeyName?: string | undefined;
  /** Base64. */
  UserData?: string | undefined;
  VSwitchId?: string | undefined;
  PrivateIpAddress?: string | undefined;
  SecondaryPrivateIpAddressCount?: number | undefined;
  SecurityGroupIds: string[];
  /** An existing interface that becomes the primary one. */
  NetworkInterfaceId?: string | undefined;
  /** Existing interfaces that become secondary ones. */
  SecondaryNetworkInterfaceIds?: string[] | undefined;
  SourceDestCheck?: boolean | undefined;
  InternetMaxBandwidthOut?: number | undefined;
  SystemDiskCategory?: string | undefined;
  SystemDiskSize?: number | undefined;
  HttpTokens?: string | undefined;
  HttpEndpoint?: string | undefined;
  MaintenanceAction?: string | undefined;
  SpotStrategy?: string | undefined;
  Tags: Tags;
}

export const runInstances = changing("RunInstances", (cloud, request: RunInstancesRequest) => {
  checkName(request.InstanceName ?? "", "InvalidInstanceName.Malformed");
  checkDescription(request.Description ?? "");
  checkImage(request.ImageId);
  checkUserData(request.UserData ?? "");
  const secondary = secondaryInterfaces(cloud, request);
  const eni = primaryInterface(cloud, request);
  for (const other of secondary) checkSamePlace(eni, other);
  const bandwidth = request.InternetMaxBandwidthOut ?? 0;
  const id = instances.insert(cloud, {
    InstanceName: request.InstanceName ?? "",
    HostName: request.HostName ?? `iZ${cloud.random.text(10)}Z`,
    Description: request.Description ?? "",
    ImageId: request.ImageId,
    InstanceType: request.InstanceType,
    KeyName: request.KeyName ?? "",
    UserData: request.UserData ?? "",
    Status: "Pending",
    VpcId: eni.VpcId,
    VSwitchId: eni.VSwitchId,
    ZoneId: eni.ZoneId,
    NetworkInterfaceId: eni.id,
    SecurityGroupIds: eni.SecurityGroupIds,
    InternetMaxBandwidthOut: bandwidth,
    PublicIp: bandwidth > 0 ? `192.0.2.${1 + (cloud.nextSerial() % 254)}` : "",
    SystemDiskCategory: request.SystemDiskCategory ?? "cloud_essd",
    SystemDiskSize: request.SystemDiskSize ?? 40,
    HttpTokens: request.HttpTokens ?? "optional",
    HttpEndpoint: request.HttpEndpoint ?? "enabled",
    DeletionProtection: false,
    MaintenanceAction: request.MaintenanceAction ?? "AutoRecover",
    SpotStrategy: request.SpotStrategy ?? "NoSpot",
    CreationTime: creationTime(),
    Tags: request.Tags,
  });
  for (const attached of [eni, ...secondary]) {
    networkInterfaces.change(cloud, attached.id, { InstanceId: id, Status: "InUse" });
  }
  instances.change(cloud, id, {}, { seconds: cloud.random.between(3, 9), attributes: { Status: "Running" } });
  return id;
});

/** Images that the image list does not know are taken for custom ones. */
function checkImage(id: string): void {
  const isSystem = id.startsWith("aliyun_") || id.startsWith("ubuntu_");
  if (isSystem && !images.some((image) => image.ImageId === id)) {
    throw new ApiError("InvalidImageId.NotFound", `The image ${id} does not exist.`);
  }
}

function checkUserData(base64: string): void {
  if (Buffer.from(base64, "base64").length > USER_DATA_BYTES) {
    throw new ApiError("InvalidUserData.SizeExceeded", "User data is limited to 32 KB before base64.");
  }
}

function primaryInterface(cloud: Cloud, request: RunInstancesRequest): Row<NetworkInterface> {
  if (request.NetworkInterfaceId !== undefined) return freeInterface(cloud, request.NetworkInterfaceId);
  if (request.VSwitchId === undefined) throw new ApiError("MissingParameter", "Miss mandatory parameter VSwitchId.");
  const id = insertNetworkInterface(cloud, {
    VSwitchId: request.VSwitchId,
    SecurityGroupIds: request.SecurityGroupIds,
    PrimaryIpAddress: request.PrivateIpAddress,
    SecondaryPrivateIpAddressCount: request.SecondaryPrivateIpAddressCount,
    SourceDestCheck: request.SourceDestCheck,
    DeleteOnRelease: true,
    Tags: {},
  });
  return networkInterfaces.get(cloud, id);
}

/** Sizes of shared families that take a second interface only later, while they are stopped. */
const ONE_INTERFACE_AT_FIRST = /^ecs\.((s6|e|t6|t5)-\w+|xn4|n4|mn4|e4)\.(nano|small|large)$/;

function secondaryInterfaces(cloud: Cloud, request: RunInstancesRequest): Row<NetworkInterface>[] {
  const ids = request.SecondaryNetworkInterfaceIds ?? [];
  if (ids.length > 0 && ONE_INTERFACE_AT_FIRST.test(request.InstanceType)) {
    throw new ApiError(
      "OperationDenied.SecondaryEniNotSupported",
      `${request.InstanceType} takes no second interface.`,
    );
  }
  return ids.map((id) => freeInterface(cloud, id));
}

function freeInterface(cloud: Cloud, id: string): Row<NetworkInterface> {
  const eni = networkInterfaces.get(cloud, id);
  if (eni.Status !== "Available") throw new ApiError("InvalidOperation.InvalidEniState", `It is ${eni.Status}.`);
  return eni;
}

function checkSamePlace(primary: NetworkInterface, other: Row<NetworkInterface>): void {
  if (other.VpcId !== primary.VpcId) {
    throw new ApiError("InvalidOperation.VpcMismatch", `The interface ${other.id} is in another VPC.`);
  }
  if (other.ZoneId !== primary.ZoneId) {
    const message = `The interface ${other.id} and the instance are not in the same zone.`;
    throw new ApiError("InvalidOperation.AvailabilityZoneMismatch", message);
  }
}

/** An instance with its interfaces. */
export interface FoundInstance {
  readonly instance: Row<Instance>;
  readonly primary: Row<NetworkInterface>;
  readonly secondary: readonly Row<NetworkInterface>[];
}

export const describeInstances = reading(
  "DescribeInstances",
  (cloud, { InstanceIds }: { InstanceIds: string[] }): FoundInstance[] =>
    InstanceIds.flatMap((id) => {
      const instance = instances.find(cloud, id);
      if (instance === undefined) return [];
      const primary = networkInterfaces.get(cloud, instance.NetworkInterfaceId);
      const attached = networkInterfaces.list(cloud, { InstanceId: id });
      return [{ instance, primary, secondary: attached.filter((eni) => eni.id !== primary.id) }];
    }),
);

type InstanceChange = Partial<
  Pick<
    Instance,
    | "InstanceName"
    | "HostName"
    | "Description"
    | "DeletionProtection"
    | "InstanceType"
    | "ImageId"
    | "KeyName"
    | "MaintenanceAction"
    | "HttpTokens"
    | "HttpEndpoint"
  >
>;

/** Stands for the Modify calls of an instance and for ReplaceSystemDisk, which take a part of this each. */
export const modifyInstanceAttribute = changing(
  "ModifyInstanceAttribute",
  (cloud, { InstanceId, ...change }: InstanceChange & { InstanceId: string }) => {
    instances.get(cloud, InstanceId);
    checkName(change.InstanceName ?? "", "InvalidInstanceName.Malformed");
    if (change.ImageId !== undefined) checkImage(change.ImageId);
    instances.change(cloud, InstanceId, change);
  },
);

/** Changes user data; the instance must be stopped. */
export const modifyInstanceUserData = changing(
  "ModifyInstanceAttribute",
  (cloud, { InstanceId, UserData }: { InstanceId: string; UserData: string }) => {
    const { Status } = instances.get(cloud, InstanceId);
    if (Status !== "Stopped") throw new ApiError("IncorrectInstanceStatus", `The instance is ${Status}.`);
    checkUserData(UserData);
    instances.change(cloud, InstanceId, { UserData });
  },
);

/** Joins and leaves security groups. */
export const modifyInstanceSecurityGroups = changing(
  "ModifyInstanceAttribute",
  (cloud, { InstanceId, SecurityGroupIds }: { InstanceId: string; SecurityGroupIds: string[] }) => {
    const instance = instances.get(cloud, InstanceId);
    checkGroups(cloud, SecurityGroupIds, instance.VpcId);
    instances.change(cloud, InstanceId, { SecurityGroupIds });
    networkInterfaces.change(cloud, instance.NetworkInterfaceId, { SecurityGroupIds });
  },
);

export const stopInstance = changing("StopInstance", (cloud, { InstanceId }: { InstanceId: string }) => {
  instances.get(cloud, InstanceId);
  const later = { seconds: cloud.random.between(1, 5), attributes: { Status: "Stopped" } };
  instances.change(cloud, InstanceId, { Status: "Stopping" }, later);
});

export const startInstance = changing("StartInstance", (cloud, { InstanceId }: { InstanceId: string }) => {
  instances.get(cloud, InstanceId);
  const later = { seconds: cloud.random.between(1, 5), attributes: { Status: "Running" } };
  instances.change(cloud, InstanceId, { Status: "Starting" }, later);
});

/** Deletes an instance that is no next hop; its interfaces go with it unless they are kept on release. */
export const deleteInstance = changing(
  "DeleteInstance",
  (cloud, { InstanceId }: { InstanceId: string; Force: true }) => {
    const instance = instances.get(cloud, InstanceId);
    if (instance.DeletionProtection) {
      throw new ApiError("InvalidOperation.DeletionProtection", "Deletion protection of the instance is on.");
    }
    const attached = networkInterfaces.list(cloud, { InstanceId: instance.id });
    const hops = [instance.id, ...attached.filter((eni) => eni.DeleteOnRelease).map(({ id }) => id)];
    if (hops.some((id) => isNextHop(cloud, id))) {
      throw new ApiError("DependencyViolation.RouteEntry", "Specified instance is used by route entry.");
    }
    freeEips(cloud, instance.id);
    for (const eni of attached) {
      if (eni.DeleteOnRelease) {
        freeEips(cloud, eni.id);
        networkInterfaces.remove(cloud, eni.id);
      } else {
        networkInterfaces.change(cloud, eni.id, { InstanceId: "", Status: "Available" });
      }
    }
    instances.remove(cloud, instance.id);
  },
);
