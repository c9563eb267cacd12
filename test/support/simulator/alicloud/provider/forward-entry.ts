import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import type { Row } from "../../engine/table";
import { retry, waitUntil } from "../../engine/waiting";
import {
  createForwardEntry,
  deleteForwardEntry,
  describeForwardTableEntries,
  modifyForwardEntry,
} from "../api/forward-entry";
import type { ForwardEntry } from "../api/tables";
import { ifExists } from "../../engine/lookup";

/** alicloud_forward_entry: it can't be read any more when its gateway is gone. */
export const forwardEntry: ResourceBehaviour = {
  async create(cloud, data) {
    const ForwardTableId = data.wanted.requiredText("forward_table_id");
    const timeoutSeconds = data.timeoutSeconds("create");
    const codes = [
      "OperationConflict",
      "TaskConflict",
      "OperationUnsupported.EipInBinding",
      "IncorrectStatus",
      "InvalidIp.NotInNatgw",
    ];
    const entryId = await retry(cloud, { timeoutSeconds, codes }, () =>
      cloud.call(createForwardEntry, requestOf(data)),
    );
    data.setId(`${ForwardTableId}:${entryId}`);
    await waitUntil(cloud, { what: `DNAT entry ${entryId}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id))?.Status === "Available";
    });
  },

  // port_break is never read back.
  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      external_ip: found.ExternalIp,
      external_port: found.ExternalPort,
      forward_entry_id: found.id,
      forward_entry_name: found.ForwardEntryName,
      name: found.ForwardEntryName,
      forward_table_id: found.ForwardTableId,
      internal_ip: found.InternalIp,
      internal_port: found.InternalPort,
      ip_protocol: found.IpProtocol,
      status: found.Status,
    });
    return true;
  },

  // A change of port_break alone calls nothing.
  async update(cloud, data) {
    const sent = ["external_ip", "external_port", "internal_ip", "internal_port", "ip_protocol"];
    if (!data.changed(...sent, "forward_entry_name", "name")) return;
    const [, ForwardEntryId = ""] = data.id.split(":");
    const timeoutSeconds = data.timeoutSeconds("update");
    const codes = ["OperationUnsupported.EipInBinding", "IncorretForwardEntryStatus"];
    const request = { ...requestOf(data), ForwardEntryId };
    await retry(cloud, { timeoutSeconds, codes }, () => cloud.call(modifyForwardEntry, request));
    await waitUntil(cloud, { what: `DNAT entry ${ForwardEntryId}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id))?.Status === "Available";
    });
  },

  async delete(cloud, data) {
    const [ForwardTableId = "", ForwardEntryId = ""] = data.id.split(":");
    const timeoutSeconds = data.timeoutSeconds("delete");
    const codes = ["IncorrectStatus.NATGW", "OperationConflict", "UnknownError"];
    const gone = ["InvalidForwardEntryId.NotFound", "InvalidForwardTableId.NotFound"];
    await retry(cloud, { timeoutSeconds, codes }, async () => {
      await ifExists(gone, () => cloud.call(deleteForwardEntry, { ForwardTableId, ForwardEntryId }));
    });
    const delaySeconds = 3;
    await waitUntil(cloud, { what: `the end of ${ForwardEntryId}`, timeoutSeconds, delaySeconds }, async () => {
      return (await ifExists(gone, () => describe(cloud, data.id))) === undefined;
    });
  },
};

function requestOf(data: ResourceData): Omit<ForwardEntry, "Status"> {
  const { wanted } = data;
  const usesOldName = data.changed("name") && !data.changed("forward_entry_name");
  return {
    ForwardTableId: wanted.requiredText("forward_table_id"),
    ForwardEntryName: wanted.text(usesOldName ? "name" : "forward_entry_name") ?? "",
    ExternalIp: wanted.text("external_ip") ?? "",
    ExternalPort: wanted.text("external_port") ?? "",
    InternalIp: wanted.text("internal_ip") ?? "",
    InternalPort: wanted.text("internal_port") ?? "",
    IpProtocol: wanted.text("ip_protocol") ?? "",
    PortBreak: wanted.flag("port_break") ?? false,
  };
}

async function describe(cloud: Cloud, id: string): Promise<Row<ForwardEntry> | undefined> {
  const [ForwardTableId = "", ForwardEntryId = ""] = id.split(":");
  return (await cloud.call(describeForwardTableEntries, { ForwardTableId, ForwardEntryId }))[0];
}
