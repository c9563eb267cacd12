import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { freeEips } from "./free-eips";
import { checkDescription, checkStrictName } from "./names";
import { isNextHop } from "./route-entry";
import {
  creationTime,
  DEFAULT_RESOURCE_GROUP,
  eips,
  forwardEntries,
  natGateways,
  routeEntries,
  snatEntries,
  vpcs,
  vSwitches,
  type NatGateway,
} from "./tables";

const GATEWAYS_PER_VPC = 5;

interface CreateNatGatewayRequest {
  VpcId: string;
  VSwitchId?: string | undefined;
  NatType?: string | undefined;
  NetworkType?: string | undefined;
  Name?: string | undefined;
  Description?: string | undefined;
  Spec?: string | undefined;
  InternetChargeType?: string | undefined;
  InstanceChargeType?: string | undefined;
  EipBindMode?: string | undefined;
  IcmpReplyEnabled?: boolean | undefined;
  PrivateLinkEnabled?: boolean | undefined;
  AccessMode?: string | undefined;
  TunnelType?: string | undefined;
  AvailabilityMode?: string | undefined;
}

export const createNatGateway = changing(
  "CreateNatGateway",
  (cloud, request: CreateNatGatewayRequest) => {
    checkStrictName(request.Name ?? "", "InvalidNatGatewayName.MalFormed");
    checkDescription(request.Description ?? "");
    const vpc = vpcs.find(cloud, request.VpcId);
    if (vpc === undefined) throw new ApiError("InvalidVpcId.NotFound", `The VPC ${request.VpcId} does not exist.`);
    checkVSwitch(cloud, request);
    checkBindMode(cloud, request.VpcId, request.EipBindMode ?? "MULTI_BINDED");
    if (natGateways.list(cloud, { VpcId: vpc.id }).length >= cloud.limit("natGatewaysPerVpc", GATEWAYS_PER_VPC)) {
      throw new ApiError("QuotaExceeded.NatGateway", "The VPC has as many NAT gateways as its quota allows.");
    }
    const id = natGateways.insert(cloud, gatewayOf(cloud, request));
    addDefaultRoute(cloud, id);
    natGateways.change(cloud, id, {}, { seconds: cloud.random.between(2, 8), attributes: { Status: "Available" } });
    return id;
  },
  { code: "TaskConflict", key: (_cloud, { VpcId }) => `nat gateway of ${VpcId}` },
);

function checkVSwitch(cloud: Cloud, { VpcId, VSwitchId, NatType }: CreateNatGatewayRequest): void {
  if (NatType === "Normal") {
    throw new ApiError("OperationFailed.NormalInventoryNotEnough", "Standard NAT gateways are no longer sold.");
  }
  if (VSwitchId === undefined) throw new ApiError("MissingParameter", "Miss mandatory parameter VSwitchId.");
  const vSwitch = vSwitches.get(cloud, VSwitchId);
  if (vSwitch.VpcId !== VpcId) {
    throw new ApiError("OperationFailed.VswNotBelongToVpc", "The vSwitch and the NAT gateway are in different VPCs.");
  }
  if (vSwitch.Status !== "Available") throw new ApiError("IncorrectStatus.VSWITCH", "The vSwitch is not Available.");
}

/** Beside an enabled IPv4 gateway a NAT gateway must be in NAT mode. */
function checkBindMode(cloud: Cloud, VpcId: string, mode: string): void {
  if (mode === "MULTI_BINDED" && vpcs.get(cloud, VpcId).Ipv4GatewayEnabled) {
    throw new ApiError("OperationUnsupported.EipBindMode", "The VPC has an IPv4 gateway: EipBindMode must be NAT.");
  }
}

function gatewayOf(cloud: Cloud, request: CreateNatGatewayRequest): NatGateway {
  return {
    Name: request.Name ?? "",
    Description: request.Description ?? "",
    VpcId: request.VpcId,
    VSwitchId: request.VSwitchId ?? "",
    NatType: request.NatType ?? "Enhanced",
    NetworkType: request.NetworkType ?? "internet",
    Spec: request.Spec ?? "",
    InternetChargeType: request.InternetChargeType ?? "PayByLcu",
    InstanceChargeType: request.InstanceChargeType ?? "PostPaid",
    EipBindMode: request.EipBindMode ?? "MULTI_BINDED",
    IcmpReplyEnabled: request.IcmpReplyEnabled ?? true,
    PrivateLinkEnabled: request.PrivateLinkEnabled ?? false,
    AccessMode: request.AccessMode ?? "",
    TunnelType: request.TunnelType ?? "",
    AvailabilityMode: request.AvailabilityMode ?? "CrossAZ",
    DeletionProtection: false,
    SnatTableId: cloud.newId("stb-bp1"),
    ForwardTableId: cloud.newId("ftb-bp1"),
    ResourceGroupId: DEFAULT_RESOURCE_GROUP,
    Status: "Creating",
    CreationTime: creationTime(),
    Tags: {},
  };
}

/** The platform routes 0.0.0.0/0 of the system table to the first Internet NAT gateway of a VPC. */
function addDefaultRoute(cloud: Cloud, gatewayId: string): void {
  const { VpcId, NetworkType } = natGateways.get(cloud, gatewayId);
  const { RouterTableId } = vpcs.get(cloud, VpcId);
  const isFirst = natGateways.list(cloud, { VpcId, NetworkType: "internet" }).length === 1;
  const hasRoute =
    routeEntries.list(cloud, { RouteTableId: RouterTableId, DestinationCidrBlock: "0.0.0.0/0" }).length > 0;
  if (NetworkType !== "internet" || !isFirst || hasRoute) return;
  routeEntries.insert(cloud, {
    RouteTableId: RouterTableId,
    DestinationCidrBlock: "0.0.0.0/0",
    NextHopType: "NatGateway",
    NextHopId: gatewayId,
    RouteEntryName: "",
    Description: "",
    Status: "Available",
    AddedFor: gatewayId,
  });
}

