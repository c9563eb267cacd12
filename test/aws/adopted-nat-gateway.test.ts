import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { InternetNatGateway, type INat, type InternetNatGatewayAttributes } from "cdktf-nat/aws";
import { mistakes, resourcesOf, resources } from "../support/stacks";
import { awsCounts, awsNetwork, TOPIC } from "../support/aws-stacks";

describe("InternetNatGateway.fromAttributes", () => {
  it("makes no resource of its own, but routes and alarms", () => {
    const { app, stack, vpc } = awsNetwork();
    const nat = InternetNatGateway.fromAttributes(stack, "Nat", {
      ...{ natGatewayId: "nat-1", vpc, publicIps: ["203.0.113.7", "203.0.113.8"], tags: { team: "network" } },
      provider: new AwsProvider(stack, "Second", { alias: "second" }),
    });
    nat.addRoute("Out", { routeTableId: "rtb-1" });
    nat.addAlarms("Alarms", { snsTopicArns: [TOPIC] });
    expect(mistakes(app)).toEqual([]);
    expect(awsCounts(stack)).toEqual({ aws_route: 1, aws_cloudwatch_metric_alarm: 4 });
    expect(resources(stack)["aws_route.Nat_Out_C2511A83"]).toEqual({
      ...{ route_table_id: "rtb-1", destination_cidr_block: "0.0.0.0/0", nat_gateway_id: "nat-1" },
      provider: "aws.second",
    });
    const alarms = Object.values(resourcesOf(stack, "aws_cloudwatch_metric_alarm"));
    expect(alarms.map(({ metric_name, threshold }) => [metric_name, threshold])).toEqual([
      ["BytesOutToDestination", 600_000_000_000],
      ["ActiveConnectionCount", 88_000],
      ["PacketsDropCount", 0],
      ["ErrorPortAllocation", 0],
    ]);
    for (const alarm of alarms) {
      const taken = { dimensions: { NatGatewayId: "nat-1" }, tags: { team: "network" }, provider: "aws.second" };
      expect(alarm).toMatchObject(taken);
    }
    expect([nat.natGatewayId, nat.natKind, nat.publicIps, nat.maxConnectionsPerDestination]).toEqual([
      "nat-1",
      "aws:gateway",
      ["203.0.113.7", "203.0.113.8"],
      110_000,
    ]);
    new SnsTopic(stack, "Later", { dependsOn: [...nat.dependables] });
    expect(resources(stack)["aws_sns_topic.Later"]!.depends_on).toEqual(["aws_route.Nat_Out_C2511A83"]);
  });

  it("counts one EIP where it is told of none, and knows no VPC where it is told of none", () => {
    const { app, stack } = awsNetwork();
    const nat = InternetNatGateway.fromAttributes(stack, "Nat", { natGatewayId: "nat-1" });
    nat.addRoute("Out", { routeTableId: "rtb-1", destinationCidr: "10.0.0.0/16" });
    expect([nat.publicIps, nat.maxConnectionsPerDestination, mistakes(app)]).toEqual([[], 55_000, []]);
  });

  it("finds routes into the VPC that it is told of", () => {
    const { app, stack, vpc } = awsNetwork();
    const nat = InternetNatGateway.fromAttributes(stack, "Nat", { natGatewayId: "nat-1", vpc });
    nat.addRoute("Out", { routeTableId: "rtb-1", destinationCidr: "10.0.0.0/16" });
    expect(mistakes(app)).toHaveLength(1);
  });

  it("takes no EIPs", () => {
    const { stack } = awsNetwork();
    const nat = InternetNatGateway.fromAttributes(stack, "Nat", { natGatewayId: "nat-1" });
    // @ts-expect-error an adopted gateway has no addEip
    const asNat: INat = nat;
    expect("addEip" in asNat).toBe(false);
  });

  it.each([
    [{ natGatewayId: "" }, 'natGatewayId: must be the id of a gateway, got ""'],
    [{ natGatewayId: "nat-1", vpc: {} }, "vpc: must be a VPC with an id and a cidrBlock, got {}"],
    [
      { natGatewayId: "nat-1", vpc: { id: "vpc-1", cidrBlock: "10.0.0.1/16" } },
      'vpc.cidrBlock: host bits must be zero, got "10.0.0.1/16"; use "10.0.0.0/16"',
    ],
    [
      { natGatewayId: "nat-1", publicIps: "203.0.113.7" },
      'publicIps: must be a list known at synth, got "203.0.113.7"; write the list out; its elements may be references',
    ],
    [{ natGatewayId: "nat-1", publicIps: ["x"] }, "publicIps[0]: must be an IPv4 address of four decimal numbers"],
    [undefined, "attributes: must be an object, got undefined; pass the props that the documentation lists"],
  ])("refuses %j", (attributes, message) => {
    const { stack } = awsNetwork();
    expect(() =>
      InternetNatGateway.fromAttributes(stack, "Nat", attributes as unknown as InternetNatGatewayAttributes),
    ).toThrow(`[stack/Nat] ${message}`);
  });
});
