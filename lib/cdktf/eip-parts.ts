import type { IConstruct } from "constructs";
import { Ipv4Address } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { NatAddress } from "../core/nat-rule";
import { checkProps } from "./fail";
import { deferrable } from "./when-known";

/**
 * An EIP as the NAT table knows it.
 * @param privateIp the private address that it is bound to, on a host
 */
export function natAddress(eip: IConstruct, publicIp: string, privateIp: string | undefined): NatAddress {
  return {
    id: eip.node.path,
    ip: deferrable(publicIp, (text) => Ipv4Address.parse(text, "publicIp")),
    ...(privateIp === undefined
      ? {}
      : { privateIp: deferrable(privateIp, (text) => Ipv4Address.parse(text, "privateIp")) }),
  };
}

/**
 * The existing EIP that the props of `addEip` name, if they do.
 * @param creationOptions the props of an EIP that is created, which it excludes
 */
export function existingOf<E extends object, O extends string>(
  props: { readonly existing?: E } & Readonly<Partial<Record<O, unknown>>>,
  creationOptions: readonly O[],
): E | undefined {
  if (props.existing === undefined) return undefined;
  for (const option of creationOptions) {
    const given: unknown = props[option];
    if (given === undefined) continue;
    throw new NatError(
      option,
      "belongs to an EIP that is created, and excludes existing",
      given,
      "take one of the two out: an existing EIP keeps its own options",
    );
  }
  checkProps(props.existing, "existing");
  return props.existing;
}
