import type { Cloud } from "../../engine/cloud";

const REGIONS = new WeakMap<Cloud, string>();

/** The region of the provider block. */
export function regionOf(cloud: Cloud): string {
  return REGIONS.get(cloud) ?? "cn-beijing";
}

/** Remembers the region of the provider block. */
export function setRegion(cloud: Cloud, region: string): void {
  REGIONS.set(cloud, region);
}
