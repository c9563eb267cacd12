import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { contains, formatAddress, parseAddress, parseBlock, single, type Block } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { eips, networkInterfaces, type Vpc, type VSwitch } from "./tables";

/** The blocks of a VPC: its own and the secondary ones. */
export function vpcBlocks(vpc: Vpc): Block[] {
  return [vpc.CidrBlock, ...vpc.SecondaryCidrBlocks].map((cidr) => requireBlock(cidr, "InvalidCidrBlock.Malformed"));
}

/** Whether a block lies in one block of the VPC. */
export function isInVpc(vpc: Vpc, block: Block): boolean {
  return vpcBlocks(vpc).some((own) => contains(own, block));
}

/** Parses a CIDR block or refuses it. */
export function requireBlock(cidr: string, code: string): Block {
  const block = parseBlock(cidr);
  if (block === undefined) throw new ApiError(code, `The specified CIDR block ${cidr} is not valid.`);
  return block;
}

/** The private addresses of a vSwitch that something uses. */
export function usedAddresses(cloud: Cloud, vSwitchId: string): Set<string> {
  const ofInterfaces = networkInterfaces
    .list(cloud, { VSwitchId: vSwitchId })
    .flatMap((eni) => [eni.PrimaryIpAddress, ...eni.SecondaryIpAddresses]);
  return new Set([...ofInterfaces, ...gatewayAddresses(cloud, vSwitchId)]);
}

/** Each EIP of a NAT gateway takes one private address of the gateway's vSwitch. */
function gatewayAddresses(cloud: Cloud, vSwitchId: string): string[] {
  const bound = eips.list(cloud, { InstanceType: "Nat" }).filter(({ PrivateIpAddress }) => PrivateIpAddress !== "");
  const gateways = new Set(
    cloud.list("NatGateway").flatMap(({ id, attributes }) => (attributes.VSwitchId === vSwitchId ? [id] : [])),
  );
  return bound.filter(({ InstanceId }) => gateways.has(InstanceId)).map(({ PrivateIpAddress }) => PrivateIpAddress);
}

/** The addresses that a vSwitch can give: all but the first and the last three. */
export function usableAddresses(vSwitch: VSwitch): Block {
  const block = requireBlock(vSwitch.CidrBlock, "InvalidCidrBlock.Malformed");
  return { ...block, first: block.first + 1, last: block.last - 3 };
}

/** How many addresses of a vSwitch are free. */
export function freeAddressCount(cloud: Cloud, vSwitch: Row<VSwitch>): number {
  const { first, last } = usableAddresses(vSwitch);
  return last - first + 1 - usedAddresses(cloud, vSwitch.id).size;
}

/** The next free address of a vSwitch; `taken` are addresses just given away. */
export function takeAddress(cloud: Cloud, vSwitch: Row<VSwitch>, taken: readonly string[] = []): string {
  const used = usedAddresses(cloud, vSwitch.id);
  const { first, last } = usableAddresses(vSwitch);
  for (let address = first; address <= last; address++) {
    const text = formatAddress(address);
    if (!used.has(text) && !taken.includes(text)) return text;
  }
  throw new ApiError("InvalidVSwitchId.IpNotEnough", `The vSwitch ${vSwitch.id} has no free private IP address.`);
}

/** Refuses an address that is not in the vSwitch, or not free. */
export function checkAddress(cloud: Cloud, vSwitch: Row<VSwitch>, address: string): void {
  const parsed = parseAddress(address);
  if (parsed === undefined || !contains(usableAddresses(vSwitch), single(parsed))) {
    throw new ApiError("InvalidPrivateIpAddress.Malformed", `${address} is not an address of ${vSwitch.CidrBlock}.`);
  }
  if (usedAddresses(cloud, vSwitch.id).has(address)) {
    throw new ApiError("InvalidPrivateIpAddress.Duplicated", `The private IP address ${address} is in use.`);
  }
}
