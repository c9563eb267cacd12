import {
  LocalBackend,
  TerraformHclModule,
  TerraformLocal,
  TerraformOutput,
  TerraformResource,
  TerraformStack,
  Testing,
} from "cdktf";
import { Construct } from "constructs";
import { AlicloudProvider } from "cdktf-nat/alicloud";
import { DataAlicloudZones } from "cdktf-nat/alicloud/bindings/data-alicloud-zones";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { after, dependables, type Dependency, waitFor } from "../../lib/cdktf/dependencies";
import { synth } from "../support/stacks";

function fixture() {
  const app = Testing.app();
  const stack = new TerraformStack(app, "stack");
  new AlicloudProvider(stack, "Alicloud");
  const vpc = new Vpc(stack, "Vpc", { cidrBlock: "10.0.0.0/16" });
  return { app, stack, vpc, waiting: new Construct(stack, "Waiting") };
}

describe("what stands behind dependsOn", () => {
  it("is nothing for nothing", () => {
    const { waiting } = fixture();
    expect(dependables(waiting, undefined)).toEqual([]);
    expect(dependables(waiting, [])).toEqual([]);
  });

  it("is a resource, a data source, a module or a local as it is", () => {
    const { stack, vpc, waiting } = fixture();
    const zones = new DataAlicloudZones(stack, "Zones");
    const module = new TerraformHclModule(stack, "Module", { source: "terraform-alicloud-modules/vpc/alicloud" });
    const local = new TerraformLocal(stack, "Local", "x");
    const list = [vpc, zones, module, local];
    expect(dependables(waiting, list).map((each) => list.indexOf(each as never))).toEqual([0, 1, 2, 3]);
  });

  it("is every resource, data source and module inside a construct, and nothing else in it", () => {
    const { stack, waiting } = fixture();
    const scope = new Construct(stack, "Scope");
    const vpc = new Vpc(scope, "Vpc");
    const zones = new DataAlicloudZones(new Construct(scope, "Inner"), "Zones");
    const module = new TerraformHclModule(scope, "Module", { source: "terraform-alicloud-modules/vpc/alicloud" });
    new TerraformOutput(scope, "Output", { value: "x" });
    const list = [vpc, zones, module];
    expect(
      dependables(waiting, [scope])
        .map((each) => list.indexOf(each as never))
        .sort(),
    ).toEqual([0, 1, 2]);
  });

  it("can be what has an address of its own", () => {
    const { waiting } = fixture();
    const given = { fqn: "module.other" };
    expect(dependables(waiting, [given])).toEqual([given]);
  });

  it("is refused where nothing can wait for it", () => {
    const { app, stack, waiting } = fixture();
    const other = new Vpc(new TerraformStack(app, "other"), "Vpc");
    const empty = new Construct(stack, "Empty");
    const output = new TerraformOutput(stack, "Output", { value: "x" });
    const provider = new AlicloudProvider(stack, "Second", { alias: "second" });
    const backend = new LocalBackend(stack);
    const kind = "must be a resource or a construct, got";
    const fix = "pass the resource, or the construct that makes it";
    const cases: readonly (readonly [unknown, string])[] = [
      ["x", 'dependsOn: must be a list, got "x"; use [ ... ]'],
      [null, "dependsOn: must be a list, got null; use [ ... ]"],
      [stack, 'dependsOn: must be a list, got "TerraformStack"; use [ ... ]'],
      [[undefined], `dependsOn[0]: ${kind} undefined; ${fix}`],
      [[{ fqn: 5 }], `dependsOn[0]: ${kind} {"fqn":5}; ${fix}`],
      [["alicloud_vpc.x"], `dependsOn[0]: ${kind} "alicloud_vpc.x"; ${fix}`],
      [[output], `dependsOn[0]: ${kind} "TerraformOutput"; ${fix}`],
      [[provider], `dependsOn[0]: ${kind} "AlicloudProvider"; ${fix}`],
      [[backend], `dependsOn[0]: ${kind} "LocalBackend"; ${fix}`],
      [
        [empty],
        'dependsOn[0]: must be a resource, or a construct with resources in it, got "stack/Empty"; take it out, or name the construct that makes the resource',
      ],
      [
        [other],
        'dependsOn[0]: must be in the same stack ("stack"), got "other/Vpc"; let the whole stack wait: stack.addDependency(the stack "other")',
      ],
    ];
    for (const [given, message] of cases) {
      expect(() => dependables(waiting, given as readonly Dependency[])).toThrow(message);
    }
  });
});

describe("the list for a resource", () => {
  it("is left out where it is empty", () => {
    expect(after([], [])).toBeUndefined();
  });

  it("holds several lists in their order", () => {
    const { vpc } = fixture();
    const other = { fqn: "x.y" };
    expect(after([other], [], [vpc])).toEqual([other, vpc]);
  });

  it("is written as a resource's own would be", () => {
    const { stack, vpc } = fixture();
    const one = new TerraformResource(stack, "One", { terraformResourceType: "terraform_data" });
    const two = new TerraformResource(stack, "Two", { terraformResourceType: "terraform_data" });
    const none = new TerraformResource(stack, "None", { terraformResourceType: "terraform_data" });
    waitFor(one, [vpc]);
    waitFor(two, [], [one, vpc]);
    waitFor(none, [], []);
    expect(synth(stack).resource!.terraform_data).toEqual({
      One: { depends_on: ["alicloud_vpc.Vpc"] },
      Two: { depends_on: ["terraform_data.One", "alicloud_vpc.Vpc"] },
      None: {},
    });
  });
});
