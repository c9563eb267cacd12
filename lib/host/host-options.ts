import type { Deferred } from "../core/deferred";

/** What renders NAT rules on a host. */
export type HostFirewall = "nftables" | "iptables" | "firewalld";

/** What becomes of a flow whose NAT state is lost, because the host was restarted or replaced. */
export type StateLossBehavior = "survive" | "reset";

/** How the public port of an outbound connection is chosen. */
export type PortAllocation = "preserve" | "random";

/** How a Linux NAT host behaves, beside its NAT table. */
export interface HostOptions {
  /** What the rules are written for; it is installed where the machine does not have it. @default "nftables" */
  readonly firewall?: HostFirewall;
  /**
   * Blocks of the private addresses that may send through the host. Without an SNAT entry they reach
   * `untranslatedCidrs` only. @default - the SNAT sources and the Any Port backends
   */
  readonly clientCidrs?: readonly (string | Deferred)[];
  /** Blocks of destinations that stay private: packets to them are never translated. @default - none */
  readonly untranslatedCidrs?: readonly (string | Deferred)[];
  /**
   * Blocks of those who may log in to the host by SSH (TCP port 22), on each of its addresses: also where Any Port
   * takes the whole address, but not where an entry maps TCP port 22. @default - nobody
   */
  readonly sshFrom?: readonly (string | Deferred)[];
  /**
   * What becomes of a flow whose NAT state is lost. `"survive"`: it goes on, where the client sends next and the port
   * was preserved. `"reset"`: it gets a TCP reset at once, as managed gateways do it. @default "survive"
   */
  readonly onStateLoss?: StateLossBehavior;
  /**
   * How the public port of an outbound connection is chosen. `"preserve"`: the client's own port where it is free,
   * about 28,000 connections to one destination an address. `"random"`: about 55,000, but no flow survives a lost
   * state. @default "preserve"
   */
  readonly portAllocation?: PortAllocation;
  /** How long an idle TCP flow is kept, in seconds, from 60 to 432,000. @default 900 */
  readonly idleTimeoutSeconds?: number;
  /**
   * How many connections are tracked, from 1,024 to 16,777,216.
   * @default - sized at boot: 256 for each MB of memory, within 65,536 and 2,097,152
   */
  readonly maxConnections?: number;
  /** Whether the host answers a ping to an address of its own; under Any Port the backend does. @default true */
  readonly icmpReply?: boolean;
  /** The interface towards the clients, where it is one of two. @default - one interface, never looked up by name */
  readonly privateInterface?: HostInterface;
  /**
   * The interface towards the Internet, where it is one of two. What arrives there with the source of a client is
   * forged and dropped. @default - one interface, never looked up by name
   */
  readonly publicInterface?: HostInterface;
}

/** An interface of a host with two. */
export interface HostInterface {
  /** Its name on the machine, for example `"eth1"`. */
  readonly name: string;
  /** Address and prefix length to give to it at boot, for example `"10.0.2.5/24"`. @default - as the system gives it */
  readonly address?: string | Deferred;
  /** Routes through it, set at every boot. @default - none */
  readonly routes?: readonly HostRoute[];
  /**
   * Whether a default route that the system sets through this interface is taken away, so that packets to the Internet
   * leave by the other one. @default false
   */
  readonly suppressDefaultRoute?: boolean;
}

/** A route through an interface. */
export interface HostRoute {
  /** Block of the destinations, for example `"129.89.200.0/23"`. */
  readonly destination: string | Deferred;
  /** Gateway on the network of the interface. @default - the destinations are on that network themselves */
  readonly via?: string | Deferred;
}
