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
  if (isKnown(value)) return value;
  return String(Tokenization.resolve(value, { scope: TerraformStack.of(scope), resolver, preparing: false }));
}
