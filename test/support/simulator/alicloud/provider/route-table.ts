import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { retry, waitUntil } from "../../engine/waiting";
import {
  createRouteTable,
  deleteRouteTable,
  describeRouteTableList,
  modifyRouteTableAttributes,
} from "../api/route-table";
import { ifExists } from "../../engine/lookup";
import { updateTags } from "./tagging";

/** alicloud_route_table: its tags go with the create call. */
export const routeTable: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createRouteTable, {
      VpcId: wanted.requiredText("vpc_id"),
      RouteTableName: nameOf(data),
      Description: wanted.text("description"),
      AssociateType: wanted.text("associate_type"),
      Tags: wanted.map("tags"),
    });
    data.setId(id);
    await waitUntil(cloud, { what: `route table ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await describe(cloud, id))?.Status === "Available";
    });
  },

  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      associate_type: found.AssociateType,
      create_time: found.CreationTime,
      description: found.Description,
      name: found.RouteTableName,
      route_table_name: found.RouteTableName,
      resource_group_id: found.ResourceGroupId,
      route_propagation_enable: true,
      status: found.Status,
      tags: found.Tags,
      vpc_id: found.VpcId,
    });
    return true;
  },

  async update(cloud, data) {
    if (data.changed("route_table_name", "name", "description")) {
      await cloud.call(modifyRouteTableAttributes, {
        RouteTableId: data.id,
        RouteTableName: nameOf(data) ?? "",
        Description: data.wanted.text("description") ?? "",
      });
    }
    await updateTags(cloud, data, "RouteTable");
  },

  async delete(cloud, data) {
    const timeoutSeconds = data.timeoutSeconds("delete");
    await retry(cloud, { timeoutSeconds, codes: ["OperationConflict", "IncorrectRouteTableStatus"] }, async () => {
      await ifExists(["InvalidRouteTableId.NotFound"], () => {
        return cloud.call(deleteRouteTable, { RouteTableId: data.id });
      });
    });
    const delaySeconds = 10;
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds, delaySeconds }, async () => {
      return (await describe(cloud, data.id)) === undefined;
    });
  },
};

async function describe(
  cloud: Cloud,
  RouteTableId: string,
): Promise<ReturnType<typeof describeRouteTableList.act>[0] | undefined> {
  return (await cloud.call(describeRouteTableList, { RouteTableId }))[0];
}

function nameOf(data: ResourceData): string | undefined {
  const usesOld = data.changed("name") && !data.changed("route_table_name");
  return data.wanted.text(usesOld ? "name" : "route_table_name");
}
