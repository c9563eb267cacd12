import { resolveQuotas } from "../cdktf/limits";

/**
 * Quotas of an Internet NAT gateway, for accounts whose quota was raised. The defaults are the vendor's:
 * https://www.alibabacloud.com/help/en/nat-gateway/user-guide/manage-nat-gateway-quotas
 */
export interface NatGatewayLimits {
  /**
   * EIPs that can be bound to the gateway (`natgw_quota_eip_num_per_nat`).
   * @default 20
   */
  readonly eips?: number;
  /**
   * SNAT entries of the gateway (`natgw_quota_snat_entry_num`).
   * @default 40
   */
  readonly snatEntries?: number;
  /**
   * DNAT entries of the gateway (`natgw_quota_dnat_entry_num`).
   * @default 100
   */
  readonly dnatEntries?: number;
  /**
   * Internet NAT gateways in one VPC (`natgw_quota_nat_num_per_vpc`). Those of one stack are counted.
   * @default 5
   */
  readonly gatewaysPerVpc?: number;
}

const DEFAULTS: Required<NatGatewayLimits> = { eips: 20, snatEntries: 40, dnatEntries: 100, gatewaysPerVpc: 5 };

/** The quotas in force: what the account was granted, or the vendor's defaults. */
export function resolveLimits(limits?: NatGatewayLimits): Required<NatGatewayLimits> {
  return resolveQuotas(DEFAULTS, limits);
}
