import type { TerraformProvider } from "cdktf";
import type { Dependency } from "../cdktf/dependencies";
import type { HostFirewall, PortAllocation, StateLossBehavior } from "../host/host-options";
import type { IVpc, IVswitch } from "./network";
import type { PrivateInterfaceProps } from "./private-interface";

/**
 * What a self-hosted NAT is made of. What changes the rules on the machine replaces the machine, under `onChange:
 * "replace"`; its private addresses, EIPs and routes stay.
 */
export interface SelfHostedNatInstanceProps {
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
   * Further security groups of the network interfaces, at least one of the NAT's own is there. Changed in place.
   * @default - none
   */
  readonly securityGroupIds?: readonly string[];
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
   * Blocks of the machines that may send through it.
   * @default - the SNAT sources and the Any Port backends
   */
  readonly clientCidrs?: readonly string[];
  /**
   * Blocks of destinations that stay private, beside the VPC's own: an office behind a VPN, a peer VPC.
   * @default - none
   */
  readonly untranslatedCidrs?: readonly string[];
  /**
   * Blocks of those who may log in by SSH (TCP port 22).
   * @default - nobody
   */
  readonly sshFrom?: readonly string[];
  /**
   * What the rules are written for; it is installed where the image does not have it.
   * @default "nftables"
   */
  readonly firewall?: HostFirewall;
  /**
   * What becomes of a flow whose NAT state is lost, because the machine was restarted or replaced. `"survive"`: ports
   * are kept, and a flow goes on where its client sends next. `"reset"`: it gets a TCP reset at once, as on a gateway.
   * @default "survive"
   */
  readonly onStateLoss?: StateLossBehavior;
  /**
   * How the public port of an outbound connection is chosen. `"preserve"`: the client's own where it is free, about
   * 28,000 connections to one destination an EIP. `"random"`: about 55,000, but no flow survives a lost state.
   * @default "preserve"
   */
  readonly portAllocation?: PortAllocation;
  /**
   * How long an idle TCP flow is kept, in seconds, from 60 to 432,000.
   * @default 900, as on a gateway
   */
  readonly idleTimeoutSeconds?: number;
  /**
   * How many connections are tracked, from 1,024 to 16,777,216.
   * @default - sized at boot: 256 for each MB of memory, within 65,536 and 2,097,152
   */
  readonly maxConnections?: number;
  /**
   * Whether the machine itself answers a ping to its EIPs; under Any Port the backend does.
   * @default true
   */
  readonly icmpReply?: boolean;
  /**
   * What a change of entries, EIPs or options does. `"replace"`: a new machine with the same private addresses, EIPs
   * and routes; nothing passes until it has booted. `"ignore"`: nothing, until the machine is replaced by
   * hand; no downtime, and a warning.
   * @default "replace"
   */
  readonly onChange?: "replace" | "ignore";
  /**
   * A further cloud-config, beginning with a line `#cloud-config`, run after NAT is up and only then. Text such as
   * `${X}` in it stays as it is; a value of another resource is a reference.
   * @default - none
   */
  readonly extraUserData?: string;
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
  /**
   * Tags of all of them, and of the EIPs that `addEip` creates. Changed in place.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * Provider that makes it, its EIPs, routes and alarms.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}
