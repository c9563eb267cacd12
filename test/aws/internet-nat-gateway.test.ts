import { TerraformStack, TerraformVariable, Testing, Token } from "cdktf";
import { Construct } from "constructs";
import { InternetGateway } from "@cdktf/provider-aws/lib/internet-gateway";
import { AwsProvider } from "@cdktf/provider-aws/lib/provider";
import { SnsTopic } from "@cdktf/provider-aws/lib/sns-topic";
import { InternetNatGateway, type INat } from "cdktf-nat/aws";
import { natBackends } from "../../lib/aws/nat-backend";
import { mistakes, resolved, resources, resourcesOf, warnings } from "../support/stacks";
import { awsCounts, awsGateway, awsNetwork } from "../support/aws-stacks";

const GATEWAY = "aws_nat_gateway.Nat_74B082C8";
const PRIMARY = "aws_eip.Nat_PrimaryEip_DF1B2436";

/** The block of a public gateway made with the least props. */
const LEAST = {
  connectivity_type: "public",
  subnet_id: "${aws_subnet.Public.id}",
  allocation_id: `\${${PRIMARY}.allocation_id}`,
  secondary_allocation_ids: [],
  tags: { Name: "stack-Nat" },
};

/** The block of its primary EIP. */
const PRIMARY_EIP = {
  domain: "vpc",
  tags: { Name: "stack-Nat-PrimaryEip" },
  lifecycle: { create_before_destroy: true },
};

/** Makes the gateway out of whatever a user of JavaScript passes. */
function make(props: unknown): () => InternetNatGateway {
  const { stack, vpc, publicSubnet: subnet } = awsNetwork();
  return () => new InternetNatGateway(stack, "Nat", { vpc, subnet, ...(props as object) });
}

