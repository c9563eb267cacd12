import type { RouteTable } from "@cdktf/provider-aws/lib/route-table";
import type { Subnet } from "@cdktf/provider-aws/lib/subnet";
import type { Vpc } from "@cdktf/provider-aws/lib/vpc";
import { InternetNatGateway } from "cdktf-nat/aws";
import { AwsManaged } from "../../examples/aws-managed/stack";
import { describeAwsExample } from "../support/aws-example";
import { planned } from "../support/example";

jest.setTimeout(600_000);

const GATEWAY = "aws_nat_gateway.Nat";
const ALARMS = ["ActiveConnectionCount", "BytesOutToDestination", "ErrorPortAllocation", "PacketsDropCount"];

describeAwsExample({
  name: "aws-managed",
  makeStack: (app) => new AwsManaged(app, "aws-managed"),
  tests: (example) => {
    it("is a public gateway with its EIPs, that the private subnets are routed to and the alarms watch", async () => {
      const resources = await example().deployment.resources();
      const value = (address: string) => resources.get(address) ?? {};
      const gateway = value(GATEWAY);
      expect(gateway).toMatchObject({
        connectivity_type: "public",
        subnet_id: value("aws_subnet.NatSubnet").id,
        allocation_id: value("aws_eip.Nat_PrimaryEip").id,
        public_ip: value("aws_eip.Nat_PrimaryEip").public_ip,
        secondary_allocation_ids: [value("aws_eip.Nat_Second").id],
      });
      const route = value("aws_route.Nat_PrivateRoute");
      expect(route).toMatchObject({ destination_cidr_block: "0.0.0.0/0", nat_gateway_id: gateway.id });
      for (const association of ["WorkersTable", "BatchTable"]) {
        expect(value(`aws_route_table_association.${association}`).route_table_id).toBe(route.route_table_id);
      }
      const alarms = [...resources].filter(([address]) => address.startsWith("aws_cloudwatch_metric_alarm."));
      expect(alarms.map(([, { metric_name: name }]) => name).sort()).toEqual(ALARMS);
      for (const [, { dimensions }] of alarms) expect(dimensions).toEqual({ NatGatewayId: gateway.id });
      // Two EIPs hold 110,000 connections to one destination: 80 percent of that.
      expect(value("aws_cloudwatch_metric_alarm.Nat_Alarms_Connections").threshold).toBe(88_000);
    });

    it("adds a route and a private gateway, and takes them away again, without touching anything else", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      const added = ["aws_nat_gateway.Private", "aws_route.Nat_PartnerRoute"];
      await deployment.synthesize((stack) => {
        const { id: routeTableId } = stack.node.findChild("PublicTable") as RouteTable;
        stack.nat.addRoute("PartnerRoute", { routeTableId, destinationCidr: "198.51.100.0/24" });
        const [vpc, subnet] = [stack.node.findChild("Vpc") as Vpc, stack.node.findChild("Workers") as Subnet];
        new InternetNatGateway(stack, "Private", { vpc, subnet, connectivity: "private" });
      });
      expect(await deployment.plan()).toEqual(planned({ create: added }));
      await deployment.apply();
      const resources = await deployment.resources();
      const [gateway, route] = added.map((address) => resources.get(address));
      expect(gateway).toMatchObject({ connectivity_type: "private", public_ip: "" });
      expect(route?.nat_gateway_id).toBe(before.get(GATEWAY)?.id);
      expect(await deployment.plan()).toEqual(planned({}));

      await deployment.synthesize();
      expect(await deployment.plan()).toEqual(planned({ delete: added }));
      await deployment.apply();
      expect((await deployment.resources()).get(GATEWAY)).toEqual(before.get(GATEWAY));
    });
  },
});
