import type { CloudObject } from "../engine/store";
import { DEFAULT_RESOURCE_GROUP, type Eip } from "./api/tables";

/** Ids and addresses of what `existingGateway` puts into a cloud. */
export interface ExistingGateway {
  readonly objects: readonly CloudObject[];
  readonly vpcId: string;
  readonly vpcCidr: string;
  readonly systemRouteTableId: string;
  readonly vSwitchId: string;
  readonly natGatewayId: string;
  readonly snatTableId: string;
  readonly forwardTableId: string;
  readonly boundEip: { readonly allocationId: string; readonly publicIp: string };
  readonly freeEip: { readonly allocationId: string; readonly publicIp: string };
}

const CREATED = "2024-03-01T08:00:00Z";

/**
 * A gateway that was made outside Terraform: the VPC `legacy-vpc` (10.0.0.0/16), the vSwitch `legacy-nat`, the NAT
 * gateway `legacy-nat`, one EIP that is bound to it (`legacy-bound`) and one that is free (`legacy-free`).
 */
export function existingGateway(): ExistingGateway {
  const ids = {
    vpcId: "vpc-bp1legacy00000000001",
    vpcCidr: "10.0.0.0/16",
    systemRouteTableId: "vtb-bp1legacy00000000001",
    vSwitchId: "vsw-bp1legacy00000000001",
    natGatewayId: "ngw-bp1legacy00000000001",
    snatTableId: "stb-bp1legacy00000000001",
    forwardTableId: "ftb-bp1legacy00000000001",
    boundEip: { allocationId: "eip-bp1legacy00000000001", publicIp: "203.0.113.201" },
    freeEip: { allocationId: "eip-bp1legacy00000000002", publicIp: "203.0.113.202" },
  };
  const bound = { InstanceId: ids.natGatewayId, InstanceType: "Nat", PrivateIpAddress: "10.0.255.1", Status: "InUse" };
  const objects = [
    ...network(ids),
    gateway(ids),
    eip(ids.boundEip, "legacy-bound", bound),
    eip(ids.freeEip, "legacy-free", {}),
  ];
  return { ...ids, objects };
}

type Ids = Omit<ExistingGateway, "objects">;

function network(ids: Ids): CloudObject[] {
  const shared = { Description: "", Status: "Available", CreationTime: CREATED, Tags: {} };
  const router = { VRouterId: "vrt-bp1legacy00000000001", ResourceGroupId: DEFAULT_RESOURCE_GROUP };
  return [
    {
      type: "Vpc",
      id: ids.vpcId,
      attributes: {
        ...shared,
        ...router,
        VpcName: "legacy-vpc",
        CidrBlock: ids.vpcCidr,
        SecondaryCidrBlocks: [],
        UserCidrs: [],
        DnsHostnameStatus: "DISABLED",
        RouterTableId: ids.systemRouteTableId,
        Ipv4GatewayEnabled: false,
      },
    },
    {
      type: "RouteTable",
      id: ids.systemRouteTableId,
      attributes: {
        ...shared,
        RouteTableName: "",
        RouteTableType: "System",
        VpcId: ids.vpcId,
        RouterId: router.VRouterId,
        AssociateType: "VSwitch",
        ResourceGroupId: DEFAULT_RESOURCE_GROUP,
      },
    },
    {
      type: "VSwitch",
      id: ids.vSwitchId,
      attributes: {
        ...shared,
        VSwitchName: "legacy-nat",
        VpcId: ids.vpcId,
        CidrBlock: "10.0.255.0/24",
        ZoneId: "cn-hangzhou-h",
        RouteTableId: ids.systemRouteTableId,
      },
    },
  ];
}

function gateway(ids: Ids): CloudObject {
  return {
    type: "NatGateway",
    id: ids.natGatewayId,
    attributes: {
      Name: "legacy-nat",
      Description: "",
      VpcId: ids.vpcId,
      VSwitchId: ids.vSwitchId,
      NatType: "Enhanced",
      NetworkType: "internet",
      Spec: "",
      InternetChargeType: "PayByLcu",
      InstanceChargeType: "PostPaid",
      EipBindMode: "MULTI_BINDED",
      IcmpReplyEnabled: true,
      PrivateLinkEnabled: false,
      AccessMode: "",
      TunnelType: "",
      AvailabilityMode: "CrossAZ",
      DeletionProtection: false,
      SnatTableId: ids.snatTableId,
      ForwardTableId: ids.forwardTableId,
      ResourceGroupId: DEFAULT_RESOURCE_GROUP,
      Status: "Available",
      CreationTime: CREATED,
      Tags: {},
    },
  };
}

function eip(
  { allocationId, publicIp }: { allocationId: string; publicIp: string },
  Name: string,
  binding: Partial<Eip>,
): CloudObject {
  return {
    type: "EipAddress",
    id: allocationId,
    attributes: {
      Name,
      Description: "",
      IpAddress: publicIp,
      Status: "Available",
      Bandwidth: "5",
      InternetChargeType: "PayByTraffic",
      ChargeType: "PostPaid",
      ISP: "BGP",
      Mode: "NAT",
      Netmode: "public",
      ResourceGroupId: DEFAULT_RESOURCE_GROUP,
      InstanceId: "",
      InstanceType: "",
      PrivateIpAddress: "",
      BandwidthPackageId: "",
      DeletionProtection: false,
      AllocationTime: CREATED,
      Tags: {},
      ...binding,
    },
  };
}
