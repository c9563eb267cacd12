import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { bandwidths, eips, type Bandwidth } from "./tables";

/** Mbit/s of one EIP's own bandwidth, and of one that EIPs share. */
const SIZES = { PER: [1, 300], WHOLE: [5, 2000] } as const;

/** Refuses a bandwidth that the API's pages forbid. */
export function checkBandwidth({ name, size, share_type }: Pick<Bandwidth, "name" | "size" | "share_type">): void {
  if (share_type !== "PER" && share_type !== "WHOLE") {
    throw new ApiError("VPC.0301", "Bandwidth name or share_type is invalid.");
  }
  if (!/^[\w.-]{1,64}$/.test(name)) throw new ApiError("VPC.0301", "Bandwidth name or share_type is invalid.");
  const [least, most] = SIZES[share_type];
  if (size < least || size > most) {
    throw new ApiError("VPC.0301", `Bandwidth size is invalid: ${size} is not ${least} to ${most}.`);
  }
}

/** Makes a bandwidth that EIPs share. */
export const createSharedBandwidth = changing(
  "CreateSharedBandwidth",
  (cloud, { name, size }: Pick<Bandwidth, "name" | "size">) => {
    checkBandwidth({ name, size, share_type: "WHOLE" });
    return bandwidths.insert(cloud, { name, size, share_type: "WHOLE", charge_mode: "bandwidth", status: "NORMAL" });
  },
);

export const showBandwidth = reading("ShowBandwidth", (cloud, { id }: { id: string }) => {
  return { ...bandwidths.get(cloud, id), publicip_info: eips.list(cloud, { bandwidth_id: id }).map((eip) => eip.id) };
});

export const updateBandwidth = changing(
  "UpdateBandwidth",
  (cloud, { id, name, size }: Pick<Bandwidth, "name" | "size"> & { id: string }) => {
    const { share_type } = bandwidths.get(cloud, id);
    checkBandwidth({ name, size, share_type });
    bandwidths.change(cloud, id, { name, size });
  },
);

export const deleteSharedBandwidth = changing("DeleteSharedBandwidth", (cloud, { id }: { id: string }) => {
  bandwidths.get(cloud, id);
  if (eips.list(cloud, { bandwidth_id: id }).length > 0) {
    throw new ApiError("BandwidthInUse", "EIPs are in the shared bandwidth: remove them first.");
  }
  bandwidths.remove(cloud, id);
});

/** Takes EIPs into a shared bandwidth; the own bandwidth of each goes away. */
export const insertIntoBandwidth = changing(
  "InsertIntoSharedBandwidth",
  (cloud, { id, eip_ids }: { id: string; eip_ids: string[] }) => {
    if (bandwidths.get(cloud, id).share_type !== "WHOLE") throw new ApiError("VPC.0301", "It is no shared bandwidth.");
    for (const eip_id of eip_ids) {
      if (bandwidths.get(cloud, eips.get(cloud, eip_id).bandwidth_id).share_type === "WHOLE") {
        throw new ApiError("PublicipInSharedBandwidth", `The EIP ${eip_id} is in a shared bandwidth already.`);
      }
    }
    for (const eip_id of eip_ids) {
      bandwidths.remove(cloud, eips.get(cloud, eip_id).bandwidth_id);
      eips.change(cloud, eip_id, { bandwidth_id: id });
    }
  },
);

interface RemoveRequest {
  id: string;
  eip_ids: string[];
  size: number;
  charge_mode: string;
}

/** Takes EIPs out of a shared bandwidth; each gets a bandwidth of its own again. */
export const removeFromBandwidth = changing("RemoveFromSharedBandwidth", (cloud, request: RemoveRequest) => {
  for (const eip_id of request.eip_ids) {
    eips.get(cloud, eip_id);
    const name = `bandwidth-${eip_id.slice(0, 4)}`;
    eips.change(cloud, eip_id, { bandwidth_id: insertOwnBandwidth(cloud, { ...request, name }) });
  }
});

/** Makes the bandwidth of one EIP. */
export function insertOwnBandwidth(
  cloud: Cloud,
  { name, size, charge_mode }: Pick<Bandwidth, "name" | "size" | "charge_mode">,
): string {
  checkBandwidth({ name, size, share_type: "PER" });
  return bandwidths.insert(cloud, { name, size, share_type: "PER", charge_mode, status: "NORMAL" });
}
