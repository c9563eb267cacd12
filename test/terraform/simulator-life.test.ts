import { existingGateway, startSimulator, Workspace, type Blocks, type Simulator } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(120_000);

/** Every resource that is simulated, as a user would write them. */
function everything(): Blocks {
  const nat = "alicloud_nat_gateway.main";
  const eni = "alicloud_ecs_network_interface.host";
  return {
    alicloud_vpc: { main: { vpc_name: "main", cidr_block: "10.0.0.0/16", tags: { team: "net" } } },
    alicloud_vswitch: {
      nat: vswitch("10.0.0.0/24", { tags: { role: "nat" } }),
      workers: vswitch("10.0.1.0/24"),
    },
    alicloud_nat_gateway: {
      main: {
        vpc_id: "${alicloud_vpc.main.id}",
        vswitch_id: "${alicloud_vswitch.nat.id}",
        nat_type: "Enhanced",
        nat_gateway_name: "main",
        payment_type: "PayAsYouGo",
        internet_charge_type: "PayByLcu",
        network_type: "internet",
        eip_bind_mode: "MULTI_BINDED",
        icmp_reply_enabled: false,
        availability_mode: "CrossAZ",
        specification: "Small",
        tags: { team: "net" },
      },
    },
    alicloud_common_bandwidth_package: {
      shared: { bandwidth: "200", internet_charge_type: "PayByBandwidth", bandwidth_package_name: "shared" },
    },
    alicloud_eip_address: { egress: eip("egress"), web: eip("web"), host: eip("host") },
    alicloud_eip_association: {
      egress: association("egress", `\${${nat}.id}`, "Nat"),
      web: association("web", `\${${nat}.id}`, "Nat"),
      host: association("host", `\${${eni}.id}`, "NetworkInterface", { mode: "NAT", private_ip_address: "10.0.1.10" }),
    },
    alicloud_common_bandwidth_package_attachment: {
      egress: {
        bandwidth_package_id: "${alicloud_common_bandwidth_package.shared.id}",
        instance_id: "${alicloud_eip_address.egress.id}",
        depends_on: ["alicloud_eip_association.egress"],
      },
    },
    alicloud_snat_entry: {
      workers: {
        snat_table_id: `\${${nat}.snat_table_ids}`,
        snat_ip: "${alicloud_eip_address.egress.ip_address}",
        source_vswitch_id: "${alicloud_vswitch.workers.id}",
        snat_entry_name: "workers",
        eip_affinity: 1,
        depends_on: ["alicloud_common_bandwidth_package_attachment.egress"],
      },
    },
    alicloud_forward_entry: {
      https: {
        forward_table_id: `\${${nat}.forward_table_ids}`,
        external_ip: "${alicloud_eip_address.web.ip_address}",
        external_port: "7000/7010",
        internal_ip: "10.0.1.20",
        internal_port: "8000/8010",
        ip_protocol: "tcp",
        forward_entry_name: "https",
        port_break: true,
        depends_on: ["alicloud_eip_association.web"],
      },
    },
    alicloud_route_table: { workers: { vpc_id: "${alicloud_vpc.main.id}", route_table_name: "workers" } },
    alicloud_route_table_attachment: {
      workers: {
        route_table_id: "${alicloud_route_table.workers.id}",
        vswitch_id: "${alicloud_vswitch.workers.id}",
      },
    },
    alicloud_route_entry: {
      default: route("0.0.0.0/0", "NatGateway", `\${${nat}.id}`),
      partner: route("198.18.0.0/15", "NetworkInterface", `\${${eni}.id}`),
    },
    alicloud_security_group: { host: { vpc_id: "${alicloud_vpc.main.id}", security_group_name: "host" } },
    alicloud_security_group_rule: {
      tcp: rule({ ip_protocol: "tcp", port_range: "1/65535" }),
      all: rule({ ip_protocol: "all", type: "egress" }),
    },
    alicloud_ecs_network_interface: {
      host: {
        vswitch_id: "${alicloud_vswitch.workers.id}",
        security_group_ids: ["${alicloud_security_group.host.id}"],
        network_interface_name: "host",
        primary_ip_address: "10.0.1.10",
        source_dest_check: false,
        delete_on_release: false,
      },
    },
    alicloud_instance: {
      host: {
        instance_type: "ecs.c7.large",
        image_id: "aliyun_3_x64_20G_alibase_20260326.vhd",
        instance_name: "host",
        network_interface_id: `\${${eni}.id}`,
        user_data: Buffer.from("#!/bin/sh\n").toString("base64"),
        http_tokens: "required",
        maintenance_action: "AutoRecover",
      },
      backend: {
        instance_type: "ecs.c7.large",
        image_id: "aliyun_3_x64_20G_alibase_20260326.vhd",
        instance_name: "backend",
        vswitch_id: "${alicloud_vswitch.workers.id}",
        security_groups: ["${alicloud_security_group.host.id}"],
        private_ip: "10.0.1.20",
      },
    },
    alicloud_cms_alarm_contact_group: { ops: { alarm_contact_group_name: "ops" } },
    alicloud_cms_alarm: {
      ports: {
        name: "ports",
        project: "acs_nat_gateway",
        metric: "ErrorPortAllocationCount",
        metric_dimensions: `[{"instanceId": "\${${nat}.id}"}]`,
        contact_groups: ["${alicloud_cms_alarm_contact_group.ops.id}"],
        period: 60,
        escalations_critical: [{ comparison_operator: ">", statistics: "Value", threshold: "1", times: 3 }],
      },
    },
  };
}

