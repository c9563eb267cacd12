import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import { resourceName } from "../../lib/cdktf/resource-name";

describe("the name of a resource", () => {
  const RULE = { form: /^[A-Za-z0-9_.-]{1,64}$/, words: "1 to 64 letters, digits, _, - and .", maxLength: 64 };
  const construct = () => new Construct(new TerraformStack(Testing.app(), "stack"), "Nat");

  it("is the user's, known or not, or the path made legal by the cloud's rule", () => {
    const nat = construct();
    const token = new TerraformVariable(nat, "v", {}).stringValue;
    expect(resourceName(RULE, nat, "1.nat")).toBe("1.nat");
    expect(resourceName(RULE, nat, token)).toBe(token);
    expect(resourceName(RULE, nat, undefined)).toBe("stack-Nat");
    expect(resourceName(RULE, nat, undefined, "Alarm")).toBe("stack-Nat-Alarm");
    expect(resourceName(RULE, nat, undefined, "a".repeat(60))).toHaveLength(64);
  });

  it("is refused where it breaks the cloud's rule", () => {
    expect(() => resourceName(RULE, construct(), "a b")).toThrow(
      'name: must be 1 to 64 letters, digits, _, - and ., got "a b"; use a name such as "a-b-c8687a08"',
    );
  });
});
