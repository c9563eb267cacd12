import { startSimulator, Workspace, type Blocks, type Simulator } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(120_000);

const VPC = "${opentelekomcloud_vpc_v1.main.id}";
const SUBNET = "${opentelekomcloud_vpc_subnet_v1.main.network_id}";

/** A VPC, a subnet 192.168.125.0/24 and an EIP. */
function network(): Blocks {
  return {
    opentelekomcloud_vpc_v1: { main: { name: "main", cidr: "192.168.0.0/16", tags: { team: "net" } } },
    opentelekomcloud_vpc_subnet_v1: {
      main: { name: "workers", vpc_id: VPC, cidr: "192.168.125.0/24", gateway_ip: "192.168.125.1" },
    },
    opentelekomcloud_vpc_eip_v1: {
      egress: {
        publicip: [{ type: "5_bgp" }],
        bandwidth: [{ name: "egress", size: 100, share_type: "PER", charge_mode: "traffic" }],
      },
    },
  };
}

/**
 * The proxy machine of the ECS user guide, resource by resource: its source check off, SNAT to its private address,
 * and a route 0.0.0.0/0 of the VPC to it.
 */
function selfHosted(user_data = "#!/bin/sh\nsysctl -w net.ipv4.ip_forward=1\n"): Blocks {
  return {
    ...network(),
    opentelekomcloud_networking_secgroup_v2: { host: { name: "host", delete_default_rules: true } },
    opentelekomcloud_networking_secgroup_rule_v2: {
      in: rule("ingress", "192.168.125.0/24"),
      out: rule("egress", "0.0.0.0/0"),
    },
    opentelekomcloud_networking_port_v2: {
      host: {
        network_id: SUBNET,
        fixed_ip: [{ subnet_id: "${opentelekomcloud_vpc_subnet_v1.main.subnet_id}", ip_address: "192.168.125.4" }],
        security_group_ids: ["${opentelekomcloud_networking_secgroup_v2.host.id}"],
        allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }],
      },
    },
    opentelekomcloud_compute_instance_v2: {
      host: {
        name: "host",
        image_id: "${data.opentelekomcloud_images_image_v2.debian.id}",
        flavor_id: "s3.medium.1",
        user_data,
        network: [{ port: "${opentelekomcloud_networking_port_v2.host.id}" }],
        stop_before_destroy: true,
        tags: { role: "nat" },
      },
    },
    opentelekomcloud_networking_floatingip_associate_v2: {
      host: {
        floating_ip: "${opentelekomcloud_vpc_eip_v1.egress.publicip[0].ip_address}",
        port_id: "${opentelekomcloud_networking_port_v2.host.id}",
      },
    },
    opentelekomcloud_networking_router_route_v2: {
      default: {
        router_id: VPC,
        destination_cidr: "0.0.0.0/0",
        next_hop: "${opentelekomcloud_networking_port_v2.host.all_fixed_ips[0]}",
      },
    },
  };
}

const IMAGE = {
  opentelekomcloud_images_image_v2: {
    debian: { name: "Standard_Debian_12_amd64_uefi_latest", most_recent: true, visibility: "public" },
  },
};

function rule(direction: string, remote_ip_prefix: string): object {
  const security_group_id = "${opentelekomcloud_networking_secgroup_v2.host.id}";
  return { direction, ethertype: "IPv4", security_group_id, remote_ip_prefix };
}

