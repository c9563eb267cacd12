import { Token, TerraformProvider } from "cdktf";
import { NatError } from "../core/nat-error";
import { isKnown } from "./when-known";

// For users of JavaScript: TypeScript refuses all of this at compile time. A prop that is left out passes, and so does
// a token, which cannot be looked into.

/** Refuses what is no text. */
export function checkText(value: unknown, prop: string): void {
  if (value === undefined || typeof value === "string" || isObjectToken(value)) return;
  throw new NatError(prop, "must be text", value, "put it in quotes, or leave it out");
}

/** Refuses what is no id: an id can be neither left out nor empty. */
export function checkId(value: unknown, prop: string, of: string): void {
  if ((typeof value === "string" && value !== "") || isObjectToken(value)) return;
  throw new NatError(prop, `must be the id of ${of}`, value, "pass it as text, or as the attribute of a resource");
}

/** Refuses what is no list of ids; each may be a token, the list as a whole may not. */
export function checkIds(ids: unknown, prop: string, of: string): void {
  if (ids === undefined) return;
  if (!isKnown(ids) || !Array.isArray(ids)) {
    const fix = "write the list out; its elements may be references";
    throw new NatError(prop, "must be a list known at synth", ids, fix);
  }
  ids.forEach((id, index) => checkId(id, `${prop}[${index}]`, of));
}

/** Refuses what is neither true nor false. */
export function checkFlag(value: unknown, prop: string): void {
  if (value === undefined || typeof value === "boolean" || isObjectToken(value)) return;
  throw new NatError(prop, "must be true or false", value, "use one of them, or leave it out");
}

/** Refuses a flag that is known only at deploy time too: something is decided by it at synth. */
export function checkKnownFlag(value: unknown, prop: string): void {
  if (value === undefined || typeof value === "boolean") return;
  throw new NatError(prop, "must be true or false, known at synth", value, "use one of them, or leave it out");
}

/** Refuses tags that are not text by text. */
export function checkTags(tags: unknown, prop = "tags"): void {
  if (tags === undefined || isObjectToken(tags)) return;
  if (typeof tags !== "object" || tags === null || Array.isArray(tags)) {
    throw new NatError(prop, "must be an object of texts", tags, 'use a form like { team: "network" }');
  }
  for (const [key, value] of Object.entries(tags)) {
    if (value === undefined) throw new NatError(`${prop}.${key}`, "must be text", value, "leave the tag out");
    checkText(value, `${prop}.${key}`);
  }
}

/** Refuses what is no Terraform provider. */
export function checkProvider(provider: unknown): void {
  if (provider === undefined || provider instanceof TerraformProvider) return;
  throw new NatError(
    "provider",
    "must be a provider of the stack",
    nameOf(provider),
    "pass the provider construct itself",
  );
}

/** What an error says of a value that should have been a construct: its class, or the value where it has none. */
export function nameOf(value: unknown): unknown {
  if (typeof value !== "object" || value === null) return value;
  const prototype: unknown = Object.getPrototypeOf(value);
  if (prototype === null || prototype === Object.prototype || Array.isArray(value)) return value;
  return value.constructor.name;
}

/** A token that is no text: a computed boolean or map, an expression of `Fn`. */
function isObjectToken(value: unknown): boolean {
  return typeof value === "object" && !Array.isArray(value) && Token.isUnresolved(value);
}
