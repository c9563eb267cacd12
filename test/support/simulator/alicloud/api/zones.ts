import { reading } from "../../engine/api-action";

/** The zones of a region. */
export const describeZones = reading("DescribeZones", (_cloud, { RegionId }: { RegionId: string }): string[] => {
  return ["g", "h", "i", "j", "k"].map((letter) => `${RegionId}-${letter}`);
});
