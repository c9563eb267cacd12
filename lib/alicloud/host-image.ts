import type { Construct } from "constructs";
import type { TerraformProvider } from "cdktf";
import { NatError } from "../core/nat-error";
import { DataAlicloudImages } from "./bindings/data-alicloud-images";

/** Families with a processor of their own kind: those of Ampere end in r (g6r), those of Yitian in y (g8y). */
const ARM_FAMILY = /^ecs\.(?:ebm)?[a-z]{1,2}\d+[ry][a-z]*\./;

const INSTANCE_TYPE = /^ecs\.[a-z0-9-]+(?:\.[a-z0-9-]+)+$/;

/** Refuses what no instance type can be. */
export function checkInstanceType(instanceType: string): void {
  const given: unknown = instanceType;
  if (typeof given === "string" && INSTANCE_TYPE.test(given)) return;
  throw new NatError("instanceType", "must be an ECS instance type", given, 'use a form like "ecs.c7.large"');
}

/** The newest image of Alibaba Cloud Linux 3 for an instance type: an `alicloud_images` data source. */
export function newestImage(
  scope: Construct,
  id: string,
  instanceType: string,
  provider: TerraformProvider | undefined,
): string {
  const architecture = ARM_FAMILY.test(instanceType) ? "arm64" : "x64";
  const images = new DataAlicloudImages(scope, id, {
    owners: "system",
    nameRegex: `^aliyun_3_${architecture}_20G_alibase_`,
    mostRecent: true,
    provider,
  });
  return images.images.get(0).id;
}
