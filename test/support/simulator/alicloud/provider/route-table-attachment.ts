import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import { retry, waitUntil } from "../../engine/waiting";
import { associateRouteTable, describeRouteTableList, unassociateRouteTable } from "../api/route-table";
import { describeVSwitchAttributes } from "../api/vswitch";
import { ifExists } from "../../engine/lookup";

const BUSY = ["OperationConflict", "IncorrectRouteTableStatus", "IncorrectVSwitchStatus", "TaskConflict"];
const GONE = ["InvalidRouteTableId.NotFound", "InvalidVSwitchId.NotFound"];

/** alicloud_route_table_attachment: the vSwitch is Pending for a while. */
export const routeTableAttachment: ResourceBehaviour = {
  async create(cloud, data) {
    const RouteTableId = data.wanted.requiredText("route_table_id");
    const VSwitchId = data.wanted.requiredText("vswitch_id");
    const timeoutSeconds = data.timeoutSeconds("create");
    await retry(cloud, { timeoutSeconds, codes: BUSY }, () => {
      return cloud.call(associateRouteTable, { RouteTableId, VSwitchId });
    });
    data.setId(`${RouteTableId}:${VSwitchId}`);
    await waitUntil(cloud, { what: data.id, timeoutSeconds }, async () => {
      return (await cloud.call(describeVSwitchAttributes, { VSwitchId })).Status === "Available";
    });
  },

  async read(cloud, data) {
    if (!(await isAttached(cloud, data.id))) return false;
    const [routeTableId = "", vSwitchId = ""] = data.id.split(":");
    data.set({ route_table_id: routeTableId, vswitch_id: vSwitchId, status: "Available" });
    return true;
  },

  async delete(cloud, data) {
    const [RouteTableId = "", VSwitchId = ""] = data.id.split(":");
    const timeoutSeconds = data.timeoutSeconds("delete");
    await retry(cloud, { timeoutSeconds, codes: BUSY }, async () => {
      await ifExists(GONE, () => cloud.call(unassociateRouteTable, { RouteTableId, VSwitchId }));
    });
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds }, async () => {
      return !(await isAttached(cloud, data.id));
    });
  },
};

async function isAttached(cloud: Cloud, id: string): Promise<boolean> {
  const [RouteTableId = "", VSwitchId = ""] = id.split(":");
  const [table] = await cloud.call(describeRouteTableList, { RouteTableId });
  return table?.VSwitchIds.includes(VSwitchId) ?? false;
}
