import type { HostProps } from "../cdktf/host-props";
import type { ISubnet, IVpc } from "./network";
import type { PrivateInterfaceProps } from "./private-interface";

/**
 * What a self-hosted NAT is made of. What changes the rules on the machine replaces the machine, under `onChange:
 * "replace"`; its private addresses, EIPs and routes stay.
 */
export interface SelfHostedNatInstanceProps extends HostProps {
  /** The VPC that goes out through it. Its blocks stay private: traffic to them is never translated. */
  readonly vpc: IVpc;
  /**
   * The subnet that the machine lies in. A change replaces the port too: another private address, and routes and EIPs
   * bound anew.
   */
  readonly subnet: ISubnet;
  /**
   * ECS flavor. It limits bandwidth, packets and connections. Changed in place, by a stop and a start.
   * https://docs.otc.t-systems.com/elastic-cloud-server/umn/service_overview/instances/ecs_types.html
   * @default "s3.large.2" (2 vCPUs, 4 GiB)
   */
  readonly flavor?: string;
  /**
   * Image of a Linux with systemd and cloud-init. A change replaces the machine.
   * @default - the vendor's current Ubuntu 24.04 when the machine is made; a newer one replaces nothing
   */
  readonly imageId?: string;
  /**
   * Name of the key pair for SSH. It is of use with `sshFrom` only. A change replaces the machine.
   * @default - none
   */
  readonly keyPair?: string;
  /**
   * Availability zone of the machine, for example `"eu-de-01"`; subnets lie in all zones of a region. A change replaces
   * the machine.
   * @default - chosen by the cloud when the machine is made
   */
  readonly availabilityZone?: string;
  /**
   * Type of the system disk, for example `"SAS"`. A change replaces the machine.
   * @default "SSD"
   */
  readonly systemDiskType?: string;
  /**
   * Size of the system disk in GiB, a whole number from 4 to 1024, and not smaller than the image asks for. A change
   * replaces the machine.
   * @default 20
   */
  readonly systemDiskSizeGib?: number;
  /**
   * Private address of the port, in the subnet's block; with it, the subnet's `subnetId` must be there. To give it, take
   * it away or change it replaces the port, and the machine with it.
   * @default - chosen by the cloud; it stays for the life of the NAT
   */
  readonly privateIp?: string;
  /**
   * A second interface, towards the clients: the machine stands between two networks, as a head node does. Routes then
   * lead to this interface, and EIPs stay on the first one. The VPC's blocks, `untranslatedCidrs` and `clientCidrs` are
   * reached through it, so clients and backends belong into other subnets than the NAT's own. Both interfaces are in the
   * NAT's security group and outlive the machine, whose flavor must take two of them. To give it, take it away or change
   * it replaces the machine.
   * @default - one interface for both sides
   */
  readonly privateInterface?: PrivateInterfaceProps;
  /**
   * Name of the machine, its ports and its security group: 1 to 64 letters, digits, `_`, `-`. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
}
