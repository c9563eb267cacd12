import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";

/**
 * Refuses an entry, a route or an alarm in another stack than its NAT: the explicit order between their resources
 * cannot cross stacks.
 */
export function checkSameStack(construct: IConstruct, nat: IConstruct): void {
  if (TerraformStack.of(construct) === TerraformStack.of(nat)) return;
  throw new NatError(
    "nat",
    `must be in the same stack ("${TerraformStack.of(construct).node.path}")`,
    nat.node.path,
    "take the NAT into this stack with fromAttributes, or move the entry beside its NAT",
  );
}
