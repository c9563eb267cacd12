import type { IConstruct } from "constructs";
import { nameFromPath } from "../core/entry-name";

/**
 * The beginning of a name that Terraform makes unique, for resources whose names are one in an account, a region or a
 * VPC: the construct path made legal. It does not depend on the `name` of a NAT: a change would replace the resource.
 * @param maxLength the longest prefix that the provider takes, in characters
 */
export function namePrefix(construct: IConstruct, maxLength: number): string {
  const rule = { form: /^[A-Za-z]/, words: "", maxLength: maxLength - 1 };
  return `${nameFromPath(construct.node.path, rule)}-`;
}
