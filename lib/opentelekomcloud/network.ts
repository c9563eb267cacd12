import type { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { nameOf } from "../cdktf/check-types";
import { checkNetwork, knownSubnetCidr } from "../cdktf/network";

/**
 * A VPC: anything with an id and a CIDR block. A generated `VpcV1` resource fits as it is; so does
 * `{ id: "...", cidr: "10.0.0.0/16" }`.
 */
export interface IVpc {
  /** ID of the VPC. */
  readonly id: string;
  /** Primary IPv4 block of the VPC, for example `10.0.0.0/16`. */
  readonly cidr: string;
  /** The block as it was given to a generated resource: the literal, where `cidr` reads a token. */
  readonly cidrInput?: string;
  /**
   * The VPC's secondary IPv4 block, in which sources and backends may lie too.
   * @default - none
   */
  readonly secondaryCidr?: string;
  /** The secondary block as it was given to a generated resource. */
  readonly secondaryCidrInput?: string;
  /** Tells a subnet from a VPC at compile time: a VPC has no gateway address. */
  readonly gatewayIp?: never;
}

/**
 * A subnet of a VPC: anything with an id and a CIDR block. A generated `VpcSubnetV1` resource fits as it is; so does
 * `{ id: "...", cidr: "10.0.1.0/24" }`.
 */
export interface ISubnet {
  /**
   * ID of the subnet, which is the id of its network: the console's Network ID, the `id` of a `VpcSubnetV1`. Not its
   * `subnetId`, which is what OpenStack calls a subnet.
   */
  readonly id: string;
  /** IPv4 block of the subnet, for example `10.0.1.0/24`. */
  readonly cidr: string;
  /** The block as it was given to a generated resource: the literal, where `cidr` reads a token. */
  readonly cidrInput?: string;
  /**
   * What OpenStack calls the subnet: the console's Subnet ID, the `subnetId` of a `VpcSubnetV1`.
   * @default - none: no port of a self-hosted NAT can have an address of the user's choice
   */
  readonly subnetId?: string;
  /**
   * Address of the subnet's gateway.
   * @default - the first address after that of the block, for example `10.0.1.1`
   */
  readonly gatewayIp?: string;
  /** The gateway as it was given to a generated resource: the literal, where `gatewayIp` reads a token. */
  readonly gatewayIpInput?: string;
  /** Tells a VPC from a subnet at compile time: a subnet cannot be shared. */
  readonly shared?: never;
}

/** The block of the subnet, where it is known at synth. */
export function knownCidrOf(subnet: ISubnet, prop = "subnet"): Ipv4Cidr | undefined {
  return knownSubnetCidr(subnet, prop);
}

/** Refuses, for users of JavaScript, what is no VPC: the types refuse it for users of TypeScript. */
export function checkVpc(vpc: IVpc, prop = "vpc"): void {
  checkNetwork(vpc, prop, "VPC", "cidr");
  if ("gatewayIp" in vpc) {
    throw new NatError(prop, "must be a VPC, not a subnet", nameOf(vpc), "pass the VPC that the subnet is in");
  }
}

/** Refuses, for users of JavaScript, what is no subnet. */
export function checkSubnet(subnet: ISubnet, prop = "subnet"): void {
  checkNetwork(subnet, prop, "subnet", "cidr");
  if ("shared" in subnet) {
    throw new NatError(prop, "must be a subnet, not a VPC", nameOf(subnet), "pass one of the VPC's subnets");
  }
}
