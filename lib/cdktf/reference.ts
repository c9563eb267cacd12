import { DefaultTokenResolver, StringConcat, TerraformStack, Tokenization } from "cdktf";
import type { IConstruct } from "constructs";
import { isKnown } from "./when-known";

const resolver = new DefaultTokenResolver(new StringConcat());

/**
 * The text that Terraform will read for a value: the literal, or the reference (`${alicloud_vpc.main.id}`). Two
 * values with one text are the same thing; of two different references nothing is known.
 *
 * Every read of a resource's attribute makes another token, so tokens themselves cannot be compared.
 */
export function referenceText(scope: IConstruct, value: string): string {
  return resolve(scope, value, false);
}

/**
 * As `referenceText`, for a value that a resource of the stack is going to hold, before the app is synthesized: a
 * reference into another stack reads as what it will be in this one, and so is no resource of this one.
 */
export function usedReferenceText(scope: IConstruct, value: string): string {
  return resolve(scope, value, true);
}

/** What tells a thing from all others of the app: a literal id is one in the whole app, a reference within its stack. */
export function identityInApp(scope: IConstruct, id: string): string {
  return isKnown(id) ? id : `${TerraformStack.of(scope).node.path} ${referenceText(scope, id)}`;
}

function resolve(scope: IConstruct, value: string, preparing: boolean): string {
  if (isKnown(value)) return value;
  return String(Tokenization.resolve(value, { scope: TerraformStack.of(scope), resolver, preparing }));
}
