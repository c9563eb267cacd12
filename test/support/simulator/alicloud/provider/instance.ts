import { ProviderError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { retry, waitUntil } from "../../engine/waiting";
import {
  deleteInstance,
  describeInstances,
  modifyInstanceAttribute,
  modifyInstanceSecurityGroups,
  modifyInstanceUserData,
  runInstances,
  startInstance,
  stopInstance,
} from "../api/instance";
import type { FoundInstance } from "../api/instance";
import { updateTags } from "./tagging";
import { instanceSuppressions } from "./instance-suppressions";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";

/** alicloud_instance: user data is changed in place, by a stop and a start. */
export const instance: ResourceBehaviour = {
  suppress: instanceSuppressions,
  computedBlocks: ["network_interfaces"],
  checks: {
    instance_type: (value) => {
      return typeof value === "string" && value.startsWith("ecs.") ? undefined : "an instance type starts with ecs.";
    },
  },

  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(runInstances, {
      ImageId: wanted.text("image_id") ?? "",
      InstanceType: wanted.text("instance_type") ?? "",
      InstanceName: wanted.text("instance_name") ?? "ECS-Instance",
      HostName: wanted.text("host_name"),
      Description: wanted.text("description"),
      KeyName: wanted.text("key_name"),
      UserData: encoded(wanted.text("user_data")),
      VSwitchId: wanted.text("vswitch_id"),
      PrivateIpAddress: wanted.text("private_ip"),
      SecondaryPrivateIpAddressCount: wanted.number("secondary_private_ip_address_count"),
      SecurityGroupIds: wanted.texts("security_groups"),
      NetworkInterfaceId: wanted.text("network_interface_id"),
      SecondaryNetworkInterfaceIds: wanted
        .blocks("network_interfaces")
        .flatMap((block) => block.text("network_interface_id") ?? []),
      SourceDestCheck: wanted.flag("source_dest_check"),
      InternetMaxBandwidthOut: wanted.number("internet_max_bandwidth_out"),
      SystemDiskCategory: wanted.text("system_disk_category"),
      SystemDiskSize: wanted.number("system_disk_size"),
      HttpTokens: wanted.text("http_tokens"),
      HttpEndpoint: wanted.text("http_endpoint"),
      MaintenanceAction: wanted.text("maintenance_action"),
      SpotStrategy: wanted.text("spot_strategy"),
      Tags: wanted.map("tags"),
    });
    data.setId(id);
    await waitForStatus(cloud, data, "create", "Running");
    if (wanted.flag("deletion_protection") === true) {
      await cloud.call(modifyInstanceAttribute, { InstanceId: id, DeletionProtection: true });
    }
    if (wanted.text("status") === "Stopped") await stop(cloud, data, "create");
  },

  async read(cloud, data) {
    const [found] = await cloud.call(describeInstances, { InstanceIds: [data.id] });
    if (found === undefined) return false;
    data.set(stateOf(cloud, found));
    return true;
  },

  async update(cloud, data) {
    const { wanted } = data;
    if (data.changed("vswitch_id", "private_ip")) {
      throw new ProviderError("a change of vswitch_id or private_ip is not simulated");
    }
    await updateTags(cloud, data, "Instance");
    if (data.changed("security_groups")) {
      const SecurityGroupIds = wanted.texts("security_groups");
      await cloud.call(modifyInstanceSecurityGroups, { InstanceId: data.id, SecurityGroupIds });
    }
    const plain = [
      "instance_name",
      "description",
      "host_name",
      "deletion_protection",
      "maintenance_action",
      "key_name",
    ];
    if (data.changed(...plain, "http_tokens", "http_endpoint")) {
      await cloud.call(modifyInstanceAttribute, {
        InstanceId: data.id,
        InstanceName: wanted.text("instance_name") ?? "",
        Description: wanted.text("description") ?? "",
        HostName: wanted.text("host_name") ?? "",
        DeletionProtection: wanted.flag("deletion_protection") ?? false,
        MaintenanceAction: wanted.text("maintenance_action") ?? "",
        KeyName: wanted.text("key_name") ?? "",
        HttpTokens: wanted.text("http_tokens") ?? "",
        HttpEndpoint: wanted.text("http_endpoint") ?? "",
      });
    }
    if (data.changed("user_data", "instance_type", "image_id")) await changeStopped(cloud, data);
    const status = wanted.text("status");
    if (data.changed("status") && status === "Stopped") await stop(cloud, data, "update");
    if (data.changed("status") && status === "Running") await start(cloud, data, "update");
  },

  async delete(cloud, data) {
    const timeoutSeconds = data.timeoutSeconds("delete");
    const codes = ["DependencyViolation.RouteEntry", "IncorrectInstanceStatus", "IncorrectInstanceStatus.Initializing"];
    await retry(cloud, { timeoutSeconds, codes }, async () => {
      await ifExists(["InvalidInstanceId.NotFound"], () => {
        return cloud.call(deleteInstance, { InstanceId: data.id, Force: true });
      });
    });
    const delaySeconds = 10;
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds, delaySeconds }, async () => {
      return (await cloud.call(describeInstances, { InstanceIds: [data.id] })).length === 0;
    });
  },
};

