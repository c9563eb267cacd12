import { isIP } from "node:net";
import { ProviderError } from "../../engine/api-error";
import type { ResourceBehaviour } from "../../engine/provider";
import { ifExists } from "../../engine/lookup";
import { retry, waitUntil } from "../../engine/waiting";
import { createDnatRule, deleteDnatRule, showDnatRule } from "../api/dnat-rule";
import { eips, PROJECT_ID } from "../api/tables";
import { deleteUntilGone } from "./deleting";
import { checkUuid } from "./names";

const GONE = "DnatRuleNotFound";

/** The provider asks again for a minute, whatever is wrong with the request. */
const BAD_REQUEST = ["VPC.20"];
const BAD_REQUEST_SECONDS = 60;

/** opentelekomcloud_nat_dnat_rule_v2: nothing of it changes in place. */
export const dnatRule: ResourceBehaviour = {
  checks: {
    nat_gateway_id: checkUuid,
    floating_ip_id: checkUuid,
    port_id: checkUuid,
    private_ip: (value) => {
      return typeof value !== "string" || isIP(value) !== 0 ? undefined : `expected a valid IP, got ${value}`;
    },
  },

  async create(cloud, data) {
    const { wanted } = data;
    const port_id = wanted.text("port_id") ?? "";
    const private_ip = wanted.text("private_ip") ?? "";
    if (port_id === "" && private_ip === "") {
      throw new ProviderError("both `port_id` and `private_ip` are empty, must specify one of them.");
    }
    const request = {
      nat_gateway_id: wanted.requiredText("nat_gateway_id"),
      port_id,
      private_ip,
      internal_service_port: wanted.number("internal_service_port") ?? 0,
      external_service_port: wanted.number("external_service_port") ?? 0,
      protocol: wanted.requiredText("protocol"),
      floating_ip_id: wanted.requiredText("floating_ip_id"),
    };
    const id = await retry(
      cloud,
      { timeoutSeconds: BAD_REQUEST_SECONDS, codes: BAD_REQUEST, firstWaitSeconds: 5 },
      () => cloud.call(createDnatRule, request),
    );
    // As the provider has it: the id is kept only when the rule is there.
    await waitUntil(cloud, { what: `DNAT rule ${id}`, timeoutSeconds: data.timeoutSeconds("create") }, async () => {
      return (await cloud.call(showDnatRule, { id })).status === "ACTIVE";
    });
    data.setId(id);
  },

  async read(cloud, data) {
    const found = await ifExists([GONE], () => cloud.call(showDnatRule, { id: data.id }));
    if (found === undefined) return false;
    data.set({
      created_at: found.created_at,
      external_service_port: found.external_service_port,
      floating_ip_address: eips.find(cloud, found.floating_ip_id)?.public_ip_address ?? "",
      floating_ip_id: found.floating_ip_id,
      internal_service_port: found.internal_service_port,
      nat_gateway_id: found.nat_gateway_id,
      port_id: found.port_id,
      private_ip: found.private_ip,
      protocol: found.protocol,
      status: found.status,
      tenant_id: PROJECT_ID,
    });
    return true;
  },

  async delete(cloud, data) {
    const { id } = data;
    await deleteUntilGone(
      cloud,
      { what: `DNAT rule ${id}`, timeoutSeconds: data.timeoutSeconds("delete"), gone: GONE },
      () => cloud.call(showDnatRule, { id }),
      () => cloud.call(deleteDnatRule, { id }),
    );
  },
};
