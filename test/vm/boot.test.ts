import { AlicloudSelfHosted } from "../../examples/alicloud-self-hosted/stack";
import { makeCloud } from "../lab/cloud";
import type { Lab } from "../lab/lab";
import { type DeployedHost, deployHost } from "../support/deployed-host";
import { arrivals, casesOf, expected } from "./flows";
import { buildImage } from "./image";
import { describeVm } from "./tools";
import { MAC, Vm, type VmOptions } from "./vm";

// Each wait has its own end before; this is the sum of them.
jest.setTimeout(1_800_000);

/** The last addresses of a subnet are the cloud's. */
const ROUTER_IP = "10.0.0.253";
const MEMORY_MB = 1024;
const MAX = "/proc/sys/net/netfilter/nf_conntrack_max";
const HASHSIZE = "/sys/module/nf_conntrack/parameters/hashsize";
const FAILURE = "cdktf-nat: FAILED: nft is missing, and there is no network to install it from; forwarding is off";

describeVm("the user data of the example", () => {
  let host: DeployedHost;
  let complete: Machine;
  let incomplete: Machine;
  const machines: Machine[] = [];

  beforeAll(async () => {
    const [image, deployed] = await Promise.all([
      buildImage(),
      deployHost((app) => new AlicloudSelfHosted(app, "alicloud-self-hosted")),
    ]);
    host = deployed;
    const start = async (options: Omit<VmOptions, "namespace" | "userData">) => {
      const eips = host.eips.map(({ publicIp, privateIp }) => [publicIp, privateIp] as const);
      const lab = await makeCloud({ eips, hostIp: host.privateIp, routerIp: ROUTER_IP, host: "machine" });
      const vm = new Vm(lab, image, { ...options, namespace: "router", userData: host.userData });
      machines.push({ lab, vm });
      return { lab, vm };
    };
    complete = await start({ name: "complete", memoryMb: MEMORY_MB });
    serveDhcp(complete.lab, host.privateIp);
    incomplete = await start({
      name: "without nft",
      memoryMb: 512,
      without: ["/usr/sbin/nft"],
      networkConfig: `version: 2
ethernets: { nic: { match: { macaddress: "${MAC}" }, addresses: [${host.privateIp}/24] } }
`,
    });
    countForwarded(incomplete.lab);
    await Promise.all(machines.map(({ vm }) => vm.booted()));
  });
  afterAll(() => machines.forEach(end));

  async function expectFlows(port: number): Promise<void> {
    const cases = casesOf(host, port);
    expect(await arrivals(complete.lab, cases)).toEqual(expected(cases));
  }

  async function expectUp(addresses: readonly string[]): Promise<void> {
    expect(await stateOf(complete.vm)).toEqual({
      cloudInit: "status: done exit status 0",
      system: "running",
      failed: "",
      unit: "active enabled",
      forwarding: "1",
      addresses: addresses.join("\n"),
      cycles: "",
    });
  }

  async function expectSizes(): Promise<void> {
    const { vm } = complete;
    const kilobytes = Number(await vm.read("sed -n 's/^MemTotal: *\\([0-9]*\\) kB$/\\1/p' /proc/meminfo"));
    const max = Math.floor(kilobytes / 1024) * 256;
    expect([max > 65_536, max < MEMORY_MB * 256]).toEqual([true, true]);
    // The kernel takes whole pages for its table of 8 bytes a place.
    expect([await vm.read(`cat ${MAX}`), await vm.read(`cat ${HASHSIZE}`)]).toEqual([
      String(max),
      String(Math.ceil(max / 2 / 512) * 512),
    ]);
  }

  describe("after the first boot", () => {
    it("has NAT up, and cloud-init has no error", async () => {
      await expectUp([`${host.privateIp}/24 ens2`, "10.0.0.11/32 lo"]);
    });

    it("says so on the console", () => {
      expect(complete.vm.console()).toContain("\ncdktf-nat: NAT is up\n");
    });

    it("passes the flows of the example", () => expectFlows(10_000));

    it("has connection tracking sized by the memory", async () => {
      await expectSizes();
    });

    it("ends loud and closed without nft and a network to install it from", async () => {
      expect(await stateOf(incomplete.vm)).toEqual({
        cloudInit: "status: error exit status 1",
        system: "degraded",
        failed: "cdktf-nat.service\ncloud-final.service",
        unit: "failed enabled",
        forwarding: "0",
        addresses: `${host.privateIp}/24 ens2`,
        cycles: "",
      });
      expect(failures(incomplete.vm)).toEqual([FAILURE]);
    });

    it("forwards nothing there, not even when the network comes", async () => {
      await incomplete.vm.read(`ip route replace default via ${ROUTER_IP}`);
      await arrivals(incomplete.lab, casesOf(host, 10_000));
      expect(forwarded(incomplete.lab)).toBe(0);
      // What would be forwarded would be seen.
      await incomplete.vm.read("echo 1 > /proc/sys/net/ipv4/ip_forward");
      await arrivals(incomplete.lab, casesOf(host, 11_000));
      expect(forwarded(incomplete.lab)).toBeGreaterThan(0);
    });
  });

  describe("after a reboot", () => {
    beforeAll(async () => {
      // Its tests are done, and the other one boots faster alone.
      end(incomplete);
      machines.splice(machines.indexOf(incomplete), 1);
      await complete.vm.reboot();
    });

    it("has NAT up again", async () => {
      // Before the network is up no interface has the primary address.
      await expectUp([`${host.privateIp}/24 ens2`, `${host.privateIp}/32 lo`, "10.0.0.11/32 lo"]);
    });

    it("has loaded the rules before the network came up", async () => {
      expect(
        await complete.vm.read(
          "journalctl -b -o cat | grep -oE 'NAT is up|Started systemd-networkd.service|DHCPv4 address [0-9.]*'",
        ),
      ).toBe(`NAT is up\nStarted systemd-networkd.service\nDHCPv4 address ${host.privateIp}`);
    });

    it("passes the flows of the example", () => expectFlows(11_000));

    it("has connection tracking sized by the memory", async () => {
      await expectSizes();
    });

    it("passes the flows after its unit was restarted", async () => {
      await complete.vm.read("systemctl restart cdktf-nat");
      await expectFlows(13_000);
    });

    it("passes the flows after the firewall's own service was enabled, and has cleared all rules", async () => {
      await complete.vm.read("systemctl enable --now nftables; systemctl restart nftables");
      await expectFlows(12_000);
    });
  });
});

