import { Fn, Lazy, TerraformLocal } from "cdktf";
import type { Construct } from "constructs";

/** User data that Terraform packs at deploy time, when the values behind its references are there. */
export interface UserData {
  /** The text, compressed and in base64. Its bytes change with the release of Terraform: nothing may hang on them. */
  readonly gzipBase64: string;
  /** Hash of the plain text, in hex: it changes with the text only. */
  readonly sha256: string;
}

/**
 * Hands a text over to Terraform's own functions, by way of a local value.
 *
 * They take no text as it is: a quote in a literal argument ends it, and a `Lazy` comes out without quotes.
 *
 * @param template the text as a Terraform template; called at synth, possibly more than once, and must not throw
 */
export function packUserData(scope: Construct, id: string, template: () => string): UserData {
  const text = new TerraformLocal(scope, id, Lazy.stringValue({ produce: template })).asString;
  return { gzipBase64: Fn.base64gzip(text), sha256: Fn.sha256(text) };
}

/** Literal text as Terraform has to read it, so that `${...}` and `%{...}` of a script stay what they are. */
export function escapeTemplate(literal: string): string {
  return literal.replace(/[$%](?=\{)/g, "$&$&");
}
