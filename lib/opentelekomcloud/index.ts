export type { IAdoptedNatGateway, InternetNatGatewayAttributes } from "./adopted-nat-gateway";
export type { IAdoptedNatInstance, SelfHostedNatInstanceAttributes } from "./adopted-nat-instance";
export { DnatEntry } from "./dnat-entry";
export type {
  AnyPortDnatEntryProps,
  CommonDnatEntryProps,
  DnatEntryProps,
  PortDnatEntryProps,
  PortIdBackend,
  PrivateIpBackend,
} from "./dnat-entry";
export type {
  EipBindingProps,
  EipProps,
  ExistingEip,
  ExistingEipProps,
  ImportedEipProps,
  NewEipProps,
} from "./eip-props";
export type { NatGatewaySize } from "./gateway-size";
export { InternetNatGateway } from "./internet-nat-gateway";
export type { InternetNatGatewayProps } from "./internet-nat-gateway";
export type { NatGatewayLimits } from "./limits";
export type { AlarmsProps, IEip, INat, NextHop, RouteProps } from "./nat";
export type { ISubnet, IVpc } from "./network";
export type { PrivateInterfaceProps } from "./private-interface";
export { SelfHostedNatInstance } from "./self-hosted-nat-instance";
export type { SelfHostedNatInstanceProps } from "./self-hosted-nat-instance-props";
export { SharedBandwidth } from "./shared-bandwidth";
export type { ISharedBandwidth, SharedBandwidthProps } from "./shared-bandwidth";
export { SnatEntry } from "./snat-entry";
export type { SnatEntryProps } from "./snat-entry";
export { SnatSource } from "./snat-source";
export type { Dependency } from "../cdktf/dependencies";
export type {
  AnyPortProps,
  CloudDnatEntryProps,
  CloudEntryProps,
  CloudSnatEntryProps,
  PortProps,
} from "../cdktf/entry-props";
export type { HostProps } from "../cdktf/host-props";
export type { NatAlarmKey, NatAlarmProps } from "../cdktf/nat-alarms";
export { NatError } from "../core/nat-error";
export type { HostFirewall, PortAllocation, StateLossBehavior } from "../host/host-options";
