import { VpcRouteTableV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-route-table-v1";
import { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import { InternetNatGateway, type RouteProps, SelfHostedNatInstance } from "cdktf-nat/opentelekomcloud";
import { mistakes, resourcesOf } from "../support/stacks";
import { gateway, gatewayCounts, GATEWAY_ID } from "./gateway";
import { network } from "./host";

const VPC_ID = "${opentelekomcloud_vpc_v1.Vpc.id}";

describe("a route to a gateway", () => {
  it("is made by the cloud, and by nothing else", () => {
    const { app, stack, nat, vpc } = gateway();
    const before = nat.dependables.length;
    nat.addRoute("Route", { vpcId: vpc.id });
    expect(mistakes(app)).toEqual([]);
    expect(nat.dependables).toHaveLength(before);
    expect(gatewayCounts(stack)).toEqual({ opentelekomcloud_nat_gateway_v2: 1, opentelekomcloud_vpc_eip_v1: 2 });
  });

  it("stands in the block of a custom table by nextHop", () => {
    const { stack, nat, vpc } = gateway();
    new VpcRouteTableV1(stack, "Table", {
      name: "workers",
      vpcId: vpc.id,
      route: [{ destination: "0.0.0.0/0", ...nat.nextHop }],
    });
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_vpc_route_table_v1"))).toEqual([
      {
        name: "workers",
        vpc_id: VPC_ID,
        route: [{ destination: "0.0.0.0/0", type: "nat", nexthop: GATEWAY_ID }],
      },
    ]);
  });

  it.each([
    [
      { vpcId: "vpc-1", destinationCidr: "198.51.100.0/24" },
      "destinationCidr: must be 0.0.0.0/0 on a gateway: the cloud adds that route by itself, and the provider makes no " +
        'other, got "198.51.100.0/24"; spread nat.nextHop into the route block of a custom table, an ' +
        "opentelekomcloud_vpc_route_table_v1",
    ],
    [{ vpcId: "" }, 'vpcId: must be the id of a VPC, got ""; pass it as text, or as the attribute of a resource'],
    [
      { vpcId: "vpc-1", dependsOn: [{}] },
      "dependsOn[0]: must be a resource or a construct, got {}; pass the resource, or the construct that makes it",
    ],
  ])("refuses %j", (props, message) => {
    expect(() => gateway().nat.addRoute("Route", props as RouteProps)).toThrow(`[stack/Nat/Route] ${message}`);
  });

  it("is for the gateway's own VPC, as far as ids can be compared", () => {
    const { app, stack, nat, natSubnet } = gateway();
    const other = new VpcV1(stack, "Other", { name: "other", cidr: "10.1.0.0/16" });
    nat.addRoute("Foreign", { vpcId: other.id });
    nat.addRoute("Literal", { vpcId: "vpc-1" });
    const text = new InternetNatGateway(stack, "Text", {
      vpc: { id: "vpc-1", cidr: "10.0.0.0/16" },
      subnet: natSubnet,
    });
    text.addEip("Egress");
    text.addRoute("Route", { vpcId: "vpc-2" });
    expect(mistakes(app)).toEqual([
      `[stack/Nat/Foreign] vpcId: must be the gateway's own VPC, "${VPC_ID}", got ` +
        '"${opentelekomcloud_vpc_v1.Other.id}"; name that VPC, or give this one a gateway of its own',
      `[stack/Text/Route] vpcId: must be the gateway's own VPC, "vpc-1", got "vpc-2"; name that VPC, or give this one a ` +
        "gateway of its own",
    ]);
  });
});

describe("the default route of a VPC", () => {
  const rule = (path: string, nat: string, vpc: string) =>
    `[stack/${path}] destinationCidr: is routed to the gateway "stack/${nat}" by the cloud, which adds 0.0.0.0/0 to the ` +
    `VPC of a gateway, got "${vpc}"; take the gateway or the route out, or give the self-hosted NAT a VPC of its own`;

  it("leads to a gateway or to a self-hosted NAT, not to both", () => {
    const { app, stack, vpc, natSubnet } = gateway();
    const host = new SelfHostedNatInstance(stack, "Host", { vpc, subnet: natSubnet });
    host.addRoute("Route", { vpcId: vpc.id });
    expect(mistakes(app)).toEqual([rule("Host/Route", "Nat", VPC_ID)]);
  });

  it("is the gateway's where the gateway is made elsewhere, too", () => {
    const { app, stack, natSubnet } = network();
    const vpc = { id: "vpc-1", cidr: "10.0.0.0/16" };
    const host = new SelfHostedNatInstance(stack, "Host", { vpc, subnet: natSubnet });
    host.addRoute("Route", { vpcId: "vpc-1" });
    InternetNatGateway.fromAttributes(stack, "Old", { natGatewayId: "nat-1", vpc });
    expect(mistakes(app)).toEqual([rule("Host/Route", "Old", "vpc-1")]);
  });

  it("is no other destination's, and no other VPC's", () => {
    const { app, stack, vpc, natSubnet } = gateway();
    const other = new VpcV1(stack, "Other", { name: "other", cidr: "10.1.0.0/16" });
    const host = new SelfHostedNatInstance(stack, "Host", { vpc, subnet: natSubnet });
    host.addRoute("Part", { vpcId: vpc.id, destinationCidr: "198.51.100.0/24" });
    host.addRoute("Route", { vpcId: other.id });
    expect(mistakes(app)).toEqual([]);
  });
});
