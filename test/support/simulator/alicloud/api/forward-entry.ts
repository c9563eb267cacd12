import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { parseAddress, single } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { isInVpc } from "./addresses";
import { checkStrictName } from "./names";
import { eipOnGateway, entriesOf, gatewayLock, isBarredBySnat } from "./nat-entries";
import { gatewayOfTable } from "./nat-gateway";
import { eips, forwardEntries, networkInterfaces, vpcs, type ForwardEntry, type NatGateway } from "./tables";

const ENTRIES_PER_TABLE = 100;

type CreateForwardEntryRequest = Omit<ForwardEntry, "Status">;

export const createForwardEntry = changing(
  "CreateForwardEntry",
  (cloud, request: CreateForwardEntryRequest) => {
    const gateway = gatewayOfTable(cloud, "ForwardTableId", request.ForwardTableId);
    checkStrictName(request.ForwardEntryName);
    if (gateway.Status !== "Available") throw new ApiError("IncorrectStatus.NATGW", "The gateway is not Available.");
    checkPorts(request);
    checkTarget(cloud, gateway, request);
    const others = forwardEntries.list(cloud, { ForwardTableId: request.ForwardTableId });
    checkPublicSide(cloud, gateway, others, request);
    checkPrivateSide(others, request);
    if (others.length >= cloud.limit("forwardEntriesPerTable", ENTRIES_PER_TABLE)) {
      throw new ApiError("QuotaExceeded", "The DNAT table has as many entries as its quota allows.");
    }
    const id = forwardEntries.insert(cloud, { ...request, Status: "Pending" });
    forwardEntries.change(
      cloud,
      id,
      {},
      { seconds: cloud.random.between(0.5, 3), attributes: { Status: "Available" } },
    );
    return id;
  },
  gatewayLock("ForwardTableId"),
);

type PortSide = Pick<ForwardEntry, "IpProtocol" | "ExternalPort" | "InternalPort">;

function checkPorts({ IpProtocol, ExternalPort, InternalPort }: PortSide): void {
  const anys = [IpProtocol, ExternalPort, InternalPort].filter((value) => value.toLowerCase() === "any").length;
  if (anys === 3) return;
  if (anys > 0) {
    throw new ApiError("OperationFailed.AnyPortConfig", "Protocol, public and private port are all Any, or none is.");
  }
  const external = parsePorts(ExternalPort);
  const internal = parsePorts(InternalPort);
  if (external === undefined) throw new ApiError("InvalidExternalPort.Malformed", "ExternalPort is not a valid port.");
  if (internal === undefined) throw new ApiError("InvalidInternalPort.Malformed", "InternalPort is not a valid port.");
  if (external.last - external.first !== internal.last - internal.first) {
    throw new ApiError("InvalidInternalPort.Malformed", "The two port ranges must be of one size.");
  }
}

/** `443` or `7000/7010`, from 1 to 65535; undefined for anything else. */
function parsePorts(text: string): { first: number; last: number } | undefined {
  const match = /^([1-9]\d{0,4})(?:\/([1-9]\d{0,4}))?$/.exec(text);
  if (match === null) return undefined;
  const first = Number(match[1]);
  const last = Number(match[2] ?? match[1]);
  return first <= last && last <= 65535 ? { first, last } : undefined;
}

function checkTarget(cloud: Cloud, gateway: Row<NatGateway>, { InternalIp }: CreateForwardEntryRequest): void {
  const address = parseAddress(InternalIp);
  if (address === undefined) {
    throw new ApiError("InvalidInternalIp.Malformed", "The specified InternalIp is not a valid IP address.");
  }
  if (!isInVpc(vpcs.get(cloud, gateway.VpcId), single(address))) {
    throw new ApiError("Forbidden.DestnationIpOutOfVpcCIDR", "The specified Internal Ip is Out of VPC CIDR.");
  }
  const eni = networkInterfaces.list(cloud, { VpcId: gateway.VpcId }).find((item) => {
    return item.PrimaryIpAddress === InternalIp || item.SecondaryIpAddresses.includes(InternalIp);
  });
  const bound = eips.list(cloud, { PrivateIpAddress: InternalIp }).some(({ InstanceId, InstanceType }) => {
    return InstanceType !== "Nat" && (InstanceId === eni?.id || InstanceId === eni?.InstanceId);
  });
  if (eni !== undefined && bound) throw new ApiError("Forbindden", "The specified Instance already bind eip");
}

