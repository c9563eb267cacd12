import type { Suppress } from "../../engine/planner";

// What only a subscription has; nothing else is sold by subscription here.
const forSubscription: Suppress = ({ get }) => get("instance_charge_type") !== "PrePaid";

const withoutBandwidth: Suppress = ({ get }) => {
  const bandwidth = get("internet_max_bandwidth_out");
  return typeof bandwidth !== "number" || bandwidth <= 0;
};

/** The differences that alicloud_instance hides. */
export const instanceSuppressions: Record<string, Suppress> = {
  auto_renew_period: forSubscription,
  force_delete: forSubscription,
  include_data_disks: forSubscription,
  period: forSubscription,
  period_unit: forSubscription,
  renewal_status: forSubscription,
  deletion_protection: ({ get }) => get("instance_charge_type") === "PrePaid",
  internet_charge_type: withoutBandwidth,
  internet_max_bandwidth_in: withoutBandwidth,
  spot_strategy: ({ get }) => get("instance_charge_type") === "PrePaid",
  spot_price_limit: ({ get }) => get("spot_strategy") !== "SpotWithPriceLimit",
  system_disk_performance_level: ({ get }) => get("system_disk_category") !== "cloud_essd",
  kms_encrypted_password: ({ isNew }) => !isNew,
  kms_encryption_context: ({ get }) => !get("kms_encrypted_password"),
  user_data: (change) => {
    return (
      typeof change.old === "string" && typeof change.new === "string" && decoded(change.old) === decoded(change.new)
    );
  },
};

function decoded(userData: string): string {
  const plain = Buffer.from(userData, "base64");
  return plain.toString("base64") === userData ? plain.toString("latin1") : Buffer.from(userData).toString("latin1");
}
