import { RefusalBench, inOutput, type Refusal } from "../support/simulator/alicloud/raw/refusal";
import {
  instanceWith,
  INTERFACE,
  legacy,
  one,
  route,
  SECURITY_GROUP,
  SHORT,
  vswitch,
} from "../support/simulator/alicloud/raw/resources";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { vSwitchId, vpcId } = legacy;

/** An instance with a second interface: the one called `a` for `"eni"`, otherwise that of the id. */
function withSecond(id: string, more: object = {}) {
  const network_interface_id = id === "eni" ? "${alicloud_ecs_network_interface.a.id}" : id;
  return instanceWith({ network_interfaces: [{ network_interface_id }], ...more });
}

const REFUSALS: Record<string, Refusal> = {
  "deleting a security group in use": {
    code: "DependencyViolation",
    action: "DeleteSecurityGroup",
    first: { alicloud_security_group: { a: { vpc_id: vpcId, timeouts: SHORT } } },
    then: { alicloud_ecs_network_interface: { a: { vswitch_id: vSwitchId, security_group_ids: ["GROUP"] } } },
  },
  "a rule for a group that does not exist": {
    code: "InvalidSecurityGroupId.NotFound",
    action: "DescribeSecurityGroupAttribute",
    then: one("alicloud_security_group_rule", {
      type: "ingress",
      ip_protocol: "tcp",
      port_range: "22/22",
      nic_type: "intranet",
      security_group_id: "sg-none",
      cidr_ip: "10.0.0.0/8",
    }),
  },
  "a TCP rule without ports": {
    code: "InvalidPortRange.Malformed",
    action: "AuthorizeSecurityGroup",
    then: {
      ...SECURITY_GROUP,
      alicloud_security_group_rule: {
        a: {
          type: "ingress",
          ip_protocol: "tcp",
          nic_type: "intranet",
          security_group_id: "${alicloud_security_group.a.id}",
          cidr_ip: "10.0.0.0/8",
        },
      },
    },
  },
  "a rule for a block that is none": {
    code: "InvalidSourceCidrIp.Malformed",
    action: "AuthorizeSecurityGroup",
    then: {
      ...SECURITY_GROUP,
      alicloud_security_group_rule: {
        a: {
          type: "ingress",
          ip_protocol: "all",
          nic_type: "intranet",
          security_group_id: "${alicloud_security_group.a.id}",
          cidr_ip: "10.0.0.0/33",
        },
      },
    },
  },
  "a private address that is taken": {
    code: "InvalidPrivateIpAddress.Duplicated",
    action: "RunInstances",
    then: {
      ...INTERFACE,
      alicloud_instance: instanceWith({
        private_ip: "${alicloud_ecs_network_interface.a.primary_ip_address}",
      }).alicloud_instance!,
    },
  },
  "an interface that is attached elsewhere": {
    code: "InvalidOperation.InvalidEniState",
    action: "RunInstances",
    then: {
      ...INTERFACE,
      alicloud_instance: {
        a: {
          instance_type: "ecs.c7.large",
          image_id: "aliyun_3_x64_20G_alibase_20260326.vhd",
          network_interface_id: "${alicloud_ecs_network_interface.a.id}",
        },
        b: {
          instance_type: "ecs.c7.large",
          image_id: "aliyun_3_x64_20G_alibase_20260326.vhd",
          network_interface_id: "${alicloud_ecs_network_interface.a.id}",
          depends_on: ["alicloud_instance.a"],
        },
      },
    },
  },
  "a second interface that is attached elsewhere": {
    code: "InvalidOperation.InvalidEniState",
    action: "RunInstances",
    then: {
      ...INTERFACE,
      alicloud_instance: {
        ...withSecond("eni").alicloud_instance,
        b: {
          ...withSecond("eni", { private_ip: "10.0.255.101" }).alicloud_instance!.a,
          depends_on: ["alicloud_instance.a"],
        },
      },
    },
  },
  "a second interface that does not exist": {
    code: "InvalidEniId.NotFound",
    action: "RunInstances",
    then: withSecond("eni-none"),
  },
  "a second interface in another zone": {
    code: "InvalidOperation.AvailabilityZoneMismatch",
    action: "RunInstances",
    then: {
      ...withSecond("eni"),
      alicloud_vswitch: { b: vswitch({ zone_id: "cn-hangzhou-i" }) },
      alicloud_ecs_network_interface: {
        a: { ...INTERFACE.alicloud_ecs_network_interface.a, vswitch_id: "${alicloud_vswitch.b.id}" },
      },
    },
  },
  "a second interface in another VPC": {
    code: "InvalidOperation.VpcMismatch",
    action: "RunInstances",
    then: {
      ...withSecond("eni"),
      alicloud_vpc: { b: { cidr_block: "10.1.0.0/16" } },
      alicloud_vswitch: { b: vswitch({ vpc_id: "${alicloud_vpc.b.id}", cidr_block: "10.1.0.0/24" }) },
      alicloud_security_group: {
        ...SECURITY_GROUP.alicloud_security_group,
        b: { vpc_id: "${alicloud_vpc.b.id}" },
      },
      alicloud_ecs_network_interface: {
        a: { vswitch_id: "${alicloud_vswitch.b.id}", security_group_ids: ["${alicloud_security_group.b.id}"] },
      },
    },
  },
  "a second interface of a type that takes one at first": {
    code: "OperationDenied.SecondaryEniNotSupported",
    action: "RunInstances",
    then: { ...INTERFACE, ...withSecond("eni", { instance_type: "ecs.t6-c1m1.large" }) },
  },
  "deleting an interface that is a second one": {
    code: "InvalidOperation.InvalidEniState",
    action: "DeleteNetworkInterface",
    first: { ...INTERFACE, ...withSecond("eni") },
    // Left out, the provider keeps the interfaces that the machine has.
    then: instanceWith(),
  },
  "an image that does not exist": {
    code: "InvalidImageId.NotFound",
    action: "RunInstances",
    then: instanceWith({ image_id: "aliyun_9_x64.vhd" }),
  },
  "user data of more than 32 KB": {
    code: "InvalidUserData.SizeExceeded",
    action: "RunInstances",
    then: instanceWith({ user_data: Buffer.alloc(32 * 1024 + 1, "#").toString("base64") }),
  },
  "deleting an instance that is a next hop": {
    code: "DependencyViolation.RouteEntry",
    action: "DeleteInstance",
    first: instanceWith(),
    then: {
      ...SECURITY_GROUP,
      alicloud_route_entry: { a: route({ nexthop_type: "Instance", nexthop_id: "INSTANCE" }) },
    },
  },
  "deleting an interface that is a next hop": {
    code: "DependencyViolation.RouteEntry",
    action: "DeleteNetworkInterface",
    first: INTERFACE,
    then: {
      ...SECURITY_GROUP,
      alicloud_route_entry: { a: route({ nexthop_type: "NetworkInterface", nexthop_id: "INTERFACE" }) },
    },
  },
  "a security group with a bad name": {
    code: "InvalidSecurityGroupName.Malformed",
    action: "CreateSecurityGroup",
    then: one("alicloud_security_group", { vpc_id: vpcId, security_group_name: "x" }),
  },
  "a security group of another VPC": {
    code: "InvalidSecurityGroupId.NotVpc",
    action: "CreateNetworkInterface",
    then: {
      alicloud_vpc: { b: { cidr_block: "10.1.0.0/16" } },
      alicloud_security_group: { b: { vpc_id: "${alicloud_vpc.b.id}" } },
      alicloud_ecs_network_interface: {
        b: { vswitch_id: vSwitchId, security_group_ids: ["${alicloud_security_group.b.id}"] },
      },
    },
  },
  "an egress rule for a block that is none": {
    code: "InvalidDestCidrIp.Malformed",
    action: "AuthorizeSecurityGroupEgress",
    then: {
      ...SECURITY_GROUP,
      alicloud_security_group_rule: {
        a: {
          type: "egress",
          ip_protocol: "all",
          nic_type: "intranet",
          security_group_id: "${alicloud_security_group.a.id}",
          cidr_ip: "anywhere",
        },
      },
    },
  },
  "an interface with a bad name": {
    code: "InvalidParameter.NetworkInterfaceName",
    action: "CreateNetworkInterface",
    then: {
      ...SECURITY_GROUP,
      alicloud_ecs_network_interface: {
        a: {
          vswitch_id: vSwitchId,
          security_group_ids: ["${alicloud_security_group.a.id}"],
          network_interface_name: "x",
        },
      },
    },
  },
  "a private address outside the vSwitch": {
    code: "InvalidPrivateIpAddress.Malformed",
    action: "RunInstances",
    then: instanceWith({ private_ip: "10.0.254.100" }),
  },
  "an instance with a bad name": {
    code: "InvalidInstanceName.Malformed",
    action: "RunInstances",
    then: instanceWith({ instance_name: "1st" }),
  },
  "an instance on an interface that does not exist": {
    code: "InvalidEniId.NotFound",
    action: "RunInstances",
    then: instanceWith({ vswitch_id: null, private_ip: null, network_interface_id: "eni-none" }),
  },
  "an instance without a vSwitch": {
    code: "MissingParameter",
    action: "RunInstances",
    then: instanceWith({ vswitch_id: null, private_ip: null }),
  },
  "deleting a protected instance": {
    code: "InvalidOperation.DeletionProtection",
    action: "DeleteInstance",
    first: instanceWith({ deletion_protection: true }),
    then: SECURITY_GROUP,
  },
};

describeTerraform("what the simulated Alibaba Cloud refuses about security groups, interfaces and instances", () => {
  let bench: RefusalBench;

  beforeAll(async () => {
    bench = await RefusalBench.start();
  });

  afterAll(async () => bench.stop());

  test.each(Object.entries(REFUSALS))("%s", async (_name, refusal) => {
    const { exitCode, stderr, actions } = await bench.provoke(refusal);
    expect(stderr).toMatch(inOutput(refusal.code));
    expect(exitCode).toBe(1);
    expect(actions).toEqual([refusal.action]);
  });
});
