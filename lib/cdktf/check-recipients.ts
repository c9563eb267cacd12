import { NatError } from "../core/nat-error";
import { checkText } from "./check-types";
import { isKnown } from "./when-known";

/** Whom the alarms of a cloud tell, for messages. */
export interface AlarmRecipients {
  /** The prop that lists them. */
  readonly prop: string;
  /** What one is called, for example `contact group`. */
  readonly word: string;
  /** The same behind its article: `a contact group`. */
  readonly aWord: string;
  /** What to write where the list is empty. */
  readonly fix: string;
}

/** Refuses a list of recipients that is none, is empty, or has one in it that is nobody. A token passes. */
export function checkRecipients(given: unknown, { prop, word, aWord, fix }: AlarmRecipients): void {
  if (!isKnown(given)) return;
  if (!Array.isArray(given) || given.length === 0) {
    throw new NatError(prop, `must name at least one ${word}`, given, fix);
  }
  given.forEach((recipient, index) => {
    const element = `${prop}[${index}]`;
    checkText(recipient, element);
    if (recipient === undefined || recipient === "") {
      throw new NatError(element, `must name ${aWord}`, recipient, "take it out, or name one");
    }
  });
}
