import type { Cloud } from "./cloud";

const REGIONS = new WeakMap<Cloud, string>();

/** The region of the provider block. */
export function regionOf(cloud: Cloud): string {
  const region = REGIONS.get(cloud);
  if (region === undefined) throw new Error("the provider is not configured");
  return region;
}

/** Remembers the region of the provider block. */
export function setRegion(cloud: Cloud, region: string): void {
  REGIONS.set(cloud, region);
}