function stateOf(
  cloud: Cloud,
  { instance: found, primary, secondary }: FoundInstance,
): Parameters<ResourceData["set"]>[0] {
  return {
    availability_zone: found.ZoneId,
    cpu: 2,
    memory: 4096,
    create_time: found.CreationTime,
    deletion_protection: found.DeletionProtection,
    description: found.Description,
    host_name: found.HostName,
    http_endpoint: found.HttpEndpoint,
    http_tokens: found.HttpTokens,
    image_id: found.ImageId,
    instance_charge_type: "PostPaid",
    instance_name: found.InstanceName,
    instance_type: found.InstanceType,
    internet_charge_type: "PayByTraffic",
    internet_max_bandwidth_in: -1,
    internet_max_bandwidth_out: found.InternetMaxBandwidthOut,
    key_name: found.KeyName,
    maintenance_action: found.MaintenanceAction,
    network_interface_id: primary.id,
    network_interfaces: secondary.map((eni) => ({
      network_interface_id: eni.id,
      network_interface_traffic_mode: "Standard",
      security_group_ids: eni.SecurityGroupIds,
      source_dest_check: eni.SourceDestCheck,
      vswitch_id: eni.VSwitchId,
    })),
    os_name: "Alibaba Cloud Linux",
    os_type: "linux",
    primary_ip_address: primary.PrimaryIpAddress,
    private_ip: primary.PrimaryIpAddress,
    public_ip: found.PublicIp,
    secondary_private_ips: primary.SecondaryIpAddresses,
    secondary_private_ip_address_count: primary.SecondaryIpAddresses.length,
    security_groups: found.SecurityGroupIds,
    source_dest_check: primary.SourceDestCheck,
    spot_strategy: found.SpotStrategy,
    start_time: found.CreationTime,
    status: found.Status,
    stopped_mode: "Not-applicable",
    subnet_id: found.VSwitchId,
    system_disk_category: found.SystemDiskCategory,
    system_disk_id: `d-${regionOf(cloud)}-${found.id.slice(2)}`,
    system_disk_size: found.SystemDiskSize,
    tags: found.Tags,
    user_data: found.UserData,
    vpc_id: found.VpcId,
    vswitch_id: found.VSwitchId,
  };
}

/** Text that is base64 already goes as it is; anything else is encoded. */
function encoded(userData: string | undefined): string | undefined {
  if (userData === undefined) return undefined;
  const isBase64 = Buffer.from(userData, "base64").toString("base64") === userData;
  return isBase64 ? userData : Buffer.from(userData).toString("base64");
}

async function changeStopped(cloud: Cloud, data: ResourceData): Promise<void> {
  const { wanted } = data;
  await stop(cloud, data, "update");
  if (data.changed("user_data")) {
    const UserData = encoded(wanted.text("user_data")) ?? "";
    await cloud.call(modifyInstanceUserData, { InstanceId: data.id, UserData });
  }
  if (data.changed("instance_type", "image_id")) {
    await cloud.call(modifyInstanceAttribute, {
      InstanceId: data.id,
      InstanceType: wanted.text("instance_type") ?? "",
      ImageId: wanted.text("image_id") ?? "",
    });
  }
  await start(cloud, data, "update");
}

async function stop(cloud: Cloud, data: ResourceData, timeout: "create" | "update"): Promise<void> {
  await cloud.call(stopInstance, { InstanceId: data.id });
  await waitForStatus(cloud, data, timeout, "Stopped");
}

async function start(cloud: Cloud, data: ResourceData, timeout: "create" | "update"): Promise<void> {
  await cloud.call(startInstance, { InstanceId: data.id });
  await waitForStatus(cloud, data, timeout, "Running");
}

async function waitForStatus(
  cloud: Cloud,
  data: ResourceData,
  timeout: "create" | "update",
  status: string,
): Promise<void> {
  const timeoutSeconds = data.timeoutSeconds(timeout);
  await waitUntil(cloud, { what: `instance ${data.id} to be ${status}`, timeoutSeconds }, async () => {
    const [found] = await cloud.call(describeInstances, { InstanceIds: [data.id] });
    return found?.instance.Status === status;
  });
}
