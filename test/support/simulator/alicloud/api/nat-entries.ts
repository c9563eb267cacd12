import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { eips, forwardEntries, natGateways, snatEntries, type Eip, type ForwardEntry, type SnatEntry } from "./tables";

/** The entries of an EIP's gateway that use it. */
export function entriesOf(
  cloud: Cloud,
  eip: Pick<Eip, "InstanceId" | "IpAddress">,
): { snat: Row<SnatEntry>[]; forward: Row<ForwardEntry>[] } {
  const gateway = natGateways.find(cloud, eip.InstanceId);
  if (gateway === undefined) return { snat: [], forward: [] };
  const { SnatTableId, ForwardTableId } = gateway;
  return {
    snat: snatEntries.list(cloud, { SnatTableId }).filter((entry) => addresses(entry).includes(eip.IpAddress)),
    forward: forwardEntries.list(cloud, { ForwardTableId, ExternalIp: eip.IpAddress }),
  };
}

/** The addresses of an SNAT entry. */
export function addresses({ SnatIp }: Pick<SnatEntry, "SnatIp">): string[] {
  return SnatIp.split(",").map((address) => address.trim());
}

/** The EIP with this address on this gateway, ready for use; refused with `absent` where it is not bound to it. */
export function eipOnGateway(cloud: Cloud, gatewayId: string, address: string, absent: string): Row<Eip> {
  const eip = eips.list(cloud, { InstanceId: gatewayId }).find(({ IpAddress }) => IpAddress === address);
  if (eip === undefined || eip.Status === "Unassociating") {
    throw new ApiError(absent, `The public IP address ${address} is not bound to the NAT gateway.`);
  }
  if (eip.Status === "Associating") {
    throw new ApiError("OperationUnsupported.EipInBinding", `The EIP ${address} is still being associated.`);
  }
  return eip;
}

/** Whether a DNAT entry needs the port limits removed to share its EIP with an SNAT entry. */
export function isBarredBySnat(entry: Pick<ForwardEntry, "ExternalPort" | "PortBreak">): boolean {
  if (entry.ExternalPort.toLowerCase() === "any") return true;
  const last = Number(entry.ExternalPort.split("/").at(-1));
  return last > 1024 && !entry.PortBreak;
}

/** The work of one NAT gateway is done one piece at a time. */
export function gatewayLock(kind: "SnatTableId" | "ForwardTableId"): {
  code: string;
  key: (cloud: Cloud, request: Partial<Record<typeof kind, string>>) => string | undefined;
} {
  return {
    code: "OperationConflict",
    key: (cloud, request) => natGateways.list(cloud, { [kind]: request[kind] ?? "" })[0]?.id,
  };
}
