import { ProviderError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { Row } from "../../engine/table";
import { isExpected, Mutex, retry, waitUntil } from "../../engine/waiting";
import { createRouteEntry, deleteRouteEntry, describeRouteEntries } from "../api/route-entry";
import type { RouteEntry } from "../api/tables";
import { ifExists } from "../../engine/lookup";

const BUSY = ["TaskConflict", "IncorrectRouteEntryStatus", "IncorrectVpcStatus", "OperationConflict"];
const DUPLICATE = ["RouterEntryConflict.Duplicated", "InvalidCIDRBlock.Duplicate"];

// The provider makes and deletes one route at a time in the whole process.
const oneAtATime = new Mutex();

/** alicloud_route_entry: its id is `table:router:destination:type:next hop`; any change replaces it. */
export const routeEntry: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const request = {
      RouteTableId: wanted.requiredText("route_table_id"),
      DestinationCidrBlock: wanted.text("destination_cidrblock") ?? "",
      NextHopType: wanted.text("nexthop_type") ?? "",
      NextHopId: wanted.text("nexthop_id") ?? "",
      RouteEntryName: wanted.text("name"),
      Description: wanted.text("description"),
    };
    const timeoutSeconds = data.timeoutSeconds("create");
    const { RouterId } = await cloud.call(describeRouteEntries, { RouteTableId: request.RouteTableId });
    const { RouteTableId, DestinationCidrBlock, NextHopType, NextHopId } = request;
    const id = [RouteTableId, RouterId, DestinationCidrBlock, NextHopType, NextHopId].join(":");
    await oneAtATime.run(async () => {
      try {
        await retry(cloud, { timeoutSeconds, codes: BUSY }, () => cloud.call(createRouteEntry, request));
      } catch (error) {
        if (!isExpected(error, DUPLICATE)) throw error;
        throw new ProviderError(`${error.code}: the route ${DestinationCidrBlock} exists already, please import ${id}`);
      }
    });
    data.setId(id);
    await waitUntil(cloud, { what: `route ${id}`, timeoutSeconds }, async () => {
      return (await describe(cloud, id))?.entry.Status === "Available";
    });
  },

  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      description: found.entry.Description,
      destination_cidrblock: found.entry.DestinationCidrBlock,
      name: found.entry.RouteEntryName,
      nexthop_id: found.entry.NextHopId,
      nexthop_type: found.entry.NextHopType,
      route_table_id: found.entry.RouteTableId,
      router_id: found.RouterId,
    });
    return true;
  },

  async delete(cloud, data) {
    const { RouteTableId, DestinationCidrBlock, NextHopId } = parse(data.id);
    const timeoutSeconds = data.timeoutSeconds("delete");
    await oneAtATime.run(async () => {
      await retry(cloud, { timeoutSeconds, codes: BUSY }, async () => {
        await ifExists(["InvalidRouteEntry.NotFound"], () => {
          return cloud.call(deleteRouteEntry, { RouteTableId, DestinationCidrBlock, NextHopId });
        });
      });
    });
    const delaySeconds = 3;
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds, delaySeconds }, async () => {
      return (await describe(cloud, data.id)) === undefined;
    });
  },
};

function parse(id: string): { RouteTableId: string; DestinationCidrBlock: string; NextHopId: string } {
  const [RouteTableId = "", , DestinationCidrBlock = "", , NextHopId = ""] = id.split(":");
  return { RouteTableId, DestinationCidrBlock, NextHopId };
}

async function describe(cloud: Cloud, id: string): Promise<{ RouterId: string; entry: Row<RouteEntry> } | undefined> {
  const { RouteTableId, DestinationCidrBlock, NextHopId } = parse(id);
  const found = await ifExists(["InvalidRouteTableId.NotFound"], () =>
    cloud.call(describeRouteEntries, { RouteTableId }),
  );
  const entry = found?.entries.find((item) => {
    return item.DestinationCidrBlock === DestinationCidrBlock && item.NextHopId === NextHopId;
  });
  return found && entry && { RouterId: found.RouterId, entry };
}
