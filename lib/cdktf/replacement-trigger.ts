import { Lazy, TerraformResource } from "cdktf";
import type { Construct } from "constructs";

/**
 * Makes a `terraform_data` that holds the values that are there, and gives its address for a resource's
 * `replaceTriggeredBy`: when one of the values changes, the resource is replaced, though its provider would try to
 * change it in place.
 *
 * cdktf's own `DataResource` is not used: it runs `terraform version` during synth and fails where there is no CLI.
 */
export function replacementTrigger(
  scope: Construct,
  id: string,
  values: Readonly<Record<string, string | undefined>>,
): string {
  const trigger = new TerraformResource(scope, id, { terraformResourceType: "terraform_data" });
  trigger.addOverride("input", values);
  // Plain text: cdktf writes invalid Terraform for a resource or a reference in replaceTriggeredBy. Made late: until
  // then a user may override the logical id.
  return Lazy.stringValue({ produce: () => `${trigger.terraformResourceType}.${trigger.friendlyUniqueId}` });
}
