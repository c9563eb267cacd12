import type { IConstruct } from "constructs";
import { whenKnown } from "../cdktf/when-known";
import { nameFromPath, parseEntryName } from "../core/entry-name";

/** The name that a resource gets in the cloud: the user's, checked, or the construct path made legal. */
export function resourceName(construct: IConstruct, name: string | undefined, childId?: string): string {
  if (name !== undefined) {
    whenKnown(name, (text) => parseEntryName(text, "name"));
    return name;
  }
  const path = construct.node.path;
  return nameFromPath(childId === undefined ? path : `${path}/${childId}`);
}
