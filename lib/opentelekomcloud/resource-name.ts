import type { IConstruct } from "constructs";
import { resourceName as nameBy } from "../cdktf/resource-name";
import type { NameRule } from "../core/entry-name";

/** What NAT gateways, EIPs' bandwidths, ports and security groups all take as a name. */
const NAME_RULE: NameRule = {
  form: /^[A-Za-z0-9_-]{1,64}$/,
  words: '1 to 64 letters, digits, "_" and "-"',
  maxLength: 64,
};

/** What alarm rules take as a name. */
const ALARM_NAME_RULE: NameRule = {
  form: /^[A-Za-z0-9_-]{1,128}$/,
  words: '1 to 128 letters, digits, "_" and "-"',
  maxLength: 128,
};

/** The name that a resource gets in the cloud: the user's, checked, or the construct path made legal. */
export function resourceName(construct: IConstruct, name: string | undefined, childId?: string): string {
  return nameBy(NAME_RULE, construct, name, childId);
}

/** The name that an alarm rule gets in the cloud. */
export function alarmName(construct: IConstruct, childId: string): string {
  return nameBy(ALARM_NAME_RULE, construct, undefined, childId);
}