describe("an InternetNatGateway", () => {
  it("is one public gateway and its primary EIP", () => {
    const { stack } = awsGateway();
    expect(resourcesOf(stack, "aws_nat_gateway", "aws_eip")).toEqual({ [GATEWAY]: LEAST, [PRIMARY]: PRIMARY_EIP });
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1, aws_eip: 1 });
  });

  it("takes every prop", () => {
    const { stack, vpc, publicSubnet } = awsNetwork();
    const igw = new InternetGateway(stack, "Igw", { vpcId: vpc.id });
    const provider = new AwsProvider(stack, "Second", { region: "eu-west-1", alias: "second" });
    new InternetNatGateway(stack, "Nat", {
      ...{
        vpc,
        subnet: publicSubnet,
        privateIp: "10.0.0.10",
        name: "way out: 1",
        tags: { team: "network", Name: "x" },
      },
      ...{ connectivity: "public", availabilityMode: "zonal", limits: { eips: 8 }, provider, dependsOn: [igw] },
      eip: { name: "first", tags: { kind: "eip" }, publicIpv4Pool: "ipv4pool-ec2-1", networkBorderGroup: "eu-west-1" },
    });
    expect(resourcesOf(stack, "aws_nat_gateway", "aws_eip")).toEqual({
      [GATEWAY]: {
        ...LEAST,
        private_ip: "10.0.0.10",
        tags: { team: "network", Name: "way out: 1" },
        provider: "aws.second",
        depends_on: ["aws_internet_gateway.Igw"],
      },
      [PRIMARY]: {
        ...PRIMARY_EIP,
        public_ipv4_pool: "ipv4pool-ec2-1",
        network_border_group: "eu-west-1",
        tags: { kind: "eip", Name: "first" },
        provider: "aws.second",
      },
    });
  });

  it("takes an existing EIP as its primary one, which then is no resource", () => {
    const { stack, nat } = awsGateway({ eip: { existing: { allocationId: "eipalloc-1", publicIp: "203.0.113.7" } } });
    expect(resources(stack)[GATEWAY]).toEqual({ ...LEAST, allocation_id: "eipalloc-1" });
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1 });
    expect([nat.primaryEip?.allocationId, nat.publicIps]).toEqual(["eipalloc-1", ["203.0.113.7"]]);
  });

  it("waits for what its primary EIP is to wait for", () => {
    const { stack, vpc, publicSubnet: subnet } = awsNetwork();
    const [one, two] = [new SnsTopic(stack, "One"), new SnsTopic(stack, "Two")];
    new InternetNatGateway(stack, "Nat", { vpc, subnet, dependsOn: [one], eip: { dependsOn: [two] } });
    expect(resources(stack)[GATEWAY]!.depends_on).toEqual(["aws_sns_topic.One", "aws_sns_topic.Two"]);
    expect(resources(stack)[PRIMARY]).toEqual(PRIMARY_EIP);
  });

  it("warns where nothing makes it wait for the Internet gateway of its VPC", () => {
    const { stack, vpc, publicSubnet: subnet } = awsNetwork();
    const igw = new InternetGateway(stack, "Igw", { vpcId: vpc.id });
    new InternetGateway(stack, "Other", { vpcId: "vpc-1" });
    new InternetGateway(stack, "Detached", {});
    new InternetNatGateway(stack, "Nat", { vpc, subnet });
    new InternetNatGateway(stack, "Waiting", { vpc, subnet, dependsOn: [igw] });
    new InternetNatGateway(stack, "WaitingForEip", { vpc, subnet, eip: { dependsOn: [igw] } });
    new InternetNatGateway(stack, "Private", { vpc, subnet, connectivity: "private" });
    expect(warnings(stack)).toEqual([
      '[stack/Nat] dependsOn: nothing makes the NAT wait for the VPC\'s Internet gateway "stack/Igw", which must be ' +
        "attached as long as the NAT lives; name it in dependsOn",
    ]);
  });

  it("says its ids, its addresses, and how many connections it holds", () => {
    const { stack, nat } = awsGateway();
    expect(nat.maxConnectionsPerDestination).toBe(55_000);
    const second = nat.addEip("Second");
    expect(nat.maxConnectionsPerDestination).toBe(110_000);
    expect(resolved(stack, [nat.natGatewayId, nat.privateIp, ...nat.publicIps])).toEqual([
      `\${${GATEWAY}.id}`,
      `\${${GATEWAY}.private_ip}`,
      `\${${PRIMARY}.public_ip}`,
      "${aws_eip.Nat_Second_C2B67A50.public_ip}",
    ]);
    expect([nat.natKind, nat.primaryEip?.nat, second.nat]).toEqual(["aws:gateway", nat, nat]);
  });

  it("can be waited for, with its routes", () => {
    const { stack, nat } = awsGateway();
    nat.addRoute("Route", { routeTableId: "rtb-1" });
    new SnsTopic(stack, "Later", { dependsOn: [...nat.dependables] });
    expect(resources(stack)["aws_sns_topic.Later"]!.depends_on).toEqual([GATEWAY, "aws_route.Nat_Route_EECDC467"]);
  });

  it("has the tags of its own where the tags are known at deploy time only, and its name", () => {
    const { stack, vpc, publicSubnet: subnet } = awsNetwork();
    const tags = Token.asStringMap(new TerraformVariable(stack, "tags", { type: "map(string)" }).value);
    new InternetNatGateway(stack, "Nat", { vpc, subnet, tags });
    new InternetNatGateway(stack, "Named", { vpc, subnet, tags, name: "mine", eip: { tags } });
    expect(Object.values(resourcesOf(stack, "aws_nat_gateway")).map((gateway) => gateway.tags)).toEqual([
      '${merge(var.tags, {"Name" = "mine"})}',
      '${merge({"Name" = "stack-Nat"}, var.tags)}',
    ]);
    expect(Object.values(resourcesOf(stack, "aws_eip")).map((eip) => eip.tags)).toEqual([
      '${merge({"Name" = "stack-Named-PrimaryEip"}, var.tags)}',
      '${merge(var.tags, {"Name" = "stack-Nat-PrimaryEip"})}',
    ]);
  });

  it("lies in scopes of the user and takes a network of another stack", () => {
    const app = Testing.app();
    const { vpc, publicSubnet: subnet } = awsNetwork("owner", app);
    const stack = new TerraformStack(app, "user");
    new AwsProvider(stack, "Aws", {});
    new InternetNatGateway(new Construct(stack, "Platform"), "Nat", { vpc, subnet });
    expect(mistakes(app)).toEqual([]);
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1, aws_eip: 1 });
  });
});

describe("a private InternetNatGateway", () => {
  const { stack, vpc, publicSubnet: subnet } = awsNetwork();
  const nat = new InternetNatGateway(stack, "Nat", { vpc, subnet, connectivity: "private", dependsOn: [subnet] });

  it("has no EIP, and holds the connections of its own address", () => {
    expect(resourcesOf(stack, "aws_nat_gateway")).toEqual({
      [GATEWAY]: {
        connectivity_type: "private",
        subnet_id: "${aws_subnet.Public.id}",
        tags: { Name: "stack-Nat" },
        depends_on: ["aws_subnet.Public"],
      },
    });
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1 });
    expect([nat.primaryEip, nat.publicIps, nat.maxConnectionsPerDestination]).toEqual([undefined, [], 55_000]);
  });

  it("takes none", () => {
    expect(() => nat.addEip("Egress")).toThrow(
      '[stack/Nat] connectivity: must be "public" for a gateway with EIPs, got "private"; take the EIP out, or make the ' +
        "gateway a public one, which replaces it",
    );
    expect(() => nat.addEip("Resource")).toThrow('id: is kept for the construct\'s own resource, got "Resource"');
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1 });
  });

  it.each([
    ["eip", {}, "{}"],
    ["limits", { eips: 2 }, '{"eips":2}'],
  ])("refuses %s", (prop, value, shown) => {
    expect(make({ connectivity: "private", [prop]: value })).toThrow(
      `[stack/Nat] ${prop}: belongs to a public gateway: a private one has no EIPs, got ${shown}; take it out, or use ` +
        'connectivity "public"',
    );
  });
});

