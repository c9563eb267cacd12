import { TerraformStack } from "cdktf";
import type { IConstruct } from "constructs";
import { referenceText } from "../cdktf/reference";
import { isKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import type { Eip } from "./eip";

/** The EIPs that NATs of an app have, by app: an EIP can be bound to one NAT only. */
const eipsOfApp = new WeakMap<IConstruct, Eip[]>();

/** Reports, at synth, an EIP that `addEip` of two NATs (or twice of one) was given. */
export function checkEipUsedOnce(eip: Eip): void {
  const { root } = eip.node;
  const eips = eipsOfApp.get(root) ?? [];
  eipsOfApp.set(root, eips);
  eips.push(eip);
  eip.node.addValidation({
    validate: () => {
      const id = identity(eip);
      const first = eips.find((other) => identity(other) === id);
      if (first === undefined || first === eip) return [];
      const error = new NatError(
        "existing",
        `is bound by "${first.node.path}" already`,
        eip.publicIp,
        "use that EIP in the entries, or name another one here",
      );
      return [error.message];
    },
  });
}

/** A literal id is one EIP in the whole app; a reference is one within its stack. */
function identity(eip: Eip): string {
  const { allocationId } = eip;
  if (isKnown(allocationId)) return allocationId;
  return `${TerraformStack.of(eip).node.path} ${referenceText(eip, allocationId)}`;
}
