import { checkHostIp as checkAddress, natIpPlace } from "../cdktf/host-ip";
import type { HostIpPlace } from "../cdktf/host-ip";
import type { HostNetwork } from "../cdktf/host-network";
import { whenKnown } from "../cdktf/when-known";
import { Ipv4Address } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { knownCidrOf } from "./network";
import type { ISubnet } from "./network";

/**
 * What hosts have to know of subnets: the cloud keeps the first address of each and the last three; the gateway is the
 * one that the subnet names, by default the second. Its images call interfaces eth0 and eth1.
 * https://docs.otc.t-systems.com/virtual-private-cloud/api-ref/native_openstack_neutron_apis_v2.0/subnet
 */
export const HOST_NETWORK: HostNetwork<ISubnet> = {
  subnet: "subnet",
  subnetProp: "subnet",
  kept: { first: 1, last: 3 },
  gatewayNumber: 1,
  gatewayOf: ({ gatewayIp, gatewayIpInput = gatewayIp }) => gatewayIpInput,
  interfaceNames: { name: "eth1", publicName: "eth0" },
};

/** Where the private addresses of a NAT's own port lie. */
export const NAT_IP = natIpPlace(HOST_NETWORK);

/** Refuses a private address that a port cannot get from its subnet, the gateway's too. */
export function checkHostIp(privateIp: string | undefined, subnet: ISubnet, place: HostIpPlace = NAT_IP): void {
  checkAddress(privateIp, subnet, place);
  if (privateIp === undefined) return;
  const gateway = knownGateway(subnet, place.subnetProp);
  const isGateway = whenKnown(privateIp, (text) => text === gateway?.toString()) ?? false;
  if (!isGateway) return;
  throw new NatError(
    place.prop,
    `must not be the gateway of ${place.whose}`,
    privateIp,
    "use another of its addresses",
  );
}

function knownGateway(subnet: ISubnet, prop: string): Ipv4Address | undefined {
  const { gatewayIp, gatewayIpInput = gatewayIp } = subnet;
  if (gatewayIpInput !== undefined) {
    return whenKnown(gatewayIpInput, (text) => Ipv4Address.parse(text, `${prop}.gatewayIp`));
  }
  const cidr = knownCidrOf(subnet, prop);
  return cidr && Ipv4Address.fromNumber(cidr.first + HOST_NETWORK.gatewayNumber);
}
