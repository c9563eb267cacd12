import { changing } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { freeAddressCount, takeAddress } from "./addresses";
import { entriesOf } from "./nat-entries";
import { eips, forwardEntries, instances, natGateways, networkInterfaces, vSwitches, type Eip } from "./tables";

const EIPS_PER_GATEWAY = 20;

interface AssociateRequest {
  AllocationId: string;
  InstanceId: string;
  InstanceType: string;
  PrivateIpAddress?: string | undefined;
  Mode?: string | undefined;
}

/** Binds an EIP; it is Associating for some seconds and InUse after that. */
export const associateEipAddress = changing(
  "AssociateEipAddress",
  (cloud, request: AssociateRequest) => {
    const eip = eips.get(cloud, request.AllocationId);
    if (eip.InstanceId !== "") {
      throw new ApiError("InvalidAssociation.Duplicated", `The EIP is held by ${eip.InstanceId} already.`);
    }
    if (eip.Status !== "Available") throw new ApiError("IncorrectEipStatus", `The EIP is ${eip.Status}.`);
    const PrivateIpAddress = privateAddress(cloud, request);
    const { InstanceId, InstanceType } = request;
    const now = { InstanceId, InstanceType, PrivateIpAddress, Mode: request.Mode ?? eip.Mode, Status: "Associating" };
    eips.change(cloud, eip.id, now, { seconds: cloud.random.between(2, 5), attributes: { Status: "InUse" } });
  },
  { code: "TaskConflict", key: (_cloud, { InstanceId }) => InstanceId },
);

/** Checks what the EIP shall be bound to, and returns the private address that it will stand for. */
function privateAddress(cloud: Cloud, request: AssociateRequest): string {
  if (request.InstanceType === "Nat") return gatewayAddress(cloud, request);
  if (request.InstanceType === "NetworkInterface") return interfaceAddress(cloud, request);
  if (request.InstanceType === "EcsInstance") return instanceAddress(cloud, request);
  throw new ApiError("InvalidInstanceType.ValueNotSupported", `${request.InstanceType} is not simulated.`);
}

function gatewayAddress(cloud: Cloud, { InstanceId }: AssociateRequest): string {
  const gateway = natGateways.find(cloud, InstanceId);
  if (gateway === undefined)
    throw new ApiError("InvalidParams.NotFound", `The NAT gateway ${InstanceId} does not exist.`);
  if (gateway.Status !== "Available")
    throw new ApiError("IncorrectInstanceStatus", "The NAT gateway is not Available.");
  if (gateway.NetworkType !== "internet") {
    throw new ApiError("OperationUnsupported.NetworkType", "A VPC NAT gateway takes no EIP.");
  }
  if (eips.list(cloud, { InstanceId }).length >= cloud.limit("eipsPerNatGateway", EIPS_PER_GATEWAY)) {
    throw new ApiError("QuotaExceeded.EipNumPerNatgw", "The gateway has as many EIPs as its quota allows.");
  }
  const vSwitch = vSwitches.get(cloud, gateway.VSwitchId);
  if (freeAddressCount(cloud, vSwitch) <= 0) {
    throw new ApiError("InvalidVSwitchId.IpNotEnough", `The gateway's vSwitch ${vSwitch.id} has no free private IP.`);
  }
  return takeAddress(cloud, vSwitch);
}

function interfaceAddress(cloud: Cloud, { InstanceId, PrivateIpAddress }: AssociateRequest): string {
  const eni = networkInterfaces.find(cloud, InstanceId);
  if (eni === undefined) throw new ApiError("ResourceNotFound.NetworkInterface", `${InstanceId} does not exist.`);
  const address = PrivateIpAddress ?? eni.PrimaryIpAddress;
  if (![eni.PrimaryIpAddress, ...eni.SecondaryIpAddresses].includes(address)) {
    throw new ApiError("InvalidParameter.PrivateIpAddress", `${InstanceId} has no private IP address ${address}.`);
  }
  if (eips.list(cloud, { InstanceId, PrivateIpAddress: address }).length > 0) {
    throw new ApiError("InvalidAssociation.Duplicated", `${address} has an EIP already.`);
  }
  checkNoPortMap(cloud, eni.VpcId, address);
  return address;
}

function instanceAddress(cloud: Cloud, { InstanceId }: AssociateRequest): string {
  const instance = instances.find(cloud, InstanceId);
  if (instance === undefined) throw new ApiError("InvalidInstance.NotExist", `${InstanceId} does not exist.`);
  if (instance.PublicIp !== "") {
    throw new ApiError("EIP_CAN_NOT_ASSOCIATE_WITH_PUBLIC_IP", "The instance has a static public IP address.");
  }
  if (eips.list(cloud, { InstanceId }).length > 0) {
    throw new ApiError("InvalidAssociation.Duplicated", "The instance has an EIP already.");
  }
  const { PrimaryIpAddress } = networkInterfaces.get(cloud, instance.NetworkInterfaceId);
  checkNoPortMap(cloud, instance.VpcId, PrimaryIpAddress);
  return PrimaryIpAddress;
}

/** A private address that a DNAT entry points to can't have an EIP of its own. */
function checkNoPortMap(cloud: Cloud, VpcId: string, address: string): void {
  const tables = new Set(natGateways.list(cloud, { VpcId }).map(({ ForwardTableId }) => ForwardTableId));
  if (forwardEntries.list(cloud, { InternalIp: address }).some(({ ForwardTableId }) => tables.has(ForwardTableId))) {
    throw new ApiError("BIND_INSTANCE_HAVE_PORTMAP_OR_BIND_EIP", "A DNAT entry points to the instance.");
  }
}

/** Frees an EIP; refused while entries use it, unless forced. */
export const unassociateEipAddress = changing(
  "UnassociateEipAddress",
  (cloud, { AllocationId, InstanceId, Force }: { AllocationId: string; InstanceId: string; Force: boolean }) => {
    const eip = eips.get(cloud, AllocationId);
    if (eip.InstanceId !== InstanceId) throw new ApiError("InvalidAssociation.NotFound", "They are not associated.");
    if (eip.Status !== "InUse") throw new ApiError("IncorrectEipStatus", `The EIP is ${eip.Status}.`);
    if (!Force) checkUnused(cloud, eip);
    const attributes = { InstanceId: "", InstanceType: "", PrivateIpAddress: "", Status: "Available" };
    eips.change(cloud, eip.id, { Status: "Unassociating" }, { seconds: cloud.random.between(1, 5), attributes });
  },
  { code: "TaskConflict", key: (_cloud, { InstanceId }) => InstanceId },
);

function checkUnused(cloud: Cloud, eip: Row<Eip>): void {
  const { snat, forward } = entriesOf(cloud, eip);
  if (snat.length > 0) throw new ApiError("InvalidIpStatus.HasBeenUsedBySnatTable", "An SNAT entry uses the EIP.");
  if (forward.length > 0) throw new ApiError("InvalidIpStatus.HasBeenUsedByForwardEntry", "A DNAT entry uses the EIP.");
}