interface Machine {
  readonly lab: Lab;
  readonly vm: Vm;
}

function end({ lab, vm }: Machine): void {
  lab.end();
  vm.end();
}

/** What became of a boot: what each of these prints. */
const STATE = {
  cloudInit: "echo $(cloud-init status; echo exit status $?)",
  system: "systemctl is-system-running",
  failed: "systemctl list-units --failed --plain --no-legend | cut -d ' ' -f 1 | sort",
  unit: "echo $(systemctl is-active cdktf-nat) $(systemctl is-enabled cdktf-nat)",
  forwarding: "cat /proc/sys/net/ipv4/ip_forward",
  addresses: "ip -4 -o address show scope global | awk '{ print $4, $2 }' | sort",
  cycles: "journalctl -b -o cat | grep -i 'ordering cycle'",
};

async function stateOf(vm: Vm): Promise<Readonly<Record<string, string>>> {
  const { stdout } = await vm.run(Object.values(STATE).join("\necho ----\n"));
  const printed = stdout.split("----\n");
  return Object.fromEntries(Object.keys(STATE).map((name, place) => [name, printed[place]!.trimEnd()]));
}

/** The cloud's DHCP: it gives the machine its primary address, and only that. */
function serveDhcp(lab: Lab, privateIp: string): void {
  lab.spawn("router", [
    ...["dnsmasq", "--no-daemon", "--conf-file=/dev/null", "--port=0", "--pid-file="],
    ...["--interface=host", "--dhcp-authoritative", "--leasefile-ro"],
    ...["--dhcp-range=10.0.0.0,static,255.255.255.0", `--dhcp-host=${MAC},${privateIp}`],
    `--dhcp-option=option:router,${ROUTER_IP}`,
  ]);
}

/** Counts at the router what the host forwards untranslated. */
function countForwarded(lab: Lab): void {
  lab.nft(
    "router",
    `table ip seen { chain prerouting { type filter hook prerouting priority -300
      iifname "host" ip saddr 10.0.1.0/24 counter
    } }`.replaceAll("} }", "}\n}"),
  );
}

function forwarded(lab: Lab): number {
  return Number(/counter packets (\d+)/.exec(lab.in("router", "nft list table ip seen"))?.[1]);
}

/** The lines by which NAT says on the console that it has failed. */
function failures(vm: Vm): readonly string[] {
  return vm
    .console()
    .split("\n")
    .filter((line) => line.startsWith("cdktf-nat: FAILED"));
}
