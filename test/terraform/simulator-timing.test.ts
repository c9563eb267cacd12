import { existingGateway, startSimulator, Workspace, type Blocks, type Simulator } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(60_000);

const legacy = existingGateway();

function association(more: object = {}): object {
  return {
    allocation_id: legacy.freeEip.allocationId,
    instance_id: legacy.natGatewayId,
    instance_type: "Nat",
    ...more,
  };
}

function snat(more: object = {}): object {
  return { snat_table_id: legacy.snatTableId, snat_ip: legacy.freeEip.publicIp, source_cidr: "10.0.0.0/16", ...more };
}

function forward(port: number): object {
  return {
    forward_table_id: legacy.forwardTableId,
    external_ip: legacy.boundEip.publicIp,
    external_port: String(port),
    internal_ip: "10.0.1.10",
    internal_port: String(port),
    ip_protocol: "tcp",
  };
}

describeTerraform("what takes time in the simulated Alibaba Cloud", () => {
  let simulator: Simulator;
  let workspace: Workspace;

  beforeAll(async () => {
    // Slow enough that calls which come together are under way together.
    simulator = await startSimulator({ timeScale: 10 });
    workspace = await Workspace.create(simulator);
  });

  afterAll(async () => {
    await simulator.stop();
    workspace.remove();
  });

  beforeEach(async () => {
    await simulator.reset(legacy);
    workspace.forget();
  });

  const errorsOf = (action: string): (string | undefined)[] =>
    simulator.log().flatMap((call) => (call.action === action ? [call.error] : []));

  /** Binds the free EIP from outside; it is being bound until it is told to be bound. */
  const bind = async (Status: "Associating" | "InUse"): Promise<void> => {
    const bound = { InstanceId: legacy.natGatewayId, InstanceType: "Nat", Status };
    await simulator.modify("EipAddress", legacy.freeEip.allocationId, bound);
  };

  test("a new entry waits until its EIP is bound", async () => {
    await bind("Associating");
    const applying = workspace.applied({ resource: { alicloud_snat_entry: { a: snat() } } });
    while (errorsOf("CreateSnatEntry").length < 2) await new Promise((resolve) => setTimeout(resolve, 20));
    await bind("InUse");
    await applying;
    const errors = errorsOf("CreateSnatEntry");
    expect(errors.at(-1)).toBeUndefined();
    expect(new Set(errors.slice(0, -1))).toEqual(new Set(["OperationUnsupported.EipInBinding"]));
  });

  test("a new entry finds its EIP even when nothing tells it to wait for the association", async () => {
    const resource = { alicloud_eip_association: { a: association() }, alicloud_snat_entry: { a: snat() } };
    await workspace.applied({ resource });
    // Without depends_on Terraform unbinds at the same time: the association waits for the entry to go.
    expect((await workspace.destroy()).exitCode).toBe(0);
  });

  test("a changed entry does not wait, and the second apply goes through", async () => {
    const both = `${legacy.boundEip.publicIp},${legacy.freeEip.publicIp}`;
    await workspace.applied({ resource: { alicloud_snat_entry: { a: snat({ snat_ip: legacy.boundEip.publicIp }) } } });
    const resource = { alicloud_snat_entry: { a: snat({ snat_ip: both }) } };
    await bind("Associating");
    const { exitCode, stderr } = await workspace.apply({ resource });
    expect(exitCode).toBe(1);
    expect(stderr).toContain("OperationUnsupported.EipInBinding");
    expect(errorsOf("ModifySnatEntry")).toHaveLength(1);
    await bind("InUse");
    await workspace.applied({ resource });
    expect(await workspace.changes({ resource })).toEqual({});
  });

  test("a bandwidth attachment between association and entry gives the change its time", async () => {
    const shared = { alicloud_common_bandwidth_package: { a: { bandwidth: "100" } } };
    await workspace.applied({
      resource: { ...shared, alicloud_snat_entry: { a: snat({ snat_ip: legacy.boundEip.publicIp }) } },
    });
    const resource = {
      ...shared,
      alicloud_eip_association: { a: association() },
      alicloud_common_bandwidth_package_attachment: {
        a: {
          bandwidth_package_id: "${alicloud_common_bandwidth_package.a.id}",
          instance_id: legacy.freeEip.allocationId,
          depends_on: ["alicloud_eip_association.a"],
        },
      },
      alicloud_snat_entry: {
        a: snat({
          snat_ip: `${legacy.boundEip.publicIp},${legacy.freeEip.publicIp}`,
          depends_on: ["alicloud_common_bandwidth_package_attachment.a"],
        }),
      },
    };
    await workspace.applied({ resource });
    expect(errorsOf("ModifySnatEntry")).toEqual([undefined]);
  });

  test("an entry gives up after its own timeout", async () => {
    const resource = { alicloud_snat_entry: { a: snat({ timeouts: { create: "30s" } }) } };
    const { stderr } = await workspace.apply({ resource });
    expect(stderr).toContain(": EIP_NOT_IN_GATEWAY");
    // At once, after 3 s, and then every 5 s.
    expect(errorsOf("CreateSnatEntry")).toHaveLength(7);
  });

  test("many entries at once conflict, are retried, and all come to be", async () => {
    const ports = Array.from({ length: 12 }, (_, index) => 100 + index);
    const entries = Object.fromEntries(ports.map((port) => [`p${port}`, forward(port)]));
    await workspace.applied({ resource: { alicloud_forward_entry: entries } });
    expect(errorsOf("CreateForwardEntry")).toContain("OperationConflict");
    expect(simulator.cloud().filter(({ type }) => type === "ForwardEntry")).toHaveLength(12);
    expect((await workspace.destroy()).exitCode).toBe(0);
  });

  test("a change of network_type is never applied", async () => {
    const gateway = (more: object = {}): Blocks => ({
      alicloud_nat_gateway: {
        a: {
          vpc_id: legacy.vpcId,
          vswitch_id: legacy.vSwitchId,
          nat_type: "Enhanced",
          internet_charge_type: "PayByLcu",
          network_type: "internet",
          ...more,
        },
      },
    });
    await workspace.applied({ resource: gateway() });
    const resource = gateway({ network_type: "intranet" });
    await workspace.applied({ resource });
    expect(await workspace.changes({ resource })).toEqual({ "alicloud_nat_gateway.a": "update" });
  });

  test("force deletes a gateway with everything on it, once it is in the state", async () => {
    const gateway = {
      vpc_id: legacy.vpcId,
      vswitch_id: legacy.vSwitchId,
      nat_type: "Enhanced",
      internet_charge_type: "PayByLcu",
      force: true,
    };
    await workspace.applied({ resource: { alicloud_nat_gateway: { a: gateway } } });
    const id = workspace.attribute("alicloud_nat_gateway.a", "id");
    await workspace.applied({
      resource: {
        alicloud_nat_gateway: { a: gateway },
        alicloud_eip_association: { a: association({ instance_id: id }) },
      },
    });
    await workspace.applied({ resource: { alicloud_eip_association: { a: association({ instance_id: id }) } } });
    const [bound] = simulator.cloud().filter((object) => object.id === legacy.freeEip.allocationId);
    expect(bound?.attributes).toMatchObject({ InstanceId: "", Status: "Available" });
  });

  test("the automatic default route goes with its gateway", async () => {
    const resource = {
      alicloud_vpc: { b: { cidr_block: "10.1.0.0/16" } },
      alicloud_vswitch: {
        b: { vpc_id: "${alicloud_vpc.b.id}", cidr_block: "10.1.1.0/24", zone_id: "cn-hangzhou-h" },
      },
      alicloud_nat_gateway: {
        b: {
          vpc_id: "${alicloud_vpc.b.id}",
          vswitch_id: "${alicloud_vswitch.b.id}",
          nat_type: "Enhanced",
          internet_charge_type: "PayByLcu",
        },
      },
    };
    await workspace.applied({ resource });
    const routes = (): object[] => simulator.cloud().filter(({ type }) => type === "RouteEntry");
    expect(routes()).toMatchObject([{ attributes: { DestinationCidrBlock: "0.0.0.0/0", NextHopType: "NatGateway" } }]);
    expect((await workspace.destroy()).exitCode).toBe(0);
    expect(routes()).toEqual([]);
  });

  test("two routes of one table are made one after the other", async () => {
    const routes = ["198.18.0.0/16", "198.19.0.0/16", "192.0.2.0/24"].map((destination, index) => [
      `r${index}`,
      {
        route_table_id: legacy.systemRouteTableId,
        destination_cidrblock: destination,
        nexthop_type: "NatGateway",
        nexthop_id: legacy.natGatewayId,
      },
    ]);
    await workspace.applied({
      resource: { alicloud_route_entry: Object.fromEntries(routes) as Record<string, object> },
    });
    expect(errorsOf("CreateRouteEntry")).toEqual([undefined, undefined, undefined]);
  });
});
