import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import { contactGroups, eventRules, type EventContact, type EventRule } from "./tables";

const EVENT_TYPES = ["StatusNotification", "Exception", "Maintenance", "*"];
const LEVELS = ["CRITICAL", "WARN", "INFO", "*"];
/** Most names, types or levels of a rule. */
const MOST = 50;
/** How to tell somebody: by phone, text message and e-mail; by text message and e-mail; by e-mail. */
const CONTACT_LEVELS = ["2", "3", "4"];
/** `<resource type>:<cause>.<impact>:<status>`; not every event has an impact or a status. */
const EVENT_NAME = /^[A-Za-z]+:[A-Za-z]+(\.[A-Za-z]+)?(:[A-Za-z]+)?$/;

type PutRequest = Omit<EventRule, "ContactParameters"> & { RuleName: string };

/** Makes an event rule, or overwrites the one with this name; it keeps those whom it tells. */
export const putEventRule = changing("PutEventRule", (cloud, { RuleName, ...rule }: PutRequest) => {
  const { Product, EventTypeList, LevelList, NameList } = rule.EventPattern;
  if (Product === "") throw new ApiError("MissingParameter", "The parameter Product is mandatory.");
  checkList("EventTypeList", EventTypeList, (type) => EVENT_TYPES.includes(type));
  checkList("LevelList", LevelList, (level) => LEVELS.includes(level));
  if (Product === "ecs") checkList("NameList", NameList, (name) => EVENT_NAME.test(name));
  const ContactParameters = eventRules.find(cloud, RuleName)?.ContactParameters ?? [];
  eventRules.insert(cloud, { ...rule, ContactParameters }, RuleName);
  return RuleName;
});

function checkList(name: string, values: readonly string[], isAllowed: (value: string) => boolean): void {
  if (values.length <= MOST && values.every(isAllowed)) return;
  throw new ApiError("InvalidParameter", `The parameter ${name} is invalid: ${values.join(", ")}.`);
}

interface PutTargetsRequest {
  RuleName: string;
  ContactParameters: EventContact[];
}

/** Sets who is told. */
export const putEventRuleTargets = changing("PutEventRuleTargets", (cloud, request: PutTargetsRequest) => {
  const { RuleName, ContactParameters } = request;
  eventRules.get(cloud, RuleName);
  const ids = ContactParameters.map(({ Id }) => Id);
  if (ids.includes("") || new Set(ids).size < ids.length) {
    throw new ApiError("InvalidParameter", "Each recipient needs an id of its own.");
  }
  for (const { ContactGroupName, Level } of ContactParameters) {
    if (contactGroups.find(cloud, ContactGroupName) === undefined) {
      throw new ApiError("ResourceNotFound", `The contact group ${ContactGroupName} does not exist.`);
    }
    if (!CONTACT_LEVELS.includes(Level)) throw new ApiError("InvalidParameter", `The level ${Level} is invalid.`);
  }
  eventRules.change(cloud, RuleName, { ContactParameters });
});

export const describeEventRule = reading("DescribeEventRuleAttribute", (cloud, { RuleName }: { RuleName: string }) =>
  eventRules.find(cloud, RuleName),
);

export const deleteEventRules = changing("DeleteEventRules", (cloud, { RuleName }: { RuleName: string }) => {
  if (eventRules.find(cloud, RuleName) !== undefined) eventRules.remove(cloud, RuleName);
});
