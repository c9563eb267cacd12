import type { Cloud } from "../../engine/cloud";
import { eips } from "./tables";

/** Frees the EIPs of something that goes away, also those that were still being bound. */
export function freeEips(cloud: Cloud, InstanceId: string): void {
  for (const { id } of eips.list(cloud, { InstanceId })) {
    const free = { InstanceId: "", InstanceType: "", PrivateIpAddress: "", Status: "Available" };
    eips.change(cloud, id, free, null);
  }
}
