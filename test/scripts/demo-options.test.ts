import { DEMO_USAGE, parseDemoOptions } from "../../scripts/demo-options";

const EXAMPLES = ["alicloud-dnat", "alicloud-managed"];

it.each([
  [[], { example: "alicloud-managed", keep: false, help: false }],
  [["--keep"], { example: "alicloud-managed", keep: true, help: false }],
  [["--example", "alicloud-dnat"], { example: "alicloud-dnat", keep: false, help: false }],
  [["--example=alicloud-dnat", "--keep"], { example: "alicloud-dnat", keep: true, help: false }],
  [["--help"], { example: "alicloud-managed", keep: false, help: true }],
])("reads %j", (args, options) => {
  expect(parseDemoOptions(args, EXAMPLES)).toEqual(options);
});

it("names the examples when there is none of that name", () => {
  expect(() => parseDemoOptions(["--example", "aws"], EXAMPLES)).toThrow(
    new Error('demo: --example: no example is called "aws"; there are alicloud-dnat, alicloud-managed'),
  );
});

it("says what to do with an example that needs a machine", () => {
  expect(() => parseDemoOptions(["--example", "linux-router"], [...EXAMPLES, "linux-router"])).toThrow(
    new Error(
      'demo: --example: "linux-router" needs a machine to log in to, and no simulated cloud has one; ' +
        "name yours in examples/linux-router/stack.ts, and deploy it: npx cdktf deploy linux-router",
    ),
  );
});

it("names no example that needs a machine", () => {
  expect(() => parseDemoOptions(["--example", "aws"], [...EXAMPLES, "linux-router"])).toThrow(
    new Error('demo: --example: no example is called "aws"; there are alicloud-dnat, alicloud-managed'),
  );
});

it("names the examples when --example has no name", () => {
  expect(() => parseDemoOptions(["--example"], EXAMPLES)).toThrow(
    new Error('demo: --example: no example is called ""; there are alicloud-dnat, alicloud-managed'),
  );
});

it("shows its usage for an argument that it does not know", () => {
  expect(() => parseDemoOptions(["--all"], EXAMPLES)).toThrow(
    new Error(`demo: unknown argument "--all"\n\n${DEMO_USAGE}`),
  );
});

it("says why an example of AWS cannot stay deployed", () => {
  expect(() => parseDemoOptions(["--example", "aws-managed", "--keep"], [...EXAMPLES, "aws-managed"])).toThrow(
    new Error(
      'demo: --keep: "aws-managed" is deployed into a moto server, whose memory ends with the demo; leave out --keep',
    ),
  );
});
