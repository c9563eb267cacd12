import { Fn, Op, Token } from "cdktf";

/** What a gateway's resource is told of its EIPs beside the primary one. */
export interface SecondaryEips {
  readonly secondaryAllocationIds: string[];
  readonly secondaryPrivateIpAddresses: string[];
  readonly secondaryPrivateIpAddressCount: number;
}

/**
 * The secondary EIPs of a gateway that has some.
 *
 * The private addresses are the cloud's choice, and nothing is asked for: the two expressions are null, always. But
 * they are as unknown in a plan as the EIPs are. Provider 5 plans the private addresses as unchanged while it does not
 * know the ids of EIPs that are made in the same run, then finds them changed, and Terraform stops half-way with
 * "Provider produced inconsistent final plan" (https://github.com/hashicorp/terraform-provider-aws/issues/43265).
 */
export function secondaryEips(allocationIds: readonly string[]): SecondaryEips {
  const unknownWithEips = (placeholder: unknown): unknown =>
    Fn.conditional(isNever(allocationIds), placeholder, Token.nullValue());
  return {
    secondaryAllocationIds: [...allocationIds],
    secondaryPrivateIpAddresses: Token.asList(unknownWithEips([])),
    secondaryPrivateIpAddressCount: Token.asNumber(unknownWithEips(0)),
  };
}

/**
 * False, and unknown as long as one of the ids is. Of a hash Terraform can tell nothing beforehand; of a length, say, it
 * knows that it is not below 0.
 */
function isNever(ids: readonly string[]): unknown {
  return Op.eq(Fn.sha256(Fn.join("", [...ids])), "none");
}
