import { Table } from "../../engine/table";

/** Tags of anything. */
export type Tags = Record<string, string>;

/** What several types share. */
interface Named {
  Description: string;
  Status: string;
  CreationTime: string;
}

export interface Vpc extends Named {
  VpcName: string;
  CidrBlock: string;
  SecondaryCidrBlocks: string[];
  UserCidrs: string[];
  DnsHostnameStatus: string;
  ResourceGroupId: string;
  VRouterId: string;
  RouterTableId: string;
  /** An IPv4 gateway was enabled once: no way back for this VPC. */
  Ipv4GatewayEnabled: boolean;
  Tags: Tags;
}

export interface VSwitch extends Named {
  VSwitchName: string;
  VpcId: string;
  CidrBlock: string;
  ZoneId: string;
  RouteTableId: string;
  Tags: Tags;
}

export interface RouteTable extends Named {
  RouteTableName: string;
  RouteTableType: "System" | "Custom";
  VpcId: string;
  RouterId: string;
  AssociateType: string;
  ResourceGroupId: string;
  Tags: Tags;
}

export interface RouteEntry {
  RouteTableId: string;
  DestinationCidrBlock: string;
  NextHopType: string;
  NextHopId: string;
  RouteEntryName: string;
  Description: string;
  Status: string;
  /** The NAT gateway that the platform added this route for; "" when a user did. */
  AddedFor: string;
}

export interface Ipv4Gateway {
  VpcId: string;
  Ipv4GatewayName: string;
  Ipv4GatewayDescription: string;
  Status: string;
  Enabled: boolean;
  InternetMode: string;
  ResourceGroupId: string;
  CreateTime: string;
  Tags: Tags;
}

export interface NatGateway extends Named {
  Name: string;
  VpcId: string;
  VSwitchId: string;
  NatType: string;
  NetworkType: string;
  Spec: string;
  InternetChargeType: string;
  InstanceChargeType: string;
  EipBindMode: string;
  IcmpReplyEnabled: boolean;
  PrivateLinkEnabled: boolean;
  AccessMode: string;
  TunnelType: string;
  AvailabilityMode: string;
  DeletionProtection: boolean;
  SnatTableId: string;
  ForwardTableId: string;
  ResourceGroupId: string;
  Tags: Tags;
}

export interface Eip {
  Name: string;
  Description: string;
  IpAddress: string;
  Status: string;
  Bandwidth: string;
  InternetChargeType: string;
  ChargeType: string;
  ISP: string;
  Mode: string;
  Netmode: string;
  ResourceGroupId: string;
  /** What holds it; "" when it is free. */
  InstanceId: string;
  InstanceType: string;
  PrivateIpAddress: string;
  BandwidthPackageId: string;
  DeletionProtection: boolean;
  AllocationTime: string;
  Tags: Tags;
}

export interface BandwidthPackage extends Named {
  Name: string;
  Bandwidth: string;
  InternetChargeType: string;
  ISP: string;
  Ratio: number;
  DeletionProtection: boolean;
  ResourceGroupId: string;
  Tags: Tags;
}

export interface SnatEntry {
  SnatTableId: string;
  SnatEntryName: string;
  SnatIp: string;
  SourceCIDR: string;
  SourceVSwitchId: string;
  EipAffinity: number;
  Status: string;
}

export interface ForwardEntry {
  ForwardTableId: string;
  ForwardEntryName: string;
  ExternalIp: string;
  ExternalPort: string;
  InternalIp: string;
  InternalPort: string;
  IpProtocol: string;
  PortBreak: boolean;
  Status: string;
}

export interface SecurityGroup {
  SecurityGroupName: string;
  Description: string;
  VpcId: string;
  SecurityGroupType: string;
  InnerAccessPolicy: string;
  ResourceGroupId: string;
  CreationTime: string;
  Tags: Tags;
}

export interface SecurityGroupRule {
  SecurityGroupId: string;
  Direction: string;
  IpProtocol: string;
  PortRange: string;
  NicType: string;
  Policy: string;
  Priority: number;
  CidrIp: string;
  Ipv6CidrIp: string;
  PeerGroupId: string;
  PrefixListId: string;
  Description: string;
}

export interface NetworkInterface {
  NetworkInterfaceName: string;
  Description: string;
  VSwitchId: string;
  VpcId: string;
  ZoneId: string;
  PrimaryIpAddress: string;
  SecondaryIpAddresses: string[];
  SecurityGroupIds: string[];
  SourceDestCheck: boolean;
  DeleteOnRelease: boolean;
  /** The instance that it is attached to; "" when it is free. */
  InstanceId: string;
  MacAddress: string;
  ResourceGroupId: string;
  Status: string;
  Tags: Tags;
}

