import type { IConstruct } from "constructs";
import { nameFromPath, parseName } from "../core/entry-name";
import type { NameRule } from "../core/entry-name";
import { whenKnown } from "./when-known";

/**
 * The name that a resource gets in the cloud: the user's, checked, or the construct path made legal.
 *
 * @param childId a child of the construct that the name is for, when it is made out of the path
 */
export function resourceName(
  rule: NameRule,
  construct: IConstruct,
  name: string | undefined,
  childId?: string,
): string {
  if (name !== undefined) {
    whenKnown(name, (text) => parseName(text, rule));
    return name;
  }
  const path = construct.node.path;
  return nameFromPath(childId === undefined ? path : `${path}/${childId}`, rule);
}
