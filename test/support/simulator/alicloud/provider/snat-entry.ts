import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { Row } from "../../engine/table";
import { retry, waitUntil } from "../../engine/waiting";
import { createSnatEntry, deleteSnatEntry, describeSnatTableEntries, modifySnatEntry } from "../api/snat-entry";
import type { SnatEntry } from "../api/tables";
import { ifExists } from "../../engine/lookup";

const GONE = ["InvalidSnatTableId.NotFound", "InvalidSnatEntryId.NotFound"];

/** alicloud_snat_entry: a create waits out an EIP that is being bound, a change does not. */
export const snatEntry: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const SnatTableId = wanted.requiredText("snat_table_id");
    const request = {
      SnatTableId,
      SnatIp: wanted.requiredText("snat_ip"),
      SnatEntryName: wanted.text("snat_entry_name"),
      SourceCIDR: wanted.text("source_cidr"),
      SourceVSwitchId: wanted.text("source_vswitch_id"),
      EipAffinity: wanted.number("eip_affinity"),
    };
    const timeoutSeconds = data.timeoutSeconds("create");
    const codes = [
      "EIP_NOT_IN_GATEWAY",
      "OperationUnsupported.EipNatBWPCheck",
      "OperationUnsupported.EipInBinding",
      "InternalError",
      "IncorrectStatus.NATGW",
      "OperationConflict",
      "OperationUnsupported.EipNatGWCheck",
    ];
    const entryId = await retry(cloud, { timeoutSeconds, codes }, () => cloud.call(createSnatEntry, request));
    data.setId(`${SnatTableId}:${entryId}`);
    await waitUntil(cloud, { what: `SNAT entry ${entryId}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id))?.Status === "Available";
    });
  },

  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      eip_affinity: found.EipAffinity,
      snat_entry_id: found.id,
      snat_entry_name: found.SnatEntryName,
      snat_ip: found.SnatIp,
      snat_table_id: found.SnatTableId,
      source_cidr: found.SourceCIDR,
      source_vswitch_id: found.SourceVSwitchId,
      status: found.Status,
    });
    return true;
  },

  async update(cloud, data) {
    if (!data.changed("snat_ip", "snat_entry_name", "eip_affinity")) return;
    const { wanted } = data;
    const [SnatTableId = "", SnatEntryId = ""] = data.id.split(":");
    const request = {
      SnatTableId,
      SnatEntryId,
      SnatIp: wanted.requiredText("snat_ip"),
      SnatEntryName: wanted.text("snat_entry_name") ?? "",
      EipAffinity: wanted.number("eip_affinity") ?? 0,
    };
    const timeoutSeconds = data.timeoutSeconds("update");
    await retry(cloud, { timeoutSeconds, codes: ["IncorrectStatus.NATGW"] }, () =>
      cloud.call(modifySnatEntry, request),
    );
    await waitUntil(cloud, { what: `SNAT entry ${SnatEntryId}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id))?.Status === "Available";
    });
  },

  async delete(cloud, data) {
    const [SnatTableId = "", SnatEntryId = ""] = data.id.split(":");
    const timeoutSeconds = data.timeoutSeconds("delete");
    const codes = ["IncorretSnatEntryStatus", "IncorrectStatus.NATGW", "OperationConflict"];
    await retry(cloud, { timeoutSeconds, codes }, async () => {
      await ifExists(GONE, () => cloud.call(deleteSnatEntry, { SnatTableId, SnatEntryId }));
    });
    const delaySeconds = 3;
    await waitUntil(cloud, { what: `the end of ${SnatEntryId}`, timeoutSeconds, delaySeconds }, async () => {
      return (await describe(cloud, data.id)) === undefined;
    });
  },
};

async function describe(cloud: Cloud, id: string): Promise<Row<SnatEntry> | undefined> {
  const [SnatTableId = "", SnatEntryId = ""] = id.split(":");
  const found = await ifExists(GONE, () => cloud.call(describeSnatTableEntries, { SnatTableId, SnatEntryId }));
  return found?.[0];
}
