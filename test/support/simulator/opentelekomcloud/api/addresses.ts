import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { contains, formatAddress, parseAddress, parseBlock, single, type Block } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { ports, subnets, type Port, type Subnet } from "./tables";

/** The block of a subnet. */
export function blockOf({ cidr }: Pick<Subnet, "cidr">): Block {
  const block = parseBlock(cidr);
  if (block === undefined) throw new Error(`${cidr} is no block`);
  return block;
}

/** The subnet of a VPC that holds an address. */
export function subnetOf(cloud: Cloud, vpc_id: string, address: string): Row<Subnet> | undefined {
  const parsed = parseAddress(address);
  if (parsed === undefined) return undefined;
  return subnets.list(cloud, { vpc_id }).find((subnet) => contains(blockOf(subnet), single(parsed)));
}

/** The port of a VPC that has an address. */
export function portOf(cloud: Cloud, vpc_id: string, address: string): Row<Port> | undefined {
  const subnet = subnetOf(cloud, vpc_id, address);
  return subnet && ports.list(cloud, { network_id: subnet.id, fixed_ip: address })[0];
}

/** The addresses that a subnet can give: all but its first, its gateway's and its last three. */
function usable(subnet: Subnet): Block {
  const block = blockOf(subnet);
  return { ...block, first: block.first + 1, last: block.last - 3 };
}

function isTaken(cloud: Cloud, subnet: Row<Subnet>, address: string): boolean {
  return address === subnet.gateway_ip || ports.list(cloud, { network_id: subnet.id, fixed_ip: address }).length > 0;
}

/** The next free address of a subnet. */
export function takeAddress(cloud: Cloud, subnet: Row<Subnet>): string {
  const { first, last } = usable(subnet);
  for (let address = first; address <= last; address++) {
    const text = formatAddress(address);
    if (!isTaken(cloud, subnet, text)) return text;
  }
  throw new ApiError("IpAddressGenerationFailure", `No more IP addresses available on network ${subnet.id}.`);
}

/** Refuses an address that is not in the subnet, or not free. */
export function checkAddress(cloud: Cloud, subnet: Row<Subnet>, address: string): void {
  const parsed = parseAddress(address);
  if (parsed === undefined || !contains(usable(subnet), single(parsed))) {
    throw new ApiError("InvalidIpForSubnet", `IP address ${address} is not a valid IP for the specified subnet.`);
  }
  if (isTaken(cloud, subnet, address)) {
    const message = `Unable to complete operation for network ${subnet.id}. The IP address ${address} is in use.`;
    throw new ApiError("IpAddressInUse", message);
  }
}
