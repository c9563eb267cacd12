import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";

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
    const given = typeof eip === "object" && eip !== null ? eip.constructor.name : eip;
    throw new NatError(prop, "must be what addEip of the NAT returned", given, "add the EIP to the NAT with addEip");
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