/** The NAT gateway that owns an SNAT or DNAT table. */
export function gatewayOfTable(cloud: Cloud, kind: "SnatTableId" | "ForwardTableId", id: string): Row<NatGateway> {
  const [gateway] = natGateways.list(cloud, { [kind]: id });
  if (gateway === undefined) throw new ApiError(`Invalid${kind}.NotFound`, "The specified table does not exist.");
  return gateway;
}

export const describeNatGateways = reading("DescribeNatGateways", (cloud, filter: { NatGatewayId?: string }) => {
  return natGateways.list(cloud).filter(({ id }) => filter.NatGatewayId === undefined || id === filter.NatGatewayId);
});

interface ModifyNatGatewayRequest {
  NatGatewayId: string;
  Name: string;
  Description: string;
  EipBindMode?: string | undefined;
  IcmpReplyEnabled?: boolean | undefined;
}

export const modifyNatGatewayAttribute = changing(
  "ModifyNatGatewayAttribute",
  (cloud, request: ModifyNatGatewayRequest) => {
    const gateway = natGateways.get(cloud, request.NatGatewayId);
    checkStrictName(request.Name, "InvalidNatGatewayName.MalFormed");
    checkDescription(request.Description);
    const EipBindMode = request.EipBindMode ?? gateway.EipBindMode;
    if (gateway.EipBindMode === "NAT" && EipBindMode !== "NAT") {
      throw new ApiError("OperationUnsupported.EipBindMode", "There is no way from NAT back to MULTI_BINDED.");
    }
    checkBindMode(cloud, gateway.VpcId, EipBindMode);
    natGateways.change(cloud, gateway.id, {
      Name: request.Name,
      Description: request.Description,
      EipBindMode,
      IcmpReplyEnabled: request.IcmpReplyEnabled ?? gateway.IcmpReplyEnabled,
    });
  },
);

export const modifyNatGatewaySpec = changing(
  "ModifyNatGatewaySpec",
  (cloud, { NatGatewayId, Spec }: { NatGatewayId: string; Spec: string }) => {
    natGateways.get(cloud, NatGatewayId);
    natGateways.change(cloud, NatGatewayId, { Spec });
  },
);

/** Meant for gateways of the old type; an Enhanced gateway keeps its vSwitch for good. */
export const updateNatGatewayNatType = changing(
  "UpdateNatGatewayNatType",
  (cloud, { NatGatewayId }: { NatGatewayId: string; NatType: string; VSwitchId: string }) => {
    natGateways.get(cloud, NatGatewayId);
    throw new ApiError("OperationUnsupported.UpdateNatType", "Type and vSwitch of an Enhanced gateway are immutable.");
  },
);

export const deletionProtection = changing(
  "DeletionProtection",
  (
    cloud,
    { InstanceId, Type, ProtectionEnable }: { InstanceId: string; Type: "NATGW" | "EIP"; ProtectionEnable: boolean },
  ) => {
    const table = Type === "NATGW" ? natGateways : eips;
    table.get(cloud, InstanceId);
    cloud.change(InstanceId, { DeletionProtection: ProtectionEnable });
  },
);

export const deleteNatGateway = changing(
  "DeleteNatGateway",
  (cloud, { NatGatewayId, Force }: { NatGatewayId: string; Force: boolean }) => {
    const gateway = natGateways.get(cloud, NatGatewayId);
    if (gateway.Status === "Deleting") throw new ApiError("IncorrectStatus.NatGateway", "It is being deleted.");
    if (gateway.DeletionProtection) {
      throw new ApiError("OperationDenied.DeletionProtection", "Deletion protection of the gateway is on.");
    }
    if (Force) clear(cloud, gateway);
    else checkEmpty(cloud, gateway);
    for (const route of routeEntries.list(cloud, { AddedFor: gateway.id })) routeEntries.remove(cloud, route.id);
    natGateways.removeLater(cloud, gateway.id, cloud.random.between(2, 8), { Status: "Deleting" });
  },
  { code: "OperationConflict", key: (_cloud, { NatGatewayId }) => NatGatewayId },
);

function checkEmpty(cloud: Cloud, gateway: Row<NatGateway>): void {
  if (eips.list(cloud, { InstanceId: gateway.id }).length > 0) {
    throw new ApiError("DependencyViolation.EIPS", "EIPs are associated with the NAT gateway.");
  }
  if (snatEntries.list(cloud, { SnatTableId: gateway.SnatTableId }).length > 0) {
    throw new ApiError("DependencyViolation.SnatEntry", "The NAT gateway has SNAT entries.");
  }
  if (forwardEntries.list(cloud, { ForwardTableId: gateway.ForwardTableId }).length > 0) {
    throw new ApiError("DependencyViolation.ForwardEntry", "The NAT gateway has DNAT entries.");
  }
  if (isNextHop(cloud, gateway.id)) {
    throw new ApiError("DependencyViolation.RouteEntry", "The NAT gateway is the next hop of a route.");
  }
}

function clear(cloud: Cloud, gateway: Row<NatGateway>): void {
  for (const { id } of snatEntries.list(cloud, { SnatTableId: gateway.SnatTableId })) snatEntries.remove(cloud, id);
  for (const { id } of forwardEntries.list(cloud, { ForwardTableId: gateway.ForwardTableId })) {
    forwardEntries.remove(cloud, id);
  }
  for (const { id } of routeEntries.list(cloud, { NextHopId: gateway.id })) routeEntries.remove(cloud, id);
  freeEips(cloud, gateway.id);
}
