import { checkProps } from "../cdktf/fail";
import { parsePrivateInterface as parseInterface } from "../cdktf/private-interface";
import type { PrivateInterface } from "../cdktf/private-interface";
import { checkHostIp, HOST_NETWORK } from "./host-network";
import { checkSubnet } from "./network";
import type { ISubnet, IVpc } from "./network";

/** The interface of a self-hosted NAT towards its clients, beside the one towards the Internet. */
export interface PrivateInterfaceProps {
  /**
   * The subnet that the interface lies in: another one of the VPC. Its gateway is the way to the clients. A change
   * replaces the interface: another private address, and routes bound anew.
   */
  readonly subnet: ISubnet;
  /**
   * Private address of the interface, in its subnet's block; with it, the subnet's `subnetId` must be there. To give it,
   * take it away or change it replaces the interface.
   * @default - chosen by the cloud; it stays for the life of the NAT
   */
  readonly privateIp?: string;
  /**
   * What the machine calls the interface: 1 to 15 letters, digits, `.`, `_` and `-`. The machine fails closed where there
   * is none of that name. A change replaces the machine.
   * @default "eth1", the second interface of the cloud's own images
   */
  readonly name?: string;
  /**
   * What the machine calls the interface towards the Internet; what comes in there with the source of a client is forged
   * and dropped (not by firewalld). The form of `name`; a change replaces the machine.
   * @default "eth0", the first interface of the cloud's own images
   */
  readonly publicName?: string;
}

/** Refuses what can be no interface of the NAT towards its clients. */
export function parsePrivateInterface(
  props: PrivateInterfaceProps,
  nat: { readonly vpc: IVpc; readonly subnet: ISubnet },
): PrivateInterface<ISubnet> {
  checkProps(props, "privateInterface");
  checkSubnet(props.subnet, "privateInterface.subnet");
  const { subnet, privateIp, name, publicName } = props;
  const parsed = parseInterface(HOST_NETWORK, { subnet, privateIp, name, publicName }, nat);
  const { kept } = HOST_NETWORK;
  const place = {
    prop: "privateInterface.privateIp",
    subnetProp: "privateInterface.subnet",
    whose: "its subnet",
    kept,
  };
  checkHostIp(privateIp, subnet, place);
  return parsed;
}
