import { TerraformVariable, Testing } from "cdktf";
import { AlicloudProvider, InternetNatGateway, type RouteProps, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { RouteTable } from "cdktf-nat/alicloud/bindings/route-table";
import { counts, gateway, mistakes, network, resources, resourcesOf } from "../support/stacks";

const ROUTE = "alicloud_route_entry.Nat_Out_C2511A83";
const LEAST = {
  route_table_id: "vtb-1",
  destination_cidrblock: "0.0.0.0/0",
  nexthop_type: "NatGateway",
  nexthop_id: "${alicloud_nat_gateway.Nat_74B082C8.id}",
  name: "stack-Nat-Out",
};

type Fixture = ReturnType<typeof gateway>;

/** What `app.synth()` says of a gateway with these routes, by their ids. */
function mistakesOf(routes: (fixture: Fixture) => Record<string, RouteProps>): readonly string[] {
  const fixture = gateway();
  for (const [id, props] of Object.entries(routes(fixture))) fixture.nat.addRoute(id, props);
  return mistakes(fixture.app);
}

describe("addRoute", () => {
  it("sends everything to the gateway by default", () => {
    const { stack, nat } = gateway();
    nat.addRoute("Out", { routeTableId: "vtb-1" });
    expect(resourcesOf(stack, "alicloud_route_entry")).toEqual({ [ROUTE]: LEAST });
    expect(counts(stack)).toEqual({
      alicloud_nat_gateway: 1,
      terraform_data: 1,
      alicloud_eip_address: 2,
      alicloud_eip_association: 2,
      alicloud_route_entry: 1,
    });
  });

  it("takes every prop", () => {
    const { stack, nat, workers } = gateway();
    const table = new RouteTable(stack, "Table", { vpcId: "vpc-1" });
    nat.addRoute("Out", {
      routeTableId: table.id,
      destinationCidr: "198.51.100.0/24",
      systemTable: "has-default-route",
      name: "out-1",
      provider: new AlicloudProvider(stack, "Second", { alias: "second" }),
      dependsOn: [workers],
    });
    expect(resources(stack)[ROUTE]).toEqual({
      ...LEAST,
      route_table_id: "${alicloud_route_table.Table.id}",
      destination_cidrblock: "198.51.100.0/24",
      name: "out-1",
      provider: "alicloud.second",
      depends_on: ["alicloud_vswitch.Workers"],
    });
  });

  it("inherits the provider of the gateway", () => {
    const { stack, vpc, natVswitch } = network();
    const provider = new AlicloudProvider(stack, "Second", { alias: "second" });
    const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch, provider });
    nat.addRoute("Out", { routeTableId: "vtb-1" });
    expect(resources(stack)[ROUTE]).toEqual({ ...LEAST, provider: "alicloud.second" });
  });

  it("passes tokens on untouched", () => {
    const { stack, nat } = gateway();
    const text = new TerraformVariable(stack, "text", {}).stringValue;
    nat.addRoute("Out", { routeTableId: text, destinationCidr: "${var.block}", name: text });
    expect(resources(stack)[ROUTE]).toEqual({
      ...LEAST,
      route_table_id: "${var.text}",
      destination_cidrblock: "${var.block}",
      name: "${var.text}",
    });
  });

  it("is among what others can wait for", () => {
    const { stack, nat } = gateway();
    nat.addRoute("Out", { routeTableId: "vtb-1" });
    nat.addEip("Later", { dependsOn: nat.dependables });
    expect(resources(stack)["alicloud_eip_association.Nat_Later_Association_F0640669"]!.depends_on).toContain(ROUTE);
  });

  const block = "must be an IPv4 block of addresses";
  const reserved = (given: string) =>
    `destinationCidr: must not lie inside 100.64.0.0/10, which the cloud keeps for itself, got "${given}"; route other ` +
    "destinations, the cloud reaches its own services without the NAT";
  it.each([
    [undefined, "props: must be an object, got undefined; pass the props that the documentation lists"],
    [
      {},
      "routeTableId: must be the id of a route table, got undefined; pass it as text, or as the attribute of a resource",
    ],
    [
      { routeTableId: "" },
      'routeTableId: must be the id of a route table, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { destinationCidr: "10.1.0.1/16" },
      'destinationCidr: host bits must be zero, got "10.1.0.1/16"; use "10.1.0.0/16"',
    ],
    [{ destinationCidr: 0 }, `destinationCidr: ${block}, got 0; use one such as "10.0.1.0/24"`],
    [{ destinationCidr: "100.64.0.0/10" }, reserved("100.64.0.0/10")],
    [{ destinationCidr: "100.64.0.0/11" }, reserved("100.64.0.0/11")],
    [{ destinationCidr: "100.127.255.255/32" }, reserved("100.127.255.255/32")],
    [{ systemTable: true }, 'systemTable: must be "has-default-route", got true; use one of them'],
    [
      { name: "x" },
      'name: must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-", got "x"; use a name such as "n-x"',
    ],
    [{ provider: null }, "provider: must be a provider of the stack, got null; pass the provider construct itself"],
    [
      { dependsOn: ["x"] },
      'dependsOn[0]: must be a resource or a construct, got "x"; pass the resource, or the construct that makes it',
    ],
  ])("refuses %j", (props, message) => {
    const { nat } = gateway();
    const given =
      props === undefined || "routeTableId" in props || Object.keys(props).length === 0
        ? props
        : { routeTableId: "vtb-1", ...props };
    expect(() => nat.addRoute("Out", given as RouteProps)).toThrow(`[stack/Nat/Out] ${message}`);
  });

  it.each(["100.63.255.255/32", "100.128.0.0/32", "100.0.0.0/8", "${var.block}"])("takes %s", (destinationCidr) => {
    expect(mistakesOf(() => ({ Out: { routeTableId: "vtb-1", destinationCidr } }))).toEqual([]);
  });
});