function vswitch(cidr: string, more: object = {}): object {
  return { vpc_id: "${alicloud_vpc.main.id}", cidr_block: cidr, zone_id: "cn-hangzhou-h", ...more };
}

function eip(name: string): object {
  return { address_name: name, bandwidth: "100", internet_charge_type: "PayByTraffic", payment_type: "PayAsYouGo" };
}

function association(name: string, instanceId: string, type: string, more: object = {}): object {
  return {
    allocation_id: `\${alicloud_eip_address.${name}.id}`,
    instance_id: instanceId,
    instance_type: type,
    ...more,
  };
}

function route(destination: string, nexthopType: string, nexthopId: string): object {
  return {
    route_table_id: "${alicloud_route_table.workers.id}",
    destination_cidrblock: destination,
    nexthop_type: nexthopType,
    nexthop_id: nexthopId,
  };
}

function rule(more: object): object {
  return {
    type: "ingress",
    security_group_id: "${alicloud_security_group.host.id}",
    nic_type: "intranet",
    cidr_ip: "10.0.0.0/16",
    ...more,
  };
}

describeTerraform("a life in the simulated Alibaba Cloud", () => {
  let simulator: Simulator;
  let workspace: Workspace;

  beforeAll(async () => {
    simulator = await startSimulator();
    workspace = await Workspace.create(simulator);
  });

  afterAll(async () => {
    await simulator.stop();
    workspace.remove();
  });

  beforeEach(async () => {
    await simulator.reset();
    workspace.forget();
  });

  test("takes every resource up, plans no change, and takes it down to an empty cloud", async () => {
    const resource = everything();
    expect((await workspace.validate({ resource })).stdout).toContain("The configuration is valid");
    await workspace.applied({ resource });
    expect(await workspace.changes({ resource })).toEqual({});
    expect((await workspace.run("plan", "-detailed-exitcode")).exitCode).toBe(0);
    expect(simulator.cloud().filter(({ type }) => type === "RouteEntry")).toHaveLength(3);

    const { exitCode, stdout, stderr } = await workspace.destroy();
    expect({ exitCode, stderr }).toEqual({ exitCode: 0, stderr: "" });
    expect(stdout).toContain("Destroy complete!");
    expect(simulator.cloud()).toEqual([]);
  });

  test("fills in what the provider computes", async () => {
    await workspace.applied({ resource: everything() });
    const nat = workspace.attribute("alicloud_nat_gateway.main", "id");
    const [gateway] = simulator.cloud().filter(({ type }) => type === "NatGateway");
    expect(nat).toBe(gateway?.id);
    expect(workspace.attribute("alicloud_nat_gateway.main", "snat_table_ids")).toMatch(/^stb-[^,]+$/);
    expect(workspace.attribute("alicloud_nat_gateway.main", "forward_table_ids")).toMatch(/^ftb-[^,]+$/);
    // Paid by CU, the gateway has no specification, whatever was asked for.
    expect(workspace.attribute("alicloud_nat_gateway.main", "specification")).toBe("");
    expect(workspace.attribute("alicloud_vpc.main", "route_table_id")).toMatch(/^vtb-/);
    expect(workspace.attribute("alicloud_eip_address.egress", "ip_address")).toMatch(
      /^(203\.0\.113|198\.51\.100)\.\d+$/,
    );
    expect(workspace.attribute("alicloud_instance.host", "primary_ip_address")).toBe("10.0.1.10");
    expect(workspace.attribute("alicloud_snat_entry.workers", "source_cidr")).toBe("10.0.1.0/24");
    expect(workspace.attribute("alicloud_security_group_rule.tcp", "id")).toMatch(
      /^sg-[^:]+:ingress:tcp:1\/65535:intranet:10\.0\.0\.0\/16:accept:1$/,
    );
  });

  test("changes in place what the provider changes in place", async () => {
    const resource = everything();
    await workspace.applied({ resource });
    const changed = everything();
    Object.assign(changed.alicloud_vpc!.main!, { vpc_name: "renamed", tags: { team: "core" } });
    Object.assign(changed.alicloud_nat_gateway!.main!, { icmp_reply_enabled: true, tags: {} });
    Object.assign(changed.alicloud_snat_entry!.workers!, { snat_entry_name: "renamed", eip_affinity: 0 });
    Object.assign(changed.alicloud_forward_entry!.https!, { internal_ip: "10.0.1.21" });
    Object.assign(changed.alicloud_eip_address!.egress!, { bandwidth: "50" });
    Object.assign(changed.alicloud_instance!.host!, { user_data: Buffer.from("#!/bin/bash\n").toString("base64") });
    Object.assign(changed.alicloud_ecs_network_interface!.host!, { source_dest_check: true });
    expect(await workspace.changes({ resource: changed })).toEqual({
      "alicloud_vpc.main": "update",
      "alicloud_nat_gateway.main": "update",
      "alicloud_snat_entry.workers": "update",
      "alicloud_forward_entry.https": "update",
      "alicloud_eip_address.egress": "update",
      "alicloud_instance.host": "update",
      "alicloud_ecs_network_interface.host": "update",
    });
    await workspace.applied({ resource: changed });
    expect(await workspace.changes({ resource: changed })).toEqual({});
    const actions = simulator.log().map(({ action }) => action);
    expect(actions.slice(actions.indexOf("StopInstance"))).toContain("StartInstance");
  });

  test.each([
    ["alicloud_nat_gateway", "main", { availability_mode: "SingleAZ" }],
    ["alicloud_snat_entry", "workers", { source_vswitch_id: undefined, source_cidr: "10.0.1.7/32" }],
    ["alicloud_route_entry", "default", { destination_cidrblock: "198.51.100.0/24" }],
    ["alicloud_eip_association", "host", { private_ip_address: undefined }],
    ["alicloud_eip_address", "host", { internet_charge_type: "PayByBandwidth" }],
    ["alicloud_security_group_rule", "tcp", { port_range: "443/443" }],
    ["alicloud_vswitch", "nat", { cidr_block: "10.0.9.0/24" }],
    ["alicloud_instance", "backend", { source_dest_check: false }],
  ])("replaces %s.%s for %j", async (type, name, change) => {
    await workspace.applied({ resource: everything() });
    const changed = everything();
    Object.assign(changed[type]![name]!, change);
    expect((await workspace.changes({ resource: changed }))[`${type}.${name}`]).toBe("replace");
  });

  test("replaces the instance and keeps its interface", async () => {
    await workspace.applied({ resource: everything() });
    const eni = workspace.attribute("alicloud_instance.host", "network_interface_id");
    await simulator.reset(simulator.cloud());
    const { exitCode } = await workspace.run("apply", "-auto-approve", "-replace=alicloud_instance.host");
    expect(exitCode).toBe(0);
    expect(workspace.attribute("alicloud_instance.host", "network_interface_id")).toBe(eni);
    const changing = simulator.log().filter(({ mutating, error }) => mutating && error === undefined);
    expect(changing.map(({ action }) => action)).toEqual(["DeleteInstance", "RunInstances"]);
  });

  test("gives an IPv4 gateway in front of a gateway in NAT mode", async () => {
    const resource = everything();
    Object.assign(resource.alicloud_nat_gateway!.main!, { eip_bind_mode: "NAT" });
    resource.alicloud_vpc_ipv4_gateway = {
      main: { vpc_id: "${alicloud_vpc.main.id}", ipv4_gateway_name: "main", enabled: true, internet_mode: "public" },
    };
    await workspace.applied({ resource });
    expect(await workspace.changes({ resource })).toEqual({});
    expect((await workspace.destroy()).exitCode).toBe(0);
    expect(simulator.cloud()).toEqual([]);
  });

  test("finds what exists already by data sources", async () => {
    const legacy = existingGateway();
    await simulator.reset(legacy);
    const data = {
      alicloud_vpcs: { all: { name_regex: "^legacy-" } },
      alicloud_vswitches: { all: { vpc_id: "${data.alicloud_vpcs.all.ids[0]}", name_regex: "nat$" } },
      alicloud_nat_gateways: { all: { ids: [legacy.natGatewayId] } },
      alicloud_eip_addresses: { all: { ids: [legacy.freeEip.allocationId], status: "Available" } },
      alicloud_zones: { all: { available_resource_creation: "VSwitch" } },
      alicloud_images: { all: { owners: "system", name_regex: "^aliyun_3_x64_20G_alibase_", most_recent: true } },
    };
    const values = {
      vpc: "${data.alicloud_vpcs.all.vpcs[0].cidr_block}",
      vswitch: "${data.alicloud_vswitches.all.vswitches[0].id}",
      snat: "${data.alicloud_nat_gateways.all.gateways[0].snat_table_ids[0]}",
      eip: "${data.alicloud_eip_addresses.all.addresses[0].ip_address}",
      zone: "${data.alicloud_zones.all.zones[0].id}",
      image: "${data.alicloud_images.all.images[0].id}",
    };
    const output = Object.fromEntries(Object.entries(values).map(([name, value]) => [name, { value }]));
    await workspace.applied({ data, output });
    const { stdout } = await workspace.run("output", "-json");
    const found = JSON.parse(stdout) as Record<string, { value: string }>;
    expect(Object.fromEntries(Object.entries(found).map(([name, { value }]) => [name, value]))).toEqual({
      vpc: "10.0.0.0/16",
      vswitch: legacy.vSwitchId,
      snat: legacy.snatTableId,
      eip: legacy.freeEip.publicIp,
      zone: "cn-hangzhou-g",
      image: "aliyun_3_x64_20G_alibase_20260326.vhd",
    });
  });

  test("imports what was made outside Terraform", async () => {
    const legacy = existingGateway();
    await simulator.reset(legacy);
    const resource = {
      alicloud_eip_address: {
        free: { address_name: "legacy-free", bandwidth: "5", internet_charge_type: "PayByTraffic" },
      },
    };
    await workspace.validate({ resource });
    const run = await workspace.run("import", "alicloud_eip_address.free", legacy.freeEip.allocationId);
    expect(run.exitCode).toBe(0);
    expect(await workspace.changes({ resource })).toEqual({});
  });

  test("shows drift, and makes again what was removed outside Terraform", async () => {
    const resource = everything();
    await workspace.applied({ resource });
    const id = (type: string): string => simulator.cloud().find((object) => object.type === type)!.id;
    await simulator.modify("EipAddress", id("EipAddress"), { Bandwidth: "7" });
    await simulator.modify("NatGateway", id("NatGateway"), { Name: "renamed" });
    await simulator.remove("SnatEntry", id("SnatEntry"));
    const changes = await workspace.changes({ resource });
    expect(Object.values(changes).sort()).toEqual(["create", "update", "update"]);
    await workspace.applied({ resource });
    expect(await workspace.changes({ resource })).toEqual({});
  });

  test("can't refresh a DNAT entry whose gateway is gone", async () => {
    const resource = everything();
    await workspace.applied({ resource });
    const gateway = simulator.cloud().find(({ type }) => type === "NatGateway")!;
    await simulator.remove("NatGateway", gateway.id);
    const { exitCode, stderr } = await workspace.run("plan", "-lock=false");
    expect(exitCode).toBe(1);
    expect(stderr).toContain("InvalidForwardTableId.NotFound");
  });
});
