import { ProviderError } from "../../engine/api-error";
import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { regionOf } from "../../engine/region";
import { waitUntil } from "../../engine/waiting";
import { createSnatRule, deleteSnatRule, showSnatRule } from "../api/snat-rule";
import { deleteUntilGone } from "./deleting";
import { checkCidr, checkUuid } from "./names";

const GONE = "SnatRuleNotFound";

/** opentelekomcloud_nat_snat_rule_v2: nothing of it changes in place. */
export const snatRule: ResourceBehaviour = {
  checks: { nat_gateway_id: checkUuid, network_id: checkUuid, floating_ip_id: checkUuid, cidr: checkCidr },

  async create(cloud, data) {
    const { wanted } = data;
    const network_id = wanted.text("network_id") ?? "";
    const cidr = wanted.text("cidr") ?? "";
    if (network_id === "" && cidr === "") {
      throw new ProviderError("both `network_id` and `cidr` are empty, must specify one of them.");
    }
    const id = await cloud.call(createSnatRule, {
      nat_gateway_id: wanted.requiredText("nat_gateway_id"),
      network_id,
      cidr,
      source_type: wanted.number("source_type") ?? 0,
      floating_ip_id: wanted.requiredText("floating_ip_id"),
    });
    // As the provider has it: the id is kept only when the rule is there.
    await waitUntil(cloud, { what: `SNAT rule ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await cloud.call(showSnatRule, { id })).status === "ACTIVE";
    });
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showSnatRule, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      nat_gateway_id: found.nat_gateway_id,
      network_id: found.network_id,
      floating_ip_id: found.floating_ip_id,
      cidr: found.cidr,
      source_type: found.source_type,
      region: regionOf(cloud),
    });
    return true;
  },

  async delete(cloud, data) {
    const { id } = data;
    await deleteUntilGone(
      cloud,
      { what: `SNAT rule ${id}`, timeoutSeconds: data.timeoutSeconds("delete"), gone: GONE },
      () => cloud.call(showSnatRule, { id }),
      () => cloud.call(deleteSnatRule, { id }),
    );
  },
};
