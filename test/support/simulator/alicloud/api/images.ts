import { reading } from "../../engine/api-action";

/** A public image. */
export interface Image {
  readonly ImageId: string;
  readonly ImageOwnerAlias: "system";
  readonly Architecture: "x86_64" | "arm64";
  readonly OSName: string;
  readonly Platform: string;
  readonly CreationTime: string;
  readonly Size: number;
}

function image(ImageId: string, Platform: string, OSName: string, CreationTime: string): Image {
  const Architecture = ImageId.includes("_arm64_") ? "arm64" : "x86_64";
  return { ImageId, ImageOwnerAlias: "system", Architecture, OSName, Platform, CreationTime, Size: 20 };
}

/** The images that every simulated account sees. */
export const images: readonly Image[] = [
  image("aliyun_3_x64_20G_alibase_20250629.vhd", "Aliyun", "Alibaba Cloud Linux 3.2104", "2025-07-03T02:01:12Z"),
  image("aliyun_3_x64_20G_alibase_20260326.vhd", "Aliyun", "Alibaba Cloud Linux 3.2104", "2026-03-30T02:11:40Z"),
  image("aliyun_3_arm64_20G_alibase_20260326.vhd", "Aliyun", "Alibaba Cloud Linux 3.2104", "2026-03-30T02:14:05Z"),
  image("ubuntu_24_04_x64_20G_alibase_20260119.vhd", "Ubuntu", "Ubuntu 24.04 64 bit", "2026-01-21T03:20:31Z"),
];

export const describeImages = reading("DescribeImages", (): readonly Image[] => images);
