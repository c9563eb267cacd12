import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { overlaps } from "../../engine/ipv4";
import { requireBlock, vpcBlocks } from "./addresses";
import { checkDescription, checkName } from "./names";
import {
  creationTime,
  DEFAULT_RESOURCE_GROUP,
  ipv4Gateways,
  natGateways,
  routeEntries,
  routeTables,
  securityGroups,
  vpcs,
  vSwitches,
  type Tags,
} from "./tables";

interface CreateVpcRequest {
  CidrBlock?: string | undefined;
  VpcName?: string | undefined;
  Description?: string | undefined;
  ResourceGroupId?: string | undefined;
  UserCidr?: string[] | undefined;
  DnsHostnameStatus?: string | undefined;
  Tags: Tags;
}

/** Makes a VPC with its virtual router and its system route table. */
export const createVpc = changing("CreateVpc", (cloud, request: CreateVpcRequest) => {
  checkName(request.VpcName ?? "", "InvalidVpcName.Malformed");
  checkDescription(request.Description ?? "");
  const cidr = request.CidrBlock ?? "172.16.0.0/12";
  const { prefix } = requireBlock(cidr, "InvalidCidrBlock.Malformed");
  if (prefix < 8 || prefix > 28) throw new ApiError("InvalidCidrBlock.Malformed", "The mask must be /8 to /28.");
  const VRouterId = cloud.newId("vrt-bp1");
  const id = cloud.newId("vpc-bp1");
  const shared = { CreationTime: creationTime(), ResourceGroupId: request.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP };
  const RouterTableId = routeTables.insert(cloud, {
    ...shared,
    RouteTableName: "",
    Description: "",
    RouteTableType: "System",
    VpcId: id,
    RouterId: VRouterId,
    AssociateType: "VSwitch",
    Status: "Available",
    Tags: {},
  });
  vpcs.insert(
    cloud,
    {
      ...shared,
      VpcName: request.VpcName ?? "",
      Description: request.Description ?? "",
      CidrBlock: cidr,
      SecondaryCidrBlocks: [],
      UserCidrs: request.UserCidr ?? [],
      DnsHostnameStatus: request.DnsHostnameStatus ?? "DISABLED",
      Status: "Pending",
      VRouterId,
      RouterTableId,
      Ipv4GatewayEnabled: false,
      Tags: request.Tags,
    },
    id,
  );
  vpcs.change(cloud, id, {}, { seconds: cloud.random.between(1, 4), attributes: { Status: "Available" } });
  return id;
});

export const describeVpcAttribute = reading("DescribeVpcAttribute", (cloud, { VpcId }: { VpcId: string }) => {
  return vpcs.get(cloud, VpcId);
});

export const describeVpcs = reading("DescribeVpcs", (cloud) => vpcs.list(cloud));

interface ModifyVpcRequest {
  VpcId: string;
  VpcName?: string | undefined;
  Description?: string | undefined;
  CidrBlock?: string | undefined;
}

export const modifyVpcAttribute = changing("ModifyVpcAttribute", (cloud, request: ModifyVpcRequest) => {
  const vpc = vpcs.get(cloud, request.VpcId);
  checkName(request.VpcName ?? "", "InvalidVpcName.Malformed");
  checkDescription(request.Description ?? "");
  const CidrBlock = request.CidrBlock ?? vpc.CidrBlock;
  requireBlock(CidrBlock, "InvalidCidrBlock.Malformed");
  vpcs.change(cloud, vpc.id, {
    CidrBlock,
    VpcName: request.VpcName ?? vpc.VpcName,
    Description: request.Description ?? vpc.Description,
  });
});

/** Adds a secondary block. */
export const associateVpcCidrBlock = changing(
  "AssociateVpcCidrBlock",
  (cloud, { VpcId, SecondaryCidrBlock }: { VpcId: string; SecondaryCidrBlock: string }) => {
    const vpc = vpcs.get(cloud, VpcId);
    const block = requireBlock(SecondaryCidrBlock, "InvalidCidrBlock.Malformed");
    if (vpcBlocks(vpc).some((own) => overlaps(own, block))) {
      throw new ApiError("InvalidCidrBlock.Overlapped", `${SecondaryCidrBlock} overlaps a block of the VPC.`);
    }
    vpcs.change(cloud, VpcId, { SecondaryCidrBlocks: [...vpc.SecondaryCidrBlocks, SecondaryCidrBlock] });
  },
);

export const unassociateVpcCidrBlock = changing(
  "UnassociateVpcCidrBlock",
  (cloud, { VpcId, SecondaryCidrBlock }: { VpcId: string; SecondaryCidrBlock: string }) => {
    const vpc = vpcs.get(cloud, VpcId);
    vpcs.change(cloud, VpcId, {
      SecondaryCidrBlocks: vpc.SecondaryCidrBlocks.filter((cidr) => cidr !== SecondaryCidrBlock),
    });
  },
);

/** Deletes a VPC that nothing is in any more, with its system route table. */
export const deleteVpc = changing("DeleteVpc", (cloud, { VpcId }: { VpcId: string }) => {
  vpcs.get(cloud, VpcId);
  const inside = vpcContents(cloud, VpcId);
  if (inside !== undefined) {
    throw new ApiError(`DependencyViolation.${inside}`, `The VPC ${VpcId} still holds a ${inside}.`);
  }
  for (const { id: RouteTableId } of routeTables.list(cloud, { VpcId })) {
    for (const { id } of routeEntries.list(cloud, { RouteTableId })) routeEntries.remove(cloud, id);
    routeTables.remove(cloud, RouteTableId);
  }
  vpcs.remove(cloud, VpcId);
});

function vpcContents(cloud: Cloud, VpcId: string): string | undefined {
  if (vSwitches.list(cloud, { VpcId }).length > 0) return "VSwitch";
  if (securityGroups.list(cloud, { VpcId }).length > 0) return "SecurityGroup";
  if (routeTables.list(cloud, { VpcId, RouteTableType: "Custom" }).length > 0) return "RouteTable";
  if (natGateways.list(cloud, { VpcId }).length > 0) return "NatGateway";
  if (ipv4Gateways.list(cloud, { VpcId }).length > 0) return "Ipv4Gateway";
  return undefined;
}
