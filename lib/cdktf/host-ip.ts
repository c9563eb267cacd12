import { isDeferred } from "../core/deferred";
import { Ipv4Address } from "../core/ipv4";
import type { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { HostNetwork, KeptAddresses } from "./host-network";
import { knownSubnetCidr } from "./network";
import type { Network } from "./network";
import { deferrable } from "./when-known";

/** Where an address of an interface lies, and how an error speaks of it. */
export interface HostIpPlace {
  /** The prop that holds the address. */
  readonly prop: string;
  /** The prop that holds the subnet. */
  readonly subnetProp: string;
  /** Whose block the address must lie in, for example `"the NAT's subnet"`. */
  readonly whose: string;
  /** What the cloud keeps of each subnet. */
  readonly kept: KeptAddresses;
}

/** The place of the NAT's own private addresses. */
export function natIpPlace(cloud: Pick<HostNetwork, "subnet" | "subnetProp" | "kept">): HostIpPlace {
  const { subnet, subnetProp, kept } = cloud;
  return { prop: "privateIp", subnetProp, whose: `the NAT's ${subnet}`, kept };
}

/** Refuses a private address that an interface cannot get from its subnet: one outside, or one that the cloud keeps. */
export function checkHostIp(privateIp: string | undefined, subnet: Network, place: HostIpPlace): void {
  if (privateIp === undefined) return;
  const address = deferrable(privateIp, (text) => Ipv4Address.parse(text, place.prop));
  const cidr = knownSubnetCidr(subnet, place.subnetProp);
  if (!isDeferred(address) && cidr !== undefined) checkInSubnet(address, cidr, place);
}

function checkInSubnet(address: Ipv4Address, subnet: Ipv4Cidr, { prop, whose, kept }: HostIpPlace): void {
  if (!subnet.contains(address)) {
    throw new NatError(prop, `must lie in the block ${subnet} of ${whose}`, address, `use an address of ${subnet}`);
  }
  if (address.value >= subnet.first + kept.first && address.value <= subnet.last - kept.last) return;
  const rule = `must not be ${oneOf("first", kept.first)} nor ${oneOf("last", kept.last)} of ${subnet}`;
  throw new NatError(prop, rule, address, "use one of those between");
}

const NUMBERS = ["no", "one", "two", "three", "four", "five"];

function oneOf(end: "first" | "last", count: number): string {
  return count === 1 ? `the ${end}` : `one of the ${end} ${NUMBERS[count] ?? count}`;
}
