import { RefusalBench, inOutput, type Refusal } from "../support/simulator/alicloud/raw/refusal";
import { changed, copies, forwardEntries, snatEntries } from "../support/simulator/alicloud/raw/objects";
import {
  association,
  gateway,
  legacy,
  one,
  route,
  SHORT,
  two,
  vswitch,
} from "../support/simulator/alicloud/raw/resources";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { vpcId } = legacy;

const REFUSALS: Record<string, Refusal> = {
  "a gateway whose vSwitch is dropped because nat_type is not given": {
    code: "MissingParameter",
    action: "CreateNatGateway",
    then: one("alicloud_nat_gateway", gateway({ nat_type: null })),
  },
  "a gateway of the old type": {
    code: "OperationFailed.NormalInventoryNotEnough",
    action: "CreateNatGateway",
    then: one("alicloud_nat_gateway", gateway({ nat_type: "Normal" })),
  },
  "a gateway in a vSwitch of another VPC": {
    code: "OperationFailed.VswNotBelongToVpc",
    action: "CreateNatGateway",
    then: {
      alicloud_vpc: { b: { cidr_block: "10.1.0.0/16" } },
      alicloud_nat_gateway: { b: gateway({ vpc_id: "${alicloud_vpc.b.id}" }) },
    },
  },
  "a gateway with a bad name": {
    code: "InvalidNatGatewayName.MalFormed",
    action: "CreateNatGateway",
    then: one("alicloud_nat_gateway", gateway({ nat_gateway_name: "-nat" })),
  },
  "a sixth gateway in a VPC": {
    code: "QuotaExceeded.NatGateway",
    action: "CreateNatGateway",
    seed: copies("NatGateway", 4, (index) => ({ Name: `n${index}` })),
    then: one("alicloud_nat_gateway", gateway()),
  },
  "another vSwitch for a gateway": {
    code: "OperationUnsupported.UpdateNatType",
    action: "UpdateNatGatewayNatType",
    first: { alicloud_vswitch: { b: vswitch() }, alicloud_nat_gateway: { a: gateway() } },
    then: {
      alicloud_vswitch: { b: vswitch() },
      alicloud_nat_gateway: { a: gateway({ vswitch_id: "${alicloud_vswitch.b.id}" }) },
    },
  },
  "the way back from NAT mode": {
    code: "OperationUnsupported.EipBindMode",
    action: "ModifyNatGatewayAttribute",
    first: one("alicloud_nat_gateway", gateway({ eip_bind_mode: "NAT" })),
    then: one("alicloud_nat_gateway", gateway({ eip_bind_mode: "MULTI_BINDED" })),
  },
  "MULTI_BINDED beside an IPv4 gateway": {
    code: "OperationUnsupported.EipBindMode",
    action: "CreateNatGateway",
    seed: changed("Vpc", { Ipv4GatewayEnabled: true }),
    then: one("alicloud_nat_gateway", gateway()),
  },
  "enabling an IPv4 gateway beside MULTI_BINDED": {
    code: "OperationUnsupported.EipBindMode",
    action: "EnableVpcIpv4Gateway",
    then: one("alicloud_vpc_ipv4_gateway", { vpc_id: vpcId, enabled: true }),
  },
  "a second IPv4 gateway": {
    code: "ResourceAlreadyAssociated.Vpc",
    action: "CreateIpv4Gateway",
    then: two("alicloud_vpc_ipv4_gateway", { vpc_id: vpcId }, { vpc_id: vpcId }),
  },
  "deleting a protected gateway": {
    code: "OperationDenied.DeletionProtection",
    action: "DeleteNatGateway",
    first: one("alicloud_nat_gateway", gateway({ deletion_protection: true })),
    then: {},
  },
  "deleting a gateway with an EIP of somebody else": {
    code: "DependencyViolation.EIPS",
    action: "DeleteNatGateway",
    first: { alicloud_nat_gateway: { a: gateway({ timeouts: SHORT }) } },
    then: { alicloud_eip_association: { a: association({ instance_id: "GATEWAY" }) } },
  },
  "deleting a gateway that is a next hop": {
    code: "DependencyViolation.RouteEntry",
    action: "DeleteNatGateway",
    first: { alicloud_nat_gateway: { a: gateway() } },
    then: { alicloud_route_entry: { a: route({ nexthop_id: "GATEWAY" }) } },
  },
  "a gateway in a VPC that does not exist": {
    code: "InvalidVpcId.NotFound",
    action: "CreateNatGateway",
    then: one("alicloud_nat_gateway", gateway({ vpc_id: "vpc-none" })),
  },
  "a gateway with a description of one character": {
    code: "InvalidParameter.Description.Malformed",
    action: "CreateNatGateway",
    then: one("alicloud_nat_gateway", gateway({ description: "x" })),
  },
  "deleting a gateway with an SNAT entry": {
    code: "DependencyViolation.SnatEntry",
    action: "DeleteNatGateway",
    first: one("alicloud_nat_gateway", gateway()),
    seed: snatEntries(1).map((entry) => ({ ...entry, attributes: { ...entry.attributes, SnatTableId: "stb-x" } })),
    then: {},
    meanwhile: async ({ simulator }, id) => simulator.modify("NatGateway", id, { SnatTableId: "stb-x" }),
  },
  "deleting a gateway with a DNAT entry": {
    code: "DependencyViolation.ForwardEntry",
    action: "DeleteNatGateway",
    first: one("alicloud_nat_gateway", gateway()),
    seed: forwardEntries(1).map((entry) => ({
      ...entry,
      attributes: { ...entry.attributes, ForwardTableId: "ftb-x" },
    })),
    then: {},
    meanwhile: async ({ simulator }, id) => simulator.modify("NatGateway", id, { ForwardTableId: "ftb-x" }),
  },
};

describeTerraform("what the simulated Alibaba Cloud refuses about NAT gateways", () => {
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
