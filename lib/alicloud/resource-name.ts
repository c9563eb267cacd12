import type { IConstruct } from "constructs";
import { resourceName as nameBy } from "../cdktf/resource-name";
import type { NameRule } from "../core/entry-name";

/** What all resources of this cloud that the library makes take as a name. */
const NAME_RULE: NameRule = {
  form: /^[A-Za-z][A-Za-z0-9_-]{1,127}$/,
  words: '2 to 128 characters, first a letter, then letters, digits, "_" and "-"',
  maxLength: 128,
};

/** The name that a resource gets in the cloud: the user's, checked, or the construct path made legal. */
export function resourceName(construct: IConstruct, name: string | undefined, childId?: string): string {
  return nameBy(NAME_RULE, construct, name, childId);
}
