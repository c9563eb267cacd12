import type { HostProps } from "../cdktf/host-props";
import type { ISubnet, IVpc } from "./network";
import type { PrivateInterfaceProps } from "./private-interface";

/**
 * What becomes of a NAT whose machine dies; see `recovery` of a `SelfHostedNatInstance`. `"none"`: it stays down until
 * the next deployment. `"auto-recover"`: the cloud moves it to other hardware. `"auto-scaling"`: a group makes another.
 */
export type HostRecovery = "none" | "auto-recover" | "auto-scaling";

/** What a machine from spare capacity may cost. */
export interface SpotProps {
  /**
   * The highest price an hour, in US dollars, as text: `"0.0075"`.
   * @default - the price of an instance on demand
   */
  readonly maxPrice?: string;
}

/**
 * What a self-hosted NAT is made of. What changes the rules on the machine replaces the machine, under `onChange:
 * "replace"`; its private addresses, EIPs and routes stay.
 */
export interface SelfHostedNatInstanceProps extends HostProps {
  /** The VPC that goes out through it. Its blocks stay private: traffic to them is never translated. */
  readonly vpc: IVpc;
  /**
   * The public subnet that the machine lies in: its route table leads to the Internet gateway. A change replaces the
   * network interface too: other private addresses, and routes and EIPs bound anew.
   */
  readonly subnet: ISubnet;
  /**
   * EC2 instance type. It limits bandwidth, packets and connections, and how many private addresses, and so EIPs, the
   * interface holds (4 on a t4g.small). Changed in place, by a stop and a start; one of another architecture replaces the
   * machine.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
   * @default "t4g.small" (2 vCPUs, 2 GiB, 128 Mbit/s kept up, up to 5 Gbit/s at times)
   */
  readonly instanceType?: string;
  /**
   * Image of a Linux with systemd and cloud-init, of the architecture of the type. A change replaces the machine.
   * @default - Canonical's current Ubuntu 24.04 LTS when the machine is made; see `imageUpdates`
   */
  readonly imageId?: string;
  /**
   * What a newer vendor image does. `"none"`: nothing; the next new machine has it. `"track"`: the next deployment
   * replaces the machine. Excludes `imageId`.
   * @default "none"
   */
  readonly imageUpdates?: "none" | "track";
  /**
   * Key pair for SSH. It is of use with `sshFrom` only. A change replaces the machine.
   * @default - none
   */
  readonly keyName?: string;
  /**
   * Size of the root volume in GiB, a whole number from 8 to 16,384: gp3, encrypted. Made larger in place; a smaller one
   * replaces the machine.
   * @default 8
   */
  readonly diskSizeGib?: number;
  /**
   * KMS key that encrypts the root volume, by its ARN. A change replaces the machine.
   * @default - the key of the account for EBS
   */
  readonly kmsKeyId?: string;
  /**
   * Primary private address of the network interface, in the subnet's block. It must be given where an EIP names a
   * further address. A change replaces the interface; naming the address that it has changes nothing.
   * @default - chosen by the cloud; it stays for the life of the NAT
   */
  readonly privateIp?: string;
  /**
   * A second network interface, towards the clients: the machine stands between two networks, as a head node does.
   * Routes then lead to this interface, and EIPs stay on the first one. The VPC's blocks, `untranslatedCidrs` and
   * `clientCidrs` are reached through it. Adding or removing it replaces the machine and moves the routes from hand to
   * hand in the same apply. Excludes `recovery: "auto-scaling"`: a group's launch template is for one existing interface.
   * @default - one interface for both sides
   */
  readonly privateInterface?: PrivateInterfaceProps;
  /**
   * What brings the machine back when it dies.
   *
   * `"auto-recover"`: where the hardware fails, the cloud restarts the same machine on other hardware, some minutes after
   * the first failed check (the checks run every minute; the cloud names no time). Where the system on it hangs, or
   * somebody terminates it, nothing does.
   *
   * `"auto-scaling"`: a group of one puts another machine, with the same interface, in the place of one that fails its
   * checks, was stopped or terminated, or lost its spot capacity. Estimated 180 to 300 seconds: two checks of a minute
   * each, the end of the old machine, which gives the interface free, and the start and boot of the new one. The
   * `subnet` must tell its `availabilityZone`. A change of the entries is rolled out by an instance refresh, which goes
   * on after the deployment has ended.
   *
   * `"none"`: not even the cloud's own recovery.
   *
   * A change replaces the machine; the interface, its addresses, EIPs and routes stay.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/instance-configuration-recovery.html
   * https://docs.aws.amazon.com/autoscaling/ec2/userguide/ec2-auto-scaling-health-checks.html
   * @default "auto-recover"
   */
  readonly recovery?: HostRecovery;
  /**
   * Runs the machine on spare capacity, which is cheaper and can be taken away after a warning of two minutes. Without
   * `recovery: "auto-scaling"`, the NAT is then gone until the next deployment. A change replaces the machine.
   * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/spot-interruptions.html
   * @default false
   */
  readonly spot?: boolean | SpotProps;
  /**
   * What a burstable type (T2, T3, T3a, T4g) does when its CPU credits are used up: `"standard"` slows it down,
   * `"unlimited"` charges for more. Changed in place. Other types have no credits.
   * @default - the type's own: `"unlimited"`, on T2 `"standard"`
   */
  readonly creditSpecification?: "standard" | "unlimited";
  /**
   * Whether Session Manager can log in: makes a role and an instance profile. No SSH key and no `sshFrom` is needed for
   * it.
   * https://docs.aws.amazon.com/systems-manager/latest/userguide/session-manager.html
   * @default true
   */
  readonly sessionManager?: boolean;
  /**
   * `Name` tag of the machine, its volume, network interfaces and security group: 1 to 255 letters, digits, spaces and
   * + - = . _ : / @. Changed in place.
   * @default - the construct path
   */
  readonly name?: string;
}
