import { resolveQuotas } from "../cdktf/limits";

/** Quotas of a public NAT gateway, for accounts whose quota was raised. */
export interface NatGatewayLimits {
  /**
   * EIPs of the gateway, the primary one included (quota "Elastic IP addresses per public NAT gateway"): at most 8.
   * https://docs.aws.amazon.com/vpc/latest/userguide/amazon-vpc-limits.html
   * @default 2
   */
  readonly eips?: number;
}

const DEFAULTS: Required<NatGatewayLimits> = { eips: 2 };

/** No account is granted more. */
const HIGHEST: Required<NatGatewayLimits> = { eips: 8 };

/** The quotas in force: what the account was granted, or the vendor's defaults. */
export function resolveLimits(limits?: NatGatewayLimits): Required<NatGatewayLimits> {
  return resolveQuotas(DEFAULTS, limits, HIGHEST);
}
