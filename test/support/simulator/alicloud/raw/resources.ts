import type { Blocks } from "../../workspace";
import { existingGateway } from "../existing-gateway";

/** What the cloud of these tests holds already. */
export const legacy = existingGateway();

const { vpcId, vSwitchId, natGatewayId, snatTableId, forwardTableId, systemRouteTableId, boundEip, freeEip } = legacy;

/** Timeouts in which a refusal is retried, and seen to stay. */
export const SHORT = { create: "20s", delete: "20s" };

/** An SNAT entry of the whole VPC on the bound EIP. */
export function snat(more: object = {}): object {
  return { snat_table_id: snatTableId, snat_ip: boundEip.publicIp, source_cidr: "10.0.0.0/16", ...more };
}

/** A DNAT entry of TCP port 443 on the bound EIP. */
export function forward(more: object = {}): object {
  return {
    forward_table_id: forwardTableId,
    external_ip: boundEip.publicIp,
    external_port: "443",
    internal_ip: "10.0.1.10",
    internal_port: "8443",
    ip_protocol: "tcp",
    ...more,
  };
}

/** The ports of an Any Port entry. */
export const ANY = { ip_protocol: "any", external_port: "any", internal_port: "any" };

/** A NAT gateway beside the existing one, in its vSwitch. */
export function gateway(more: object = {}): object {
  return { vpc_id: vpcId, vswitch_id: vSwitchId, nat_type: "Enhanced", internet_charge_type: "PayByLcu", ...more };
}

/** A new EIP. */
export function eip(more: object = {}): object {
  return { bandwidth: "10", internet_charge_type: "PayByTraffic", ...more };
}

/** The free EIP on the existing gateway. */
export function association(more: object = {}): object {
  return { allocation_id: freeEip.allocationId, instance_id: natGatewayId, instance_type: "Nat", ...more };
}

/** A route of the system table to the existing gateway. */
export function route(more: object = {}): object {
  return {
    route_table_id: systemRouteTableId,
    destination_cidrblock: "198.18.0.0/15",
    nexthop_type: "NatGateway",
    nexthop_id: natGatewayId,
    ...more,
  };
}

/** A vSwitch of the existing VPC. */
export function vswitch(more: object = {}): object {
  return { vpc_id: vpcId, cidr_block: "10.0.1.0/24", zone_id: "cn-hangzhou-h", ...more };
}

/** An alarm of the existing gateway. */
export function alarm(more: object = {}): object {
  return {
    name: "ports",
    project: "acs_nat_gateway",
    metric: "ErrorPortAllocationCount",
    metric_dimensions: `[{"instanceId":"${natGatewayId}"}]`,
    contact_groups: ["ops"],
    escalations_critical: [{ statistics: "Value", threshold: "1", times: 3 }],
    ...more,
  };
}

/** An event rule of the instances of the account. */
export function eventRule(pattern: object = {}, contact?: object): object {
  const recipient = { contact_parameters_id: "1", level: "3", ...contact };
  return {
    rule_name: "down",
    event_pattern: [{ product: "ecs", name_list: ["Instance:SystemFailure.Reboot:Executing"], ...pattern }],
    ...(contact && { contact_parameters: [recipient] }),
  };
}

/** A security group of the existing VPC. */
export const SECURITY_GROUP = { alicloud_security_group: { a: { vpc_id: vpcId, security_group_name: "host" } } };

/** A network interface in the existing vSwitch, and its security group. */
export const INTERFACE = {
  ...SECURITY_GROUP,
  alicloud_ecs_network_interface: {
    a: {
      vswitch_id: vSwitchId,
      security_group_ids: ["${alicloud_security_group.a.id}"],
      source_dest_check: false,
      timeouts: SHORT,
    },
  },
};

/** An instance in the existing vSwitch, and its security group. */
export function instanceWith(more: object = {}): Blocks {
  return {
    ...SECURITY_GROUP,
    alicloud_instance: {
      a: {
        instance_type: "ecs.c7.large",
        image_id: "aliyun_3_x64_20G_alibase_20260326.vhd",
        vswitch_id: vSwitchId,
        security_groups: ["${alicloud_security_group.a.id}"],
        private_ip: "10.0.255.100",
        timeouts: SHORT,
        ...more,
      },
    },
  };
}

/** One resource, called `a`. */
export const one = (type: string, block: object): Blocks => ({ [type]: { a: block } });
/** Two resources of one type, `b` made after `a`. */
export const two = (type: string, first: object, second: object): Blocks => ({
  [type]: { a: first, b: { ...second, depends_on: [`${type}.a`] } },
});
