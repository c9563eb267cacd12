import type { NatGateway } from "@cdktf/provider-aws/lib/nat-gateway";
import { Fn, Op, Token } from "cdktf";

/**
 * Writes the secondary EIPs of a gateway that has some.
 *
 * The private addresses are the cloud's choice, and nothing is asked for: the two expressions are null, always. But
 * they are as unknown in a plan as the EIPs are. Provider 5 plans the private addresses as unchanged while it does not
 * know the ids of EIPs that are made in the same run, then finds them changed, and Terraform stops half-way with
 * "Provider produced inconsistent final plan" (https://github.com/hashicorp/terraform-provider-aws/issues/43265).
 */
export function writeSecondaryEips(gateway: NatGateway, allocationIds: readonly string[]): void {
  const unknownWithEips = (placeholder: unknown): unknown =>
    Fn.conditional(isNever(allocationIds), placeholder, Token.nullValue());
  gateway.secondaryAllocationIds = [...allocationIds];
  gateway.secondaryPrivateIpAddresses = Token.asList(unknownWithEips([]));
  gateway.secondaryPrivateIpAddressCount = Token.asNumber(unknownWithEips(0));
}

/**
 * False, and unknown as long as one of the ids is. Of a hash Terraform can tell nothing beforehand; of a length, say, it
 * knows that it is not below 0.
 */
function isNever(ids: readonly string[]): unknown {
  return Op.eq(Fn.sha256(Fn.join("", [...ids])), "none");
}
