import { Fn } from "cdktf";
import type { IConstruct } from "constructs";
import { isKnown } from "../cdktf/when-known";
import { resourceName } from "./resource-name";

type Tags = Readonly<Record<string, string>>;

/** Where the tags of a resource come from. */
export interface TagSources {
  /** The name that the user gave. @default - `Name` among its own tags, otherwise the construct path */
  readonly name: string | undefined;
  /** Its own tags. @default - those that it takes over */
  readonly tags: Tags | undefined;
  /** Tags that it takes over from its NAT, whose `Name` is not its own. @default - none */
  readonly inherited?: Tags | undefined;
}

/** The tags of a resource: AWS shows the one called `Name` as the resource's name. */
export function namedTags(construct: IConstruct, { name, tags, inherited }: TagSources): Record<string, string> {
  const Name = resourceName(construct, name);
  const others = tags ?? inherited ?? {};
  if (!isWrittenOut(others)) {
    const ownName = tags !== undefined && name === undefined;
    return Fn.merge(ownName ? [{ Name }, others] : [others, { Name }]) as Record<string, string>;
  }
  return { ...others, Name: name ?? tags?.Name ?? Name };
}

/** Whether the keys are there at synth; cdktf writes a map that is known later as one with a token for a key. */
function isWrittenOut(tags: Tags): boolean {
  return isKnown(tags) && Object.keys(tags).every(isKnown);
}
