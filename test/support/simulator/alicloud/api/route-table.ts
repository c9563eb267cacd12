import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Row } from "../../engine/table";
import { checkDescription, checkName } from "./names";
import {
  creationTime,
  DEFAULT_RESOURCE_GROUP,
  routeEntries,
  routeTables,
  vpcs,
  vSwitches,
  type RouteTable,
  type Tags,
} from "./tables";

interface CreateRouteTableRequest {
  VpcId: string;
  RouteTableName?: string | undefined;
  Description?: string | undefined;
  AssociateType?: string | undefined;
  Tags: Tags;
}

export const createRouteTable = changing("CreateRouteTable", (cloud, request: CreateRouteTableRequest) => {
  checkName(request.RouteTableName ?? "", "InvalidName.Malformed");
  checkDescription(request.Description ?? "");
  const vpc = vpcs.get(cloud, request.VpcId);
  const id = routeTables.insert(cloud, {
    RouteTableName: request.RouteTableName ?? "",
    Description: request.Description ?? "",
    RouteTableType: "Custom",
    VpcId: vpc.id,
    RouterId: vpc.VRouterId,
    AssociateType: request.AssociateType ?? "VSwitch",
    ResourceGroupId: DEFAULT_RESOURCE_GROUP,
    Status: "Pending",
    CreationTime: creationTime(),
    Tags: request.Tags,
  });
  routeTables.change(cloud, id, {}, { seconds: cloud.random.between(1, 4), attributes: { Status: "Available" } });
  return id;
});

interface RouteTableFilter {
  RouteTableId?: string;
  VpcId?: string;
}

/** Route tables with the ids of the vSwitches that use them. */
export const describeRouteTableList = reading(
  "DescribeRouteTableList",
  (cloud, filter: RouteTableFilter): (Row<RouteTable> & { VSwitchIds: string[] })[] => {
    const found = routeTables.list(cloud, filter.VpcId === undefined ? {} : { VpcId: filter.VpcId });
    return found
      .filter(({ id }) => filter.RouteTableId === undefined || id === filter.RouteTableId)
      .map((table) => ({
        ...table,
        VSwitchIds: vSwitches.list(cloud, { RouteTableId: table.id }).map(({ id }) => id),
      }));
  },
);

interface ModifyRouteTableRequest {
  RouteTableId: string;
  RouteTableName: string;
  Description: string;
}

export const modifyRouteTableAttributes = changing(
  "ModifyRouteTableAttributes",
  (cloud, request: ModifyRouteTableRequest) => {
    routeTables.get(cloud, request.RouteTableId);
    checkName(request.RouteTableName, "InvalidName.Malformed");
    checkDescription(request.Description);
    const { RouteTableName, Description } = request;
    routeTables.change(cloud, request.RouteTableId, { RouteTableName, Description });
  },
);

/** Deletes a route table that no vSwitch uses and that holds no route. */
export const deleteRouteTable = changing("DeleteRouteTable", (cloud, { RouteTableId }: { RouteTableId: string }) => {
  routeTables.get(cloud, RouteTableId);
  if (vSwitches.list(cloud, { RouteTableId }).length > 0) {
    throw new ApiError("DependencyViolation.VSwitch", "A vSwitch is associated with the route table.");
  }
  if (routeEntries.list(cloud, { RouteTableId }).length > 0) {
    throw new ApiError("DependencyViolation.RouteEntry", "The route table holds routes.");
  }
  routeTables.remove(cloud, RouteTableId);
});

interface AssociationRequest {
  RouteTableId: string;
  VSwitchId: string;
}

/** Associates a vSwitch with a custom route table; the vSwitch is Pending for a while. */
export const associateRouteTable = changing("AssociateRouteTable", (cloud, request: AssociationRequest) => {
  const table = routeTables.get(cloud, request.RouteTableId);
  const vSwitch = vSwitches.get(cloud, request.VSwitchId);
  if (vSwitch.VpcId !== table.VpcId || table.RouteTableType === "System") {
    throw new ApiError("OperationFailed.AssociateRouteTable", "It takes a custom route table of the vSwitch's VPC.");
  }
  if (vSwitch.Status !== "Available") throw new ApiError("IncorrectVSwitchStatus", "The vSwitch is not Available.");
  const later = { seconds: cloud.random.between(1, 4), attributes: { Status: "Available" } };
  vSwitches.change(cloud, vSwitch.id, { RouteTableId: table.id, Status: "Pending" }, later);
});

/** Gives a vSwitch back to the system route table of its VPC. */
export const unassociateRouteTable = changing("UnassociateRouteTable", (cloud, request: AssociationRequest) => {
  const vSwitch = vSwitches.get(cloud, request.VSwitchId);
  if (vSwitch.RouteTableId !== request.RouteTableId) {
    throw new ApiError("InvalidRouteTableId.NotFound", "The vSwitch uses another route table.");
  }
  if (vSwitch.Status !== "Available") throw new ApiError("IncorrectVSwitchStatus", "The vSwitch is not Available.");
  const { RouterTableId } = vpcs.get(cloud, vSwitch.VpcId);
  const later = { seconds: cloud.random.between(1, 4), attributes: { Status: "Available" } };
  vSwitches.change(cloud, vSwitch.id, { RouteTableId: RouterTableId, Status: "Pending" }, later);
});
