import { startSimulator, Workspace, type Blocks, type Fault, type Simulator } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(120_000);

const RESOURCE: Blocks = {
  alicloud_vpc: { main: { vpc_name: "main", cidr_block: "10.0.0.0/16" } },
  alicloud_vswitch: {
    nat: { vpc_id: "${alicloud_vpc.main.id}", cidr_block: "10.0.0.0/24", zone_id: "cn-hangzhou-h", tags: { a: "b" } },
  },
  alicloud_nat_gateway: {
    main: {
      vpc_id: "${alicloud_vpc.main.id}",
      vswitch_id: "${alicloud_vswitch.nat.id}",
      nat_type: "Enhanced",
      internet_charge_type: "PayByLcu",
      tags: { a: "b" },
    },
  },
  alicloud_eip_address: { egress: { bandwidth: "10", internet_charge_type: "PayByTraffic", tags: { a: "b" } } },
  alicloud_eip_association: {
    egress: {
      allocation_id: "${alicloud_eip_address.egress.id}",
      instance_id: "${alicloud_nat_gateway.main.id}",
      instance_type: "Nat",
    },
  },
  alicloud_snat_entry: {
    main: {
      snat_table_id: "${alicloud_nat_gateway.main.snat_table_ids}",
      snat_ip: "${alicloud_eip_address.egress.ip_address}",
      source_cidr: "10.0.0.0/16",
      depends_on: ["alicloud_eip_association.egress"],
    },
  },
};

// VPC, system table and its automatic route, vSwitch, gateway, EIP, SNAT entry.
const OBJECTS = 7;

describeTerraform("faults of the simulator", () => {
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

  async function strike(fault: Fault): Promise<string> {
    await simulator.inject(fault);
    const { exitCode, stderr } = await workspace.apply({ resource: RESOURCE }, "-parallelism=1");
    expect(exitCode).toBe(1);
    return stderr;
  }

  async function recover(objects: number): Promise<void> {
    if (!simulator.isAlive) await simulator.restart();
    await workspace.applied({ resource: RESOURCE });
    expect(simulator.cloud()).toHaveLength(objects);
    expect(await workspace.changes({ resource: RESOURCE })).toEqual({});
    expect((await workspace.destroy()).exitCode).toBe(0);
  }

  test("has a call that fails before it acts", async () => {
    for (const call of [1, 4, 9]) {
      await simulator.reset();
      workspace.forget();
      expect(await strike({ form: "fails-before", call })).toContain(": SimulatedFault");
      const counted = simulator.log().filter(({ mutating, error, fault }) => mutating && (fault ?? !error));
      expect(counted[call - 1]).toMatchObject({ fault: "fails-before" });
      await recover(OBJECTS);
      expect(simulator.cloud()).toEqual([]);
    }
  });

  test("has a call whose answer is lost: what it made stays, and is made again", async () => {
    await strike({ form: "answer-lost", action: "CreateVpc" });
    // The lost VPC and its system route table: the documents offer no way to know of them.
    await recover(OBJECTS + 2);
    expect(simulator.cloud().map(({ type }) => type)).toEqual(["RouteTable", "Vpc"]);
  });

  test("loses nothing with the answer of a call that is not a create", async () => {
    await strike({ form: "answer-lost", action: "AssociateEipAddress" });
    // The provider thinks the EIP is free: its association is refused until somebody frees it.
    const { stderr } = await workspace.apply({ resource: RESOURCE });
    expect(stderr).toContain(": InvalidAssociation.Duplicated");
  });

  test("has a process that dies before a call", async () => {
    const stderr = await strike({ form: "dies-before", action: "CreateNatGateway" });
    expect(stderr).toContain("Plugin did not respond");
    expect(simulator.isAlive).toBe(false);
    await recover(OBJECTS);
    expect(simulator.cloud()).toEqual([]);
  });

  test("has a process that dies after a call: what it made is lost for Terraform", async () => {
    await strike({ form: "dies-after", action: "CreateNatGateway" });
    expect(simulator.isAlive).toBe(false);
    expect(simulator.cloud().filter(({ type }) => type === "NatGateway")).toHaveLength(1);
    await simulator.restart();
    await workspace.applied({ resource: RESOURCE });
    expect(simulator.cloud().filter(({ type }) => type === "NatGateway")).toHaveLength(2);
  });

  test("has a process that dies after an operation was answered: nothing is lost", async () => {
    for (const call of [1, 2, 3, 4, 5]) {
      await simulator.reset();
      workspace.forget();
      await strike({ form: "dies-after-answer", call });
      expect(simulator.isAlive).toBe(false);
      expect(workspace.state()).toHaveLength(call);
      await recover(OBJECTS);
      expect(simulator.cloud()).toEqual([]);
    }
  });

  test.each([
    ["alicloud_eip_address.egress", "EipAddress"],
    ["alicloud_vswitch.nat", "VSwitch"],
    ["alicloud_nat_gateway.main", "NatGateway"],
  ])("taints %s when its tags can't be set, and the next apply replaces it", async (address, type) => {
    const tagged = { EipAddress: 1, VSwitch: 2, NatGateway: 3 }[type]!;
    await strike({ form: "fails-before", action: "TagResources", call: tagged });
    expect(workspace.state().find((resource) => resource.address === address)).toMatchObject({ tainted: true });
    expect((await workspace.changes({ resource: RESOURCE }))[address]).toBe("replace");
    await recover(OBJECTS);
  });

  test("does not strike twice, and not at all once cleared", async () => {
    await simulator.inject({ form: "fails-before", call: 1000 });
    await workspace.applied({ resource: RESOURCE });
    expect(await simulator.struck()).toBe(false);
    expect(await simulator.clearFaults()).toBe(1);
    expect(await simulator.struck()).toBe(true);
    expect(await simulator.clearFaults()).toBe(0);
  });
});
