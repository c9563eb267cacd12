import { checkProps } from "../cdktf/fail";
import { parsePrivateInterface as parseInterface } from "../cdktf/private-interface";
import type { PrivateInterface } from "../cdktf/private-interface";
import { whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import { HOST_NETWORK } from "./host-network";
import { checkVswitch } from "./network";
import type { IVpc, IVswitch } from "./network";

/** The interface of a self-hosted NAT towards its clients, beside the one towards the Internet. */
export interface PrivateInterfaceProps {
  /**
   * The vSwitch that the interface lies in: another one of the VPC, in the zone of the NAT's own vSwitch. Its gateway is
   * the way to the clients. A change replaces the interface: another private address, and routes bound anew.
   */
  readonly vswitch: IVswitch;
  /**
   * Primary private address of the interface, in its vSwitch's block. A change replaces the interface.
   * @default - chosen by the cloud; it stays for the life of the NAT
   */
  readonly privateIp?: string;
  /**
   * What the machine calls the interface: 1 to 15 letters, digits, `.`, `_` and `-`. A change replaces the machine.
   * @default "eth1", the second interface of Alibaba Cloud Linux 3
   */
  readonly name?: string;
  /**
   * What the machine calls the interface towards the Internet; what comes in there with the source of a client is forged
   * and dropped (not by firewalld). The form of `name`; a change replaces the machine.
   * @default "eth0", the primary interface of Alibaba Cloud Linux 3
   */
  readonly publicName?: string;
}

/** What the machine and its first interface are. */
interface Surroundings {
  readonly vpc: IVpc;
  /** The NAT's own vSwitch, with the interface towards the Internet. */
  readonly vswitch: IVswitch;
  readonly instanceType: string;
}

/**
 * Sizes of shared families that take no second interface when they are created, only later, while they are stopped.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/create-an-eni
 */
const ONE_INTERFACE_AT_FIRST = /^ecs\.(?:(?:s6|e|t6|t5)-[a-z0-9]+|xn4|n4|mn4|e4)\.(?:nano|small|large)$/;

/** Refuses what can be no interface of the NAT towards its clients. */
export function parsePrivateInterface(
  props: PrivateInterfaceProps,
  { vpc, vswitch, instanceType }: Surroundings,
): PrivateInterface<IVswitch> {
  checkProps(props, "privateInterface");
  checkVswitch(props.vswitch, "privateInterface.vswitch");
  const { vswitch: subnet, privateIp, name, publicName } = props;
  const parsed = parseInterface(HOST_NETWORK, { subnet, privateIp, name, publicName }, { vpc, subnet: vswitch });
  whenKnown(instanceType, checkTakesTwo);
  return parsed;
}

function checkTakesTwo(instanceType: string): void {
  if (!ONE_INTERFACE_AT_FIRST.test(instanceType)) return;
  throw new NatError(
    "instanceType",
    "must take two network interfaces when it is created, for privateInterface",
    instanceType,
    'use a larger type or another family, such as "ecs.c7.large"',
  );
}
