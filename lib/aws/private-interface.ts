import { checkProps } from "../cdktf/fail";
import { parsePrivateInterface as parseInterface } from "../cdktf/private-interface";
import type { PrivateInterface } from "../cdktf/private-interface";
import { HOST_NETWORK } from "./host-network";
import { checkSubnet } from "./network";
import type { ISubnet, IVpc } from "./network";

/** The interface of a self-hosted NAT towards its clients, beside the one towards the Internet. */
export interface PrivateInterfaceProps {
  /**
   * The subnet that the interface lies in: another one of the VPC, in the zone of the NAT's own subnet. Its router is
   * the way to the clients. A change replaces the interface: another private address, and routes bound anew.
   */
  readonly subnet: ISubnet;
  /**
   * Primary private address of the interface, in its subnet's block. A change replaces the interface.
   * @default - chosen by the cloud; it stays for the life of the NAT
   */
  readonly privateIp?: string;
  /**
   * What the machine calls the interface: 1 to 15 letters, digits, `.`, `_` and `-`. Not every instance type has the
   * default name: name it for one that calls it otherwise, and the machine fails closed where there is none of that
   * name. A change replaces the machine.
   * @default "ens6", the second interface of Ubuntu on instance types such as T3, T4g, C6g and C7g
   */
  readonly name?: string;
  /**
   * What the machine calls the interface towards the Internet; what comes in there with the source of a client is forged
   * and dropped (not by firewalld). The form of `name`; a change replaces the machine.
   * @default "ens5", the primary interface of Ubuntu on such instance types
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
  return parseInterface(HOST_NETWORK, { subnet, privateIp, name, publicName }, nat);
}
