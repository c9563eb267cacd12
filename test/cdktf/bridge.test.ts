import { AnnotationMetadataEntryType, TerraformStack, Testing } from "cdktf";
import { Construct, type IConstruct } from "constructs";
import { Vpc } from "cdktf-nat/alicloud/bindings/vpc";
import { entryEip } from "../../lib/cdktf/entry-eips";
import { checkChildId, checkProps, failAt } from "../../lib/cdktf/fail";
import { NatBackends } from "../../lib/cdktf/nat-backends";
import { identityInApp, referenceText, usedReferenceText } from "../../lib/cdktf/reference";
import { replacementTrigger } from "../../lib/cdktf/replacement-trigger";
import { checkSameStack } from "../../lib/cdktf/same-stack";
import { warn, warnAtSynth } from "../../lib/cdktf/warn-at-synth";
import { NatError } from "../../lib/core/nat-error";

function stacks() {
  const app = Testing.app();
  return { app, stack: new TerraformStack(app, "stack"), other: new TerraformStack(app, "other") };
}

describe("failAt", () => {
  const error = new NatError("p", "must be right", 1, "repair it");

  it("gives back what the check gives", () => {
    expect(failAt(stacks().stack, () => 5)).toBe(5);
  });

  it.each([
    [undefined, "[stack] p: must be right, got 1; repair it"],
    ["Child", "[stack/Child] p: must be right, got 1; repair it"],
    ["", "[stack] p: must be right, got 1; repair it"],
  ])("puts the path in front of a NatError, with the child %j", (childId, message) => {
    const { stack } = stacks();
    const fail = () =>
      failAt(
        stack,
        () => {
          throw error;
        },
        childId,
      );
    expect(fail).toThrow(message);
    expect(fail).toThrow(NatError);
  });

  it("leaves an error alone that has a path, or is none of the library", () => {
    const { stack } = stacks();
    for (const thrown of [error.at("elsewhere"), new TypeError("internal")]) {
      expect(() =>
        failAt(stack, () => {
          throw thrown;
        }),
      ).toThrow(thrown);
    }
  });
});

describe("checkChildId", () => {
  it("takes an id that is free", () => {
    expect(() => checkChildId(stacks().stack, "Free")).not.toThrow();
  });

  it.each([
    ["", 'id: must be a text that is not empty, got ""; give each child an id of its own'],
    [undefined, "id: must be a text that is not empty, got undefined; give each child an id of its own"],
    [5, "id: must be a text that is not empty, got 5; give each child an id of its own"],
    ["${var.x}", 'id: must be known at synth, got "${var.x}"; write it out: it is part of Terraform addresses'],
    ["Resource", 'id: is kept for the construct\'s own resource, got "Resource"; choose another id'],
    ["Default", 'id: is kept for the construct\'s own resource, got "Default"; choose another id'],
    ["Taken", 'id: is taken by another child of "stack", got "Taken"; choose another id'],
  ])("refuses %j", (id, message) => {
    const { stack } = stacks();
    new Construct(stack, "Taken");
    expect(() => checkChildId(stack, id as string)).toThrow(message);
  });
});

describe("checkProps", () => {
  it("takes an object", () => {
    expect(() => checkProps({})).not.toThrow();
  });

  it.each([
    [undefined, "props: must be an object, got undefined; pass the props that the documentation lists"],
    [null, "props: must be an object, got null; pass the props that the documentation lists"],
    ["x", 'props: must be an object, got "x"; pass the props that the documentation lists'],
  ])("refuses %j", (props, message) => {
    expect(() => checkProps(props)).toThrow(message);
  });
});

describe("checkSameStack", () => {
  it("takes two constructs of one stack and refuses those of two", () => {
    const { stack, other } = stacks();
    const entry = new Construct(stack, "Entry");
    expect(() => checkSameStack(entry, new Construct(stack, "Nat"))).not.toThrow();
    expect(() => checkSameStack(entry, new Construct(other, "Nat"))).toThrow(
      'nat: must be in the same stack ("stack"), got "other/Nat"; take the NAT into this stack with fromAttributes, or move the entry beside its NAT',
    );
  });
});

describe("the inside of NATs", () => {
  it("is found by the NAT itself, and by nothing else", () => {
    const backends = new NatBackends<{ name: string }>("a FirstNat or a SecondNat");
    const { stack } = stacks();
    const backend = { name: "one" };
    backends.register(stack, backend);
    expect(backends.of(stack)).toBe(backend);
    for (const [given, shown] of [
      [undefined, "undefined"],
      [null, "null"],
      ["x", '"x"'],
      [{}, "{}"],
      [Object.create(null) as unknown, "{}"],
      [new Construct(stack, "Other"), '"Construct"'],
    ] as const) {
      expect(() => backends.of(given)).toThrow(
        `nat: must be a FirstNat or a SecondNat, got ${shown}; pass the NAT construct itself`,
      );
    }
  });

  it("is refused in words of its own where the NAT takes no entries", () => {
    const backends = new NatBackends<{ name: string }>("a FirstNat");
    const { stack, other } = stacks();
    backends.refuse(stack, { rule: "must not be a gateway, which has no DNAT", fix: "use a FirstNat" });
    expect(() => backends.of(stack)).toThrow(
      'nat: must not be a gateway, which has no DNAT, got "TerraformStack"; use a FirstNat',
    );
    expect(() => backends.of(other)).toThrow('nat: must be a FirstNat, got "TerraformStack"');
  });
});

