import { Token } from "cdktf";
import type { Deferrable, Deferred } from "../core/deferred";
import { Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import { checkId, nameOf } from "./check-types";
import { deferrable, isKnown, whenKnown } from "./when-known";

/** A network of a cloud, as far as NAT needs it. Clouds call its block `cidrBlock` or `cidr`. */
export interface Network {
  readonly id: string;
  readonly cidrBlock?: string;
  readonly cidr?: string;
  /** The block as it was given to a generated resource: the literal, where the attribute reads a token. */
  readonly cidrBlockInput?: string;
  readonly cidrInput?: string;
}

/** A VPC: a network that can have further blocks. Clouds have a list of them, `secondaryCidrBlocks`, or one, `secondaryCidr`. */
export interface VpcNetwork extends Network {
  readonly secondaryCidrBlocks?: readonly string[];
  readonly secondaryCidrBlocksInput?: readonly string[];
  readonly secondaryCidr?: string;
  readonly secondaryCidrInput?: string;
}

/** The block's text: the literal of a generated resource where there is one. */
export function cidrText(network: Network): string {
  const text: unknown = network.cidrBlockInput ?? network.cidrInput ?? network[blockProp(network)];
  return text as string;
}

/** Every block of the VPC, or none at all where one of them is known only at deploy time. */
export function knownVpcCidrs(vpc: VpcNetwork): readonly Ipv4Cidr[] {
  const cidrs = [
    whenKnown(cidrText(vpc), (text) => Ipv4Cidr.parse(text, `vpc.${blockProp(vpc)}`)),
    ...secondaryTexts(vpc).map((text, index) =>
      whenKnown(text, (known) => Ipv4Cidr.parse(known, `vpc.secondaryCidrBlocks[${index}]`)),
    ),
    ...secondaryText(vpc).map((text) => whenKnown(text, (known) => Ipv4Cidr.parse(known, "vpc.secondaryCidr"))),
  ];
  return cidrs.every((cidr) => cidr !== undefined) ? cidrs : [];
}

/** Every block of the VPC, each as it is known: where the whole list is a token, there is no element to name. */
export function vpcCidrs(vpc: VpcNetwork): readonly (string | Deferred)[] {
  const blocks = secondaryBlocks(vpc);
  if (!isKnown(blocks)) {
    const fix = "write the list out; its elements may be references";
    throw new NatError("vpc.secondaryCidrBlocks", "must be a list known at synth", blocks, fix);
  }
  return [cidrText(vpc), ...secondaryTexts(vpc), ...secondaryText(vpc)].map((text) => deferrable(text, () => text));
}

/**
 * The block of a subnet, where it is known at synth.
 * @param prop the prop that holds the subnet, for the error text
 */
export function knownSubnetCidr(subnet: Network, prop: string): Ipv4Cidr | undefined {
  return whenKnown(cidrText(subnet), (text) => Ipv4Cidr.parse(text, `${prop}.${blockProp(subnet)}`));
}

/**
 * The block of a subnet, carried where it is known only at deploy time.
 * @param prop the prop that holds the subnet, for the error text
 */
export function subnetBlock(subnet: Network, prop: string): Deferrable<Ipv4Cidr> {
  return deferrable(cidrText(subnet), (text) => Ipv4Cidr.parse(text, `${prop}.${blockProp(subnet)}`));
}

/**
 * Refuses, for users of JavaScript, what is no network: the types refuse it for users of TypeScript.
 * @param kind the cloud's word for it, for the error text
 */
export function checkNetwork(network: unknown, prop: string, kind: string, block: "cidrBlock" | "cidr"): void {
  if (typeof network !== "object" || network === null || !("id" in network) || !(block in network)) {
    const rule = `must be a ${kind} with an id and a ${block}`;
    throw new NatError(prop, rule, nameOf(network), `pass the ${kind} resource`);
  }
  checkId(network.id, `${prop}.id`, `a ${kind}`);
}

function blockProp(network: Network): "cidrBlock" | "cidr" {
  return network.cidr === undefined ? "cidrBlock" : "cidr";
}

function secondaryTexts(vpc: VpcNetwork): readonly string[] {
  const texts = secondaryBlocks(vpc);
  // A list token is a list with one element that is a token, so that the whole is then not known.
  if (Array.isArray(texts)) return texts as readonly string[];
  if (!isKnown(texts)) return [Token.asString(texts)];
  throw new NatError("vpc.secondaryCidrBlocks", "must be a list of blocks", nameOf(texts), "use [ ... ]");
}

function secondaryBlocks(vpc: VpcNetwork): unknown {
  return vpc.secondaryCidrBlocksInput ?? (isResource(vpc) ? [] : (vpc.secondaryCidrBlocks ?? []));
}

/** The secondary block, where the cloud has one at most. */
function secondaryText(vpc: VpcNetwork): readonly string[] {
  const text = vpc.secondaryCidrInput ?? (isResource(vpc) ? undefined : vpc.secondaryCidr);
  return text === undefined ? [] : [text];
}

/** A generated resource may have a `secondaryCidrBlocks`, a token; its blocks of the day of synth are its inputs. */
function isResource(vpc: VpcNetwork): boolean {
  return "node" in vpc;
}
