import { TerraformElement, TerraformResource } from "cdktf";
import type { ITerraformDependable } from "cdktf";
import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";

/** What a construct can be told to wait for: a Terraform resource, or a construct, which stands for all resources in it. */
export type Dependency = ITerraformDependable | IConstruct;

/**
 * The Terraform resources behind `dependsOn`. Terraform knows no constructs: cdktf would write an empty list for one,
 * so a construct is replaced by the resources inside it.
 */
export function dependables(dependsOn: readonly Dependency[] | undefined): ITerraformDependable[] {
  return (dependsOn ?? []).flatMap((dependency) => {
    if (TerraformElement.isTerraformElement(dependency)) return [dependency];
    if (isConstruct(dependency)) {
      const resources = dependency.node.findAll().filter((node) => TerraformResource.isTerraformResource(node));
      if (resources.length === 0) {
        throw new NatError(
          "dependsOn",
          "must hold resources, or constructs with resources in them",
          dependency.node.path,
          "take it out, or name the construct that makes the resource",
        );
      }
      return resources;
    }
    return [dependency];
  });
}

/** The list for a resource's `dependsOn`; none at all instead of an empty one, which would be written out. */
export function after(...lists: readonly (readonly ITerraformDependable[])[]): ITerraformDependable[] | undefined {
  const list = lists.flat();
  return list.length === 0 ? undefined : list;
}

function isConstruct(dependency: Dependency): dependency is IConstruct {
  return "node" in dependency;
}
