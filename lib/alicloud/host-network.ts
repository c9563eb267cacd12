import { natIpPlace } from "../cdktf/host-ip";
import type { HostNetwork } from "../cdktf/host-network";
import { knownZone } from "./network";
import type { IVswitch } from "./network";

/**
 * What hosts have to know of vSwitches: the cloud keeps the first address of each and the last three, of which the first
 * is the gateway. Alibaba Cloud Linux 3 calls its interfaces eth0 and eth1.
 * https://www.alibabacloud.com/help/doc-detail/56955.htm
 */
export const HOST_NETWORK: HostNetwork<IVswitch> = {
  subnet: "vSwitch",
  subnetProp: "vswitch",
  kept: { first: 1, last: 3 },
  gatewayNumber: -3,
  interfaceNames: { name: "eth1", publicName: "eth0" },
  zones: { word: "zone", of: knownZone },
};

/** Where the private addresses of a NAT's own interface lie. */
export const NAT_IP = natIpPlace(HOST_NETWORK);
