import type { App } from "cdktf";
import { DnatEntry, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { AlicloudManaged } from "../../examples/alicloud-managed/stack";
import { AlicloudSelfHosted } from "../../examples/alicloud-self-hosted/stack";
import { Deployment } from "../support/deployment";
import { describeExample, planned } from "../support/example";
import { startSimulator } from "../support/simulator";
import type { Simulator } from "../support/simulator";
import { describeTerraform } from "../support/terraform-layer";

jest.setTimeout(120_000);

const NIC = "alicloud_ecs_network_interface.Nat_NetworkInterface";
const EGRESS = "alicloud_eip_address.Nat_Egress";
const WEB = "alicloud_eip_address.Nat_Web";
const ROUTE = "alicloud_route_entry.Nat_WorkersRoute";
const BINDINGS = ["alicloud_eip_association.Nat_Egress_Association", "alicloud_eip_association.Nat_Web_Association"];

type Resources = Awaited<ReturnType<Deployment<AlicloudSelfHosted>["resources"]>>;

/** What must be the same whatever becomes of the machine. */
function lasting(resources: Resources) {
  return {
    nic: [resources.get(NIC)?.id, resources.get(NIC)?.primary_ip_address],
    egress: [resources.get(EGRESS)?.id, resources.get(EGRESS)?.ip_address],
    web: [resources.get(WEB)?.id, resources.get(WEB)?.ip_address],
    bindings: BINDINGS.map((address) => resources.get(address)?.id),
    route: resources.get(ROUTE)?.id,
  };
}

describeExample({
  name: "alicloud-self-hosted",
  makeStack: (app) => new AlicloudSelfHosted(app, "alicloud-self-hosted"),
  breakOffs: ["call refused"],
  tests: (example) => {
    it("binds both EIPs to the network interface, and routes to it", async () => {
      const { deployment, simulator } = example();
      const resources = await deployment.resources();
      const nic = resources.get(NIC);
      expect(nic).toMatchObject({ source_dest_check: false, delete_on_release: false });
      const bound = simulator.cloud().filter(({ type }) => type === "EipAddress");
      const bindings = bound.map(({ id, attributes }) => [
        id,
        [attributes.InstanceId, attributes.PrivateIpAddress, attributes.Mode],
      ]);
      expect(Object.fromEntries(bindings)).toEqual({
        [String(resources.get(EGRESS)?.id)]: [nic?.id, nic?.primary_ip_address, "NAT"],
        [String(resources.get(WEB)?.id)]: [nic?.id, "10.0.0.11", "NAT"],
      });
      expect(resources.get(ROUTE)).toMatchObject({ nexthop_type: "NetworkInterface", nexthop_id: nic?.id });
      expect(resources.get("alicloud_instance.Nat")).toMatchObject({
        network_interface_id: nic?.id,
        http_tokens: "required",
        maintenance_action: "AutoRecover",
        image_id: "aliyun_3_x64_20G_alibase_20260326.vhd",
      });
    });

    it("replaces the machine when an entry comes, and keeps its interface, addresses, EIPs and routes", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const eip = stack.node.findChild("Nat").node.findChild("Web") as ReturnType<typeof stack.nat.addEip>;
        const { nat } = stack;
        new DnatEntry(stack, "SshIn", { nat, eip, protocol: "tcp", publicPort: 2222, privateIp: "10.0.1.12" });
      });
      expect(await deployment.plan()).toEqual(
        planned({
          create: [expect.stringMatching(/^alicloud_security_group_rule\.Nat_SecurityGroup_tcp-2222-2222-/)],
          update: [
            "alicloud_cms_alarm.Nat_Alarms_Cpu",
            "alicloud_cms_event_rule.Nat_Alarms_HostDown",
            "terraform_data.Nat_Configuration",
          ],
          replace: ["alicloud_instance.Nat"],
        }),
      );
      await deployment.apply();
      const after = await deployment.resources();
      expect(after.get("alicloud_instance.Nat")?.id).not.toBe(before.get("alicloud_instance.Nat")?.id);
      expect(lasting(after)).toEqual(lasting(before));
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("replaces nothing when a newer image appears, or when Terraform packs the same text otherwise", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const machine = stack.nat.node.findChild("Resource") as unknown as { imageId: string; userData: string };
        machine.imageId = "aliyun_3_x64_20G_alibase_20250629.vhd";
        machine.userData = "b3RoZXI=";
      });
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("adds an EIP with an address of its own, and takes it away again, in one apply each", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const eip = stack.nat.addEip("Batch", { privateIp: "10.0.0.12" });
        new SnatEntry(stack, "BatchOut", { nat: stack.nat, source: SnatSource.host("10.0.1.77"), eips: [eip] });
      });
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const with3 = await deployment.resources();
      expect(with3.get(NIC)?.private_ip_addresses).toEqual(["10.0.0.11", "10.0.0.12"]);
      expect(lasting(with3)).toEqual(lasting(before));

      await deployment.synthesize();
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const after = await deployment.resources();
      expect(after.get(NIC)?.private_ip_addresses).toEqual(["10.0.0.11"]);
      expect(lasting(after)).toEqual(lasting(before));
    });
  },
});

describeTerraform("a gateway and a host, swapped by one statement", () => {
  let simulator: Simulator;

  beforeAll(async () => {
    simulator = await startSimulator({ timeScale: 400 });
  });
  afterAll(() => simulator.stop());

  const forms = {
    gateway: (app: App) => new AlicloudManaged(app, "swapped"),
    host: (app: App) => new AlicloudSelfHosted(app, "swapped"),
  };

  it.each([
    ["gateway", "host"],
    ["host", "gateway"],
  ] as const)("a %s becomes a %s in one apply, and the EIPs keep their addresses", async (from, to) => {
    await simulator.reset([]);
    let form: keyof typeof forms = from;
    const deployment = new Deployment<AlicloudManaged | AlicloudSelfHosted>(simulator, (app) => forms[form](app));
    try {
      await deployment.synthesize();
      await deployment.apply();
      const before = await deployment.resources();
      form = to;
      await deployment.synthesize();
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const after = await deployment.resources();
      for (const eip of [EGRESS, WEB]) {
        expect([after.get(eip)?.id, after.get(eip)?.ip_address]).toEqual([
          before.get(eip)?.id,
          before.get(eip)?.ip_address,
        ]);
      }
      await deployment.destroy();
      expect(simulator.cloud()).toEqual([]);
    } finally {
      deployment.remove();
    }
  });
});
