import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import { isKnown } from "./when-known";

/**
 * Runs `check` on behalf of a construct: a `NatError` out of it leaves with the construct's path in front, so that
 * the reader finds the line in the app. `childId` names a child that is about to be made.
 */
export function failAt<T>(construct: IConstruct, check: () => T, childId?: string): T {
  try {
    return check();
  } catch (error) {
    if (!(error instanceof NatError) || error.path !== undefined) throw error;
    const path = construct.node.path;
    throw error.at(typeof childId === "string" && childId !== "" ? `${path}/${childId}` : path);
  }
}

/**
 * Refuses an id that cannot become a child: empty, taken by a sibling, or kept for the construct's own main child.
 * Without it, the user sees an error about internals.
 */
export function checkChildId(construct: IConstruct, id: string): void {
  if (typeof id !== "string" || id === "") {
    throw new NatError("id", "must be a text that is not empty", id, "give each child an id of its own");
  }
  if (!isKnown(id)) {
    throw new NatError("id", "must be known at synth", id, "write it out: it is part of Terraform addresses");
  }
  if (id === "Resource" || id === "Default") {
    throw new NatError("id", "is kept for the construct's own resource", id, "choose another id");
  }
  if (construct.node.tryFindChild(id) !== undefined) {
    throw new NatError("id", `is taken by another child of "${construct.node.path}"`, id, "choose another id");
  }
}

/** Refuses, for users of JavaScript, props that are missing or no object. */
export function checkProps(props: unknown, prop = "props"): void {
  if (typeof props === "object" && props !== null) return;
  throw new NatError(prop, "must be an object", props, "pass the props that the documentation lists");
}
