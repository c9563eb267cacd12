import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { retry } from "../../engine/waiting";
import {
  allocateEipAddress,
  describeEipAddresses,
  modifyEipAddressAttribute,
  modifyEipForwardMode,
  releaseEipAddress,
} from "../api/eip";
import { deletionProtection } from "../api/nat-gateway";
import { ifExists } from "../../engine/lookup";
import { updateTags } from "./tagging";

/** alicloud_eip_address: its tags need a call of their own, after the EIP exists. */
export const eipAddress: ResourceBehaviour = {
  async create(cloud, data) {
    const { wanted } = data;
    const id = await cloud.call(allocateEipAddress, {
      Name: nameOf(data),
      Description: wanted.text("description"),
      Bandwidth: wanted.text("bandwidth"),
      InternetChargeType: wanted.text("internet_charge_type"),
      InstanceChargeType: chargeType(data),
      ISP: wanted.text("isp"),
      Netmode: wanted.text("netmode"),
      ResourceGroupId: wanted.text("resource_group_id"),
    });
    data.setId(id);
    await updateTags(cloud, data, "EipAddress");
    if (wanted.flag("deletion_protection") === true) await protect(cloud, data);
    const Mode = wanted.text("mode");
    if (Mode !== undefined && Mode !== "NAT") await cloud.call(modifyEipForwardMode, { InstanceId: id, Mode });
  },

  async read(cloud, data) {
    const [found] = await cloud.call(describeEipAddresses, { AllocationId: data.id });
    if (found === undefined) return false;
    data.set({
      address_name: found.Name,
      name: found.Name,
      allocation_id: found.id,
      bandwidth: found.Bandwidth,
      create_time: found.AllocationTime,
      deletion_protection: found.DeletionProtection,
      description: found.Description,
      high_definition_monitor_log_status: "OFF",
      instance_charge_type: found.ChargeType,
      payment_type: found.ChargeType === "PrePaid" ? "Subscription" : "PayAsYouGo",
      internet_charge_type: found.InternetChargeType,
      ip_address: found.IpAddress,
      isp: found.ISP,
      mode: found.Mode,
      netmode: found.Netmode,
      resource_group_id: found.ResourceGroupId,
      status: found.Status,
      tags: found.Tags,
      zone: "",
    });
    return true;
  },

  async update(cloud, data) {
    await updateTags(cloud, data, "EipAddress");
    if (data.changed("deletion_protection")) await protect(cloud, data);
    if (data.changed("address_name", "name", "description", "bandwidth")) {
      await cloud.call(modifyEipAddressAttribute, {
        AllocationId: data.id,
        Name: nameOf(data) ?? "",
        Description: data.wanted.text("description") ?? "",
        Bandwidth: data.wanted.text("bandwidth"),
      });
    }
    const Mode = data.wanted.text("mode");
    if (data.changed("mode") && Mode !== undefined)
      await cloud.call(modifyEipForwardMode, { InstanceId: data.id, Mode });
  },

  async delete(cloud, data) {
    const codes = ["IncorrectEipStatus"];
    await retry(cloud, { timeoutSeconds: data.timeoutSeconds("delete"), codes }, async () => {
      await ifExists(["InvalidAllocationId.NotFound"], () => {
        return cloud.call(releaseEipAddress, { AllocationId: data.id });
      });
    });
  },
};

async function protect(cloud: Cloud, data: ResourceData): Promise<void> {
  const ProtectionEnable = data.wanted.flag("deletion_protection") ?? false;
  await cloud.call(deletionProtection, { InstanceId: data.id, Type: "EIP", ProtectionEnable });
}

function nameOf(data: ResourceData): string | undefined {
  const usesOld = data.changed("name") && !data.changed("address_name");
  return data.wanted.text(usesOld ? "name" : "address_name");
}

function chargeType(data: ResourceData): string | undefined {
  const given = data.wanted.text("payment_type") ?? data.wanted.text("instance_charge_type");
  if (given === undefined) return undefined;
  return given === "Subscription" || given === "PrePaid" ? "PrePaid" : "PostPaid";
}
