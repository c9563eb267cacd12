export type { IAdoptedNatGateway, InternetNatGatewayAttributes } from "./adopted-nat-gateway";
export type { IAdoptedNatInstance, SelfHostedNatInstanceAttributes } from "./adopted-nat-instance";
export { DnatEntry } from "./dnat-entry";
export type { AnyPortDnatEntryProps, CommonDnatEntryProps, DnatEntryProps, PortDnatEntryProps } from "./dnat-entry";
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
export type { PrivateInterfaceProps } from "./private-interface";
export { SelfHostedNatInstance } from "./self-hosted-nat-instance";
export type { HostRecovery, SelfHostedNatInstanceProps, SpotProps } from "./self-hosted-nat-instance-props";
export { SnatEntry } from "./snat-entry";
export type { SnatEntryProps } from "./snat-entry";
export { SnatSource } from "./snat-source";
export type { Dependency } from "../cdktf/dependencies";
export type { HostProps } from "../cdktf/host-props";
export type { NatAlarmKey, NatAlarmProps } from "../cdktf/nat-alarms";
export { NatError } from "../core/nat-error";
export type { HostFirewall, PortAllocation, StateLossBehavior } from "../host/host-options";
