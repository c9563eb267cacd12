import { createHash } from "node:crypto";
import { gunzipSync } from "node:zlib";
import type { NetworkingPortV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-port-v2";
import { VpcRouteTableV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-route-table-v1";
import type { VpcV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-v1";
import type { App } from "cdktf";
import { NatTable, renderCloudConfig, renderHost } from "cdktf-nat";
import { DnatEntry, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import { OpenTelekomCloudSelfHosted } from "../../examples/opentelekomcloud-self-hosted/stack";
import type { Deployment } from "../support/deployment";
import { describeExample, planned } from "../support/example";

jest.setTimeout(120_000);

const MACHINE = "opentelekomcloud_compute_instance_v2.Nat";
const PORT = "opentelekomcloud_networking_port_v2.Nat_Port";
const EIP = "opentelekomcloud_vpc_eip_v1.Nat_Egress";
const BINDING = "opentelekomcloud_networking_floatingip_associate_v2.Nat_Egress_Association";
const ROUTE = "opentelekomcloud_networking_router_route_v2.Nat_Route";

type Resources = Awaited<ReturnType<Deployment<OpenTelekomCloudSelfHosted>["resources"]>>;

/** What must be the same whatever becomes of the machine. */
function lasting(resources: Resources) {
  const addresses = [PORT, EIP, BINDING, ROUTE];
  return [...addresses.map((address) => resources.get(address)?.id), resources.get(PORT)?.all_fixed_ips];
}

describeExample({
  name: "opentelekomcloud-self-hosted",
  makeStack: (app: App) => new OpenTelekomCloudSelfHosted(app, "opentelekomcloud-self-hosted"),
  cloud: "opentelekomcloud",
  breakOffs: ["call refused", "provider dead"],
  // The provider keeps a security group only once the rules that it comes with are gone.
  leftBehind: { DeleteSecurityGroupRule: ["SecurityGroup", "SecurityGroupRule"] },
  tests: (example) => {
    it("binds the EIP to the port, whose check is off, and routes the VPC to its address", async () => {
      const { deployment } = example();
      const resources = await deployment.resources();
      const port = resources.get(PORT);
      expect(port).toMatchObject({
        all_fixed_ips: ["192.168.125.4"],
        allowed_address_pairs: [expect.objectContaining({ ip_address: "1.1.1.1/0" })],
      });
      expect(resources.get(BINDING)).toMatchObject({ port_id: port?.id });
      expect(resources.get(ROUTE)).toMatchObject({ destination_cidr: "0.0.0.0/0", next_hop: "192.168.125.4" });
      expect(resources.get(MACHINE)).toMatchObject({ auto_recovery: true, power_state: "active" });
    });

    it("gives the machine the rendered text, byte for byte, with the EIP that the cloud chose", async () => {
      const { deployment, simulator } = example();
      const resources = await deployment.resources();
      const [{ ip_address: publicIp }] = resources.get(EIP)?.publicip as [{ ip_address: string }];
      const table = NatTable.of({
        snat: [{ source: "192.168.125.0/24", addresses: [{ publicIp, privateIp: "192.168.125.4" }] }],
      });
      const files = renderHost(table, { firewall: "iptables", untranslatedCidrs: ["192.168.0.0/16"] });
      const text = renderCloudConfig(files);
      const server = simulator.cloud().find(({ type }) => type === "Server");
      const packed = Buffer.from(server?.attributes.user_data as string, "base64");
      expect(gunzipSync(packed).toString()).toBe(text);
      expect(resources.get("terraform_data.Nat_Configuration")?.input).toEqual({
        value: { user_data: createHash("sha256").update(text).digest("hex") },
        type: ["object", { user_data: "string" }],
      });
    });

    it("replaces the machine when an entry comes or goes, and keeps its port, address, EIP and route", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const eip = stack.node.findChild("Nat").node.findChild("Egress") as ReturnType<typeof stack.nat.addEip>;
        const { nat } = stack;
        new DnatEntry(stack, "SshIn", { nat, eip, protocol: "tcp", publicPort: 2222, privateIp: "192.168.125.40" });
      });
      expect(await deployment.plan()).toEqual(
        planned({
          create: [expect.stringMatching(/^opentelekomcloud_networking_secgroup_rule_v2\.Nat_SecurityGroup_tcp-2222-/)],
          update: ["terraform_data.Nat_Configuration"],
          replace: [MACHINE],
        }),
      );
      await deployment.apply();
      const after = await deployment.resources();
      expect(after.get(MACHINE)?.id).not.toBe(before.get(MACHINE)?.id);
      expect(lasting(after)).toEqual(lasting(before));
      expect(await deployment.plan()).toEqual(planned({}));

      await deployment.synthesize();
      expect(await deployment.plan()).toEqual(
        planned({
          update: ["terraform_data.Nat_Configuration"],
          replace: [MACHINE],
          delete: [expect.stringMatching(/^opentelekomcloud_networking_secgroup_rule_v2\.Nat_SecurityGroup_tcp-2222-/)],
        }),
      );
      await deployment.apply();
      expect(lasting(await deployment.resources())).toEqual(lasting(before));
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("replaces nothing when a newer image appears, or when Terraform packs the same text otherwise", async () => {
      const { deployment } = example();
      await deployment.synthesize((stack) => {
        const machine = stack.nat.node.findChild("Resource") as unknown as {
          addOverride(path: string, value: unknown): void;
        };
        machine.addOverride("block_device.0.uuid", "5f8b6c1e-0a4d-4f6e-9b1c-2d3e4f5a6b71");
        machine.addOverride("user_data", "b3RoZXI=");
      });
      expect(await deployment.plan()).toEqual(planned({}));
    });

    it("lets the route of a custom table follow a new machine in place", async () => {
      const { deployment, simulator } = example();
      const withTable = (stack: OpenTelekomCloudSelfHosted) => {
        const vpcId = (stack.node.findChild("Vpc") as VpcV1).id;
        const route = [{ destination: "0.0.0.0/0", ...stack.nat.nextHop }];
        new VpcRouteTableV1(stack, "Table", { name: "workers", vpcId, route });
      };
      await deployment.synthesize(withTable);
      await deployment.apply();
      await deployment.synthesize((stack) => {
        withTable(stack);
        const { nat } = stack;
        const eip = nat.node.findChild("Egress") as ReturnType<typeof nat.addEip>;
        new DnatEntry(stack, "SshIn", { nat, eip, protocol: "tcp", publicPort: 2222, privateIp: "192.168.125.40" });
      });
      expect(await deployment.plan()).toMatchObject({
        update: ["opentelekomcloud_vpc_route_table_v1.Table", "terraform_data.Nat_Configuration"],
        replace: [MACHINE],
      });
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const machine = (await deployment.resources()).get(MACHINE)?.id;
      const routes = simulator.cloud().filter(({ type }) => type === "Route");
      expect(routes.map(({ attributes }) => attributes.nexthop).sort()).toEqual(["192.168.125.4", machine].sort());
    });

    it("puts a route back that was deleted elsewhere, once it is out of the state", async () => {
      const { deployment, simulator } = example();
      const route = simulator.cloud().find(({ type }) => type === "Route");
      await simulator.remove("Route", String(route?.id));
      expect(await deployment.plan()).toEqual(planned({ replace: [ROUTE] }));
      expect((await deployment.tryApply()).stderr).toContain("route did not exist already");
      const { stdout } = await deployment.succeed("state", "list");
      const address = stdout.split("\n").find((line) => line.startsWith(ROUTE));
      await deployment.succeed("state", "rm", String(address));
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const hops = simulator.cloud().filter(({ type }) => type === "Route");
      expect(hops.map(({ attributes }) => attributes.nexthop)).toEqual(["192.168.125.4"]);
    });

    it("gets another port for another private address, in one apply", async () => {
      const { deployment } = example();
      const before = await deployment.resources();
      await deployment.synthesize((stack) => {
        const port = stack.nat.node.findChild("Port");
        const resource = port.node.findChild("Resource") as NetworkingPortV2;
        resource.addOverride("fixed_ip.ip_address", "192.168.125.5");
        (port.node.findChild("Address") as NetworkingPortV2).addOverride("input.private_ip", "192.168.125.5");
      });
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const after = await deployment.resources();
      expect(after.get(PORT)).toMatchObject({ all_fixed_ips: ["192.168.125.5"] });
      expect(after.get(PORT)?.id).not.toBe(before.get(PORT)?.id);
      expect(after.get(ROUTE)).toMatchObject({ next_hop: "192.168.125.5" });
      expect(after.get(EIP)?.id).toBe(before.get(EIP)?.id);
    });

    it("adds an EIP by a virtual IP, moves it, and takes it away again, in one apply each", async () => {
      const { deployment, simulator } = example();
      const before = await deployment.resources();
      const withBatch = (privateIp: string) =>
        deployment.synthesize((stack) => {
          const eip = stack.nat.addEip("Batch", { privateIp });
          const source = SnatSource.host("192.168.125.77");
          new SnatEntry(stack, "BatchOut", { nat: stack.nat, source, eips: [eip] });
        });
      for (const privateIp of ["192.168.125.12", "192.168.125.13"]) {
        await withBatch(privateIp);
        await deployment.apply();
        expect(await deployment.plan()).toEqual(planned({}));
        const after = await deployment.resources();
        expect(lasting(after)).toEqual(lasting(before));
        const virtualIp = after.get("opentelekomcloud_networking_vip_v2.Nat_Batch_VirtualIp");
        expect(virtualIp?.ip_address).toBe(privateIp);
        const eip = simulator.cloud().find(({ id }) => id === after.get("opentelekomcloud_vpc_eip_v1.Nat_Batch")?.id);
        expect(eip?.attributes.port_id).toBe(virtualIp?.id);
      }
      await deployment.synthesize();
      await deployment.apply();
      expect(await deployment.plan()).toEqual(planned({}));
      const after = await deployment.resources();
      expect(lasting(after)).toEqual(lasting(before));
      expect(after.get(PORT)?.allowed_address_pairs).toEqual([expect.objectContaining({ ip_address: "1.1.1.1/0" })]);
    });
  },
});
