import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { AlicloudProvider } from "cdktf-nat/alicloud";
import {
  checkFlag,
  checkId,
  checkIds,
  checkKnownFlag,
  checkProvider,
  checkTags,
  checkText,
  nameOf,
} from "../../lib/cdktf/check-types";

const stack = new TerraformStack(Testing.app(), "stack");
const variable = new TerraformVariable(stack, "v", {});
const flag: unknown = variable.booleanValue;

describe("types that are checked for users of JavaScript", () => {
  it.each([
    ["text", () => checkText("x", "p")],
    ["no text", () => checkText(undefined, "p")],
    ["text that is a token", () => checkText(variable.stringValue, "p")],
    ["text that is an expression", () => checkText(variable.value, "p")],
    ["an id", () => checkId("x", "p", "a thing")],
    ["an id that is a token", () => checkId(variable.stringValue, "p", "a thing")],
    ["an id that is an expression", () => checkId(variable.value, "p", "a thing")],
    ["ids", () => checkIds(["x", variable.stringValue], "p", "a thing")],
    ["no ids", () => checkIds(undefined, "p", "a thing")],
    ["a flag", () => checkFlag(false, "p")],
    ["no flag", () => checkFlag(undefined, "p")],
    ["a computed flag", () => checkFlag(flag, "p")],
    ["a flag known at synth", () => checkKnownFlag(true, "p")],
    ["no flag known at synth", () => checkKnownFlag(undefined, "p")],
    ["tags", () => checkTags({ a: "x", b: variable.stringValue })],
    ["no tags", () => checkTags(undefined)],
    ["tags that are a token", () => checkTags(Token.asStringMap(Token.asAny("${var.v}")))],
    ["a provider", () => checkProvider(new AlicloudProvider(stack, "P"))],
    ["no provider", () => checkProvider(undefined)],
  ])("pass: %s", (_what, check) => {
    expect(check).not.toThrow();
  });

  const text = "p: must be text, got";
  const id = "p: must be the id of a thing, got";
  const flags = "p: must be true or false, got";
  it.each([
    [() => checkText(null, "p"), `${text} null; put it in quotes, or leave it out`],
    [() => checkText(5, "p"), `${text} 5; put it in quotes, or leave it out`],
    [() => checkText(["x"], "p"), `${text} ["x"]; put it in quotes, or leave it out`],
    [() => checkId(undefined, "p", "a thing"), `${id} undefined; pass it as text, or as the attribute of a resource`],
    [() => checkId("", "p", "a thing"), `${id} ""; pass it as text, or as the attribute of a resource`],
    [() => checkId({}, "p", "a thing"), `${id} {}; pass it as text, or as the attribute of a resource`],
    [
      () => checkIds("x", "p", "a thing"),
      'p: must be a list known at synth, got "x"; write the list out; its elements may be references',
    ],
    [
      () => checkIds(["x", 1], "p", "a thing"),
      "p[1]: must be the id of a thing, got 1; pass it as text, or as the attribute of a resource",
    ],
    [() => checkFlag(null, "p"), `${flags} null; use one of them, or leave it out`],
    [() => checkFlag("true", "p"), `${flags} "true"; use one of them, or leave it out`],
    [() => checkKnownFlag(0, "p"), "p: must be true or false, known at synth, got 0; use one of them, or leave it out"],
    [() => checkTags(null), 'tags: must be an object of texts, got null; use a form like { team: "network" }'],
    [() => checkTags([]), 'tags: must be an object of texts, got []; use a form like { team: "network" }'],
    [() => checkTags({ a: true }, "labels"), "labels.a: must be text, got true; put it in quotes, or leave it out"],
    [() => checkTags({ a: undefined }), "tags.a: must be text, got undefined; leave the tag out"],
    [() => checkProvider({}), "provider: must be a provider of the stack, got {}; pass the provider construct itself"],
    [
      () => checkProvider(variable),
      'provider: must be a provider of the stack, got "TerraformVariable"; pass the provider construct itself',
    ],
  ])("fail with a message: %s", (check, message) => {
    expect(check).toThrow(message);
  });

  it("refuse a list of ids that is known only at deploy time", () => {
    expect(() => checkIds(variable.listValue, "p", "a thing")).toThrow(
      /^p: must be a list known at synth, got .*; write the list out; its elements may be references$/,
    );
  });

  it("refuse a computed flag where something is decided by it at synth", () => {
    expect(() => checkKnownFlag(flag, "p")).toThrow(
      /^p: must be true or false, known at synth, got .*; use one of them, or leave it out$/,
    );
  });
});

describe("what an error calls a value", () => {
  const bare = Object.create(null) as unknown;
  it.each([
    ["x", "x"],
    [null, null],
    [5, 5],
    [["x"], ["x"]],
    [{ a: 1 }, { a: 1 }],
    [bare, bare],
    [new Date(0), "Date"],
    [stack, "TerraformStack"],
  ])("%p", (value, expected) => {
    expect(nameOf(value)).toEqual(expected);
  });
});
