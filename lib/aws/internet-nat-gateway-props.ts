import type { TerraformProvider } from "cdktf";
import type { Dependency } from "../cdktf/dependencies";
import type { EipProps } from "./eip-props";
import type { NatGatewayLimits } from "./limits";
import type { ISubnet, IVpc } from "./network";

/** What both a public and a private NAT gateway are made of. */
export interface CommonNatGatewayProps {
  /** The VPC that goes out through it. */
  readonly vpc: IVpc;
  /**
   * The subnet that it lies in: for a public gateway a public one, whose route table leads 0.0.0.0/0 to the Internet
   * gateway. A change replaces the gateway.
   */
  readonly subnet: ISubnet;
  /**
   * Its own private address, an address of the subnet that nothing else has. A change replaces the gateway.
   * @default - one that the cloud chooses
   */
  readonly privateIp?: string;
  /**
   * Its `Name` tag: 1 to 255 letters, digits, spaces and `+ - = . _ : / @`. Changed in place.
   * @default - the `Name` of `tags`, otherwise the construct path
   */
  readonly name?: string;
  /**
   * Tags of the gateway; its EIPs and alarms take them over, but for `Name`. Changed in place.
   * @default - none
   */
  readonly tags?: Readonly<Record<string, string>>;
  /**
   * A gateway lies in one zone. Regional gateways are not offered: they need version 6.24 of the provider.
   * @default "zonal"
   */
  readonly availabilityMode?: "zonal";
  /**
   * Provider that makes it, its EIPs, routes and alarms.
   * @default - the stack's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before: for a public gateway the VPC's Internet gateway, which must be attached as long as the NAT
   * gateway lives.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/** A NAT gateway towards the Internet. */
export interface PublicNatGatewayProps extends CommonNatGatewayProps {
  /**
   * A change replaces the gateway.
   * @default "public"
   */
  readonly connectivity?: "public";
  /**
   * Its primary EIP. A change of the EIP itself replaces the gateway.
   * @default - a new one
   */
  readonly eip?: EipProps;
  /**
   * Quotas, for accounts whose quota was raised.
   * @default - the vendor's: 2 EIPs a gateway
   */
  readonly limits?: NatGatewayLimits;
}

/** A NAT gateway towards other private networks: it has no EIPs. */
export interface PrivateNatGatewayProps extends CommonNatGatewayProps {
  /** A change replaces the gateway. */
  readonly connectivity: "private";
  /** Belongs to a public gateway. */
  readonly eip?: never;
  /** Belongs to a public gateway. */
  readonly limits?: never;
}

/** What a NAT gateway is made of. */
export type InternetNatGatewayProps = PublicNatGatewayProps | PrivateNatGatewayProps;
