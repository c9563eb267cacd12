import { createHash } from "node:crypto";
import { ProviderError } from "../../engine/api-error";
import type { DataSourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import type { ValueMap } from "../../engine/value";
import { freeAddressCount } from "../api/addresses";
import { describeEipAddresses } from "../api/eip";
import { describeImages } from "../api/images";
import { describeNatGateways } from "../api/nat-gateway";
import { vSwitches, type Tags } from "../api/tables";
import { describeVpcs } from "../api/vpc";
import { describeVSwitches } from "../api/vswitch";
import { describeZones } from "../api/zones";
import { regionOf } from "../../engine/region";

interface Candidate {
  readonly id: string;
  readonly name: string;
  readonly tags: Tags;
  /** What the filters of the same name compare. */
  readonly fields: Record<string, string>;
  readonly item: ValueMap;
}

/** alicloud_zones. */
export const zones: DataSourceBehaviour = async (cloud) => {
  const ids = await cloud.call(describeZones, { RegionId: regionOf(cloud) });
  return {
    id: hash(ids),
    ids,
    zones: ids.map((id) => ({
      id,
      local_name: id,
      available_disk_categories: ["cloud_essd", "cloud_efficiency"],
      available_instance_types: ["ecs.c7.large", "ecs.g7.large", "ecs.t6-c1m1.large"],
      available_resource_creation: ["VSwitch", "Instance", "Disk"],
      multi_zone_ids: [],
      slb_slave_zone_ids: [],
    })),
  };
};

/** alicloud_images. */
export const imageList: DataSourceBehaviour = async (cloud, config) => {
  const all = await cloud.call(describeImages, {});
  const pattern = regexOf(config);
  const wanted = { Architecture: config.text("architecture"), ImageOwnerAlias: config.text("owners") };
  const found = all
    .filter((image) => wanted.Architecture === undefined || image.Architecture === wanted.Architecture)
    .filter((image) => wanted.ImageOwnerAlias === undefined || image.ImageOwnerAlias === wanted.ImageOwnerAlias)
    .filter((image) => config.text("os_type") !== "windows" && (pattern?.test(image.ImageId) ?? true))
    .sort((left, right) => right.CreationTime.localeCompare(left.CreationTime));
  const kept = config.flag("most_recent") === true ? found.slice(0, 1) : found;
  const ids = kept.map(({ ImageId }) => ImageId);
  return {
    id: hash(ids),
    ids,
    images: kept.map((image) => ({
      architecture: image.Architecture,
      creation_time: image.CreationTime,
      disk_device_mappings: [],
      id: image.ImageId,
      image_id: image.ImageId,
      image_owner_alias: image.ImageOwnerAlias,
      is_support_io_optimized: true,
      name: image.ImageId,
      os_name: image.OSName,
      os_name_en: image.OSName,
      os_type: "linux",
      platform: image.Platform,
      progress: "100%",
      size: image.Size,
      state: "Available",
      status: "Available",
      tags: {},
      usage: "none",
    })),
  };
};

/** alicloud_vpcs. */
export const vpcList: DataSourceBehaviour = async (cloud, config) => {
  const all = await cloud.call(describeVpcs, {});
  const candidates = all.map((vpc): Candidate => {
    const vSwitchIds = vSwitches.list(cloud, { VpcId: vpc.id }).map(({ id }) => id);
    return {
      id: vpc.id,
      name: vpc.VpcName,
      tags: vpc.Tags,
      fields: { cidr_block: vpc.CidrBlock, status: vpc.Status, vpc_name: vpc.VpcName },
      item: {
        cidr_block: vpc.CidrBlock,
        creation_time: vpc.CreationTime,
        dns_hostname_status: vpc.DnsHostnameStatus,
        id: vpc.id,
        is_default: false,
        region_id: regionOf(cloud),
        resource_group_id: vpc.ResourceGroupId,
        route_table_id: vpc.RouterTableId,
        router_id: vpc.VRouterId,
        secondary_cidr_blocks: vpc.SecondaryCidrBlocks,
        status: vpc.Status,
        tags: vpc.Tags,
        user_cidrs: vpc.UserCidrs,
        vpc_id: vpc.id,
        vpc_name: vpc.VpcName,
        vrouter_id: vpc.VRouterId,
        vswitch_ids: vSwitchIds,
      },
    };
  });
  return { ...answer("vpcs", candidates, config), total_count: all.length };
};

/** alicloud_vswitches. */
export const vSwitchList: DataSourceBehaviour = async (cloud, config) => {
  const all = await cloud.call(describeVSwitches, {});
  const candidates = all.map((vSwitch): Candidate => {
    const { id, VSwitchName, CidrBlock, VpcId, ZoneId, RouteTableId, Status, CreationTime, Tags } = vSwitch;
    const fields = { cidr_block: CidrBlock, vpc_id: VpcId, zone_id: ZoneId, vswitch_name: VSwitchName };
    return {
      id,
      name: VSwitchName,
      tags: Tags,
      fields: { ...fields, route_table_id: RouteTableId, status: Status },
      item: {
        ...fields,
        id,
        vswitch_id: id,
        name: VSwitchName,
        available_ip_address_count: freeAddressCount(cloud, vSwitch),
        creation_time: CreationTime,
        enable_ipv6: false,
        is_default: false,
        route_table_id: RouteTableId,
        status: Status,
        tags: Tags,
      },
    };
  });
  return answer("vswitches", candidates, config);
};

/** alicloud_nat_gateways. */
export const natGatewayList: DataSourceBehaviour = async (cloud, config) => {
  const all = await cloud.call(describeNatGateways, {});
  const eips = await cloud.call(describeEipAddresses, {});
  const candidates = all.map((gateway): Candidate => {
    const fields = {
      nat_gateway_name: gateway.Name,
      nat_type: gateway.NatType,
      payment_type: "PayAsYouGo",
      status: gateway.Status,
      vpc_id: gateway.VpcId,
    };
    return {
      id: gateway.id,
      name: gateway.Name,
      tags: gateway.Tags,
      fields,
      item: {
        ...fields,
        business_status: "Normal",
        deletion_protection: gateway.DeletionProtection,
        ecs_metric_enabled: false,
        forward_table_ids: [gateway.ForwardTableId],
        snat_table_ids: [gateway.SnatTableId],
        id: gateway.id,
        nat_gateway_id: gateway.id,
        name: gateway.Name,
        internet_charge_type: gateway.InternetChargeType,
        ip_lists: eips.filter(({ InstanceId }) => InstanceId === gateway.id).map(({ IpAddress }) => IpAddress),
        network_type: gateway.NetworkType,
        resource_group_id: gateway.ResourceGroupId,
        spec: gateway.Spec,
        specification: gateway.Spec,
        tags: gateway.Tags,
        vswitch_id: gateway.VSwitchId,
      },
    };
  });
  return { ...answer("gateways", candidates, config), total_count: all.length };
};

/** alicloud_eip_addresses. */
export const eipAddressList: DataSourceBehaviour = async (cloud, config) => {
  const all = await cloud.call(describeEipAddresses, {});
  const candidates = all.map((eip): Candidate => {
    const fields = { address_name: eip.Name, ip_address: eip.IpAddress, isp: eip.ISP, status: eip.Status };
    const holder = { associated_instance_id: eip.InstanceId, associated_instance_type: eip.InstanceType };
    return {
      id: eip.id,
      name: eip.Name,
      tags: eip.Tags,
      fields: { ...fields, ...holder, payment_type: "PayAsYouGo" },
      item: {
        ...fields,
        id: eip.id,
        allocation_id: eip.id,
        available_regions: [regionOf(cloud)],
        bandwidth: eip.Bandwidth,
        bandwidth_package_id: eip.BandwidthPackageId,
        create_time: eip.AllocationTime,
        deletion_protection: eip.DeletionProtection,
        instance_id: eip.InstanceId,
        instance_type: eip.InstanceType,
        internet_charge_type: eip.InternetChargeType,
        operation_locks: [],
        payment_type: "PayAsYouGo",
        resource_group_id: eip.ResourceGroupId,
        tags: eip.Tags,
      },
    };
  });
  return answer("addresses", candidates, config);
};

/** Keeps what every filter of the configuration lets through. */
function answer(listName: string, candidates: readonly Candidate[], config: Attributes): ValueMap {
  const ids = config.texts("ids");
  const pattern = regexOf(config);
  const tags = Object.entries(config.map("tags"));
  const found = candidates.filter((candidate) => {
    const fields = Object.entries(candidate.fields);
    return (
      (ids.length === 0 || ids.includes(candidate.id)) &&
      (pattern?.test(candidate.name) ?? true) &&
      tags.every(([key, value]) => candidate.tags[key] === value) &&
      fields.every(([name, value]) => (configured(config, name) ?? value) === value)
    );
  });
  const foundIds = found.map(({ id }) => id);
  return {
    id: hash(foundIds),
    ids: foundIds,
    names: found.map(({ name }) => name),
    [listName]: found.map(({ item }) => item),
  };
}

function configured(config: Attributes, name: string): string | undefined {
  return config.has(name) ? config.text(name) : undefined;
}

function regexOf(config: Attributes): RegExp | undefined {
  const text = config.text("name_regex");
  if (text === undefined) return undefined;
  try {
    return new RegExp(text);
  } catch {
    throw new ProviderError(`name_regex: ${JSON.stringify(text)} is not a regular expression`);
  }
}

function hash(ids: readonly string[]): string {
  return createHash("sha256").update(ids.join(" ")).digest("hex").slice(0, 10);
}
