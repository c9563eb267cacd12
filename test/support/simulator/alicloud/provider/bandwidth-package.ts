import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { waitUntil } from "../../engine/waiting";
import {
  createCommonBandwidthPackage,
  deleteCommonBandwidthPackage,
  describeCommonBandwidthPackages,
  modifyCommonBandwidthPackage,
  protectCommonBandwidthPackage,
} from "../api/bandwidth-package";
import { ifExists } from "../../engine/lookup";
import { updateTags } from "./tagging";

/** alicloud_common_bandwidth_package: its tags go with the create call, and it takes its time. */
export const bandwidthPackage: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(createCommonBandwidthPackage, {
      Name: nameOf(data),
      Description: wanted.text("description"),
      Bandwidth: wanted.requiredText("bandwidth"),
      InternetChargeType: wanted.text("internet_charge_type"),
      ISP: wanted.text("isp"),
      Ratio: wanted.number("ratio"),
      ResourceGroupId: wanted.text("resource_group_id"),
      Tags: wanted.map("tags"),
    });
    data.setId(id);
    const timeoutSeconds = data.timeoutSeconds("create");
    await waitUntil(cloud, { what: `bandwidth package ${id}`, timeoutSeconds, delaySeconds: 15 }, async () => {
      return (await describe(cloud, id))?.Status === "Available";
    });
    if (wanted.flag("deletion_protection") === true) await protect(cloud, data);
  },

  // force is never read back.
  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    data.set({
      bandwidth: found.Bandwidth,
      bandwidth_package_name: found.Name,
      name: found.Name,
      create_time: found.CreationTime,
      deletion_protection: found.DeletionProtection,
      description: found.Description,
      internet_charge_type: found.InternetChargeType,
      isp: found.ISP,
      payment_type: "PayAsYouGo",
      ratio: found.Ratio,
      resource_group_id: found.ResourceGroupId,
      status: found.Status,
      tags: found.Tags,
    });
    return true;
  },

  async update(cloud, data) {
    if (data.changed("bandwidth_package_name", "name", "description", "bandwidth")) {
      await cloud.call(modifyCommonBandwidthPackage, {
        BandwidthPackageId: data.id,
        Name: nameOf(data) ?? "",
        Description: data.wanted.text("description") ?? "",
        Bandwidth: data.wanted.requiredText("bandwidth"),
      });
    }
    if (data.changed("deletion_protection")) await protect(cloud, data);
    await updateTags(cloud, data, "CommonBandwidthPackage");
  },

  async delete(cloud, data) {
    const request = { BandwidthPackageId: data.id, Force: data.prior.text("force") === "true" };
    await ifExists(["InvalidBandwidthPackageId.NotFound"], () => cloud.call(deleteCommonBandwidthPackage, request));
    const timeoutSeconds = data.timeoutSeconds("delete");
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id)) === undefined;
    });
  },
};

type Found = ReturnType<typeof describeCommonBandwidthPackages.act>[0];

async function describe(cloud: Cloud, BandwidthPackageId: string): Promise<Found | undefined> {
  return (await cloud.call(describeCommonBandwidthPackages, { BandwidthPackageId }))[0];
}

async function protect(cloud: Cloud, data: ResourceData): Promise<void> {
  const ProtectionEnable = data.wanted.flag("deletion_protection") ?? false;
  await cloud.call(protectCommonBandwidthPackage, { InstanceId: data.id, Type: "CBWP", ProtectionEnable });
}

function nameOf(data: ResourceData): string | undefined {
  const usesOld = data.changed("name") && !data.changed("bandwidth_package_name");
  return data.wanted.text(usesOld ? "name" : "bandwidth_package_name");
}
