import type { TerraformProvider } from "cdktf";
import type { HostFirewall, PortAllocation, StateLossBehavior } from "../host/host-options";
import type { Dependency } from "./dependencies";

/**
 * What a self-hosted NAT is told in every cloud. What changes the rules on the machine replaces the machine, under
 * `onChange: "replace"`; its private addresses, EIPs and routes stay.
 */
export interface HostProps {
  /**
   * Further security groups of the network interfaces; one of the NAT's own is always there. Changed in place.
   * @default - none
   */
  readonly securityGroupIds?: readonly string[];
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
   * @default - as on the cloud's own gateway: 900 on Alibaba Cloud and Open Telekom Cloud, 350 on AWS
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
   * Tags of what it makes, and of the EIPs that `addEip` creates, wherever the cloud has tags. Changed in place.
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