describe("the EIP of an entry", () => {
  class Eip extends Construct {
    constructor(
      readonly nat: IConstruct,
      id: string,
    ) {
      super(nat, id);
    }
  }
  const isEip = (value: unknown): value is Eip => value instanceof Eip;

  it("is one of the entry's NAT", () => {
    const { stack, other } = stacks();
    const eip = new Eip(stack, "Eip");
    expect(entryEip(stack, eip, isEip, "eip")).toBe(eip);
    expect(() => entryEip(other, eip, isEip, "eips[1]")).toThrow(
      'eips[1]: must belong to the entry\'s NAT ("other"), it belongs to "stack", got "stack/Eip"; name an EIP of this NAT, or add one to it with addEip',
    );
    expect(() => entryEip(stack, stack, isEip, "eip")).toThrow(
      'eip: must be what addEip of the NAT returned, got "TerraformStack"; add the EIP to the NAT with addEip',
    );
    expect(() => entryEip(stack, undefined, isEip, "eip")).toThrow(
      "eip: must be what addEip of the NAT returned, got undefined; add the EIP to the NAT with addEip",
    );
  });
});

describe("the text of a reference", () => {
  it("is the literal, or what Terraform will read, the same for each read", () => {
    const { stack } = stacks();
    const vpc = new Vpc(stack, "Vpc");
    expect(referenceText(stack, "vpc-1")).toBe("vpc-1");
    expect(referenceText(stack, "${var.raw}")).toBe("${var.raw}");
    expect([vpc.id, vpc.id].map((id) => referenceText(stack, id))).toEqual([
      "${alicloud_vpc.Vpc.id}",
      "${alicloud_vpc.Vpc.id}",
    ]);
    expect(referenceText(stack, `${vpc.id}/32`)).toBe("${alicloud_vpc.Vpc.id}/32");
  });

  it("tells, where a resource will hold it, another stack's resource of the same name apart", () => {
    const { stack, other } = stacks();
    const [own, foreign] = [new Vpc(stack, "Vpc"), new Vpc(other, "Vpc")];
    expect(usedReferenceText(stack, "vpc-1")).toBe("vpc-1");
    expect(usedReferenceText(stack, own.id)).toBe("${alicloud_vpc.Vpc.id}");
    expect(usedReferenceText(stack, foreign.id)).toBe(
      "${data.terraform_remote_state.cross-stack-reference-input-other.outputs.cross-stack-output-alicloud_vpcVpcid}",
    );
  });

  it("is an identity in the app by the stack, a literal by itself", () => {
    const { stack, other } = stacks();
    expect(identityInApp(stack, "vtb-1")).toBe(identityInApp(other, "vtb-1"));
    const [own, foreign] = [new Vpc(stack, "Vpc"), new Vpc(other, "Vpc")];
    expect(identityInApp(stack, own.id)).toBe("stack ${alicloud_vpc.Vpc.id}");
    expect(identityInApp(other, foreign.id)).toBe("other ${alicloud_vpc.Vpc.id}");
  });
});

describe("a replacement trigger", () => {
  it("is a terraform_data with the values, by its plain address, also under an id that is overridden later", () => {
    const { stack } = stacks();
    const vpc = new Vpc(stack, "Vpc", {
      lifecycle: { replaceTriggeredBy: [replacementTrigger(stack, "Trigger", { one: "1", two: "${var.two}" })] },
    });
    const trigger = stack.node.findChild("Trigger") as unknown as { overrideLogicalId(id: string): void };
    trigger.overrideLogicalId("mine");
    expect(vpc.node.path).toBe("stack/Vpc");
    expect((JSON.parse(Testing.synth(stack)) as { resource: unknown }).resource).toEqual({
      alicloud_vpc: { Vpc: { lifecycle: { replace_triggered_by: ["terraform_data.mine"] } } },
      terraform_data: { mine: { input: { one: "1", two: "${var.two}" } } },
    });
  });
});

describe("warnings", () => {
  const warningsOf = ({ node }: IConstruct) =>
    node.metadata
      .filter(({ type }) => type === (AnnotationMetadataEntryType.WARN as string))
      .map(({ data }) => data as string);

  it("are added at once, or once at synth", () => {
    const { stack } = stacks();
    const construct = new Construct(stack, "Construct");
    new Construct(construct, "Child");
    let asked = 0;
    warn(construct, "now");
    warnAtSynth(construct, () => {
      asked += 1;
      return ["later", "and more"];
    });
    expect(warningsOf(construct)).toEqual(["now"]);
    Testing.synth(stack);
    Testing.synth(stack);
    expect(warningsOf(construct)).toEqual(["now", "later", "and more"]);
    expect(asked).toBe(1);
  });
});
