import { eipOf, gatewayOf, make, serverOf, subnetOf, text, USER_DATA, vpcOf, type Bed } from "./bed";
import { NOBODY } from "./refusals";

/** A resource of every type: what it is made of, a change that is made in place, and changes that replace it. */
export interface Life {
  readonly config: (bed: Bed) => Promise<object> | object;
  readonly update?: object;
  readonly replace: readonly object[];
}

const PUBLIC_KEY = { name: "admin", public_key: "ssh-ed25519 AAAA" };
/** The condition of an alarm. */
export const CONDITION = { period: 300, filter: "max", comparison_operator: ">", value: 9000, count: 1 };

/** Every resource that is simulated, by its name without the cloud's. */
export const LIVES: Record<string, Life> = {
  vpc_v1: {
    config: () => vpcOf({ tags: { team: "net" } }),
    update: {
      name: "renamed",
      description: "for hosts",
      cidr: "192.168.0.0/17",
      tags: { team: "core" },
      secondary_cidr: "10.9.0.0/24",
    },
    replace: [{ region: "eu-nl" }],
  },
  vpc_subnet_v1: {
    config: ({ vpc }) => subnetOf(vpc, { cidr: "192.168.1.0/24", gateway_ip: "192.168.1.1" }),
    update: { name: "renamed", dns_list: ["1.1.1.1"], dhcp_enable: false, tags: { a: "b" } },
    replace: [
      { cidr: "192.168.1.0/25" },
      { gateway_ip: "192.168.1.2" },
      { vpc_id: NOBODY },
      { availability_zone: "eu-de-02" },
    ],
  },
  vpc_eip_v1: {
    config: () => eipOf({}, { name: "egress" }),
    update: { bandwidth: [{ name: "other", size: 5, share_type: "PER", charge_mode: "traffic" }], tags: { a: "b" } },
    replace: [
      eipOf({}, { name: "egress", type: "5_mailbgp" }),
      eipOf({}, { name: "other" }),
      eipOf({ charge_mode: "bandwidth" }, { name: "egress" }),
    ],
  },
  vpc_bandwidth_v2: { config: () => ({ name: "shared", size: 50 }), update: { name: "other", size: 60 }, replace: [] },
  vpc_bandwidth_associate_v2: {
    config: async ({ raw, eips }) => {
      const bandwidth = text(await make(raw, "vpc_bandwidth_v2", { name: "shared", size: 50 }), "id");
      return { bandwidth, floating_ips: [eips[0]!.id] };
    },
    update: { floating_ips: [] },
    replace: [{ bandwidth: NOBODY }],
  },
  networking_floatingip_associate_v2: {
    config: ({ eips, port }) => ({ floating_ip: eips[0]!.address, port_id: port }),
    replace: [{ floating_ip: "203.0.113.250" }, { port_id: NOBODY }],
  },
  nat_gateway_v2: {
    config: ({ vpc, subnet }) => gatewayOf(vpc, subnet),
    update: { name: "renamed", spec: "0", description: "egress", tags: { a: "b" } },
    replace: [{ router_id: NOBODY }, { internal_network_id: NOBODY }],
  },
  nat_snat_rule_v2: {
    config: ({ gateway, subnet, eips }) => {
      return { nat_gateway_id: gateway, network_id: subnet, floating_ip_id: eips[0]!.id };
    },
    replace: [
      { nat_gateway_id: NOBODY },
      { network_id: NOBODY },
      { network_id: null, cidr: "192.168.125.0/24" },
      { floating_ip_id: NOBODY },
      { source_type: 1 },
    ],
  },
  nat_dnat_rule_v2: {
    config: ({ gateway, eips, port }) => ({
      nat_gateway_id: gateway,
      floating_ip_id: eips[0]!.id,
      port_id: port,
      protocol: "tcp",
      internal_service_port: 80,
      external_service_port: 80,
    }),
    replace: [
      { nat_gateway_id: NOBODY },
      { floating_ip_id: NOBODY },
      { port_id: NOBODY },
      { port_id: null, private_ip: "192.168.125.10" },
      { protocol: "udp" },
      { internal_service_port: 81 },
      { external_service_port: 81 },
    ],
  },
  networking_port_v2: {
    config: ({ subnet, group, neutronSubnet }) => ({
      network_id: subnet,
      fixed_ip: [{ subnet_id: neutronSubnet, ip_address: "192.168.125.30" }],
      security_group_ids: [group],
      allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }],
    }),
    update: { name: "host", allowed_address_pairs: [{ ip_address: "192.168.125.20" }, { ip_address: "1.1.1.1/0" }] },
    replace: [{ network_id: NOBODY }],
  },
  networking_vip_v2: {
    config: ({ subnet, neutronSubnet }) => ({ network_id: subnet, subnet_id: neutronSubnet }),
    replace: [{ network_id: NOBODY }, { subnet_id: NOBODY }],
  },
  networking_vip_associate_v2: {
    config: ({ vip, port }) => ({ vip_id: vip, port_ids: [port] }),
    replace: [{ vip_id: NOBODY }, { port_ids: [NOBODY] }],
  },
  networking_router_route_v2: {
    config: ({ vpc }) => ({ router_id: vpc, destination_cidr: "172.16.0.0/24", next_hop: "192.168.125.10" }),
    replace: [{ router_id: NOBODY }, { destination_cidr: "172.16.1.0/24" }, { next_hop: "192.168.125.11" }],
  },
  networking_secgroup_v2: {
    config: () => ({ name: "web", delete_default_rules: true }),
    update: { name: "renamed", description: "web" },
    replace: [{ delete_default_rules: null }],
  },
  networking_secgroup_rule_v2: {
    config: ({ group }) => ({
      security_group_id: group,
      direction: "ingress",
      ethertype: "IPv4",
      protocol: "tcp",
      port_range_min: 80,
      port_range_max: 80,
      remote_ip_prefix: "192.168.0.0/16",
    }),
    replace: [
      { security_group_id: NOBODY },
      { direction: "egress" },
      { ethertype: "IPv6" },
      { protocol: "udp" },
      { port_range_min: 79 },
      { port_range_max: 81 },
      { remote_ip_prefix: "192.168.125.0/24" },
      { description: "web" },
    ],
  },
  vpc_route_table_v1: {
    config: ({ vpc, subnet, gateway }) => ({
      vpc_id: vpc,
      name: "workers",
      subnets: [subnet],
      route: [{ destination: "172.16.0.0/24", type: "nat", nexthop: gateway }],
    }),
    update: { name: "renamed", subnets: [], route: [] },
    replace: [{ vpc_id: NOBODY }],
  },
  compute_keypair_v2: { config: () => PUBLIC_KEY, replace: [{ name: "other" }, { public_key: "ssh-ed25519 BBBB" }] },
  compute_instance_v2: {
    config: ({ port }) => serverOf(port, { tags: { role: "nat" }, stop_before_destroy: true }),
    update: {
      name: "renamed",
      flavor_id: "s3.large.2",
      tags: { role: "host" },
      auto_recovery: false,
      metadata: { a: "b" },
    },
    replace: [
      { user_data: `${USER_DATA}# changed\n` },
      { image_name: "Standard_Ubuntu_24.04_amd64_uefi_latest" },
      { network: [{ port: NOBODY }] },
      { key_pair: "admin" },
      { availability_zone: "eu-de-02" },
    ],
  },
  smn_topic_v2: {
    config: () => ({ name: "alarms" }),
    update: { display_name: "Alarms" },
    replace: [{ name: "other" }],
  },
  ces_alarmrule: {
    config: async ({ raw, gateway }) => {
      const urn = text(await make(raw, "smn_topic_v2", { name: "alarms" }), "topic_urn");
      return {
        alarm_name: "connections",
        alarm_actions: [{ type: "notification", notification_list: [urn] }],
        alarm_action_enabled: true,
        metric: [
          {
            namespace: "SYS.NAT",
            metric_name: "snat_connection",
            dimensions: [{ name: "nat_gateway_id", value: gateway }],
          },
        ],
        condition: [CONDITION],
      };
    },
    update: { alarm_enabled: false },
    replace: [
      { alarm_name: "other" },
      { alarm_level: 1 },
      { alarm_description: "full" },
      { alarm_action_enabled: false },
      { condition: [{ ...CONDITION, value: 9001 }] },
      { condition: [{ ...CONDITION, unit: "Count" }] },
      { alarm_actions: [] },
    ],
  },
};
