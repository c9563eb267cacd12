import type { Cloud } from "../../engine/cloud";
import type { ResourceBehaviour } from "../../engine/provider";
import type { ResourceData } from "../../engine/resource-data";
import { isExpected, retry, waitUntil } from "../../engine/waiting";
import {
  createNatGateway,
  deleteNatGateway,
  deletionProtection,
  describeNatGateways,
  modifyNatGatewayAttribute,
  modifyNatGatewaySpec,
  updateNatGatewayNatType,
} from "../api/nat-gateway";
import type { NatGateway } from "../api/tables";
import type { Row } from "../../engine/table";
import { updateTags } from "./tagging";

/** alicloud_nat_gateway. */
export const natGateway: ResourceBehaviour = {
  suppress: {
    // Without an explicit nat_type = "Enhanced" the vSwitch is dropped, on create too.
    vswitch_id: ({ get }) => get("nat_type") !== "Enhanced",
    specification: ({ get }) => get("internet_charge_type") === "PayByLcu",
    period: ({ get }) => get("payment_type") !== "Subscription" && get("instance_charge_type") !== "PrePaid",
  },

  async create(cloud, data) {
    const { wanted } = data;
    const [access] = wanted.blocks("access_mode");
    const request = {
      VpcId: wanted.requiredText("vpc_id"),
      VSwitchId: wanted.text("vswitch_id"),
      NatType: wanted.text("nat_type"),
      NetworkType: wanted.text("network_type"),
      Name: nameOf(data),
      Description: wanted.text("description"),
      Spec: wanted.text("specification"),
      InternetChargeType: wanted.text("internet_charge_type"),
      InstanceChargeType: chargeType(data),
      EipBindMode: wanted.text("eip_bind_mode"),
      IcmpReplyEnabled: wanted.flag("icmp_reply_enabled"),
      PrivateLinkEnabled: wanted.flag("private_link_enabled"),
      AccessMode: access?.text("mode_value"),
      TunnelType: access?.text("tunnel_type"),
      AvailabilityMode: wanted.text("availability_mode"),
    };
    const codes = ["TaskConflict", "VswitchStatusError", "IncorrectStatus.VSWITCH", "OperationConflict"];
    const id = await retry(cloud, { timeoutSeconds: data.timeoutSeconds("create"), codes }, () => {
      return cloud.call(createNatGateway, request);
    });
    data.setId(id);
    await waitUntil(cloud, { what: `NAT gateway ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await describe(cloud, id))?.Status === "Available";
    });
    await updateTags(cloud, data, "NatGateway");
    if (wanted.flag("deletion_protection") === true) await protect(cloud, data);
  },

  async read(cloud, data) {
    const found = await describe(cloud, data.id);
    if (found === undefined) return false;
    const hasAccessMode = data.wanted.blocks("access_mode").length > 0;
    data.set({
      availability_mode: found.AvailabilityMode,
      deletion_protection: found.DeletionProtection,
      description: found.Description,
      eip_bind_mode: found.EipBindMode,
      forward_table_ids: found.ForwardTableId,
      snat_table_ids: found.SnatTableId,
      icmp_reply_enabled: found.IcmpReplyEnabled,
      instance_charge_type: found.InstanceChargeType,
      payment_type: found.InstanceChargeType === "PrePaid" ? "Subscription" : "PayAsYouGo",
      internet_charge_type: found.InternetChargeType,
      name: found.Name,
      nat_gateway_name: found.Name,
      nat_type: found.NatType,
      network_type: found.NetworkType,
      private_link_enabled: found.PrivateLinkEnabled,
      specification: found.Spec,
      status: found.Status,
      tags: found.Tags,
      vpc_id: found.VpcId,
      vswitch_id: found.VSwitchId,
      ...(hasAccessMode && { access_mode: [{ mode_value: found.AccessMode, tunnel_type: found.TunnelType }] }),
    });
    return true;
  },

  // A change of network_type has no code here: it is never applied, and comes back in every plan.
  async update(cloud, data) {
    const { wanted } = data;
    await updateTags(cloud, data, "NatGateway");
    if (data.changed("deletion_protection")) await protect(cloud, data);
    if (data.changed("nat_gateway_name", "name", "description", "eip_bind_mode", "icmp_reply_enabled")) {
      await cloud.call(modifyNatGatewayAttribute, {
        NatGatewayId: data.id,
        Name: nameOf(data) ?? "",
        Description: wanted.text("description") ?? "",
        ...(data.changed("eip_bind_mode") && { EipBindMode: wanted.text("eip_bind_mode") }),
        ...(data.changed("icmp_reply_enabled") && { IcmpReplyEnabled: wanted.flag("icmp_reply_enabled") }),
      });
    }
    if (data.changed("specification")) {
      await cloud.call(modifyNatGatewaySpec, { NatGatewayId: data.id, Spec: wanted.text("specification") ?? "" });
    }
    if (data.changed("nat_type", "vswitch_id")) {
      await cloud.call(updateNatGatewayNatType, {
        NatGatewayId: data.id,
        NatType: wanted.text("nat_type") ?? "",
        VSwitchId: wanted.text("vswitch_id") ?? "",
      });
    }
  },

  async delete(cloud, data) {
    const request = { NatGatewayId: data.id, Force: data.prior.flag("force") ?? false };
    const codes = ["DependencyViolation.BandwidthPackages", "DependencyViolation.EIPS", "OperationConflict"];
    const timeoutSeconds = data.timeoutSeconds("delete");
    try {
      await retry(cloud, { timeoutSeconds, codes }, () => cloud.call(deleteNatGateway, request));
    } catch (error) {
      if (!isExpected(error, ["InvalidNatGatewayId.NotFound", "IncorrectStatus.NatGateway"])) throw error;
    }
    await waitUntil(cloud, { what: `the end of NAT gateway ${data.id}`, timeoutSeconds }, async () => {
      return (await describe(cloud, data.id)) === undefined;
    });
  },
};

async function describe(cloud: Cloud, NatGatewayId: string): Promise<Row<NatGateway> | undefined> {
  return (await cloud.call(describeNatGateways, { NatGatewayId }))[0];
}

async function protect(cloud: Cloud, data: ResourceData): Promise<void> {
  const ProtectionEnable = data.wanted.flag("deletion_protection") ?? false;
  await cloud.call(deletionProtection, { InstanceId: data.id, Type: "NATGW", ProtectionEnable });
}

function nameOf(data: ResourceData): string | undefined {
  const usesOld = data.changed("name") && !data.changed("nat_gateway_name");
  return data.wanted.text(usesOld ? "name" : "nat_gateway_name");
}

function chargeType(data: ResourceData): string | undefined {
  const payment = data.wanted.text("payment_type");
  if (payment === undefined) return data.wanted.text("instance_charge_type");
  return payment === "Subscription" ? "PrePaid" : "PostPaid";
}
