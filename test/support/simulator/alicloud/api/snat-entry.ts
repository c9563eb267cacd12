import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { isInVpc, requireBlock } from "./addresses";
import { checkStrictName } from "./names";
import { addresses, eipOnGateway, entriesOf, gatewayLock, isBarredBySnat } from "./nat-entries";
import { gatewayOfTable } from "./nat-gateway";
import { snatEntries, vpcs, vSwitches, type NatGateway } from "./tables";

const ENTRIES_PER_TABLE = 40;

interface CreateSnatEntryRequest {
  SnatTableId: string;
  SnatIp: string;
  SnatEntryName?: string | undefined;
  SourceCIDR?: string | undefined;
  SourceVSwitchId?: string | undefined;
  EipAffinity?: number | undefined;
}

export const createSnatEntry = changing(
  "CreateSnatEntry",
  (cloud, request: CreateSnatEntryRequest) => {
    const gateway = gatewayOfTable(cloud, "SnatTableId", request.SnatTableId);
    checkStrictName(request.SnatEntryName ?? "");
    if (gateway.Status !== "Available") throw new ApiError("IncorrectStatus.NATGW", "The gateway is not Available.");
    checkSource(cloud, gateway, request);
    checkAddresses(cloud, gateway, request.SnatIp);
    const quota = cloud.limit("snatEntriesPerTable", ENTRIES_PER_TABLE);
    if (snatEntries.list(cloud, { SnatTableId: request.SnatTableId }).length >= quota) {
      throw new ApiError("Forbidden.SnatEntryCountLimited", "The SNAT table has as many entries as its quota allows.");
    }
    const id = snatEntries.insert(cloud, {
      SnatTableId: request.SnatTableId,
      SnatEntryName: request.SnatEntryName ?? "",
      SnatIp: request.SnatIp,
      SourceCIDR: request.SourceCIDR ?? vSwitches.get(cloud, request.SourceVSwitchId).CidrBlock,
      SourceVSwitchId: request.SourceVSwitchId ?? "",
      EipAffinity: request.EipAffinity ?? 0,
      Status: "Pending",
    });
    snatEntries.change(cloud, id, {}, { seconds: cloud.random.between(0.5, 3), attributes: { Status: "Available" } });
    return id;
  },
  gatewayLock("SnatTableId"),
);

function checkSource(cloud: Cloud, gateway: Row<NatGateway>, request: CreateSnatEntryRequest): void {
  const { SourceCIDR, SourceVSwitchId, SnatTableId } = request;
  if ((SourceCIDR === undefined) === (SourceVSwitchId === undefined)) {
    throw new ApiError("MissingParameter", "Exactly one of SourceCIDR and SourceVSwitchId is needed.");
  }
  const others = snatEntries.list(cloud, { SnatTableId });
  if (SourceVSwitchId !== undefined) {
    const vSwitch = vSwitches.get(cloud, SourceVSwitchId);
    if (vSwitch.VpcId !== gateway.VpcId) {
      throw new ApiError("INVALID_PARAMETER", "The vSwitch is in another VPC than the NAT gateway.");
    }
    if (snatEntries.list(cloud, { SourceVSwitchId }).length > 0) {
      throw new ApiError("Forbidden.SourceVSwitchId.Duplicated", "The vSwitch is in another SNAT entry already.");
    }
    checkFree(others, vSwitch.CidrBlock);
  }
  if (SourceCIDR !== undefined) {
    const block = requireBlock(SourceCIDR, "InvalidSourceCIDR.Malformed");
    if (!isInVpc(vpcs.get(cloud, gateway.VpcId), block)) {
      throw new ApiError("NOT_ALLOW_USE_SOURCECIDR", `${SourceCIDR} is outside the VPC.`);
    }
    checkFree(others, SourceCIDR);
  }
}

function checkFree(others: { SourceCIDR: string }[], cidr: string): void {
  if (others.some(({ SourceCIDR }) => SourceCIDR === cidr)) {
    throw new ApiError("OperationUnsupported.CidrConflict", `An SNAT entry for ${cidr} exists already.`);
  }
}

function checkAddresses(cloud: Cloud, gateway: Row<NatGateway>, SnatIp: string): void {
  const all = addresses({ SnatIp });
  if (new Set(all).size !== all.length) throw new ApiError("InvalidSnatIp.Malformed", "An address is given twice.");
  for (const address of all) {
    const eip = eipOnGateway(cloud, gateway.id, address, "EIP_NOT_IN_GATEWAY");
    if (entriesOf(cloud, eip).forward.some(isBarredBySnat)) {
      const message = `${address} serves a DNAT entry with Any Port, or with a port above 1024 and its limits kept.`;
      throw new ApiError("Forbidden.IpUsedInForwardTable", message);
    }
  }
}

/** The entries of a table; refused when the table is gone with its gateway. */
export const describeSnatTableEntries = reading(
  "DescribeSnatTableEntries",
  (cloud, { SnatTableId, SnatEntryId }: { SnatTableId: string; SnatEntryId: string }) => {
    gatewayOfTable(cloud, "SnatTableId", SnatTableId);
    return snatEntries.list(cloud, { SnatTableId }).filter(({ id }) => id === SnatEntryId);
  },
);

interface ModifySnatEntryRequest {
  SnatTableId: string;
  SnatEntryId: string;
  SnatIp?: string | undefined;
  SnatEntryName?: string | undefined;
  EipAffinity?: number | undefined;
}

export const modifySnatEntry = changing("ModifySnatEntry", (cloud, request: ModifySnatEntryRequest) => {
  const gateway = gatewayOfTable(cloud, "SnatTableId", request.SnatTableId);
  const entry = snatEntries.get(cloud, request.SnatEntryId);
  const { SnatIp = entry.SnatIp, SnatEntryName = entry.SnatEntryName, EipAffinity = entry.EipAffinity } = request;
  checkStrictName(SnatEntryName);
  checkAddresses(cloud, gateway, SnatIp);
  const later = { seconds: cloud.random.between(0.5, 2), attributes: { Status: "Available" } };
  snatEntries.change(cloud, entry.id, { SnatIp, SnatEntryName, EipAffinity, Status: "Modifying" }, later);
});

export const deleteSnatEntry = changing(
  "DeleteSnatEntry",
  (cloud, { SnatTableId, SnatEntryId }: { SnatTableId: string; SnatEntryId: string }) => {
    gatewayOfTable(cloud, "SnatTableId", SnatTableId);
    const entry = snatEntries.get(cloud, SnatEntryId);
    if (entry.Status !== "Available") throw new ApiError("IncorretSnatEntryStatus", `The entry is ${entry.Status}.`);
    snatEntries.removeLater(cloud, entry.id, cloud.random.between(0.5, 3), { Status: "Deleting" });
  },
  gatewayLock("SnatTableId"),
);
