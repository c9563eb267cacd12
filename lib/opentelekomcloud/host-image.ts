import { DataOpentelekomcloudImagesImageV2 } from "@cdktf/provider-opentelekomcloud/lib/data-opentelekomcloud-images-image-v2";
import type { TerraformProvider } from "cdktf";
import type { Construct } from "constructs";
import { NatError } from "../core/nat-error";

/**
 * The vendor's current image of Ubuntu 24.04 LTS, which carries nftables, iptables and cloud-init. Former ones have
 * other names.
 * https://imagefactory.otc.t-systems.com/about
 */
const IMAGE_NAME = "Standard_Ubuntu_24.04_amd64_uefi_latest";

const FLAVOR = /^[a-z][a-z0-9]*(?:\.[a-z0-9]+){2,}$/;

/** Refuses what no flavor can be. */
export function checkFlavor(flavor: string): void {
  const given: unknown = flavor;
  if (typeof given === "string" && FLAVOR.test(given)) return;
  throw new NatError("flavor", "must be an ECS flavor", given, 'use a form like "s3.large.2"');
}

/** The vendor's current image: an `opentelekomcloud_images_image_v2` data source. */
export function newestImage(scope: Construct, id: string, provider: TerraformProvider | undefined): string {
  return new DataOpentelekomcloudImagesImageV2(scope, id, {
    name: IMAGE_NAME,
    mostRecent: true,
    // Somebody's own image may have the same name.
    visibility: "public",
    provider,
  }).id;
}
