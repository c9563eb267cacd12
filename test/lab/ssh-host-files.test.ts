// Two examples hand host files to a machine that is there already, over SSH: applied by the real Terraform CLI, with a
// real sshd on the host of the lab. What systemd would do there is done by a script in its place.
import type { TerraformStack } from "cdktf";
import { AlicloudExistingHost } from "../../examples/alicloud-existing-host/stack";
import { LinuxRouter } from "../../examples/linux-router/stack";
import { Deployment } from "../support/deployment";
import { planned } from "../support/example";
import { existingGateway, startSimulator } from "../support/simulator";
import type { Simulator } from "../support/simulator";
import { findTerraform } from "../support/terraform";
import { makeCloud } from "./cloud";
import { startFirewalld } from "./firewalld-daemon";
import { flow, lines } from "./flow-text";
import { makeHeadNode } from "./head-node";
import type { Lab } from "./lab";
import { serveSsh } from "./ssh-server";
import type { SshServer } from "./ssh-server";
import { describeLab } from "./tools";

const TOOLS = [
  [findTerraform() ?? "terraform", "terraform"],
  ["sshd", "openssh-server"],
  ["ssh-keygen", "openssh-client"],
] as const;
const FORWARDING = "cat /proc/sys/net/ipv4/ip_forward";
const OURS = "find /etc /usr/local -name '*cdktf*' -not -type d; nft list tables | grep cdktf || true";

/** A lab, its host reached over SSH, and a stack deployed there. */
class Site<S extends TerraformStack> {
  private constructor(
    readonly lab: Lab,
    readonly simulator: Simulator,
    readonly ssh: SshServer,
    readonly deployment: Deployment<S>,
  ) {}

  static async make<S extends TerraformStack>(
    makeSite: () => Promise<Lab>,
    makeStack: (...args: [...Parameters<ConstructorParameters<typeof Deployment<S>>[1]>, SshServer]) => S,
  ): Promise<Site<S>> {
    const [lab, simulator] = await Promise.all([makeSite(), startSimulator({ timeScale: 400 })]);
    const ssh = await serveSsh(lab);
    return new Site(lab, simulator, ssh, new Deployment(simulator, (app) => makeStack(app, ssh)));
  }

  async arrivals(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    return (await this.lab.agent.flows(texts.map((text) => flow(text)))).map(lines);
  }

  async end(): Promise<void> {
    this.deployment.remove();
    this.ssh.end();
    this.lab.end();
    await this.simulator.stop();
  }
}

