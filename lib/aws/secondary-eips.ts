import { Fn, Lazy, Op, Token } from "cdktf";

/** What a gateway's resource is told of its EIPs beside the primary one. */
export interface SecondaryEips {
  readonly secondaryAllocationIds: string[];
  readonly secondaryPrivateIpAddresses: string[];
  readonly secondaryPrivateIpAddressCount: number;
}

/**
 * The secondary EIPs that a gateway has when it is synthesized.
 *
 * The list is written out even where it is empty: provider 6 keeps the EIPs of a gateway that has none in its
 * configuration.
 *
 * The private addresses are the cloud's choice, and nothing is asked for: the two expressions are null, always. But
 * they are as unknown in a plan as the EIPs are. Provider 5 plans the private addresses as unchanged while it does not
 * know the ids of EIPs that are made in the same run, then finds them changed, and Terraform stops half-way with
 * "Provider produced inconsistent final plan" (https://github.com/hashicorp/terraform-provider-aws/issues/43265).
 *
 * @param allocationIds what EIPs have been added by then
 */
export function secondaryEips(allocationIds: () => readonly string[]): SecondaryEips {
  const unknownWithEips = (placeholder: unknown): unknown => {
    const ids = allocationIds();
    return ids.length === 0 ? undefined : Fn.conditional(isNever(ids), placeholder, Token.nullValue());
  };
  return {
    secondaryAllocationIds: Lazy.listValue({ produce: () => [...allocationIds()] }),
    secondaryPrivateIpAddresses: Token.asList(Lazy.anyValue({ produce: () => unknownWithEips([]) })),
    secondaryPrivateIpAddressCount: Token.asNumber(Lazy.anyValue({ produce: () => unknownWithEips(0) })),
  };
}

/**
 * False, and unknown as long as one of the ids is. Of a hash Terraform can tell nothing beforehand; of a length, say, it
 * knows that it is not below 0.
 */
function isNever(ids: readonly string[]): unknown {
  return Op.eq(Fn.sha256(Fn.join("", [...ids])), "none");
}
