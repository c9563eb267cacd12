import { ProviderError } from "../../engine/api-error";
import type { DataSourceBehaviour } from "../../engine/provider";
import type { Attributes } from "../../engine/resource-data";
import { regionOf } from "../../engine/region";
import type { ValueMap } from "../../engine/value";
import { listImages, type Image } from "../api/images";
import { listNatGateways } from "../api/nat-gateway";
import { listSubnets } from "../api/subnet";
import { PROJECT_ID } from "../api/tables";
import { listVpcs } from "../api/vpc";

/** opentelekomcloud_images_image_v2: one image; of several the newest, if that is asked for. */
export const image: DataSourceBehaviour = async (cloud, config) => {
  const name = config.text("name");
  const pattern = regexOf(config);
  const found = (await cloud.call(listImages, {}))
    .filter((candidate) => (name === undefined || candidate.name === name) && (pattern?.test(candidate.name) ?? true))
    .sort((one, other) => other.created_at.localeCompare(one.created_at));
  const kept = config.flag("most_recent") === true ? found.slice(0, 1) : found;
  return imageItem(theOne(kept, "image"));
};

function imageItem(found: Image): ValueMap {
  return {
    id: found.id,
    name: found.name,
    created_at: found.created_at,
    updated_at: found.created_at,
    container_format: "bare",
    disk_format: "zvhd2",
    file: `/v2/images/${found.id}/file`,
    image_type: "gold",
    min_disk: 4,
    min_ram: 0,
    os_bit: "64",
    os_type: "Linux",
    os_version: found.os_version,
    platform: found.platform,
    protected: true,
    schema: "/v2/schemas/image",
    size_bytes: 0,
    status: "active",
    tags: [],
    virtual_env_type: "FusionCompute",
    visibility: "public",
  };
}

/** opentelekomcloud_vpc_v1. */
export const vpcData: DataSourceBehaviour = async (cloud, config) => {
  const found = (await cloud.call(listVpcs, {})).map((vpc): ValueMap => {
    const { id, name, cidr, status, enable_shared_snat: shared } = vpc;
    return { id, name, cidr, status, shared, routes: [], region: regionOf(cloud) };
  });
  return theOne(matching(found, config, ["id", "name", "cidr", "status"]), "VPC");
};

/** opentelekomcloud_vpc_subnet_v1. */
export const subnetData: DataSourceBehaviour = async (cloud, config) => {
  const found = (await cloud.call(listSubnets, {})).map((subnet): ValueMap => ({
    id: subnet.id,
    name: subnet.name,
    cidr: subnet.cidr,
    vpc_id: subnet.vpc_id,
    gateway_ip: subnet.gateway_ip,
    dhcp_enable: subnet.dhcp_enable,
    dns_list: subnet.dns_list,
    primary_dns: subnet.primary_dns,
    secondary_dns: subnet.secondary_dns,
    availability_zone: subnet.availability_zone,
    network_id: subnet.id,
    subnet_id: subnet.neutron_subnet_id,
    status: subnet.status,
    region: regionOf(cloud),
  }));
  return theOne(matching(found, config, ["id", "name", "cidr", "vpc_id", "gateway_ip", "status"]), "subnet");
};

/** opentelekomcloud_nat_gateway_v2. */
export const natGatewayData: DataSourceBehaviour = async (cloud, config) => {
  const found = (await cloud.call(listNatGateways, {})).map((gateway): ValueMap => ({
    id: gateway.id,
    nat_id: gateway.id,
    name: gateway.name,
    description: gateway.description,
    spec: gateway.spec,
    router_id: gateway.router_id,
    internal_network_id: gateway.internal_network_id,
    admin_state_up: true,
    status: gateway.status,
    tenant_id: PROJECT_ID,
    region: regionOf(cloud),
  }));
  const names = ["nat_id", "name", "spec", "router_id", "internal_network_id", "status", "description"];
  return theOne(matching(found, config, names), "NAT gateway");
};

/** Keeps what has every value that the configuration names. */
function matching(candidates: readonly ValueMap[], config: Attributes, names: readonly string[]): ValueMap[] {
  return candidates.filter((candidate) => {
    return names.every((name) => (config.text(name) ?? candidate[name]) === candidate[name]);
  });
}

function theOne<T>(found: readonly T[], what: string): T {
  const [first] = found;
  if (first === undefined) {
    throw new ProviderError(`your query returned no ${what}. Please change your search criteria and try again`);
  }
  if (found.length > 1)
    throw new ProviderError(`your query returned more than one ${what}. Please try a more specific search`);
  return first;
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