/** What an entry does to its EIP: each public port once, Any Port alone, and the limits that SNAT sets. */
function checkPublicSide(
  cloud: Cloud,
  gateway: Row<NatGateway>,
  others: readonly ForwardEntry[],
  request: CreateForwardEntryRequest,
): void {
  if (parseAddress(request.ExternalIp) === undefined) {
    throw new ApiError("InvalidExternalIp.Malformed", "The specified ExternalIp is not a valid IP address.");
  }
  const eip = eipOnGateway(cloud, gateway.id, request.ExternalIp, "InvalidIp.NotInNatgw");
  const rivals = others.filter(({ ExternalIp }) => ExternalIp === request.ExternalIp);
  const isAny = request.IpProtocol === "any";
  if (rivals.some(({ IpProtocol }) => isAny || IpProtocol === "any")) {
    throw new ApiError("OperationFailed.AnyPortConfig", "An EIP with Any Port has no other DNAT entry.");
  }
  const ports = parsePorts(request.ExternalPort);
  const clash = rivals.find((other) => {
    const taken = parsePorts(other.ExternalPort);
    if (ports === undefined || taken === undefined || other.IpProtocol !== request.IpProtocol) return false;
    return ports.first <= taken.last && taken.first <= ports.last;
  });
  if (clash) {
    const message = `Public port ${clash.ExternalPort} of ${clash.ExternalIp} is in a DNAT entry already.`;
    throw new ApiError("OperationUnsupported.DuplicatedExternalPort", message);
  }
  if (isBarredBySnat(request) && entriesOf(cloud, eip).snat.length > 0) {
    throw new ApiError("Forbidden.ExternalIp.UsedInSnatTable", "The specified ExternalIp is already used in SnatTable");
  }
}

/** Protocol, private address and private port are unique in a table. */
function checkPrivateSide(others: readonly ForwardEntry[], request: CreateForwardEntryRequest): void {
  const same = others.some(
    (other) =>
      other.IpProtocol === request.IpProtocol &&
      other.InternalIp === request.InternalIp &&
      other.InternalPort === request.InternalPort,
  );
  if (same) throw new ApiError("OperationUnsupported.ForwardEntry", "Duplicated destination ip port is unsupported.");
}

/** The entries of a table; refused when the table is gone with its gateway. */
export const describeForwardTableEntries = reading(
  "DescribeForwardTableEntries",
  (cloud, { ForwardTableId, ForwardEntryId }: { ForwardTableId: string; ForwardEntryId: string }) => {
    gatewayOfTable(cloud, "ForwardTableId", ForwardTableId);
    return forwardEntries.list(cloud, { ForwardTableId }).filter(({ id }) => id === ForwardEntryId);
  },
);

type ModifyForwardEntryRequest = CreateForwardEntryRequest & { ForwardEntryId: string };

export const modifyForwardEntry = changing("ModifyForwardEntry", (cloud, request: ModifyForwardEntryRequest) => {
  const { ForwardEntryId, ...wanted } = request;
  const gateway = gatewayOfTable(cloud, "ForwardTableId", wanted.ForwardTableId);
  const entry = forwardEntries.get(cloud, ForwardEntryId);
  if (entry.Status !== "Available") throw new ApiError("IncorretForwardEntryStatus", `The entry is ${entry.Status}.`);
  checkStrictName(wanted.ForwardEntryName);
  checkPorts(wanted);
  checkTarget(cloud, gateway, wanted);
  const others = forwardEntries
    .list(cloud, { ForwardTableId: wanted.ForwardTableId })
    .filter(({ id }) => id !== entry.id);
  checkPublicSide(cloud, gateway, others, wanted);
  checkPrivateSide(others, wanted);
  const later = { seconds: cloud.random.between(0.5, 2), attributes: { Status: "Available" } };
  forwardEntries.change(cloud, entry.id, { ...wanted, Status: "Modifying" }, later);
});

export const deleteForwardEntry = changing(
  "DeleteForwardEntry",
  (cloud, { ForwardTableId, ForwardEntryId }: { ForwardTableId: string; ForwardEntryId: string }) => {
    gatewayOfTable(cloud, "ForwardTableId", ForwardTableId);
    const entry = forwardEntries.get(cloud, ForwardEntryId);
    if (entry.Status !== "Available") throw new ApiError("IncorretForwardEntryStatus", `It is ${entry.Status}.`);
    forwardEntries.removeLater(cloud, entry.id, cloud.random.between(0.5, 3), { Status: "Deleting" });
  },
  gatewayLock("ForwardTableId"),
);
