import { resolveQuotas } from "../cdktf/limits";

/**
 * Quotas of a NAT gateway, for accounts whose quota was raised. The defaults are the vendor's:
 * https://docs.otc.t-systems.com/nat-gateway/umn/service_overview/notes_and_constraints.html
 * The cloud limits neither the SNAT rules of a gateway nor the gateways of a VPC.
 */
export interface NatGatewayLimits {
  /**
   * DNAT rules of the gateway (the API's `dnat_rules_limit`). Each port of a range is a rule.
   * @default 200
   */
  readonly dnatEntries?: number;
}

const DEFAULTS: Required<NatGatewayLimits> = { dnatEntries: 200 };

/** The quotas in force: what the account was granted, or the vendor's defaults. */
export function resolveLimits(limits?: NatGatewayLimits): Required<NatGatewayLimits> {
  return resolveQuotas(DEFAULTS, limits);
}
