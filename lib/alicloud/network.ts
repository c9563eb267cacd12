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
   * Further IPv4 blocks of the VPC, in which sources and backends may lie too.
   * @default - none
   */
  readonly secondaryCidrBlocks?: readonly string[];
  /** Further blocks as they were given to a generated resource. */
  readonly secondaryCidrBlocksInput?: readonly string[];
  /** ID of the VPC's system route table, to which every vSwitch belongs that has no custom one. */
  readonly routeTableId?: string;
  /** Tells a vSwitch from a VPC at compile time: a VPC lies in no zone. */
  readonly zoneId?: never;
}

/**
 * A vSwitch: anything with an id and a CIDR block. A generated `Vswitch` resource fits as it is; so does
 * `{ id: "vsw-...", cidrBlock: "10.0.1.0/24" }`.
 */
export interface IVswitch {
  /** ID of the vSwitch (`vsw-...`). */
  readonly id: string;
  /** IPv4 block of the vSwitch, for example `10.0.1.0/24`. */
  readonly cidrBlock: string;
  /** The block as it was given to a generated resource: the literal, where `cidrBlock` reads a token. */
  readonly cidrBlockInput?: string;
  /**
   * Zone of the vSwitch, for example `cn-hangzhou-i`.
   * @default - not compared with other zones
   */
  readonly zoneId?: string;
  /** The zone as it was given to a generated resource: the literal, where `zoneId` reads a token. */
  readonly zoneIdInput?: string;
  /** Tells a VPC from a vSwitch at compile time: a vSwitch has no router. */
  readonly routerId?: never;
}

/** The block of the vSwitch, where it is known at synth. */
export function knownVswitchCidr(vswitch: IVswitch, prop = "vswitch"): Ipv4Cidr | undefined {
  return knownSubnetCidr(vswitch, prop);
}

/** The zone of the vSwitch, where it is known at synth. */
export function knownZone(vswitch: IVswitch): string | undefined {
  const zone = vswitch.zoneIdInput ?? vswitch.zoneId;
  return zone === undefined ? undefined : whenKnown(zone, (text) => text);
}

/** Refuses, for users of JavaScript, what is no VPC: the types refuse it for users of TypeScript. */
export function checkVpc(vpc: IVpc, prop = "vpc"): void {
  checkNetwork(vpc, prop, "VPC", "cidrBlock");
  if ("zoneId" in vpc) {
    throw new NatError(prop, "must be a VPC, not a vSwitch", nameOf(vpc), "pass the VPC that the vSwitch is in");
  }
}

/** Refuses, for users of JavaScript, what is no vSwitch. */
export function checkVswitch(vswitch: IVswitch, prop = "vswitch"): void {
  checkNetwork(vswitch, prop, "vSwitch", "cidrBlock");
  if ("routerId" in vswitch) {
    throw new NatError(prop, "must be a vSwitch, not a VPC", nameOf(vswitch), "pass one of the VPC's vSwitches");
  }
}
