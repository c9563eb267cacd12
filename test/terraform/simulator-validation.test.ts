import { RefusalBench } from "../support/simulator/alicloud/raw/refusal";
import {
  forward,
  gateway,
  instanceWith,
  legacy,
  one,
  route,
  SECURITY_GROUP,
  snat,
  vswitch,
} from "../support/simulator/alicloud/raw/resources";
import type { Blocks } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const { vSwitchId } = legacy;

const REFUSED_BY_THE_PROVIDER: Record<string, readonly [message: string, resource: Blocks]> = {
  "a value that is not one of the choices": [
    'nat_type: expected one of ["Enhanced","Normal"], got "enhanced"',
    one("alicloud_nat_gateway", gateway({ nat_type: "enhanced" })),
  ],
  "an upper-case protocol": [
    'ip_protocol: expected one of ["any","tcp","udp"], got "TCP"',
    one("alicloud_forward_entry", forward({ ip_protocol: "TCP" })),
  ],
  "a number out of range": [
    "priority: expected in the range (1 - 100), got 101",
    one("alicloud_security_group_rule", {
      type: "ingress",
      ip_protocol: "all",
      security_group_id: "sg-x",
      cidr_ip: "10.0.0.0/8",
      priority: 101,
    }),
  ],
  "a text that is too short": [
    'name: expected length in the range (2 - 128), got "x"',
    one("alicloud_route_entry", route({ name: "x" })),
  ],
  "two arguments that exclude each other": [
    "source_cidr: conflicts with source_vswitch_id",
    one("alicloud_snat_entry", snat({ source_vswitch_id: vSwitchId })),
  ],
  "a rule without a peer": [
    "cidr_ip: one of cidr_ip, ipv6_cidr_ip, source_security_group_id, prefix_list_id must be specified",
    one("alicloud_security_group_rule", { type: "ingress", ip_protocol: "all", security_group_id: "sg-x" }),
  ],
  "a vSwitch without a zone": [
    "zone_id: only one of zone_id, availability_zone must be specified",
    one("alicloud_vswitch", vswitch({ zone_id: null })),
  ],
  "an argument that was removed": [
    "spec: this argument was removed from the provider",
    one("alicloud_nat_gateway", gateway({ spec: "Small" })),
  ],
  "an instance type without its prefix": [
    "instance_type: an instance type starts with ecs.",
    instanceWith({ instance_type: "c7.large" }),
  ],
};

describeTerraform("what the simulated provider refuses by itself", () => {
  let bench: RefusalBench;

  beforeAll(async () => {
    bench = await RefusalBench.start();
  });

  afterAll(async () => bench.stop());

  test.each(Object.entries(REFUSED_BY_THE_PROVIDER))("%s", async (_name, [message, resource]) => {
    const { exitCode, stderr } = await bench.workspace.validate({ resource });
    expect(stderr).toContain(message);
    expect(exitCode).toBe(1);
  });

  test("an explicit other nic_type than intranet", async () => {
    await bench.startAfresh();
    const rule = {
      type: "ingress",
      ip_protocol: "all",
      nic_type: "internet",
      security_group_id: "${alicloud_security_group.a.id}",
      cidr_ip: "10.0.0.0/8",
    };
    const { stderr } = await bench.workspace.apply({
      resource: { ...SECURITY_GROUP, alicloud_security_group_rule: { a: rule } },
    });
    expect(stderr).toContain("a rule of a VPC's security group needs nic_type = intranet");
  });
});