/** A gateway with a rule of each kind, and an alarm. */
function managed(): Blocks {
  const nat_gateway_id = "${opentelekomcloud_nat_gateway_v2.main.id}";
  const floating_ip_id = "${opentelekomcloud_vpc_eip_v1.egress.id}";
  return {
    ...network(),
    opentelekomcloud_nat_gateway_v2: {
      main: { name: "main", spec: "1", router_id: VPC, internal_network_id: SUBNET, tags: { team: "net" } },
    },
    opentelekomcloud_nat_snat_rule_v2: { workers: { nat_gateway_id, floating_ip_id, network_id: SUBNET } },
    opentelekomcloud_nat_dnat_rule_v2: {
      https: {
        nat_gateway_id,
        floating_ip_id,
        protocol: "tcp",
        external_service_port: 443,
        internal_service_port: 8443,
        private_ip: "192.168.125.40",
      },
    },
    opentelekomcloud_smn_topic_v2: { ops: { name: "ops" } },
    opentelekomcloud_ces_alarmrule: {
      connections: {
        alarm_name: "connections",
        alarm_action_enabled: true,
        alarm_actions: [
          { type: "notification", notification_list: ["${opentelekomcloud_smn_topic_v2.ops.topic_urn}"] },
        ],
        metric: [
          {
            namespace: "SYS.NAT",
            metric_name: "snat_connection",
            dimensions: [{ name: "nat_gateway_id", value: nat_gateway_id }],
          },
        ],
        condition: [{ period: 300, filter: "max", comparison_operator: ">", value: 9000, count: 1 }],
      },
    },
  };
}

describeTerraform("Terraform in the simulated Open Telekom Cloud", () => {
  let simulator: Simulator;
  let workspace: Workspace;

  beforeAll(async () => {
    simulator = await startSimulator({ cloud: "opentelekomcloud", timeScale: 400 });
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

  const attributesOf = (type: string) => {
    return simulator
      .cloud()
      .filter((object) => object.type === type)
      .map(({ attributes }) => attributes);
  };

  test("applies a self-hosted NAT, plans no change, replaces its machine for new user data, and destroys it", async () => {
    await workspace.applied({ resource: selfHosted(), data: IMAGE });
    expect(await workspace.changes({ resource: selfHosted(), data: IMAGE })).toEqual({});
    expect(attributesOf("Route")).toMatchObject([
      { destination: "0.0.0.0/0", type: "ecs", nexthop: "192.168.125.4", added_for: "" },
    ]);
    const [port] = attributesOf("Port");
    expect(port).toMatchObject({ fixed_ip: "192.168.125.4", allowed_address_pairs: [{ ip_address: "1.1.1.1/0" }] });

    const changed = { resource: selfHosted("#!/bin/sh\n"), data: IMAGE };
    expect(await workspace.changes(changed)).toEqual({ "opentelekomcloud_compute_instance_v2.host": "replace" });
    await workspace.applied(changed);
    expect(attributesOf("Server").map(({ user_data }) => user_data)).toEqual([
      Buffer.from("#!/bin/sh\n").toString("base64"),
    ]);
    expect(attributesOf("Port")).toMatchObject([{ ...port, device_id: expect.any(String) as unknown }]);

    expect(await workspace.destroy()).toMatchObject({ exitCode: 0, stderr: "" });
    expect(simulator.cloud()).toEqual([]);
  });

  test("keeps a machine whose user data is ignored, though the state holds a hash of it", async () => {
    await workspace.applied({ resource: selfHosted(), data: IMAGE });
    const ignoring = selfHosted("#!/bin/sh\n");
    Object.assign(ignoring.opentelekomcloud_compute_instance_v2!.host!, {
      lifecycle: { ignore_changes: ["user_data"] },
    });
    expect(await workspace.changes({ resource: ignoring, data: IMAGE })).toEqual({});
  });

  test("applies a gateway, plans no change, shows drift, and destroys it", async () => {
    await workspace.applied({ resource: managed() });
    expect(await workspace.changes({ resource: managed() })).toEqual({});
    const [gateway] = simulator.cloud().filter(({ type }) => type === "NatGateway");
    expect(attributesOf("Route")).toMatchObject([{ destination: "0.0.0.0/0", type: "nat", nexthop: gateway!.id }]);

    await simulator.modify("NatGateway", gateway!.id, { spec: "2" });
    await simulator.remove("SnatRule", simulator.cloud().find(({ type }) => type === "SnatRule")!.id);
    expect(await workspace.changes({ resource: managed() })).toEqual({
      "opentelekomcloud_nat_gateway_v2.main": "update",
      "opentelekomcloud_nat_snat_rule_v2.workers": "create",
    });

    expect(await workspace.destroy()).toMatchObject({ exitCode: 0, stderr: "" });
    expect(simulator.cloud()).toEqual([]);
  });
});
