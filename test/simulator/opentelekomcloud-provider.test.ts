import { createHash } from "node:crypto";
import {
  eipOf,
  gatewayOf,
  make,
  makeBed,
  serverOf,
  subnetOf,
  text,
  USER_DATA,
  vpcOf,
  type Bed,
} from "../support/simulator/opentelekomcloud/raw/bed";
import { CONDITION, LIVES } from "../support/simulator/opentelekomcloud/raw/lives";
import { NOBODY } from "../support/simulator/opentelekomcloud/raw/refusals";

describe("the simulated provider of Open Telekom Cloud", () => {
  let bed: Awaited<ReturnType<typeof makeBed>>;

  beforeAll(async () => {
    bed = await makeBed();
  });
  beforeEach(() => bed.forget());
  afterAll(() => bed.raw.end());

  test.each(Object.entries(LIVES))("makes, keeps, changes and destroys a %s", async (name, { config, update }) => {
    const given = await config(bed);
    const before = bed.raw.objects();
    const type = `opentelekomcloud_${name}`;
    const made = await make(bed.raw, name, given);
    const read = await bed.raw.refresh(made);
    expect(bed.raw.plan(type, given, read)).toBe("no-op");
    let last = read!;
    if (update !== undefined) {
      const changed = { ...given, ...update };
      expect(bed.raw.plan(type, changed, read)).toBe("update");
      last = (await bed.raw.refresh(await make(bed.raw, name, changed, read)))!;
      expect(bed.raw.plan(type, changed, last)).toBe("no-op");
      expect(text(last, "id")).toBe(text(made, "id"));
    }
    await bed.raw.destroy(last);
    expect(withoutTraces(bed.raw.objects())).toEqual(withoutTraces(before));
  });

  const replacements = Object.entries(LIVES).flatMap(([name, { config, replace }]) => {
    return replace.map((change) => [name, change, config] as const);
  });
  test.each(replacements)("replaces a %s for %j", async (name, change, config) => {
    const given = await config(bed);
    const made = await make(bed.raw, name, given);
    expect(bed.raw.plan(`opentelekomcloud_${name}`, { ...given, ...change }, made)).toBe("replace");
  });

  const forgettable = Object.entries(LIVES).filter(([name]) => name !== "networking_router_route_v2");
  test.each(forgettable)("finds that a %s is gone", async (name, { config }) => {
    const before = new Set(bed.raw.objects().map(({ id }) => id));
    const made = await make(bed.raw, name, await config(bed));
    const ids = [text(made, "id"), ...text(made, "id").split("/")];
    for (const { id } of bed.raw.objects()) if (ids.includes(id) || !before.has(id)) bed.raw.cloud.remove(id);
    expect(await bed.raw.refresh(made)).toBeUndefined();
  });

  test("moves an EIP to another port when it is told to unbind it first", async () => {
    const made = await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: bed.port }));
    const next = text(await make(bed.raw, "networking_port_v2", { network_id: bed.subnet }), "id");
    const moved = await make(bed.raw, "vpc_eip_v1", { ...eipOf({}, { port_id: next }), unbind_port: true }, made);
    expect(moved.state.publicip).toMatchObject([{ port_id: next }]);
  });

  test("frees the EIP of a port that is deleted", async () => {
    const made = await make(bed.raw, "networking_port_v2", { network_id: bed.subnet });
    const eip = await make(bed.raw, "vpc_eip_v1", eipOf({}, { port_id: text(made, "id") }));
    await bed.raw.destroy(made);
    expect((await bed.raw.refresh(eip))!.state.publicip).toMatchObject([{ port_id: "" }]);
  });

  test("changes the address of a port in place", async () => {
    const fixed = (ip_address: string) => ({
      network_id: bed.subnet,
      fixed_ip: [{ subnet_id: bed.neutronSubnet, ip_address }],
      extra_dhcp_option: [{ name: "ntp", value: "192.168.125.1" }],
    });
    const made = await make(bed.raw, "networking_port_v2", fixed("192.168.125.30"));
    const next = await make(bed.raw, "networking_port_v2", fixed("192.168.125.31"), made);
    expect(next.state.all_fixed_ips).toEqual(["192.168.125.31"]);
    expect(text(next, "id")).toBe(text(made, "id"));
  });

  test("removes tags, and changes a VPC's secondary block", async () => {
    const made = await make(
      bed.raw,
      "vpc_v1",
      vpcOf({ tags: { a: "b", c: "d" }, secondary_cidr: "10.9.0.0/24", shared: true }),
    );
    const next = await make(
      bed.raw,
      "vpc_v1",
      vpcOf({ tags: { c: "d" }, secondary_cidr: "10.8.0.0/24", shared: false }),
      made,
    );
    const read = (await bed.raw.refresh(next))!;
    expect(read.state).toMatchObject({ tags: { c: "d" }, secondary_cidr: "10.8.0.0/24", shared: false });
  });

  test("keeps the other routes of a router when one goes", async () => {
    const route = (third: number) => {
      const config = { router_id: bed.vpc, destination_cidr: `172.16.${third}.0/24`, next_hop: "192.168.125.20" };
      return make(bed.raw, "networking_router_route_v2", config);
    };
    const [one] = await Promise.all([route(1), route(2), route(3)]);
    await bed.raw.destroy(one);
    const left = bed.raw.objects().filter(({ type, attributes }) => type === "Route" && attributes.type === "vip");
    expect(left.map(({ attributes }) => attributes.destination)).toEqual(["172.16.2.0/24", "172.16.3.0/24"]);
  });

  test("does not keep a router's route that is there already", async () => {
    const config = { router_id: bed.vpc, destination_cidr: "172.16.1.0/24", next_hop: "192.168.125.10" };
    await make(bed.raw, "networking_router_route_v2", config);
    await expect(make(bed.raw, "networking_router_route_v2", config)).rejects.toThrow("is gone right after it");
  });

  test("a subnet is in one route table at a time, whose routes go to ports and virtual IPs too", async () => {
    const table = (name: string, route: object) => {
      return make(bed.raw, "vpc_route_table_v1", { vpc_id: bed.vpc, name, subnets: [bed.subnet], route: [route] });
    };
    const one = await table("one", { destination: "172.16.0.0/24", type: "eni", nexthop: bed.port });
    await table("two", { destination: "172.16.0.0/24", type: "vip", nexthop: "192.168.125.20" });
    expect((await bed.raw.refresh(one))!.state.subnets).toEqual([]);
    const inUse = { type: "opentelekomcloud_vpc_subnet_v1", state: { id: bed.subnet }, private: Buffer.alloc(0) };
    await expect(bed.raw.destroy(inUse)).rejects.toThrow("VPC.0209");
  });

  test("a topic of a name that is taken is the topic that has it", async () => {
    const made = await make(bed.raw, "smn_topic_v2", { name: "alarms" });
    expect(text(await make(bed.raw, "smn_topic_v2", { name: "alarms" }), "id")).toBe(text(made, "id"));
  });

  test("keeps a hash of the user data in the state, and gives the machine the text in base64", async () => {
    const made = await make(bed.raw, "compute_instance_v2", serverOf(bed.port));
    const hash = createHash("sha1").update(USER_DATA).digest("hex");
    expect(made.state.user_data).toBe(hash);
    const encoded = Buffer.from(USER_DATA).toString("base64");
    expect(server(bed).user_data).toBe(encoded);
    // The same text in base64 is the same text.
    const config = serverOf(bed.port, { user_data: encoded });
    expect(bed.raw.plan("opentelekomcloud_compute_instance_v2", config, made)).toBe("no-op");
  });

  test("reads back what the cloud knows of a machine", async () => {
    const { state } = await make(bed.raw, "compute_instance_v2", serverOf(bed.port));
    expect(state).toMatchObject({
      access_ip_v4: "192.168.125.10",
      flavor_name: "s3.medium.1",
      image_id: "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b71",
      power_state: "active",
      security_groups: ["host"],
      network: [{ port: bed.port, uuid: bed.subnet, name: bed.vpc, fixed_ip_v4: "192.168.125.10" }],
    });
  });

  test("keeps the port of a machine that is replaced, and its EIP", async () => {
    await make(bed.raw, "networking_floatingip_associate_v2", { floating_ip: bed.eips[0]!.address, port_id: bed.port });
    const made = await make(bed.raw, "compute_instance_v2", serverOf(bed.port));
    const next = await make(bed.raw, "compute_instance_v2", serverOf(bed.port, { user_data: "#!/bin/sh\n" }), made);
    expect(text(next, "id")).not.toBe(text(made, "id"));
    const find = (id: string) => bed.raw.objects().find((object) => object.id === id)!.attributes;
    expect(find(bed.port)).toMatchObject({ fixed_ip: "192.168.125.10", device_id: text(next, "id") });
    expect(find(bed.eips[0]!.id)).toMatchObject({ port_id: bed.port });
  });

  test("makes a port of its own for a machine in a network, and takes it away again", async () => {
    const config = serverOf("", { network: [{ uuid: bed.other }], security_groups: ["host"], power_state: "shutoff" });
    const before = bed.raw.objects();
    const made = await make(bed.raw, "compute_instance_v2", config);
    expect(made.state).toMatchObject({ power_state: "shutoff", access_ip_v4: "192.168.126.2" });
    const running = { ...config, power_state: "active" };
    const next = await make(bed.raw, "compute_instance_v2", running, made);
    expect(next.state.power_state).toBe("active");
    await bed.raw.destroy(next);
    expect(withoutTraces(bed.raw.objects())).toEqual(withoutTraces(before));
  });

  test("boots a machine from a disk made of an image, and keeps the disk as it was asked for", async () => {
    const block_device = [
      {
        source_type: "image",
        uuid: "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b72",
        volume_size: 10,
        destination_type: "volume",
        boot_index: 0,
      },
    ];
    const config = serverOf(bed.port, { image_name: null, block_device });
    const made = (await bed.raw.refresh(await make(bed.raw, "compute_instance_v2", config)))!;
    expect(server(bed)).toMatchObject({ image_id: "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b72", volume_size: 10 });
    expect(bed.raw.plan("opentelekomcloud_compute_instance_v2", config, made)).toBe("no-op");
  });

  test("a gateway routes 0.0.0.0/0 to itself, and takes the route away with it", async () => {
    const routes = () => bed.raw.objects().filter(({ type }) => type === "Route");
    expect(routes().map(({ attributes }) => attributes)).toMatchObject([
      { destination: "0.0.0.0/0", type: "nat", nexthop: bed.gateway, added_for: bed.gateway },
    ]);
    const gone = { type: "opentelekomcloud_nat_gateway_v2", state: { id: bed.gateway }, private: Buffer.alloc(0) };
    await bed.raw.destroy(gone);
    expect(routes()).toEqual([]);
  });

  test("a gateway leaves a default route that is there", async () => {
    const route = { router_id: bed.farVpc, destination_cidr: "0.0.0.0/0", next_hop: "10.0.1.9" };
    await make(bed.raw, "networking_router_route_v2", route);
    await make(bed.raw, "nat_gateway_v2", gatewayOf(bed.farVpc, bed.farSubnet));
    const routes = bed.raw.objects().filter(({ type }) => type === "Route");
    expect(routes.map(({ attributes }) => attributes.nexthop).sort()).toEqual(["10.0.1.9", bed.gateway].sort());
  });

  test.each([
    ["nat_gateway_v2", "AddTags", ({ vpc, subnet }: Bed) => gatewayOf(vpc, subnet, { tags: { a: "b" } })],
    ["networking_secgroup_v2", "DeleteSecurityGroupRule", () => ({ name: "web", delete_default_rules: true })],
  ] as const)("forgets a %s when %s fails", async (name, action, config) => {
    const before = bed.raw.objects().length;
    bed.raw.cloud.faults.inject({ form: "fails-before", action });
    const refused = make(bed.raw, name, config(bed));
    await expect(refused).rejects.toMatchObject({ left: undefined });
    await expect(refused).rejects.toThrow("SimulatedFault");
    expect(bed.raw.objects().length).toBeGreaterThan(before);
  });

  test("an EIP in a shared bandwidth looks like another one, and is replaced", async () => {
    const config = eipOf();
    const eip = await make(bed.raw, "vpc_eip_v1", config);
    const shared = text(await make(bed.raw, "vpc_bandwidth_v2", { name: "shared", size: 50 }), "id");
    await make(bed.raw, "vpc_bandwidth_associate_v2", { bandwidth: shared, floating_ips: [text(eip, "id")] });
    const read = (await bed.raw.refresh(eip))!;
    expect(read.state.bandwidth).toEqual([{ charge_mode: "bandwidth", name: "shared", share_type: "WHOLE", size: 50 }]);
    expect(bed.raw.plan("opentelekomcloud_vpc_eip_v1", config, read)).toBe("replace");
  });

  test("an EIP that is bound after it was made plans no change, and is unbound before it goes", async () => {
    const config = eipOf();
    const eip = await make(bed.raw, "vpc_eip_v1", config);
    const [{ ip_address }] = eip.state.publicip as [{ ip_address: string }];
    await make(bed.raw, "networking_floatingip_associate_v2", { floating_ip: ip_address, port_id: bed.port });
    const read = (await bed.raw.refresh(eip))!;
    expect(read.state.publicip).toMatchObject([{ port_id: bed.port }]);
    expect(bed.raw.plan("opentelekomcloud_vpc_eip_v1", config, read)).toBe("no-op");
    await bed.raw.destroy(read);
    expect(bed.raw.objects().find(({ id }) => id === eip.state.id)).toBeUndefined();
  });

  test("a virtual IP's association replaces the allowed pairs of its ports", async () => {
    await make(bed.raw, "networking_vip_associate_v2", { vip_id: bed.vip, port_ids: [bed.port] });
    const find = (id: string) => bed.raw.objects().find((object) => object.id === id)!.attributes;
    expect(find(bed.vip).allowed_address_pairs).toMatchObject([{ ip_address: "192.168.125.10" }]);
    expect(find(bed.port).allowed_address_pairs).toMatchObject([{ ip_address: "1.1.1.1/0" }]);
  });

  test("shows drift, and what is gone", async () => {
    const config = gatewayOf(bed.farVpc, bed.farSubnet);
    const made = await make(bed.raw, "nat_gateway_v2", config);
    bed.raw.cloud.change(text(made, "id"), { name: "renamed" });
    const read = (await bed.raw.refresh(made))!;
    expect(bed.raw.plan("opentelekomcloud_nat_gateway_v2", config, read)).toBe("update");
    bed.raw.cloud.remove(text(made, "id"));
    expect(await bed.raw.refresh(made)).toBeUndefined();
  });

  test("a router's route that was removed elsewhere is replaced, which the provider cannot do", async () => {
    const config = { router_id: bed.vpc, destination_cidr: "172.16.0.0/24", next_hop: "192.168.125.10" };
    const made = await make(bed.raw, "networking_router_route_v2", config);
    const route = bed.raw.objects().find(({ attributes }) => attributes.destination === "172.16.0.0/24")!;
    bed.raw.cloud.remove(route.id);
    const read = (await bed.raw.refresh(made))!;
    expect(bed.raw.plan("opentelekomcloud_networking_router_route_v2", config, read)).toBe("replace");
    await expect(make(bed.raw, "networking_router_route_v2", config, read)).rejects.toThrow(
      "route did not exist already",
    );
  });

  const CHECKS: readonly (readonly [string, object, string])[] = [
    ["vpc_v1", vpcOf({ name: "a b" }), "name: must be 1 to 64 letters, digits, _, - and ., got"],
    ["vpc_v1", vpcOf({ cidr: "192.168.0.0" }), 'cidr: expected a valid CIDR Value, got "192.168.0.0"'],
    ["vpc_subnet_v1", subnetOf("vpc"), 'vpc_id: expected a valid UUID, got "vpc"'],
    ["vpc_subnet_v1", subnetOf(NOBODY, { gateway_ip: "x" }), 'gateway_ip: expected a valid IPv4 address, got "x"'],
    ["vpc_bandwidth_v2", { name: "", size: 5 }, "name: must be 1 to 64"],
    ["nat_snat_rule_v2", { nat_gateway_id: "x", floating_ip_id: NOBODY }, "nat_gateway_id: expected a valid UUID"],
    ["nat_snat_rule_v2", { nat_gateway_id: NOBODY, floating_ip_id: NOBODY }, "both `network_id` and `cidr` are empty"],
    ["nat_dnat_rule_v2", dnat({ protocol: "icmp" }), 'protocol: expected one of ["tcp","udp","any","6","17","0"]'],
    [
      "nat_dnat_rule_v2",
      dnat({ external_service_port: 65536 }),
      "external_service_port: expected in the range (0 - 65535)",
    ],
    ["nat_dnat_rule_v2", dnat({ private_ip: "x" }), "private_ip: expected a valid IP, got x"],
    ["nat_dnat_rule_v2", dnat({ private_ip: "10.0.0.1", port_id: NOBODY }), "port_id: conflicts with private_ip"],
    ["nat_dnat_rule_v2", dnat({}), "both `port_id` and `private_ip` are empty"],
    [
      "networking_port_v2",
      { network_id: NOBODY, no_security_groups: true, security_group_ids: [NOBODY] },
      "cannot have both no_security_groups and security_group_ids set",
    ],
    [
      "networking_secgroup_rule_v2",
      { security_group_id: NOBODY, direction: "ingress", ethertype: "IPv4", port_range_min: 80, port_range_max: 80 },
      "port_range_min: protocol must be specified too",
    ],
    [
      "networking_floatingip_associate_v2",
      { floating_ip: "203.0.113.250", port_id: NOBODY },
      "unable to determine the ID of 203.0.113.250",
    ],
    ["compute_instance_v2", serverOf(NOBODY, { image_name: null }), "neither a boot device, image ID, or image name"],
    ["compute_instance_v2", serverOf(NOBODY, { image_name: "x" }), "unable to find one image with name x, got 0"],
    [
      "compute_instance_v2",
      serverOf(NOBODY, { power_state: "off" }),
      'power_state: expected one of ["active","shutoff"]',
    ],
    ["ces_alarmrule", alarm({ alarm_name: "a b" }), "alarm_name: must match"],
    ["ces_alarmrule", alarm({ condition: [{ ...CONDITION, period: 60 }] }), "condition.period: expected one of"],
    [
      "ces_alarmrule",
      alarm({ condition: [{ ...CONDITION, value: -1 }] }),
      "condition.value: expected to be at least (0)",
    ],
  ];
  test.each(CHECKS)("refuses by itself a %s of %j: %s", async (name, config, message) => {
    await expect(make(bed.raw, name, config)).rejects.toThrow(message);
    expect(bed.raw.log().filter(({ mutating }) => mutating)).toEqual([]);
  });

  test("a change of a machine's groups in place is not simulated, and says so", async () => {
    const config = serverOf(bed.port);
    const made = await make(bed.raw, "compute_instance_v2", config);
    const changed = make(bed.raw, "compute_instance_v2", { ...config, security_groups: ["other"] }, made);
    await expect(changed).rejects.toThrow("a change of security_groups or admin_pass is not simulated");
  });

  describe("data sources", () => {
    const data = (name: string, config: object) => bed.raw.data(`opentelekomcloud_${name}`, config);

    test("find the newest image of a name's pattern", async () => {
      const found = await data("images_image_v2", { name_regex: "^Standard_Debian_12_", most_recent: true });
      expect(found).toMatchObject({
        id: "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b71",
        name: "Standard_Debian_12_amd64_uefi_latest",
        visibility: "public",
      });
    });

    test("find one VPC, subnet and gateway", async () => {
      expect(await data("vpc_v1", { cidr: "10.0.0.0/16" })).toMatchObject({ id: bed.farVpc, name: "main" });
      expect(await data("vpc_subnet_v1", { vpc_id: bed.farVpc })).toMatchObject({
        id: bed.farSubnet,
        network_id: bed.farSubnet,
        cidr: "10.0.1.0/24",
      });
      expect(await data("nat_gateway_v2", { internal_network_id: bed.other })).toMatchObject({
        id: bed.secondGateway,
        router_id: bed.vpc,
        spec: "1",
      });
    });

    test.each([
      ["images_image_v2", { name: "none" }, "your query returned no image"],
      ["images_image_v2", { name_regex: "Debian" }, "your query returned more than one image"],
      ["images_image_v2", { name_regex: "(" }, 'name_regex: "(" is not a regular expression'],
      ["vpc_v1", { name: "main" }, "your query returned more than one VPC"],
    ])("refuse a %s of %j: %s", async (name, config, message) => {
      await expect(data(name, config)).rejects.toThrow(message);
    });
  });
});

function dnat(more: object): object {
  const ports = { internal_service_port: 80, external_service_port: 80 };
  return { nat_gateway_id: NOBODY, floating_ip_id: NOBODY, protocol: "tcp", ...ports, ...more };
}

function alarm(more: object): object {
  const metric = [{ namespace: "SYS.NAT", metric_name: "snat_connection", dimensions: [] }];
  return { alarm_name: "connections", metric, condition: [CONDITION], ...more };
}

function server({ raw }: Bed) {
  return raw.objects().find(({ type }) => type === "Server")!.attributes;
}

const PASSING = ["allowed_address_pairs", "bandwidth_id"];

/**
 * Without what stays changed when a resource is gone: the allowed pairs of a port that a virtual IP was on, and which
 * bandwidth an EIP has after it was in a shared one.
 */
function withoutTraces(objects: ReturnType<Bed["raw"]["objects"]>) {
  const kept = objects.map(({ type, id, attributes }) => {
    const lasting = Object.entries(attributes).filter(([name]) => !PASSING.includes(name));
    return type === "Bandwidth" ? { type } : { type, id, attributes: Object.fromEntries(lasting) };
  });
  return kept.sort((one, other) => JSON.stringify(one).localeCompare(JSON.stringify(other)));
}
