import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import { TerraformVariable, Testing } from "cdktf";
import type { IVpc, RouteProps } from "cdktf-nat/aws";
import { mistakes, resources, resourcesOf } from "../support/stacks";
import { awsCounts, awsGateway } from "../support/aws-stacks";

const ROUTE = "aws_route.Nat_Out_C2511A83";
const LEAST = {
  route_table_id: "rtb-1",
  destination_cidr_block: "0.0.0.0/0",
  nat_gateway_id: "${aws_nat_gateway.Nat_74B082C8.id}",
};

/** What `app.synth()` says of a gateway with a route to one destination. */
function mistakesOf(destinationCidr: string, vpc?: IVpc): readonly string[] {
  const fixture = awsGateway(vpc === undefined ? {} : { vpc });
  fixture.nat.addRoute("Out", { routeTableId: "rtb-1", destinationCidr });
  return mistakes(fixture.app);
}

describe("addRoute", () => {
  it("sends everything to the gateway by default", () => {
    const { stack, nat } = awsGateway();
    nat.addRoute("Out", { routeTableId: "rtb-1" });
    expect(resourcesOf(stack, "aws_route")).toEqual({ [ROUTE]: LEAST });
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1, aws_eip: 1, aws_route: 1 });
  });

  it("takes every prop", () => {
    const { stack, nat, vpc, workers } = awsGateway();
    const table = new RouteTable(stack, "Table", { vpcId: vpc.id });
    const provider = new AwsProvider(stack, "Second", { alias: "second" });
    nat.addRoute("Out", {
      ...{ routeTableId: table.id, destinationCidr: "198.51.100.0/24", provider, dependsOn: [workers] },
    });
    expect(resources(stack)[ROUTE]).toEqual({
      ...LEAST,
      route_table_id: "${aws_route_table.Table.id}",
      destination_cidr_block: "198.51.100.0/24",
      provider: "aws.second",
      depends_on: ["aws_subnet.Workers"],
    });
  });

  it("takes over the provider of the gateway, and a destination known at deploy time only", () => {
    const { stack } = awsGateway();
    const provider = new AwsProvider(stack, "Second", { alias: "second" });
    const { stringValue: destinationCidr } = new TerraformVariable(stack, "block", {});
    const { nat } = awsGateway({ provider }, { id: "other" });
    nat.addRoute("Out", { routeTableId: "rtb-1", destinationCidr });
    const route = Object.values(resourcesOf(nat.node.scope as typeof stack, "aws_route"))[0];
    expect(route).toMatchObject({ provider: "aws.second", destination_cidr_block: "${var.block}" });
  });

  it.each(["0.0.0.0/0", "10.0.0.0/8", "169.254.0.0/16", "10.1.0.0/16", "10.0.0.0/24"])("takes %s", (cidr) => {
    expect(mistakesOf(cidr)).toEqual([]);
  });

  it("takes a block inside the VPC that no known subnet has", () => {
    expect(mistakesOf("10.0.7.0/24")).toEqual([]);
  });

  it.each([
    [
      "10.0.0.0/16",
      'must not be a block of the VPC, which every route table keeps inside it, got "10.0.0.0/16"; route a block ' +
        "outside it, or the whole block of a subnet",
    ],
    [
      "10.0.0.0/25",
      'must be the whole block of a subnet where it lies inside the VPC, got "10.0.0.0/25"; use "10.0.0.0/24", or a ' +
        "block outside it",
    ],
    [
      "10.0.0.0/20",
      'must be the whole block of a subnet where it lies inside the VPC, got "10.0.0.0/20"; use "10.0.0.0/24", or a ' +
        "block outside it",
    ],
  ])("refuses %s in the VPC's own blocks", (cidr, message) => {
    expect(mistakesOf(cidr)).toEqual([`[stack/Nat/Out] destinationCidr: ${message}`]);
  });

  it("knows further blocks of the VPC", () => {
    const vpc = { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: ["10.1.0.0/16"] };
    expect(mistakesOf("10.1.0.0/16", vpc)).toHaveLength(1);
    expect(mistakesOf("10.2.0.0/16", vpc)).toEqual([]);
  });

  it.each(["169.254.168.0/22", "169.254.169.254/32"])("refuses %s, which the cloud keeps", (destinationCidr) => {
    expect(() => mistakesOf(destinationCidr)).toThrow(
      "[stack/Nat/Out] destinationCidr: must not lie inside 169.254.168.0/22, which the cloud keeps for itself, got " +
        `"${destinationCidr}"; route other destinations, the cloud reaches its own services without the NAT`,
    );
  });

  it.each([
    [{ routeTableId: "" }, 'routeTableId: must be the id of a route table, got ""'],
    [{ routeTableId: "rtb-1", destinationCidr: "10.0.0.1/8" }, "destinationCidr: host bits must be zero"],
  ])("refuses %j", (props, message) => {
    expect(() => awsGateway().nat.addRoute("Out", props as RouteProps)).toThrow(`[stack/Nat/Out] ${message}`);
  });

  it("finds two routes of one table to one destination, also through two gateways", () => {
    const app = Testing.app();
    const { nat } = awsGateway({}, { id: "one", app });
    const { nat: other } = awsGateway({}, { id: "two", app });
    nat.addRoute("A", { routeTableId: "rtb-1" });
    other.addRoute("B", { routeTableId: "rtb-1" });
    other.addRoute("C", { routeTableId: "rtb-1", destinationCidr: "198.51.100.0/24" });
    expect(mistakes(app)).toEqual([
      '[two/Nat/B] destinationCidr: is routed by "one/Nat/A" already, in the same route table, got "0.0.0.0/0"; take ' +
        "one of the two routes out",
    ]);
  });
});