describe("a destination of a route table", () => {
  const twice = (id: string, first: string, cidr: string) =>
    `[${id}] destinationCidr: is routed by "${first}" already, in the same route table, got "${cidr}"; take one of the two routes out`;

  it("can be routed once, each further route is reported", () => {
    expect(
      mistakesOf(() => ({
        A: { routeTableId: "vtb-1" },
        B: { routeTableId: "vtb-1", destinationCidr: "0.0.0.0/0" },
        C: { routeTableId: "vtb-1" },
      })),
    ).toEqual([twice("stack/Nat/B", "stack/Nat/A", "0.0.0.0/0"), twice("stack/Nat/C", "stack/Nat/A", "0.0.0.0/0")]);
  });

  it("can be routed once also where the table is named by two reads of one attribute", () => {
    expect(
      mistakesOf(({ stack }) => {
        const table = new RouteTable(stack, "Table", { vpcId: "vpc-1" });
        return { A: { routeTableId: table.id }, B: { routeTableId: table.id } };
      }),
    ).toEqual([twice("stack/Nat/B", "stack/Nat/A", "0.0.0.0/0")]);
  });

  it("can be routed once across the gateways of an app", () => {
    const { app, nat } = gateway();
    const { nat: other } = gateway({}, { id: "other", app });
    nat.addRoute("A", { routeTableId: "vtb-1" });
    other.addRoute("B", { routeTableId: "vtb-1" });
    expect(mistakes(app)).toEqual([twice("other/Nat/B", "stack/Nat/A", "0.0.0.0/0")]);
  });

  it("is not guessed where table or destination are known at deploy time only, nor across stacks", () => {
    const app = Testing.app();
    for (const id of ["one", "two"]) {
      const { stack, nat } = gateway({}, { id, app });
      for (const table of ["A", "B"]) {
        nat.addRoute(table, { routeTableId: new RouteTable(stack, table, { vpcId: "vpc-1" }).id });
      }
      nat.addRoute("C", { routeTableId: `vtb-${id}`, destinationCidr: "${var.block}" });
      nat.addRoute("D", { routeTableId: `vtb-${id}`, destinationCidr: "${var.block}" });
    }
    expect(mistakes(app)).toEqual([]);
  });

  it("is the same on a second look", () => {
    const { stack, nat } = gateway();
    nat.addRoute("A", { routeTableId: "vtb-1" });
    expect(resources(stack)).toEqual(resources(stack));
  });

  it.each([
    ["10.0.0.0/24", "10.0.0.0/24"],
    ["10.0.0.128/25", "10.0.0.0/24"],
    ["10.0.1.255/32", "10.0.1.0/24"],
  ])("%s can't equal nor lie inside the block %s of a vSwitch that the app names", (destinationCidr, vswitch) => {
    const { app, stack, nat, egress, workers } = gateway();
    nat.addRoute("Out", { routeTableId: "vtb-1", destinationCidr });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.vswitch(workers), eips: [egress] });
    expect(mistakes(app)).toEqual([
      `[stack/Nat/Out] destinationCidr: must not equal, nor lie inside, the block ${vswitch} of a vSwitch of the VPC, ` +
        `got "${destinationCidr}"; route a block outside it, or one that contains it`,
    ]);
  });

  it.each(["10.0.0.0/23", "10.0.2.0/24", "9.255.255.255/32"])(
    "%s can contain a vSwitch, or lie beside it",
    (destinationCidr) => {
      expect(mistakesOf(() => ({ Out: { routeTableId: "vtb-1", destinationCidr } }))).toEqual([]);
    },
  );
});

describe("0.0.0.0/0 on the VPC's system table", () => {
  const refused = (table: string) =>
    "[stack/Nat/Out] routeTableId: must not be the VPC's system route table for 0.0.0.0/0, which the system adds there by " +
    `itself with the first gateway of a VPC, got "${table}"; take the route out; use a custom route table; or, where the ` +
    'table had a default route before the gateway came, say systemTable: "has-default-route"';

  it("is refused where the table is an attribute of the VPC, under its old name too", () => {
    expect(mistakesOf(({ vpc }) => ({ Out: { routeTableId: vpc.routeTableId } }))).toEqual([
      refused("${alicloud_vpc.Vpc.route_table_id}"),
    ]);
    expect(mistakesOf(({ vpc }) => ({ Out: { routeTableId: vpc.routerTableId } }))).toEqual([
      refused("${alicloud_vpc.Vpc.router_table_id}"),
    ]);
  });

  it("is refused where the VPC tells the table's literal id", () => {
    const { app, stack, natVswitch } = network();
    const vpc = { id: "vpc-1", cidrBlock: "10.0.0.0/16", routeTableId: "vtb-system" };
    const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch });
    nat.addRoute("Out", { routeTableId: "vtb-system" });
    nat.addRoute("Custom", { routeTableId: "vtb-custom" });
    expect(mistakes(app)).toEqual([refused("vtb-system")]);
  });

  it.each([
    ["where the user says that it had a default route", { systemTable: "has-default-route" }],
    ["with a narrower destination", { destinationCidr: "0.0.0.0/1" }],
    ["with a destination known at deploy time", { destinationCidr: "${var.block}" }],
  ] as [string, Partial<RouteProps>][])("is taken %s", (_when, props) => {
    expect(mistakesOf(({ vpc }) => ({ Out: { routeTableId: vpc.routeTableId, ...props } }))).toEqual([]);
  });

  it("is not guessed where the table is known at deploy time only", () => {
    expect(mistakesOf(() => ({ Out: { routeTableId: "${var.table}" } }))).toEqual([]);
  });
});
