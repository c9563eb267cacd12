import {
  dependable,
  TerraformBackend,
  TerraformDataSource,
  TerraformElement,
  TerraformModule,
  TerraformOutput,
  TerraformProvider,
  TerraformResource,
  TerraformStack,
} from "cdktf";
import type { ITerraformDependable } from "cdktf";
import { Construct } from "constructs";
import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import { nameOf } from "./check-types";

/** What a construct can be told to wait for: a Terraform resource, or a construct, which stands for all resources in it. */
export type Dependency = ITerraformDependable | IConstruct;

/**
 * What Terraform waits for behind the `dependsOn` of a construct. Terraform knows no constructs: cdktf would write an
 * empty list for one, so a construct is replaced by the resources, data sources and modules inside it.
 */
export function dependables(
  construct: IConstruct,
  dependsOn: readonly Dependency[] | undefined,
): readonly ITerraformDependable[] {
  if (dependsOn === undefined) return [];
  if (!Array.isArray(dependsOn)) {
    throw new NatError("dependsOn", "must be a list", nameOf(dependsOn), "use [ ... ]");
  }
  return dependsOn.flatMap((dependency: Dependency, index) => {
    const found = elementsIn(dependency, `dependsOn[${index}]`);
    for (const element of found) checkStack(construct, element, `dependsOn[${index}]`);
    return found;
  });
}

/** The list for a resource's `dependsOn`; none at all instead of an empty one, which would be written out. */
export function after(...lists: readonly (readonly ITerraformDependable[])[]): ITerraformDependable[] | undefined {
  const list = lists.flat();
  return list.length === 0 ? undefined : list;
}

/** What cdktf writes for each dependency, made once: a token costs a stack trace, and entries by the thousand share one. */
const written = new WeakMap<ITerraformDependable, string>();

/** Makes a resource wait, as its `dependsOn` would. */
export function waitFor(resource: TerraformResource, ...lists: readonly (readonly ITerraformDependable[])[]): void {
  const dependencies = lists.flat().map((dependency) => {
    const text = written.get(dependency) ?? dependable(dependency);
    written.set(dependency, text);
    return text;
  });
  if (dependencies.length > 0) resource.dependsOn = dependencies;
}

function elementsIn(dependency: Dependency, prop: string): readonly ITerraformDependable[] {
  if (isDependable(dependency)) return [dependency];
  if (!Construct.isConstruct(dependency) || NOT_DEPENDABLE.some((type) => dependency instanceof type)) {
    const fix = "pass the resource, or the construct that makes it";
    throw new NatError(prop, "must be a resource or a construct", nameOf(dependency), fix);
  }
  const elements = dependency.node.findAll().filter(isResource);
  if (elements.length === 0) {
    const rule = "must be a resource, or a construct with resources in it";
    const fix = "take it out, or name the construct that makes the resource";
    throw new NatError(prop, rule, dependency.node.path, fix);
  }
  return elements;
}

/** Elements with a name in Terraform that nothing can wait for. */
const NOT_DEPENDABLE = [TerraformProvider, TerraformOutput, TerraformBackend];

function isDependable(value: unknown): value is ITerraformDependable {
  if (typeof value !== "object" || value === null || !("fqn" in value)) return false;
  // Reading the address of an element that has none fails, and keeps the id of any other from being overridden.
  if (TerraformElement.isTerraformElement(value)) return !NOT_DEPENDABLE.some((type) => value instanceof type);
  return typeof value.fqn === "string";
}

function isResource(value: unknown): value is ITerraformDependable & IConstruct {
  return (
    TerraformResource.isTerraformResource(value) ||
    TerraformDataSource.isTerraformDataSource(value) ||
    value instanceof TerraformModule
  );
}

/** cdktf would write the address of the other stack, which Terraform does not find in this one. */
function checkStack(construct: IConstruct, dependency: ITerraformDependable, prop: string): void {
  if (!Construct.isConstruct(dependency)) return;
  const stack = TerraformStack.of(dependency);
  if (stack === TerraformStack.of(construct)) return;
  throw new NatError(
    prop,
    `must be in the same stack ("${TerraformStack.of(construct).node.path}")`,
    dependency.node.path,
    `let the whole stack wait: stack.addDependency(the stack "${stack.node.path}")`,
  );
}
