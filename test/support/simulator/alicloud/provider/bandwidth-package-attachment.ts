import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import { retry, waitUntil } from "../../engine/waiting";
import {
  addCommonBandwidthPackageIp,
  describeCommonBandwidthPackages,
  removeCommonBandwidthPackageIp,
} from "../api/bandwidth-package";
import { ifExists } from "../../engine/lookup";

const BUSY = ["BandwidthPackageOperation.conflict", "OperationConflict", "IncorrectEipStatus", "IncorrectStatus"];

/** alicloud_common_bandwidth_package_attachment: an EIP that is being bound is waited for. */
export const bandwidthPackageAttachment: ResourceBehaviour = {
  async create(cloud, data) {
    const BandwidthPackageId = data.wanted.requiredText("bandwidth_package_id");
    const IpInstanceId = data.wanted.requiredText("instance_id");
    const timeoutSeconds = data.timeoutSeconds("create");
    await retry(cloud, { timeoutSeconds, codes: BUSY }, () => {
      return cloud.call(addCommonBandwidthPackageIp, { BandwidthPackageId, IpInstanceId });
    });
    data.setId(`${BandwidthPackageId}:${IpInstanceId}`);
    await waitUntil(cloud, { what: data.id, timeoutSeconds }, () => isMember(cloud, data.id));
  },

  async read(cloud, data) {
    if (!(await isMember(cloud, data.id))) return false;
    const [packageId = "", eipId = ""] = data.id.split(":");
    data.set({
      bandwidth_package_id: packageId,
      instance_id: eipId,
      bandwidth_package_bandwidth: data.wanted.text("bandwidth_package_bandwidth") ?? "",
      status: "Available",
    });
    return true;
  },

  // Nothing that can change in place is simulated.
  async update() {
    await Promise.resolve();
  },

  async delete(cloud, data) {
    const [BandwidthPackageId = "", IpInstanceId = ""] = data.id.split(":");
    const timeoutSeconds = data.timeoutSeconds("delete");
    await retry(cloud, { timeoutSeconds, codes: BUSY }, async () => {
      await ifExists(["OperationUnsupported.IpNotInCbwp"], () => {
        return cloud.call(removeCommonBandwidthPackageIp, { BandwidthPackageId, IpInstanceId });
      });
    });
    await waitUntil(cloud, { what: `the end of ${data.id}`, timeoutSeconds }, async () => {
      return !(await isMember(cloud, data.id));
    });
  },
};

async function isMember(cloud: Cloud, id: string): Promise<boolean> {
  const [BandwidthPackageId = "", eipId = ""] = id.split(":");
  const [found] = await cloud.call(describeCommonBandwidthPackages, { BandwidthPackageId });
  return found?.PublicIpAddresses.includes(eipId) ?? false;
}