describeLab(
  "host files over SSH",
  () => {
    describe("of example linux-router", () => {
      let site: Site<LinuxRouter>;
      let publicPort = 2222;
      beforeAll(async () => {
        site = await Site.make(makeHeadNode, (app, ssh) => new LinuxRouter(app, "linux-router", ssh, publicPort));
        site.lab.hostOrThrow("ip address add 192.168.0.1/24 dev eth0");
        await site.lab.agent.ask("serve", { in: "internet", port: 7 });
        await site.deployment.synthesize();
        await site.deployment.apply();
      });
      afterAll(() => site.end());

      const out = (port: number) => ({
        text: `clients udp 192.168.0.130:${port} > 198.51.100.7:53`,
        seen: [
          `internet request 128.105.144.36:${port} > 198.51.100.7:53`,
          `clients reply 198.51.100.7:53 > 192.168.0.130:${port}`,
        ],
      });
      const inward = (port: number, publicPort: number) => ({
        text: `internet tcp 198.51.100.7:${port} > 128.105.144.36:${publicPort}`,
        seen: [
          `clients request 198.51.100.7:${port} > 192.168.0.140:22`,
          `internet reply 128.105.144.36:${publicPort} > 198.51.100.7:${port}`,
        ],
      });

      it("brings NAT up by the commands that a machine with systemd gets", async () => {
        expect(site.lab.hostOrThrow("cat /systemctl.log").split("\n")).toEqual([
          "systemctl daemon-reload",
          "systemctl enable cdktf-nat.service cdktf-nat-interfaces.service",
          "systemctl reload-or-restart cdktf-nat.service",
          "systemctl reload-or-restart cdktf-nat-interfaces.service",
          "",
        ]);
        const [first, second] = [out(4001), inward(4002, 2222)];
        expect(await site.arrivals(first.text, second.text)).toEqual([first.seen, second.seen]);
      });

      it("plans no changes afterwards", async () => {
        expect(await site.deployment.plan()).toEqual(planned({}));
      });

      it("loads other rules without breaking a connection", async () => {
        const { id } = await site.lab.agent.ask<{ id: number }>("connect", {
          ...{ from: "clients", src: "192.168.0.130", dst: "198.51.100.7", port: 7 },
        });
        publicPort = 2223;
        await site.deployment.synthesize();
        expect(await site.deployment.plan()).toEqual(planned({ replace: ["terraform_data.Nat_Content"] }));
        await site.deployment.apply();
        const { results } = await site.lab.agent.ask<{ results: { outcome: string }[] }>("talk", { ids: [id] });
        expect(results.map(({ outcome }) => outcome)).toEqual(["echo"]);
        const moved = inward(4003, 2223);
        expect(await site.arrivals(inward(4004, 2222).text, moved.text)).toEqual([[], moved.seen]);
      });

      it("takes everything away again when it is destroyed", async () => {
        await site.deployment.destroy();
        expect(site.lab.hostOrThrow(FORWARDING)).toBe("0\n");
        expect(site.lab.hostOrThrow(OURS)).toBe("");
        expect(await site.arrivals(out(4005).text)).toEqual([[]]);
      });
    });

    describe("of example alicloud-existing-host", () => {
      const { objects, vpcId, vpcCidr, systemRouteTableId: routeTableId, vSwitchId } = existingGateway();
      const networkInterfaceId = "eni-bp1legacy00000000001";
      let site: Site<AlicloudExistingHost>;
      beforeAll(async () => {
        site = await Site.make(makeCloud, (app, machine) => {
          const vpc = { id: vpcId, cidrBlock: vpcCidr };
          const host = { machine, networkInterfaceId, vpc, routeTableId };
          return new AlicloudExistingHost(app, "alicloud-existing-host", host);
        });
        startFirewalld(site.lab);
        const kept = objects.filter(({ type }) => ["Vpc", "VSwitch", "RouteTable"].includes(type));
        await site.simulator.reset([...kept, networkInterface(networkInterfaceId, vpcId, vSwitchId)]);
        await site.deployment.synthesize();
        await site.deployment.apply();
      });
      afterAll(() => site.end());

      it("lets the VPC out through the machine, and routes to it once it translates", async () => {
        expect(await site.arrivals("a udp 10.0.1.5:4101 > 198.51.100.7:53")).toEqual([
          ["internet request 203.0.113.10:4101 > 198.51.100.7:53", "a reply 198.51.100.7:53 > 10.0.1.5:4101"],
        ]);
        const routes = site.simulator.cloud().filter(({ type }) => type === "RouteEntry");
        expect(routes).toMatchObject([
          {
            attributes: {
              ...{ RouteTableId: routeTableId, DestinationCidrBlock: "0.0.0.0/0" },
              ...{ NextHopType: "NetworkInterface", NextHopId: networkInterfaceId },
            },
          },
        ]);
        expect(await site.deployment.plan()).toEqual(planned({}));
      });

      it("takes route and files away again, and leaves the machine", async () => {
        await site.deployment.destroy();
        expect(site.simulator.cloud().map(({ id }) => id)).toContain(networkInterfaceId);
        expect(site.simulator.cloud().filter(({ type }) => type === "RouteEntry")).toEqual([]);
        expect(site.lab.hostOrThrow(FORWARDING)).toBe("0\n");
        expect(site.lab.hostOrThrow(OURS)).toBe("");
      });
    });
  },
  [...TOOLS, ["firewalld", "firewalld"], ["dbus-daemon", "dbus"]],
);

/** The primary interface of a machine that was made outside Terraform. */
function networkInterface(id: string, VpcId: string, VSwitchId: string) {
  const attributes = {
    ...{ NetworkInterfaceName: "legacy-host", Description: "", VpcId, VSwitchId, ZoneId: "cn-hangzhou-h" },
    ...{ PrimaryIpAddress: "10.0.255.10", SecondaryIpAddresses: [], SecurityGroupIds: ["sg-bp1legacy"] },
    ...{ SourceDestCheck: false, DeleteOnRelease: true, InstanceId: "i-bp1legacy", MacAddress: "00:16:3e:00:00:01" },
    ...{ ResourceGroupId: "rg-acfmxazb4ph", Status: "InUse", Tags: {} },
  };
  return { type: "NetworkInterface", id, attributes };
}
