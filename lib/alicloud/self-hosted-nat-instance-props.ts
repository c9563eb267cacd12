import type { HostProps } from "../cdktf/host-props";
import type { IVpc, IVswitch } from "./network";
import type { PrivateInterfaceProps } from "./private-interface";

/**
 * What a self-hosted NAT is made of. What changes the rules on the machine replaces the machine, under `onChange:
 * "replace"`; its private addresses, EIPs and routes stay.
 */
export interface SelfHostedNatInstanceProps extends HostProps {
  /** The VPC that goes out through it. Its blocks stay private: traffic to them is never translated. */
  readonly vpc: IVpc;
  /**
   * The vSwitch that the machine lies in. A change replaces the network interface too: other private addresses, and
   * routes and EIPs bound anew.
   */
  readonly vswitch: IVswitch;
  /**
   * ECS instance type. It limits bandwidth, packets and connections, and how many private addresses, and so EIPs, the
   * interface takes. Changed in place, by a stop and a start.
   * https://www.alibabacloud.com/help/en/ecs/user-guide/overview-of-instance-families
   * @default "ecs.c7.large" (2 vCPUs, 4 GiB)
   */
  readonly instanceType?: string;
  /**
   * Image of a Linux with systemd and cloud-init. A change replaces the machine.
   * @default - the newest Alibaba Cloud Linux 3 of the vendor when the machine is made; a newer one replaces nothing
   */
  readonly imageId?: string;
  /**
   * Key pair for SSH. It is of use with `sshFrom` only.
   * @default - none
   */
  readonly keyName?: string;
  /**
   * Kind of the system disk, for example `"cloud_auto"`.
   * @default "cloud_essd"
   */
  readonly systemDiskCategory?: string;
  /**
   * Size of the system disk in GiB, a whole number from 20 to 2048.
   * @default 20
   */
  readonly systemDiskSizeGib?: number;
  /**
   * Primary private address of the network interface, in the vSwitch's block. A change replaces the interface.
   * @default - chosen by the cloud; it stays for the life of the NAT
   */
  readonly privateIp?: string;
  /**
   * A second network interface, towards the clients: the machine stands between two networks, as a head node does.
   * Routes then lead to this interface, and EIPs stay on the first one. The VPC's blocks, `untranslatedCidrs` and
   * `clientCidrs` are reached through it, so clients and backends belong into other vSwitches than the NAT's own. Both
   * interfaces are in the NAT's security group and outlive the machine, whose type must take two of them. To give it,
   * take it away or change it replaces the machine; under `onChange: "ignore"` taking it away needs a replacement by
   * hand in the same apply.
   * @default - one interface for both sides
   */
  readonly privateInterface?: PrivateInterfaceProps;
  /**
   * Name of the machine, its network interfaces and its security group: 2 to 128 characters, the first a letter, then
   * letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Resource group of all of them, and of the EIPs that `addEip` creates. A change replaces the network interface.
   * @default - the account's default group
   */
  readonly resourceGroupId?: string;
}
