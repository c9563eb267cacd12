import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { retry, waitUntil } from "../../engine/waiting";
import {
  associateVpcCidrBlock,
  createVpc,
  deleteVpc,
  describeVpcAttribute,
  modifyVpcAttribute,
  unassociateVpcCidrBlock,
} from "../api/vpc";
import { describeRouteTableList, modifyRouteTableAttributes } from "../api/route-table";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { updateTags } from "./tagging";

/** alicloud_vpc: its tags go with the create call. */
export const vpc: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createVpc, {
      CidrBlock: wanted.text("cidr_block"),
      VpcName: nameOf(data),
      Description: wanted.text("description"),
      ResourceGroupId: wanted.text("resource_group_id"),
      UserCidr: wanted.texts("user_cidrs"),
      DnsHostnameStatus: wanted.text("dns_hostname_status"),
      Tags: wanted.map("tags"),
    });
    data.setId(id);
    await waitUntil(cloud, { what: `VPC ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await cloud.call(describeVpcAttribute, { VpcId: id })).Status === "Available";
    });
    await updateSecondaryBlocks(cloud, data);
    await updateSystemTable(cloud, data);
  },

  async read(cloud, data) {
    const found = await ifExists(["InvalidVpcID.NotFound"], () => cloud.call(describeVpcAttribute, { VpcId: data.id }));
    if (found === undefined) return false;
    const [table] = await cloud.call(describeRouteTableList, { VpcId: data.id });
    data.set({
      cidr_block: found.CidrBlock,
      create_time: found.CreationTime,
      description: found.Description,
      dns_hostname_status: found.DnsHostnameStatus,
      enable_ipv6: false,
      ipv6_cidr_block: "",
      ipv6_cidr_blocks: [],
      ipv6_isp: "",
      is_default: false,
      name: found.VpcName,
      vpc_name: found.VpcName,
      region_id: regionOf(cloud),
      resource_group_id: found.ResourceGroupId,
      route_table_id: table?.id,
      router_table_id: table?.id,
      router_id: found.VRouterId,
      secondary_cidr_blocks: found.SecondaryCidrBlocks,
      status: found.Status,
      system_route_table_description: table?.Description,
      system_route_table_name: table?.RouteTableName,
      system_route_table_route_propagation_enable: true,
      tags: found.Tags,
      user_cidrs: found.UserCidrs,
    });
    return true;
  },

  async update(cloud, data) {
    if (data.changed("vpc_name", "name", "description", "cidr_block")) {
      await cloud.call(modifyVpcAttribute, {
        VpcId: data.id,
        VpcName: nameOf(data),
        Description: data.wanted.text("description") ?? "",
        ...(data.changed("cidr_block") && { CidrBlock: data.wanted.text("cidr_block") }),
      });
    }
    await updateSecondaryBlocks(cloud, data);
    await updateSystemTable(cloud, data);
    await updateTags(cloud, data, "Vpc");
  },

  async delete(cloud, data) {
    const codes = ["DependencyViolation.VSwitch", "DependencyViolation.SecurityGroup", "IncorrectVpcStatus"];
    await retry(cloud, { timeoutSeconds: data.timeoutSeconds("delete"), codes }, async () => {
      await ifExists(["InvalidVpcID.NotFound"], () => cloud.call(deleteVpc, { VpcId: data.id }));
    });
  },
};

/** The current name argument, or the deprecated one when that is what changed. */
function nameOf(data: ResourceData): string | undefined {
  return data.changed("name") && !data.changed("vpc_name") ? data.wanted.text("name") : data.wanted.text("vpc_name");
}

async function updateSecondaryBlocks(cloud: Cloud, data: ResourceData): Promise<void> {
  if (!data.changed("secondary_cidr_blocks")) return;
  const before = data.prior.texts("secondary_cidr_blocks");
  const wanted = data.wanted.texts("secondary_cidr_blocks");
  for (const SecondaryCidrBlock of before.filter((cidr) => !wanted.includes(cidr))) {
    await cloud.call(unassociateVpcCidrBlock, { VpcId: data.id, SecondaryCidrBlock });
  }
  for (const SecondaryCidrBlock of wanted.filter((cidr) => !before.includes(cidr))) {
    await cloud.call(associateVpcCidrBlock, { VpcId: data.id, SecondaryCidrBlock });
  }
}

async function updateSystemTable(cloud: Cloud, data: ResourceData): Promise<void> {
  if (!data.changed("system_route_table_name", "system_route_table_description")) return;
  const [table] = await cloud.call(describeRouteTableList, { VpcId: data.id });
  await cloud.call(modifyRouteTableAttributes, {
    RouteTableId: table?.id ?? "",
    RouteTableName: data.wanted.text("system_route_table_name") ?? "",
    Description: data.wanted.text("system_route_table_description") ?? "",
  });
}
