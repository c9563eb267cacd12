import { make, serverOf, subnetOf, text } from "../support/simulator/opentelekomcloud/raw/bed";
import {
  describeRefusals,
  NOBODY,
  port,
  fixed,
  rule,
  there,
  type Refusal,
} from "../support/simulator/opentelekomcloud/raw/refusals";

const PORTS: Record<string, Refusal> = {
  "a port in a network that does not exist": [
    "NetworkNotFound",
    "CreatePort",
    (bed) => port(bed, { network_id: NOBODY }),
  ],
  "a port in another network's subnet": [
    "InvalidInput",
    "CreatePort",
    (bed) => port(bed, { ...fixed(bed, "192.168.126.9"), network_id: bed.other }),
  ],
  "a port's address that is taken": ["IpAddressInUse", "CreatePort", (bed) => port(bed, fixed(bed, "192.168.125.10"))],
  "a port's address that is the gateway's": [
    "IpAddressInUse",
    "CreatePort",
    (bed) => port(bed, fixed(bed, "192.168.125.1")),
  ],
  "a port's address outside its subnet": [
    "InvalidIpForSubnet",
    "CreatePort",
    (bed) => port(bed, fixed(bed, "192.168.126.9")),
  ],
  "an allowed pair of everything": [
    "InvalidInput",
    "CreatePort",
    (bed) => port(bed, { allowed_address_pairs: [{ ip_address: "0.0.0.0/0" }] }),
  ],
  "an allowed pair that is no address": [
    "InvalidInput",
    "CreatePort",
    (bed) => port(bed, { allowed_address_pairs: [{ ip_address: "1.1.1.1/33" }] }),
  ],
  "an allowed pair without port security": [
    "AddressPairAndPortSecurityRequired",
    "CreatePort",
    (bed) => port(bed, { port_security_enabled: false, allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }] }),
  ],
  "a security group without port security": [
    "PortSecurityAndIPRequiredForSecurityGroups",
    "CreatePort",
    (bed) => port(bed, { port_security_enabled: false, security_group_ids: [bed.group] }),
  ],
  "a port in a group that does not exist": [
    "SecurityGroupNotFound",
    "CreatePort",
    (bed) => port(bed, { security_group_ids: [NOBODY] }),
  ],
  "a port in a full subnet": [
    "IpAddressGenerationFailure",
    "CreatePort",
    async (bed) => {
      const small = { cidr: "192.168.1.0/28", gateway_ip: "192.168.1.1" };
      const network_id = text(await make(bed.raw, "vpc_subnet_v1", subnetOf(bed.vpc, small)), "id");
      for (let index = 0; index < 12; index++) await port(bed, { network_id });
    },
  ],
  "deleting the port of a machine": [
    "PortInUse",
    "DeletePort",
    async (bed) => {
      await make(bed.raw, "compute_instance_v2", serverOf(bed.port));
      await bed.raw.destroy(there("networking_port_v2", bed.port));
    },
  ],
  "a machine on the port of another": [
    "conflictingRequest",
    "CreateServer",
    async ({ raw, port: id }) => {
      await make(raw, "compute_instance_v2", serverOf(id));
      await make(raw, "compute_instance_v2", serverOf(id));
    },
  ],
  "a machine on a port that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw }) => make(raw, "compute_instance_v2", serverOf(NOBODY)),
  ],
  "a machine in a network that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw }) => make(raw, "compute_instance_v2", serverOf("", { network: [{ uuid: NOBODY }] })),
  ],
  "a machine in a group that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw, subnet }) => {
      const config = { network: [{ uuid: subnet }], security_groups: ["nobody"] };
      return make(raw, "compute_instance_v2", serverOf("", config));
    },
  ],
  "a machine without a network": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { network: [] })),
  ],
  "a machine with a bad name": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { name: "n".repeat(65) })),
  ],
  "a machine of an image that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { image_name: null, image_id: NOBODY })),
  ],
  "a machine of a flavor that is none": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { flavor_id: "small" })),
  ],
  "a machine with a key pair that does not exist": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { key_pair: "nobody" })),
  ],
  "user data of more than 32 KB": [
    "badRequest",
    "CreateServer",
    ({ raw, port: id }) => make(raw, "compute_instance_v2", serverOf(id, { user_data: "#".repeat(32 * 1024 + 1) })),
  ],
  "a key pair's name that is taken": [
    "conflictingRequest",
    "CreateKeyPair",
    async ({ raw }) => {
      for (const public_key of ["ssh-ed25519 A", "ssh-ed25519 B"]) {
        await make(raw, "compute_keypair_v2", { name: "admin", public_key });
      }
    },
  ],
};

