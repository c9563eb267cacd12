import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import { nameOf } from "./check-types";

/**
 * The EIP that an entry names, as the cloud's own class. Refuses what no `addEip` returned, and the EIP of another NAT.
 *
 * @param isEip whether `addEip` of this cloud returned it
 */
export function entryEip<E extends IConstruct & { readonly nat: IConstruct }>(
  nat: IConstruct,
  eip: unknown,
  isEip: (eip: unknown) => eip is E,
  prop: string,
): E {
  if (!isEip(eip)) {
    const fix = "add the EIP to the NAT with addEip";
    throw new NatError(prop, "must be what addEip of the NAT returned", nameOf(eip), fix);
  }
  if (eip.nat !== nat) {
    throw new NatError(
      prop,
      `must belong to the entry's NAT ("${nat.node.path}"), it belongs to "${eip.nat.node.path}"`,
      eip.node.path,
      "name an EIP of this NAT, or add one to it with addEip",
    );
  }
  return eip;
}
