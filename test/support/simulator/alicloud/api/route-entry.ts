import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { contains, overlaps, parseBlock } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { requireBlock } from "./addresses";
import {
  instances,
  ipv4Gateways,
  natGateways,
  networkInterfaces,
  routeEntries,
  routeTables,
  vSwitches,
  type RouteEntry,
} from "./tables";

const ROUTES_PER_TABLE = 200;

interface RouteEntryRequest {
  RouteTableId: string;
  DestinationCidrBlock: string;
  NextHopType: string;
  NextHopId: string;
  RouteEntryName?: string | undefined;
  Description?: string | undefined;
}

export const createRouteEntry = changing(
  "CreateRouteEntry",
  (cloud, request: RouteEntryRequest) => {
    const table = routeTables.get(cloud, request.RouteTableId);
    checkDestination(cloud, table.VpcId, request.DestinationCidrBlock);
    checkNextHop(cloud, table.VpcId, request);
    const own = routeEntries.list(cloud, { RouteTableId: table.id });
    if (own.some(({ DestinationCidrBlock }) => DestinationCidrBlock === request.DestinationCidrBlock)) {
      const message = `A route entry already exists, which CIDR is '${request.DestinationCidrBlock}'.`;
      throw new ApiError("RouterEntryConflict.Duplicated", message);
    }
    if (own.length >= cloud.limit("routesPerTable", ROUTES_PER_TABLE)) {
      throw new ApiError("QuotaExceeded", "Route entry quota exceeded in this route table.");
    }
    const id = routeEntries.insert(cloud, {
      RouteTableId: table.id,
      DestinationCidrBlock: request.DestinationCidrBlock,
      NextHopType: request.NextHopType,
      NextHopId: request.NextHopId,
      RouteEntryName: request.RouteEntryName ?? "",
      Description: request.Description ?? "",
      Status: "Pending",
      AddedFor: "",
    });
    routeEntries.change(cloud, id, {}, { seconds: cloud.random.between(0.5, 3), attributes: { Status: "Available" } });
    return id;
  },
  { code: "TaskConflict", key: (_cloud, { RouteTableId }) => `routes of ${RouteTableId}` },
);

const NOT_ROUTABLE = "100.64.0.0/10";

function checkDestination(cloud: Cloud, VpcId: string, destination: string): void {
  const block = requireBlock(destination, "InvalidCidrBlock.Malformed");
  const reserved = parseBlock(NOT_ROUTABLE);
  if (reserved && overlaps(block, reserved) && block.prefix >= reserved.prefix) {
    throw new ApiError("InvalidCidrBlock", `The destination can't be in ${NOT_ROUTABLE}.`);
  }
  const around = vSwitches
    .list(cloud, { VpcId })
    .find(({ CidrBlock }) => contains(requireBlock(CidrBlock, "InvalidCidrBlock.Malformed"), block));
  if (around) throw new ApiError("InvalidCidrBlock", `The destination equals or lies in the block of ${around.id}.`);
}

function checkNextHop(cloud: Cloud, VpcId: string, { NextHopType, NextHopId }: RouteEntryRequest): void {
  const hops: Record<string, { VpcId: string } | undefined> = {
    Instance: instances.find(cloud, NextHopId),
    NetworkInterface: networkInterfaces.find(cloud, NextHopId),
    NatGateway: natGateways.find(cloud, NextHopId),
    Ipv4Gateway: ipv4Gateways.find(cloud, NextHopId),
  };
  if (!(NextHopType in hops)) throw new ApiError("InvalidNextHopType", `NextHopType ${NextHopType} is not simulated.`);
  if (hops[NextHopType]?.VpcId !== VpcId) {
    throw new ApiError("InvalidNextHop.NotFound", `The next hop ${NextHopId} does not exist in the VPC.`);
  }
}

export const describeRouteEntries = reading(
  "DescribeRouteTables",
  (cloud, { RouteTableId }: { RouteTableId: string }): { RouterId: string; entries: Row<RouteEntry>[] } => {
    const { RouterId } = routeTables.get(cloud, RouteTableId);
    return { RouterId, entries: routeEntries.list(cloud, { RouteTableId }) };
  },
);

export const deleteRouteEntry = changing(
  "DeleteRouteEntry",
  (cloud, request: { RouteTableId: string; DestinationCidrBlock: string; NextHopId: string }) => {
    const { RouteTableId, DestinationCidrBlock, NextHopId } = request;
    const [entry] = routeEntries.list(cloud, { RouteTableId, DestinationCidrBlock, NextHopId });
    if (entry === undefined) throw new ApiError("InvalidRouteEntry.NotFound", "The route entry does not exist.");
    if (entry.Status !== "Available") throw new ApiError("IncorrectRouteEntryStatus", "The entry is not Available.");
    routeEntries.removeLater(cloud, entry.id, cloud.random.between(0.5, 3), { Status: "Deleting" });
  },
  { code: "TaskConflict", key: (_cloud, { RouteTableId }) => `routes of ${RouteTableId}` },
);

/** Whether a user's route points to `id`; what is a next hop can't be deleted. */
export function isNextHop(cloud: Cloud, id: string): boolean {
  return routeEntries.list(cloud, { NextHopId: id }).some(({ AddedFor }) => AddedFor === "");
}
