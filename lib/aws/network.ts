import type { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { nameOf } from "../cdktf/check-types";
import { checkNetwork, knownSubnetCidr } from "../cdktf/network";
import { whenKnown } from "../cdktf/when-known";

/**
 * A VPC: anything with an id and a CIDR block. A generated `Vpc` resource fits as it is; so does
 * `{ id: "vpc-...", cidrBlock: "10.0.0.0/16" }`.
 */
export interface IVpc {
  /** ID of the VPC (`vpc-...`). */
  readonly id: string;
  /** Primary IPv4 block of the VPC, for example `10.0.0.0/16`. */
  readonly cidrBlock: string;
  /** The block as it was given to a generated resource: the literal, where `cidrBlock` reads a token. */
  readonly cidrBlockInput?: string;
  /**
   * Further IPv4 blocks of the VPC, in which sources and backends may lie too. A generated resource does not have
   * them: write `{ id: vpc.id, cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: ["10.1.0.0/16"] }`.
   * @default - none
   */
  readonly secondaryCidrBlocks?: readonly string[];
  /** Tells a subnet from a VPC at compile time: a VPC lies in no VPC. */
  readonly vpcId?: never;
  /** Tells a subnet from a VPC at compile time: a VPC lies in no zone. */
  readonly availabilityZone?: never;
}

/**
 * A subnet: anything with an id and a CIDR block. A generated `Subnet` resource fits as it is; so does
 * `{ id: "subnet-...", cidrBlock: "10.0.1.0/24" }`.
 */
export interface ISubnet {
  /** ID of the subnet (`subnet-...`). */
  readonly id: string;
  /** IPv4 block of the subnet, for example `10.0.1.0/24`. */
  readonly cidrBlock: string;
  /** The block as it was given to a generated resource: the literal, where `cidrBlock` reads a token. */
  readonly cidrBlockInput?: string;
  /** ID of the VPC that it lies in. */
  readonly vpcId?: string;
  /** Zone of the subnet, for example `eu-central-1a`. */
  readonly availabilityZone?: string;
  /** The zone as it was given to a generated resource: the literal, where `availabilityZone` reads a token. */
  readonly availabilityZoneInput?: string;
  /** Tells a VPC from a subnet at compile time: a subnet has no main route table. */
  readonly mainRouteTableId?: never;
}

/** The block of the subnet, where it is known at synth. */
export function knownSubnetBlock(subnet: ISubnet, prop = "subnet"): Ipv4Cidr | undefined {
  return knownSubnetCidr(subnet, prop);
}

/** The zone of the subnet, where it is known at synth. */
export function knownZone(subnet: ISubnet): string | undefined {
  const zone = subnet.availabilityZoneInput ?? subnet.availabilityZone;
  return zone === undefined ? undefined : whenKnown(zone, (text) => text);
}

/** Refuses, for users of JavaScript, what is no VPC: the types refuse it for users of TypeScript. */
export function checkVpc(vpc: IVpc, prop = "vpc"): void {
  checkNetwork(vpc, prop, "VPC", "cidrBlock");
  if ("vpcId" in vpc || "availabilityZone" in vpc) {
    throw new NatError(prop, "must be a VPC, not a subnet", nameOf(vpc), "pass the VPC that the subnet is in");
  }
}

/** Refuses, for users of JavaScript, what is no subnet. */
export function checkSubnet(subnet: ISubnet, prop = "subnet"): void {
  checkNetwork(subnet, prop, "subnet", "cidrBlock");
  if ("mainRouteTableId" in subnet) {
    throw new NatError(prop, "must be a subnet, not a VPC", nameOf(subnet), "pass one of the VPC's subnets");
  }
}

/**
 * Addresses that the cloud keeps of each subnet.
 * https://docs.aws.amazon.com/vpc/latest/userguide/subnet-sizing.html
 */
export const KEPT_ADDRESSES = { first: 4, last: 1 } as const;
