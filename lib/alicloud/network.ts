import { Token } from "cdktf";
import type { Deferred } from "../core/deferred";
import { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { checkId, nameOf } from "../cdktf/check-types";
import { deferrable, isKnown, whenKnown } from "../cdktf/when-known";

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

/** The block's text: the literal of a generated resource where there is one. */
export function cidrText(network: IVpc | IVswitch): string {
  return network.cidrBlockInput ?? network.cidrBlock;
}

/** Every block of the VPC, or none at all where one of them is known only at deploy time. */
export function knownVpcCidrs(vpc: IVpc): readonly Ipv4Cidr[] {
  const cidrs = [
    whenKnown(cidrText(vpc), (text) => Ipv4Cidr.parse(text, "vpc.cidrBlock")),
    ...secondaryTexts(vpc).map((text, index) =>
      whenKnown(text, (known) => Ipv4Cidr.parse(known, `vpc.secondaryCidrBlocks[${index}]`)),
    ),
  ];
  return cidrs.every((cidr) => cidr !== undefined) ? cidrs : [];
}

/** Every block of the VPC, each as it is known: where the whole list is a token, there is no element to name. */
export function vpcCidrs(vpc: IVpc): readonly (string | Deferred)[] {
  const blocks = secondaryBlocks(vpc);
  if (!isKnown(blocks)) {
    const fix = "write the list out; its elements may be references";
    throw new NatError("vpc.secondaryCidrBlocks", "must be a list known at synth", blocks, fix);
  }
  return [cidrText(vpc), ...secondaryTexts(vpc)].map((text) => deferrable(text, () => text));
}

/** The block of the vSwitch, where it is known at synth. */
export function knownVswitchCidr(vswitch: IVswitch, prop = "vswitch"): Ipv4Cidr | undefined {
  return whenKnown(cidrText(vswitch), (text) => Ipv4Cidr.parse(text, `${prop}.cidrBlock`));
}

/** The zone of the vSwitch, where it is known at synth. */
export function knownZone(vswitch: IVswitch): string | undefined {
  const zone = vswitch.zoneIdInput ?? vswitch.zoneId;
  return zone === undefined ? undefined : whenKnown(zone, (text) => text);
}

/** Refuses, for users of JavaScript, what is no VPC: the types refuse it for users of TypeScript. */
export function checkVpc(vpc: IVpc, prop = "vpc"): void {
  checkNetwork(vpc, prop, "VPC");
  if ("zoneId" in vpc) {
    throw new NatError(prop, "must be a VPC, not a vSwitch", nameOf(vpc), "pass the VPC that the vSwitch is in");
  }
}

/** Refuses, for users of JavaScript, what is no vSwitch. */
export function checkVswitch(vswitch: IVswitch, prop = "vswitch"): void {
  checkNetwork(vswitch, prop, "vSwitch");
  if ("routerId" in vswitch) {
    throw new NatError(prop, "must be a vSwitch, not a VPC", nameOf(vswitch), "pass one of the VPC's vSwitches");
  }
}

function checkNetwork(network: IVpc | IVswitch, prop: string, kind: string): void {
  const given: unknown = network;
  if (typeof given !== "object" || given === null || !("id" in given) || !("cidrBlock" in given)) {
    const rule = `must be a ${kind} with an id and a cidrBlock`;
    throw new NatError(prop, rule, nameOf(given), `pass the ${kind} resource`);
  }
  checkId(given.id, `${prop}.id`, `a ${kind}`);
}

function secondaryTexts(vpc: IVpc): readonly string[] {
  const texts = secondaryBlocks(vpc);
  // A list token is a list with one element that is a token, so that the whole is then not known.
  if (Array.isArray(texts)) return texts as readonly string[];
  if (!isKnown(texts)) return [Token.asString(texts)];
  throw new NatError("vpc.secondaryCidrBlocks", "must be a list of blocks", nameOf(texts), "use [ ... ]");
}

function secondaryBlocks(vpc: IVpc): unknown {
  return vpc.secondaryCidrBlocksInput ?? (isResource(vpc) ? [] : (vpc.secondaryCidrBlocks ?? []));
}

/** A generated resource always has a `secondaryCidrBlocks`, a token; its blocks of the day of synth are its inputs. */
function isResource(vpc: IVpc): boolean {
  return "node" in vpc;
}
