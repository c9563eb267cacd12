import { natIpPlace } from "../cdktf/host-ip";
import type { HostNetwork } from "../cdktf/host-network";
import { KEPT_ADDRESSES, knownZone } from "./network";
import type { ISubnet } from "./network";

/**
 * What hosts have to know of subnets: the second address of each is its router. On instances of the Nitro System,
 * Ubuntu calls the interfaces ens5 and ens6.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export const HOST_NETWORK: HostNetwork<ISubnet> = {
  subnet: "subnet",
  subnetProp: "subnet",
  kept: KEPT_ADDRESSES,
  gatewayNumber: 1,
  interfaceNames: { name: "ens6", publicName: "ens5" },
  zones: { word: "zone", of: knownZone },
};

/** Where the private addresses of a NAT's own interface lie. */
export const NAT_IP = natIpPlace(HOST_NETWORK);
