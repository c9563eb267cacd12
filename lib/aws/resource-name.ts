import type { IConstruct } from "constructs";
import { resourceName as nameBy } from "../cdktf/resource-name";
import type { NameRule } from "../core/entry-name";

/** What both `Name` tags and CloudWatch take as a name. */
const NAME_RULE: NameRule = {
  form: /^[\p{L}\p{N} +\-=._:/@]{1,255}$/u,
  words: "1 to 255 letters, digits, spaces and + - = . _ : / @",
  maxLength: 255,
};

/** The name that a resource gets in the cloud: the user's, checked, or the construct path made legal. */
export function resourceName(construct: IConstruct, name: string | undefined, childId?: string): string {
  return nameBy(NAME_RULE, construct, name, childId);
}