describe("what an InternetNatGateway refuses", () => {
  it.each([
    [
      { availabilityMode: "regional" },
      'availabilityMode: must be "zonal": a regional gateway needs version 6.24 of the provider, has no subnet, and ' +
        'chooses its EIPs, got "regional"; make one gateway in each zone, or write the resource by hand',
    ],
    [{ availabilityMode: "multi" }, 'availabilityMode: must be "zonal", got "multi"; use one of them'],
    [{ connectivity: "Public" }, 'connectivity: must be "public" or "private", got "Public"; use "public"'],
    [{ limits: { eips: 9 } }, "limits.eips: must be a whole number from 1 to 8, got 9; use 8 or less"],
    [{ limits: { eip: 3 } }, 'limits: knows no such quota, got "eip"; use eips'],
    [
      { name: "a,b" },
      'name: must be 1 to 255 letters, digits, spaces and + - = . _ : / @, got "a,b"; use a name such as "a-b-',
    ],
    [
      { privateIp: "10.0.1.5" },
      'privateIp: must lie in the block 10.0.0.0/24 of the gateway\'s subnet, got "10.0.1.5"; use an address of 10.0.0.0/24',
    ],
    [
      { privateIp: "10.0.0.3" },
      'privateIp: must not be one of the first four nor the last of 10.0.0.0/24, got "10.0.0.3"; use one of those between',
    ],
    [{ eip: null }, "eip: must be an object, got null; pass the props that the documentation lists"],
  ])("%j", (props, message) => {
    expect(make(props)).toThrow(`[stack/Nat] ${message}`);
  });

  it.each(["10.0.0.4", "10.0.0.254"])("not the private address %s at the edge of what a subnet gives", (privateIp) => {
    expect(make({ privateIp })).not.toThrow();
  });

  it("a subnet in place of a VPC, and the other way round", () => {
    const { stack, vpc, publicSubnet } = awsNetwork();
    // @ts-expect-error a Subnet is no VPC
    expect(() => new InternetNatGateway(stack, "A", { vpc: publicSubnet, subnet: publicSubnet })).toThrow(
      '[stack/A] vpc: must be a VPC, not a subnet, got "Subnet"; pass the VPC that the subnet is in',
    );
    // @ts-expect-error a Vpc is no subnet
    expect(() => new InternetNatGateway(stack, "B", { vpc, subnet: vpc })).toThrow(
      '[stack/B] subnet: must be a subnet, not a VPC, got "Vpc"; pass one of the VPC\'s subnets',
    );
  });

  it("entries, by a clear error", () => {
    const { stack, nat } = awsGateway();
    const adopted = InternetNatGateway.fromAttributes(stack, "Old", { natGatewayId: "nat-1" });
    for (const gateway of [nat, adopted]) {
      expect(() => natBackends.of(gateway)).toThrow(
        "nat: must be a SelfHostedNatInstance: a gateway of AWS translates every source that is routed to it, and has no " +
          `DNAT, got "${gateway.constructor.name}"; take the entry out, or put a SelfHostedNatInstance in the gateway's place`,
      );
    }
  });

  it("EIPs past the quota, by its name", () => {
    const { app, nat } = awsGateway();
    nat.addEip("Second");
    expect(mistakes(app)).toEqual([]);
    const past = awsGateway();
    past.nat.addEip("Second");
    past.nat.addEip("Third");
    expect(mistakes(past.app)).toEqual([
      '[stack/Nat] eips: must be at most 2 in one NAT, got 3; use fewer or a further NAT; if the quota "Elastic IP ' +
        'addresses per public NAT gateway" (at most 8) was raised, say so in limits.eips',
    ]);
    const raised = awsGateway({ limits: { eips: 3 } });
    raised.nat.addEip("Second");
    raised.nat.addEip("Third");
    expect(mistakes(raised.app)).toEqual([]);
  });

  it("a bare resource in place of a NAT, at compile time", () => {
    const { stack } = awsGateway();
    // @ts-expect-error a generated resource is no NAT
    const nat: INat = new SnsTopic(stack, "Topic");
    expect(nat).toBeDefined();
  });
});
