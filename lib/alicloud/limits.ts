import { checkProps } from "../cdktf/fail";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";

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
export function resolveLimits(limits: NatGatewayLimits = {}): Required<NatGatewayLimits> {
  checkProps(limits, "limits");
  for (const key of Object.keys(limits)) {
    if (!(key in DEFAULTS)) {
      throw new NatError("limits", "knows no such quota", key, `use ${Object.keys(DEFAULTS).join(", ")}`);
    }
  }
  const quota = (key: keyof NatGatewayLimits): number =>
    limits[key] === undefined
      ? DEFAULTS[key]
      : parseWholeNumber(limits[key], { min: 1, max: 1_000_000 }, `limits.${key}`);
  return {
    eips: quota("eips"),
    snatEntries: quota("snatEntries"),
    dnatEntries: quota("dnatEntries"),
    gatewaysPerVpc: quota("gatewaysPerVpc"),
  };
}
