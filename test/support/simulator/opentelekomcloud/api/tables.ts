import { Table, UUIDS } from "../../engine/table";

/** Tags of anything. */
export type Tags = Record<string, string>;

export interface Vpc {
  name: string;
  description: string;
  cidr: string;
  secondary_cidrs: string[];
  enable_shared_snat: boolean;
  status: string;
  tags: Tags;
}

export interface Subnet {
  name: string;
  description: string;
  cidr: string;
  vpc_id: string;
  gateway_ip: string;
  dhcp_enable: boolean;
  dns_list: string[];
  primary_dns: string;
  secondary_dns: string;
  availability_zone: string;
  ntp_addresses: string;
  /** The id of the Neutron subnet; the id of the subnet itself is that of its Neutron network. */
  neutron_subnet_id: string;
  status: string;
  tags: Tags;
}

export interface RouteTable {
  name: string;
  description: string;
  vpc_id: string;
  /** The table that a VPC has from the start. */
  default: boolean;
  /** The subnets of a custom table; all others belong to the default one. */
  subnets: string[];
  created_at: string;
  updated_at: string;
}

export interface Route {
  route_table_id: string;
  destination: string;
  /** A router's own route has the type of what holds the address: `ecs`, `vip`; a gateway's is `nat`. */
  type: string;
  nexthop: string;
  description: string;
  /** The NAT gateway that the platform added this route for; "" when a user did. */
  added_for: string;
}

export interface Eip {
  name: string;
  type: string;
  public_ip_address: string;
  status: string;
  port_id: string;
  bandwidth_id: string;
  tags: Tags;
}

export interface Bandwidth {
  name: string;
  size: number;
  /** `PER`: of one EIP, and gone with it; `WHOLE`: shared. */
  share_type: string;
  charge_mode: string;
  status: string;
}

export interface AddressPair {
  ip_address: string;
  mac_address: string;
}

export interface Port {
  name: string;
  network_id: string;
  fixed_ip: string;
  mac_address: string;
  admin_state_up: boolean;
  device_id: string;
  device_owner: string;
  security_groups: string[];
  allowed_address_pairs: AddressPair[];
  port_security_enabled: boolean;
  extra_dhcp_opts: Record<string, string>;
  status: string;
}

export interface SecurityGroup {
  name: string;
  description: string;
}

export interface SecurityGroupRule {
  security_group_id: string;
  description: string;
  direction: string;
  ethertype: string;
  protocol: string;
  port_range_min: number;
  port_range_max: number;
  remote_group_id: string;
  remote_ip_prefix: string;
}

export interface NatGateway {
  name: string;
  description: string;
  spec: string;
  router_id: string;
  internal_network_id: string;
  status: string;
  created_at: string;
  tags: Tags;
}

export interface SnatRule {
  nat_gateway_id: string;
  network_id: string;
  cidr: string;
  source_type: number;
  floating_ip_id: string;
  status: string;
}

export interface DnatRule {
  nat_gateway_id: string;
  port_id: string;
  private_ip: string;
  internal_service_port: number;
  external_service_port: number;
  protocol: string;
  floating_ip_id: string;
  status: string;
  created_at: string;
}

export interface Server {
  name: string;
  image_id: string;
  flavor_id: string;
  availability_zone: string;
  key_name: string;
  /** In base64, as the metadata service hands it out decoded. */
  user_data: string;
  port_ids: string[];
  /** Ports that Nova made for the server, and that go with it. */
  own_port_ids: string[];
  metadata: Record<string, string>;
  volume_id: string;
  volume_size: number;
  auto_recovery: boolean;
  status: string;
  tags: Tags;
}

export interface KeyPair {
  public_key: string;
}

export interface Topic {
  name: string;
  display_name: string;
  push_policy: number;
  create_time: string;
  update_time: string;
}

export interface AlarmAction {
  type: string;
  notification_list: string[];
}

export interface AlarmRule {
  alarm_name: string;
  alarm_description: string;
  alarm_level: number;
  alarm_type: string;
  alarm_enabled: boolean;
  alarm_action_enabled: boolean;
  alarm_state: string;
  update_time: number;
  namespace: string;
  metric_name: string;
  dimensions: { name: string; value: string }[];
  condition: Record<string, string | number>;
  alarm_actions: AlarmAction[];
  ok_actions: AlarmAction[];
}

export const vpcs = new Table<Vpc>("Vpc", UUIDS, "VPC.0003");
export const subnets = new Table<Subnet>("Subnet", UUIDS, "VPC.0202");
export const routeTables = new Table<RouteTable>("RouteTable", UUIDS, "VPC.2204");
export const routes = new Table<Route>("Route", UUIDS, "RouteNotFound");
export const eips = new Table<Eip>("PublicIp", UUIDS, "VPC.0504");
export const bandwidths = new Table<Bandwidth>("Bandwidth", UUIDS, "VPC.0306");
export const ports = new Table<Port>("Port", UUIDS, "PortNotFound");
export const securityGroups = new Table<SecurityGroup>("SecurityGroup", UUIDS, "SecurityGroupNotFound");
export const securityGroupRules = new Table<SecurityGroupRule>("SecurityGroupRule", UUIDS, "SecurityGroupRuleNotFound");
export const natGateways = new Table<NatGateway>("NatGateway", UUIDS, "VPC.2007");
export const snatRules = new Table<SnatRule>("SnatRule", UUIDS, "SnatRuleNotFound");
export const dnatRules = new Table<DnatRule>("DnatRule", UUIDS, "DnatRuleNotFound");
export const servers = new Table<Server>("Server", UUIDS, "itemNotFound");
export const keyPairs = new Table<KeyPair>("KeyPair", UUIDS, "itemNotFound");
export const topics = new Table<Topic>("Topic", UUIDS, "SMN.0013");
export const alarmRules = new Table<AlarmRule>("AlarmRule", "al", "ces.0050");

/** The project of every simulated account. */
export const PROJECT_ID = "0c1a5d1e7b8f4a6f9d3e2b1c0a9f8e7d";

/** A time as the APIs write it. */
export function now(): string {
  return new Date().toISOString().slice(0, 19);
}
