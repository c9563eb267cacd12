import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { Eip } from "@cdktf/provider-aws/lib/eip";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { Testing } from "cdktf";
import { type EipProps, InternetNatGateway } from "cdktf-nat/aws";
import { mistakes, resources, resourcesOf } from "../support/stacks";
import { awsCounts, awsGateway, awsNetwork } from "../support/aws-stacks";

const GATEWAY = "aws_nat_gateway.Nat_74B082C8";
const SECOND = "aws_eip.Nat_Second_C2B67A50";
const EXISTING = { allocationId: "eipalloc-1", publicIp: "203.0.113.7" };

/** What the gateway is told of its secondary EIPs; the expressions are null, and unknown with the EIPs. */
function secondary(ids: readonly string[], inExpression: readonly string[]) {
  const never = `(sha256(join("", [${inExpression.join(", ")}])) == "none")`;
  return {
    secondary_allocation_ids: ids,
    secondary_private_ip_addresses: `\${${never} ? [] : null}`,
    secondary_private_ip_address_count: `\${${never} ? 0 : null}`,
  };
}

/** Adds an EIP of whatever a user of JavaScript passes. */
function add(props: unknown): () => unknown {
  const { nat } = awsGateway();
  return () => nat.addEip("Second", props as EipProps);
}

describe("addEip of a gateway", () => {
  it("makes an EIP that is released after the gateway let it go, and lists it in the gateway", () => {
    const { stack, nat } = awsGateway({ limits: { eips: 3 } });
    const before = resources(stack);
    nat.addEip("Second");
    nat.addEip("Third", { existing: EXISTING });
    const all = resources(stack);
    expect(all[SECOND]).toEqual({
      domain: "vpc",
      tags: { Name: "stack-Nat-Second" },
      lifecycle: { create_before_destroy: true },
    });
    expect(all[GATEWAY]).toEqual({
      ...before[GATEWAY],
      ...secondary([`\${${SECOND}.allocation_id}`, "eipalloc-1"], [`${SECOND}.allocation_id`, '"eipalloc-1"']),
    });
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1, aws_eip: 2 });
  });

  it("takes every prop", () => {
    const { stack, nat } = awsGateway({ tags: { team: "network", Name: "nat" } });
    const provider = new AwsProvider(stack, "Other", { alias: "other" });
    const topic = new SnsTopic(stack, "Topic");
    nat.addEip("Second", {
      ...{ name: "second", publicIpv4Pool: "ipv4pool-ec2-1", networkBorderGroup: "eu-central-1-ham-1" },
      ...{ privateIp: "10.0.0.9", tags: { kind: "eip" }, provider, dependsOn: [topic] },
    });
    expect(resources(stack)[SECOND]).toEqual({
      domain: "vpc",
      public_ipv4_pool: "ipv4pool-ec2-1",
      network_border_group: "eu-central-1-ham-1",
      tags: { kind: "eip", Name: "second" },
      lifecycle: { create_before_destroy: true },
      provider: "aws.other",
    });
    expect(resources(stack)[GATEWAY]!.depends_on).toEqual(["aws_sns_topic.Topic"]);
  });

  it("takes over the gateway's provider, and its tags but for the name", () => {
    const net = awsNetwork();
    const provider = new AwsProvider(net.stack, "Other", { alias: "other" });
    const nat = new InternetNatGateway(net.stack, "Nat", {
      ...{ vpc: net.vpc, subnet: net.publicSubnet, limits: { eips: 3 }, provider },
      tags: { team: "network", Name: "nat" },
    });
    nat.addEip("Second", { tags: { Name: "mine" } });
    nat.addEip("Third");
    const eips = Object.values(resourcesOf(net.stack, "aws_eip"));
    expect(eips.map((eip) => [eip.provider, eip.tags])).toEqual([
      ["aws.other", { team: "network", Name: "stack-Nat-PrimaryEip" }],
      ["aws.other", { Name: "mine" }],
      ["aws.other", { team: "network", Name: "stack-Nat-Third" }],
    ]);
  });

  it.each([
    [
      { existing: EXISTING, name: "x" },
      'name: belongs to an EIP that is created, and excludes existing, got "x"; take one of the two out: an existing ' +
        "EIP keeps its own options",
    ],
    [{ existing: EXISTING, tags: {} }, "tags: belongs to an EIP that is created, and excludes existing, got {}"],
    [{ existing: { ...EXISTING, allocationId: "" } }, 'existing.allocationId: must be the id of an EIP, got ""'],
    [
      { existing: { ...EXISTING, publicIp: "203.0.113" } },
      "existing.publicIp: must be an IPv4 address of four decimal",
    ],
    [{ existing: 1 }, "existing: must be an object, got 1"],
    [{ privateIp: "10.0.0" }, "privateIp: must be an IPv4 address of four decimal numbers from 0 to 255"],
    [{ publicIpv4Pool: 1 }, "publicIpv4Pool: must be text, got 1; put it in quotes, or leave it out"],
    [{ networkBorderGroup: 1 }, "networkBorderGroup: must be text, got 1; put it in quotes, or leave it out"],
    [{ tags: { a: 1 } }, "tags.a: must be text, got 1; put it in quotes, or leave it out"],
    [{ name: "" }, 'name: must be 1 to 255 letters, digits, spaces and + - = . _ : / @, got ""'],
  ])("refuses %j", (props, message) => {
    expect(add(props)).toThrow(`[stack/Nat/Second] ${message}`);
  });

  it("refuses an id that is taken", () => {
    const { nat } = awsGateway();
    expect(() => nat.addEip("PrimaryEip")).toThrow(
      '[stack/Nat/PrimaryEip] id: is taken by another child of "stack/Nat", got "PrimaryEip"; choose another id',
    );
  });

  it("finds an EIP that two gateways are given, by its literal id and by the reference to it", () => {
    const app = Testing.app();
    const one = awsGateway({ eip: { existing: EXISTING } }, { id: "one", app });
    const byHand = new Eip(one.stack, "ByHand", { domain: "vpc" });
    one.nat.addEip("A", { existing: { allocationId: byHand.id, publicIp: byHand.publicIp } });
    one.nat.addEip("B", { existing: { allocationId: byHand.id, publicIp: byHand.publicIp } });
    expect(mistakes(app)).toContain(
      '[one/Nat/B] existing: is bound by "one/Nat/A" already, got "${aws_eip.ByHand.public_ip}"; use that EIP in the ' +
        "entries, or name another one here",
    );
    const other = Testing.app();
    awsGateway({ eip: { existing: EXISTING } }, { id: "one", app: other });
    awsGateway({ eip: { existing: EXISTING } }, { id: "two", app: other });
    expect(mistakes(other)).toEqual([
      '[two/Nat/PrimaryEip] existing: is bound by "one/Nat/PrimaryEip" already, got "203.0.113.7"; use that EIP in ' +
        "the entries, or name another one here",
    ]);
  });
});