const GROUPS: Record<string, Refusal> = {
  "a group with a bad name": [
    "VPC.0601",
    "CreateSecurityGroup",
    ({ raw }) => make(raw, "networking_secgroup_v2", { name: "a b" }),
  ],
  "one rule twice": [
    "SecurityGroupRuleExists",
    "CreateSecurityGroupRule",
    async (bed) => {
      await rule(bed, { remote_ip_prefix: "192.168.0.0/16" });
      await rule(bed, { remote_ip_prefix: "192.168.0.0/16", description: "again" });
    },
  ],
  "a rule that every group has": [
    "SecurityGroupRuleExists",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { direction: "egress", protocol: null, port_range_min: null, port_range_max: null }),
  ],
  "a rule of a group that does not exist": [
    "SecurityGroupNotFound",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { security_group_id: NOBODY }),
  ],
  "a rule in no direction": ["InvalidInput", "CreateSecurityGroupRule", (bed) => rule(bed, { direction: "both" })],
  "a rule of no IP version": [
    "SecurityGroupRuleInvalidEtherType",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { ethertype: "ipv4" }),
  ],
  "a rule for a block that is none": [
    "InvalidInput",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { remote_ip_prefix: "192.168.0.1/16" }),
  ],
  "a rule for a block and a group": [
    "SecurityGroupRemoteGroupAndRemoteIpPrefix",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { remote_ip_prefix: "192.168.0.0/16", remote_group_id: bed.group }),
  ],
  "a rule of ports the wrong way round": [
    "SecurityGroupInvalidPortRange",
    "CreateSecurityGroupRule",
    (bed) => rule(bed, { port_range_max: 442 }),
  ],
  "deleting a group with a port in it": [
    "SecurityGroupInUse",
    "DeleteSecurityGroup",
    ({ raw, group }) => raw.destroy(there("networking_secgroup_v2", group)),
  ],
  "deleting a group that another group's rule names": [
    "SecurityGroupInUse",
    "DeleteSecurityGroup",
    async (bed) => {
      const named = await make(bed.raw, "networking_secgroup_v2", { name: "clients" });
      await rule(bed, { remote_group_id: text(named, "id") });
      await bed.raw.destroy(named);
    },
  ],
  "a topic with a bad name": ["SMN.0002", "CreateTopic", ({ raw }) => make(raw, "smn_topic_v2", { name: "a b" })],
  "an alarm that notifies nobody": [
    "ces.0014",
    "CreateAlarmRule",
    ({ raw, gateway }) => {
      const alarm_actions = [{ type: "notification", notification_list: ["urn:smn:eu-de:x:nobody"] }];
      return make(raw, "ces_alarmrule", {
        alarm_name: "connections",
        alarm_actions,
        metric: [
          {
            namespace: "SYS.NAT",
            metric_name: "snat_connection",
            dimensions: [{ name: "nat_gateway_id", value: gateway }],
          },
        ],
        condition: [{ period: 300, filter: "max", comparison_operator: ">", value: 9000, count: 1 }],
      });
    },
  ],
};

describeRefusals("ports, machines, groups and alarms", { ...PORTS, ...GROUPS });
