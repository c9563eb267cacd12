export type { IAdoptedNatGateway, InternetNatGatewayAttributes } from "./adopted-nat-gateway";
export type { EipBindingProps, EipProps, ExistingEip, ExistingEipProps, NewEipProps } from "./eip-props";
export { InternetNatGateway } from "./internet-nat-gateway";
export type {
  CommonNatGatewayProps,
  InternetNatGatewayProps,
  PrivateNatGatewayProps,
  PublicNatGatewayProps,
} from "./internet-nat-gateway-props";
export type { NatGatewayLimits } from "./limits";
export type { AlarmsProps, IEip, IHostNat, INat, RouteProps } from "./nat";
export type { ISubnet, IVpc } from "./network";
export type { Dependency } from "../cdktf/dependencies";
export type { NatAlarmKey, NatAlarmProps } from "../cdktf/nat-alarms";
export { NatError } from "../core/nat-error";
