import { RefusalBench, inOutput, type Refusal } from "../support/simulator/alicloud/raw/refusal";
import { copies } from "../support/simulator/alicloud/raw/objects";
import {
  gateway,
  instanceWith,
  legacy,
  one,
  route,
  SECURITY_GROUP,
  SHORT,
  snat,
  vswitch,
} from "../support/simulator/alicloud/raw/resources";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { natGatewayId, systemRouteTableId, vSwitchId, vpcId } = legacy;

const REFUSALS: Record<string, Refusal> = {
  "a second default route in the system table": {
    code: "RouterEntryConflict.Duplicated",
    action: "CreateRouteEntry",
    then: {
      alicloud_vpc: { b: { cidr_block: "10.1.0.0/16" } },
      alicloud_vswitch: { b: vswitch({ vpc_id: "${alicloud_vpc.b.id}", cidr_block: "10.1.1.0/24" }) },
      alicloud_nat_gateway: {
        b: gateway({ vpc_id: "${alicloud_vpc.b.id}", vswitch_id: "${alicloud_vswitch.b.id}" }),
      },
      alicloud_route_entry: {
        b: route({
          route_table_id: "${alicloud_vpc.b.route_table_id}",
          destination_cidrblock: "0.0.0.0/0",
          nexthop_id: "${alicloud_nat_gateway.b.id}",
        }),
      },
    },
  },
  "a route to 100.64.0.0/10": {
    code: "InvalidCidrBlock",
    action: "CreateRouteEntry",
    then: one("alicloud_route_entry", route({ destination_cidrblock: "100.100.0.0/16" })),
  },
  "a route to a vSwitch's own block": {
    code: "InvalidCidrBlock",
    action: "CreateRouteEntry",
    then: one("alicloud_route_entry", route({ destination_cidrblock: "10.0.255.0/24" })),
  },
  "a route into a vSwitch": {
    code: "InvalidCidrBlock",
    action: "CreateRouteEntry",
    then: one("alicloud_route_entry", route({ destination_cidrblock: "10.0.255.128/25" })),
  },
  "a route with host bits": {
    code: "InvalidCidrBlock.Malformed",
    action: "CreateRouteEntry",
    then: one("alicloud_route_entry", route({ destination_cidrblock: "198.18.0.1/15" })),
  },
  "a next hop that does not exist": {
    code: "InvalidNextHop.NotFound",
    action: "CreateRouteEntry",
    then: one("alicloud_route_entry", route({ nexthop_id: "ngw-none" })),
  },
  "a kind of next hop that does not exist": {
    code: "InvalidNextHopType",
    action: "CreateRouteEntry",
    then: one("alicloud_route_entry", route({ nexthop_type: "Router" })),
  },
  "a 201st route": {
    code: "QuotaExceeded",
    action: "CreateRouteEntry",
    seed: Array.from({ length: 200 }, (_, index) => ({
      type: "RouteEntry",
      id: `rte-${index}`,
      attributes: {
        RouteTableId: systemRouteTableId,
        DestinationCidrBlock: `198.19.${index}.0/24`,
        NextHopType: "NatGateway",
        NextHopId: natGatewayId,
        RouteEntryName: "",
        Description: "",
        Status: "Available",
        AddedFor: "",
      },
    })),
    then: one("alicloud_route_entry", route()),
  },
  "deleting a route table that a vSwitch uses": {
    code: "DependencyViolation.VSwitch",
    action: "DeleteRouteTable",
    first: { alicloud_route_table: { a: { vpc_id: vpcId } } },
    then: { alicloud_route_table_attachment: { a: { route_table_id: "TABLE", vswitch_id: vSwitchId } } },
  },
  "deleting a route table with a route": {
    code: "DependencyViolation.RouteEntry",
    action: "DeleteRouteTable",
    first: { alicloud_route_table: { a: { vpc_id: vpcId } } },
    then: { alicloud_route_entry: { a: route({ route_table_id: "TABLE" }) } },
  },
  "a route in a table that does not exist": {
    code: "InvalidRouteTableId.NotFound",
    action: "DescribeRouteTables",
    then: one("alicloud_route_entry", route({ route_table_id: "vtb-none" })),
  },
  "a route table with a bad name": {
    code: "InvalidName.Malformed",
    action: "CreateRouteTable",
    then: one("alicloud_route_table", { vpc_id: vpcId, route_table_name: "x" }),
  },
  "a vSwitch on the system route table by hand": {
    code: "OperationFailed.AssociateRouteTable",
    action: "AssociateRouteTable",
    then: one("alicloud_route_table_attachment", { route_table_id: systemRouteTableId, vswitch_id: vSwitchId }),
  },
  "deleting an IPv4 gateway that is a next hop": {
    code: "DependencyViolation.RouteEntry",
    action: "DeleteIpv4Gateway",
    first: one("alicloud_vpc_ipv4_gateway", { vpc_id: vpcId }),
    then: one("alicloud_route_entry", route({ nexthop_type: "Ipv4Gateway", nexthop_id: "IPV4" })),
  },
  "a vSwitch outside its VPC": {
    code: "InvalidCidrBlock.NotInVpc",
    action: "CreateVSwitch",
    then: one("alicloud_vswitch", vswitch({ cidr_block: "192.168.0.0/24" })),
  },
  "two vSwitches that overlap": {
    code: "InvalidCidrBlock.Overlapped",
    action: "CreateVSwitch",
    then: one("alicloud_vswitch", vswitch({ cidr_block: "10.0.255.0/28" })),
  },
  "a vSwitch smaller than /29": {
    code: "InvalidCidrBlock.Malformed",
    action: "CreateVSwitch",
    then: one("alicloud_vswitch", vswitch({ cidr_block: "10.0.1.0/30" })),
  },
  "a VPC with a bad name": {
    code: "InvalidVpcName.Malformed",
    action: "CreateVpc",
    then: one("alicloud_vpc", { vpc_name: "x" }),
  },
  "deleting a VPC with a vSwitch": {
    code: "DependencyViolation.VSwitch",
    action: "DeleteVpc",
    first: { alicloud_vpc: { a: { cidr_block: "10.1.0.0/16", timeouts: SHORT } } },
    then: { alicloud_vswitch: { a: vswitch({ vpc_id: "VPC", cidr_block: "10.1.1.0/24" }) } },
  },
  "deleting a VPC with a security group": {
    code: "DependencyViolation.SecurityGroup",
    action: "DeleteVpc",
    first: { alicloud_vpc: { a: { cidr_block: "10.1.0.0/16", timeouts: SHORT } } },
    then: { alicloud_security_group: { a: { vpc_id: "VPC" } } },
  },
  "deleting a VPC with a custom route table": {
    code: "DependencyViolation.RouteTable",
    action: "DeleteVpc",
    first: { alicloud_vpc: { a: { cidr_block: "10.1.0.0/16", timeouts: SHORT } } },
    then: { alicloud_route_table: { a: { vpc_id: "VPC" } } },
  },
  "deleting a vSwitch with a gateway": {
    code: "DependencyViolation.EnhancedNatgw",
    action: "DeleteVSwitch",
    first: { alicloud_vswitch: { a: vswitch({ timeouts: SHORT }) } },
    then: { alicloud_nat_gateway: { a: gateway({ vswitch_id: "VSWITCH" }) } },
  },
  "deleting a vSwitch with an interface": {
    code: "DependencyViolation.NetworkInterface",
    action: "DeleteVSwitch",
    first: { alicloud_vswitch: { a: vswitch({ timeouts: SHORT }) } },
    then: {
      ...SECURITY_GROUP,
      alicloud_ecs_network_interface: {
        a: { vswitch_id: "VSWITCH", security_group_ids: ["${alicloud_security_group.a.id}"] },
      },
    },
  },
  "deleting a vSwitch with an instance": {
    code: "DependencyViolation.Instance",
    action: "DeleteVSwitch",
    first: { alicloud_vswitch: { a: vswitch({ timeouts: SHORT }) } },
    then: instanceWith({ vswitch_id: "VSWITCH", private_ip: null }),
  },
  "a vSwitch in a VPC that does not exist": {
    code: "InvalidVpcID.NotFound",
    action: "CreateVSwitch",
    then: one("alicloud_vswitch", vswitch({ vpc_id: "vpc-none" })),
  },
  "a vSwitch in a zone that is none": {
    code: "InvalidZoneId.NotFound",
    action: "CreateVSwitch",
    then: one("alicloud_vswitch", vswitch({ zone_id: "Hangzhou" })),
  },
  "a vSwitch with a bad name": {
    code: "InvalidVSwitchName.Malformed",
    action: "CreateVSwitch",
    then: one("alicloud_vswitch", vswitch({ vswitch_name: "x" })),
  },
  "a secondary block that overlaps": {
    code: "InvalidCidrBlock.Overlapped",
    action: "AssociateVpcCidrBlock",
    then: one("alicloud_vpc", { cidr_block: "10.1.0.0/16", secondary_cidr_blocks: ["10.1.128.0/17"] }),
  },
  "deleting a VPC with a NAT gateway": {
    code: "DependencyViolation.NatGateway",
    action: "DeleteVpc",
    first: { alicloud_vpc: { a: { cidr_block: "10.1.0.0/16" } } },
    seed: copies("NatGateway", 1, () => ({ VpcId: "vpc-x" })),
    then: {},
    meanwhile: async ({ simulator }, id) => simulator.modify("NatGateway", `${natGatewayId}-0`, { VpcId: id }),
  },
  "deleting a VPC with an IPv4 gateway": {
    code: "DependencyViolation.Ipv4Gateway",
    action: "DeleteVpc",
    first: { alicloud_vpc: { a: { cidr_block: "10.1.0.0/16" } } },
    then: { alicloud_vpc_ipv4_gateway: { a: { vpc_id: "VPC" } } },
  },
  "deleting a vSwitch with an SNAT entry": {
    code: "DependencyViolation.SnatEntry",
    action: "DeleteVSwitch",
    first: { alicloud_vswitch: { a: vswitch({ timeouts: SHORT }) } },
    then: { alicloud_snat_entry: { a: snat({ source_cidr: null, source_vswitch_id: "VSWITCH" }) } },
  },
  "deleting a vSwitch with a custom route table": {
    code: "DependencyViolation.RouteTable",
    action: "DeleteVSwitch",
    first: { alicloud_vswitch: { a: vswitch({ timeouts: SHORT }) } },
    then: {
      alicloud_route_table: { b: { vpc_id: vpcId } },
      alicloud_route_table_attachment: {
        a: { route_table_id: "${alicloud_route_table.b.id}", vswitch_id: "VSWITCH" },
      },
    },
  },
};

describeTerraform("what the simulated Alibaba Cloud refuses about VPCs, vSwitches and routes", () => {
  let bench: RefusalBench;

  beforeAll(async () => {
    bench = await RefusalBench.start();
  });

  afterAll(async () => bench.stop());

  test.each(Object.entries(REFUSALS))("%s", async (_name, refusal) => {
    const { exitCode, stderr, actions } = await bench.provoke(refusal);
    expect(stderr).toMatch(inOutput(refusal.code));
    expect(exitCode).toBe(1);
    expect(actions).toEqual([refusal.action]);
  });
});
