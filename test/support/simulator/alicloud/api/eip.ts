import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { formatAddress, parseAddress } from "../../engine/ipv4";
import { checkDescription, checkName } from "./names";
import { creationTime, DEFAULT_RESOURCE_GROUP, eips } from "./tables";

interface AllocateEipRequest {
  Name?: string | undefined;
  Description?: string | undefined;
  Bandwidth?: string | undefined;
  InternetChargeType?: string | undefined;
  InstanceChargeType?: string | undefined;
  ISP?: string | undefined;
  Netmode?: string | undefined;
  ResourceGroupId?: string | undefined;
}

export const allocateEipAddress = changing("AllocateEipAddress", (cloud, request: AllocateEipRequest) => {
  checkEipName(request.Name ?? "");
  checkDescription(request.Description ?? "");
  const InternetChargeType = request.InternetChargeType ?? "PayByBandwidth";
  const Bandwidth = request.Bandwidth ?? "5";
  checkBandwidth(Bandwidth, InternetChargeType);
  return eips.insert(cloud, {
    Name: request.Name ?? "",
    Description: request.Description ?? "",
    IpAddress: nextPublicAddress(cloud),
    Status: "Available",
    Bandwidth,
    InternetChargeType,
    ChargeType: request.InstanceChargeType ?? "PostPaid",
    ISP: request.ISP ?? "BGP",
    Mode: "NAT",
    Netmode: request.Netmode ?? "public",
    ResourceGroupId: request.ResourceGroupId ?? DEFAULT_RESOURCE_GROUP,
    InstanceId: "",
    InstanceType: "",
    PrivateIpAddress: "",
    BandwidthPackageId: "",
    DeletionProtection: false,
    AllocationTime: creationTime(),
    Tags: {},
  });
});

function checkEipName(name: string): void {
  // An EIP's name may be a single character.
  if (name.length !== 1) checkName(name, "InvalidParameter.Name.Malformed");
}

/** Mbit/s: 1 to 200 by traffic, 1 to 500 by bandwidth. */
function checkBandwidth(bandwidth: string, chargeType: string): void {
  const most = chargeType === "PayByTraffic" ? 200 : 500;
  if (!/^[1-9]\d*$/.test(bandwidth) || Number(bandwidth) > most) {
    throw new ApiError("InvalidParameter.Bandwidth", `Bandwidth must be 1 to ${most} for ${chargeType}.`);
  }
}

/** Addresses that documentation uses; each allocation gets the next one, so that a new EIP has a new address. */
function nextPublicAddress(cloud: Cloud): string {
  const blocks = ["203.0.113.0", "198.51.100.0"].map((first) => parseAddress(first) ?? 0);
  const all = blocks.flatMap((first) => Array.from({ length: 254 }, (_, index) => formatAddress(first + 1 + index)));
  const used = new Set(eips.list(cloud).map(({ IpAddress }) => IpAddress));
  const start = cloud.nextSerial();
  for (let step = 0; step < all.length; step++) {
    const address = all[(start + step) % all.length];
    if (address !== undefined && !used.has(address)) return address;
  }
  throw new ApiError("QuotaExceeded.Eip", "No public address is left.");
}

export const describeEipAddresses = reading("DescribeEipAddresses", (cloud, filter: { AllocationId?: string }) => {
  return eips.list(cloud).filter(({ id }) => filter.AllocationId === undefined || id === filter.AllocationId);
});

interface ModifyEipRequest {
  AllocationId: string;
  Name?: string | undefined;
  Description?: string | undefined;
  Bandwidth?: string | undefined;
}

export const modifyEipAddressAttribute = changing("ModifyEipAddressAttribute", (cloud, request: ModifyEipRequest) => {
  const eip = eips.get(cloud, request.AllocationId);
  const { Name = eip.Name, Description = eip.Description, Bandwidth = eip.Bandwidth } = request;
  checkEipName(Name);
  checkDescription(Description);
  checkBandwidth(Bandwidth, eip.InternetChargeType);
  eips.change(cloud, eip.id, { Name, Description, Bandwidth });
});

export const modifyEipForwardMode = changing(
  "ModifyEipForwardMode",
  (cloud, { InstanceId, Mode }: { InstanceId: string; Mode: string }) => {
    eips.get(cloud, InstanceId);
    eips.change(cloud, InstanceId, { Mode });
  },
);

/** Gives an EIP back; one that something holds is refused. */
export const releaseEipAddress = changing("ReleaseEipAddress", (cloud, { AllocationId }: { AllocationId: string }) => {
  const eip = eips.get(cloud, AllocationId);
  if (eip.DeletionProtection) {
    throw new ApiError("OperationDenied.DeletionProtection", "Deletion protection of the EIP is on.");
  }
  if (eip.Status !== "Available") {
    throw new ApiError("IncorrectEipStatus", `The EIP is ${eip.Status}: disassociate it first.`);
  }
  eips.remove(cloud, eip.id);
});