export interface Instance {
  InstanceName: string;
  HostName: string;
  Description: string;
  ImageId: string;
  InstanceType: string;
  KeyName: string;
  UserData: string;
  Status: string;
  VpcId: string;
  VSwitchId: string;
  ZoneId: string;
  NetworkInterfaceId: string;
  SecurityGroupIds: string[];
  InternetMaxBandwidthOut: number;
  PublicIp: string;
  SystemDiskCategory: string;
  SystemDiskSize: number;
  HttpTokens: string;
  HttpEndpoint: string;
  DeletionProtection: boolean;
  MaintenanceAction: string;
  SpotStrategy: string;
  CreationTime: string;
  Tags: Tags;
}

export interface MetricRule {
  RuleName: string;
  Namespace: string;
  MetricName: string;
  Resources: string;
  ContactGroups: string[];
  Period: number;
  SilenceTime: number;
  EffectiveInterval: string;
  Webhook: string;
  Enabled: boolean;
  Escalations: Record<string, Escalation>;
  Tags: Tags;
}

/** When an alarm goes off, for one level. */
export interface Escalation {
  ComparisonOperator: string;
  Statistics: string;
  Threshold: string;
  Times: number;
  [name: string]: string | number;
}

export interface ContactGroup {
  Contacts: string[];
  Describe: string;
  EnableSubscribed: boolean;
}

/** Which system events somebody is told of. */
export interface EventRule {
  Description: string;
  GroupId: string;
  SilenceTime: number;
  State: string;
  EventPattern: EventPattern;
  ContactParameters: EventContact[];
}

export interface EventPattern {
  Product: string;
  EventTypeList: string[];
  LevelList: string[];
  NameList: string[];
  SQLFilter: string;
}

/** Who is told. */
export interface EventContact {
  Id: string;
  ContactGroupName: string;
  Level: string;
}

export const vpcs = new Table<Vpc>("Vpc", "vpc-bp1", "InvalidVpcID.NotFound");
export const vSwitches = new Table<VSwitch>("VSwitch", "vsw-bp1", "InvalidVSwitchId.NotFound");
export const routeTables = new Table<RouteTable>("RouteTable", "vtb-bp1", "InvalidRouteTableId.NotFound");
export const routeEntries = new Table<RouteEntry>("RouteEntry", "rte-bp1", "InvalidRouteEntry.NotFound");
export const ipv4Gateways = new Table<Ipv4Gateway>("Ipv4Gateway", "ipv4gw-bp1", "ResourceNotFound.Ipv4Gateway");
export const natGateways = new Table<NatGateway>("NatGateway", "ngw-bp1", "InvalidNatGatewayId.NotFound");
export const eips = new Table<Eip>("EipAddress", "eip-bp1", "InvalidAllocationId.NotFound");
export const bandwidthPackages = new Table<BandwidthPackage>(
  "CommonBandwidthPackage",
  "cbwp-bp1",
  "InvalidBandwidthPackageId.NotFound",
);
export const snatEntries = new Table<SnatEntry>("SnatEntry", "snat-bp1", "InvalidSnatEntryId.NotFound");
export const forwardEntries = new Table<ForwardEntry>("ForwardEntry", "fwd-bp1", "InvalidForwardEntryId.NotFound");
export const securityGroups = new Table<SecurityGroup>("SecurityGroup", "sg-bp1", "InvalidSecurityGroupId.NotFound");
export const securityGroupRules = new Table<SecurityGroupRule>(
  "SecurityGroupRule",
  "sgr-bp1",
  "InvalidSecurityGroupRule.NotFound",
);
export const networkInterfaces = new Table<NetworkInterface>("NetworkInterface", "eni-bp1", "InvalidEniId.NotFound");
export const instances = new Table<Instance>("Instance", "i-bp1", "InvalidInstanceId.NotFound");
export const metricRules = new Table<MetricRule>("MetricRule", "", "ResourceNotFound");
export const eventRules = new Table<EventRule>("EventRule", "", "ResourceNotFound");
export const contactGroups = new Table<ContactGroup>("ContactGroup", "", "ResourceNotFound");

/** What the console shows for the default resource group. */
export const DEFAULT_RESOURCE_GROUP = "rg-acfmxazb4ph";

/** The time of creation, as the API writes it. */
export function creationTime(): string {
  return `${new Date().toISOString().slice(0, 19)}Z`;
}
