import type { Lab } from "../lab/lab";
import type { DeployedHost } from "../support/deployed-host";
import { ALICLOUD, AWS, type Example } from "./examples";
import { flowsThrough } from "./flows";
import { buildImage } from "./image";
import { end, type Machine, ROUTER_IP, startMachine } from "./machine";
import { describeVm } from "./tools";
import { MAC, type Vm } from "./vm";

// Each wait has its own end before; this is the sum of them.
jest.setTimeout(1_800_000);

const MEMORY_MB = 1024;
const MAX = "/proc/sys/net/netfilter/nf_conntrack_max";
const HASHSIZE = "/sys/module/nf_conntrack/parameters/hashsize";
const FAILURE = "cdktf-nat: FAILED: nft is missing, and there is no network to install it from; forwarding is off";

const EXAMPLES = [ALICLOUD, AWS];

describeVm("the user data of an example", () => {
  const complete = new Map<Example, Machine>();
  let incomplete: Machine;
  const machines: Machine[] = [];

  beforeAll(async () => {
    const [image, ...hosts] = await Promise.all([buildImage(), ...EXAMPLES.map(({ deploy }) => deploy())]);
    for (const [place, example] of EXAMPLES.entries()) {
      const { nicSlot, networkConfig } = example;
      const options = { name: example.name, memoryMb: MEMORY_MB, nicSlot, networkConfig };
      const machine = await startMachine(image, hosts[place]!, options);
      complete.set(example, machine);
      machines.push(machine);
      serveDhcp(machine.lab, machine.host.privateIp);
    }
    const [host] = hosts as [DeployedHost];
    incomplete = await startMachine(image, host, {
      name: `${ALICLOUD.name} without nft`,
      memoryMb: 512,
      without: ["/usr/sbin/nft"],
      networkConfig: `version: 2
ethernets: { nic: { match: { macaddress: "${MAC}" }, addresses: [${host.privateIp}/24] } }
`,
    });
    machines.push(incomplete);
    countForwarded(incomplete.lab);
    await Promise.all(machines.map(({ vm }) => vm.booted()));
  });
  afterAll(() => machines.forEach(end));

  function machineOf(example: Example): Machine {
    return complete.get(example)!;
  }

  async function expectFlows(example: Example, port: number): Promise<void> {
    const { lab, host } = machineOf(example);
    const { arrived, expected } = await flowsThrough(lab, host, example, port);
    expect(arrived).toEqual(expected);
  }

  async function expectUp(example: Example, addresses: readonly string[]): Promise<void> {
    const { vm } = machineOf(example);
    expect(await stateOf(vm)).toEqual({
      cloudInit: "status: done exit status 0",
      system: "running",
      failed: "",
      unit: "active enabled",
      forwarding: "1",
      addresses: addresses.join("\n"),
      cycles: "",
    });
  }

  async function expectSizes(example: Example): Promise<void> {
    const { vm } = machineOf(example);
    const kilobytes = Number(await vm.read("sed -n 's/^MemTotal: *\\([0-9]*\\) kB$/\\1/p' /proc/meminfo"));
    const max = Math.floor(kilobytes / 1024) * 256;
    expect([max > 65_536, max < MEMORY_MB * 256]).toEqual([true, true]);
    // The kernel takes whole pages for its table of 8 bytes a place.
    expect([await vm.read(`cat ${MAX}`), await vm.read(`cat ${HASHSIZE}`)]).toEqual([
      String(max),
      String(Math.ceil(max / 2 / 512) * 512),
    ]);
  }

  describe.each(EXAMPLES)("$name, after the first boot", (example) => {
    it("has NAT up, and cloud-init has no error", async () => {
      await expectUp(example, example.addresses(machineOf(example).host).firstBoot);
    });

    it("says so on the console", () => {
      expect(machineOf(example).vm.console()).toContain("\ncdktf-nat: NAT is up\n");
    });

    it("passes the flows of the example", () => expectFlows(example, 10_000));

    it("has connection tracking sized by the memory", async () => {
      await expectSizes(example);
    });
  });

  describe("without nft and a network to install it from", () => {
    it("ends loud and closed", async () => {
      expect(await stateOf(incomplete.vm)).toEqual({
        cloudInit: "status: error exit status 1",
        system: "degraded",
        failed: "cdktf-nat.service\ncloud-final.service",
        unit: "failed enabled",
        forwarding: "0",
        addresses: `${incomplete.host.privateIp}/24 ens2`,
        cycles: "",
      });
      expect(failures(incomplete.vm)).toEqual([FAILURE]);
    });

    it("forwards nothing, not even when the network comes", async () => {
      const { lab, vm, host } = incomplete;
      await vm.read(`ip route replace default via ${ROUTER_IP}`);
      await flowsThrough(lab, host, ALICLOUD, 10_000);
      expect(forwarded(lab)).toBe(0);
      // What would be forwarded would be seen.
      await vm.read("echo 1 > /proc/sys/net/ipv4/ip_forward");
      await flowsThrough(lab, host, ALICLOUD, 11_000);
      expect(forwarded(lab)).toBeGreaterThan(0);
    });
  });

  describe("after a reboot", () => {
    beforeAll(async () => {
      // Its tests are done, and the others boot faster without it.
      end(incomplete);
      await Promise.all([...complete.values()].map(({ vm }) => vm.reboot()));
    });

    describe.each(EXAMPLES)("$name", (example) => {
      it("has NAT up again", async () => {
        await expectUp(example, example.addresses(machineOf(example).host).reboot);
      });

      it("has loaded the rules before the network came up", async () => {
        const { vm, host } = machineOf(example);
        expect(
          await vm.read(
            "journalctl -b -o cat | grep -oE 'NAT is up|Started systemd-networkd.service|DHCPv4 address [0-9.]*'",
          ),
        ).toBe(`NAT is up\nStarted systemd-networkd.service\nDHCPv4 address ${host.privateIp}`);
      });

      it("passes the flows of the example", () => expectFlows(example, 11_000));

      it("has connection tracking sized by the memory", async () => {
        await expectSizes(example);
      });
    });

    it("passes the flows after its unit was restarted", async () => {
      await machineOf(ALICLOUD).vm.read("systemctl restart cdktf-nat");
      await expectFlows(ALICLOUD, 13_000);
    });

    it("passes the flows after the firewall's own service was enabled, and has cleared all rules", async () => {
      await machineOf(ALICLOUD).vm.read("systemctl enable --now nftables; systemctl restart nftables");
      await expectFlows(ALICLOUD, 12_000);
    });
  });
});
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
