import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import { checkName } from "./names";
import { isNextHop } from "./route-entry";
import { creationTime, DEFAULT_RESOURCE_GROUP, ipv4Gateways, natGateways, vpcs, type Tags } from "./tables";

interface CreateIpv4GatewayRequest {
  VpcId: string;
  Ipv4GatewayName?: string | undefined;
  Ipv4GatewayDescription?: string | undefined;
  ResourceGroupId?: string | undefined;
  Tags: Tags;
}

export const createIpv4Gateway = changing("CreateIpv4Gateway", (cloud, request: CreateIpv4GatewayRequest) => {
  checkName(request.Ipv4GatewayName ?? "", "InvalidName.Malformed");
  const vpc = vpcs.get(cloud, request.VpcId);
  if (ipv4Gateways.list(cloud, { VpcId: vpc.id }).length > 0) {
    throw new ApiError("ResourceAlreadyAssociated.Vpc", "The VPC has an IPv4 gateway already.");
  }
  const id = ipv4Gateways.insert(cloud, {
    VpcId: vpc.id,
    Ipv4GatewayName: request.Ipv4GatewayName ?? "",
    Ipv4GatewayDescription: request.Ipv4GatewayDescription ?? "",
    Status: "Creating",
    Enabled: false,
    InternetMode: "",
    ResourceGroupId: request.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP,
    CreateTime: creationTime(),
    Tags: request.Tags,
  });
  ipv4Gateways.change(cloud, id, {}, { seconds: cloud.random.between(1, 4), attributes: { Status: "Created" } });
  return id;
});

export const getIpv4GatewayAttribute = reading(
  "GetIpv4GatewayAttribute",
  (cloud, { Ipv4GatewayId }: { Ipv4GatewayId: string }) => ipv4Gateways.get(cloud, Ipv4GatewayId),
);

/** Activates the gateway: for this VPC there is no way back. Its NAT gateways must be in NAT mode. */
export const enableVpcIpv4Gateway = changing(
  "EnableVpcIpv4Gateway",
  (cloud, { Ipv4GatewayId }: { Ipv4GatewayId: string }) => {
    const gateway = ipv4Gateways.get(cloud, Ipv4GatewayId);
    if (natGateways.list(cloud, { VpcId: gateway.VpcId, EipBindMode: "MULTI_BINDED" }).length > 0) {
      throw new ApiError("OperationUnsupported.EipBindMode", "A NAT gateway of the VPC is not in NAT mode.");
    }
    vpcs.change(cloud, gateway.VpcId, { Ipv4GatewayEnabled: true });
    const later = { seconds: cloud.random.between(1, 3), attributes: { Status: "Created" } };
    ipv4Gateways.change(cloud, gateway.id, { Enabled: true, Status: "Activating" }, later);
  },
);

interface UpdateIpv4GatewayRequest {
  Ipv4GatewayId: string;
  Ipv4GatewayName: string;
  Ipv4GatewayDescription: string;
}

export const updateIpv4GatewayAttribute = changing(
  "UpdateIpv4GatewayAttribute",
  (cloud, request: UpdateIpv4GatewayRequest) => {
    const { Ipv4GatewayName, Ipv4GatewayDescription } = request;
    checkName(Ipv4GatewayName, "InvalidName.Malformed");
    ipv4Gateways.get(cloud, request.Ipv4GatewayId);
    ipv4Gateways.change(cloud, request.Ipv4GatewayId, { Ipv4GatewayName, Ipv4GatewayDescription });
  },
);

export const deleteIpv4Gateway = changing(
  "DeleteIpv4Gateway",
  (cloud, { Ipv4GatewayId }: { Ipv4GatewayId: string; InternetMode?: string | undefined }) => {
    ipv4Gateways.get(cloud, Ipv4GatewayId);
    if (isNextHop(cloud, Ipv4GatewayId)) {
      throw new ApiError("DependencyViolation.RouteEntry", "The IPv4 gateway is the next hop of a route.");
    }
    ipv4Gateways.removeLater(cloud, Ipv4GatewayId, cloud.random.between(1, 4), { Status: "Deleting" });
  },
);
