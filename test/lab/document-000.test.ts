// Document 000 sets a proxy machine up by hand. The example is that machine: what the library writes on it lets the same
// flows through, translated to the same address, as the document's own commands do; and where the two differ, it says so.
import { OpenTelekomCloudSelfHosted } from "../../examples/opentelekomcloud-self-hosted/stack";
import { type DeployedHost, deployHost } from "../support/deployed-host";
import { findTerraform } from "../support/terraform";
import { describeTerraform } from "../support/terraform-layer";
import { runCloudConfig } from "./cloud-init";
import { translateEips } from "./cloud";
import { flow, lines } from "./flow-text";
import { type Lab, makeLab } from "./lab";
import { describeLab } from "./tools";

/** The example's subnet, which is the document's. */
const SUBNET = "192.168.125.0/24";
/** Machines of it, and of a subnet of which the document's rule says nothing. */
const CLIENTS = "192.168.125.128/25";
const OTHERS = "192.168.126.0/24";
const PROXY = "192.168.125.4";
const GATEWAY = "192.168.125.1";
const INTERNET = "198.51.100.0/24";

/** What the document types on the proxy machine: the note of step 12, and steps 14, 15 and 16. */
const STEPS = `echo net.ipv4.ip_forward=1 >> /etc/sysctl.conf
sysctl -p /etc/sysctl.conf
iptables -F
iptables -t nat -A POSTROUTING -o eth0 -s ${SUBNET} -j SNAT --to ${PROXY}`;

/** What its note on restarts has copied into rc.local: "the rule described in step 14". */
const RC_LOCAL = "sysctl -p /etc/sysctl.conf";

type Arrivals = readonly string[];

/** Flows that both let through, or neither. EIP stands for the one that the cloud gives. */
const ALIKE: readonly (readonly [name: string, text: string, arrivals: Arrivals])[] = [
  [
    "udp",
    "clients udp 192.168.125.130:5000 > 198.51.100.7:53",
    ["internet request EIP:5000 > 198.51.100.7:53", "clients reply 198.51.100.7:53 > 192.168.125.130:5000"],
  ],
  [
    "tcp",
    "clients tcp 192.168.125.131:5001 > 198.51.100.7:443",
    ["internet request EIP:5001 > 198.51.100.7:443", "clients reply 198.51.100.7:443 > 192.168.125.131:5001"],
  ],
  [
    "tcp to a port below 1024, from one",
    "clients tcp 192.168.125.132:700 > 198.51.100.8:22",
    ["internet request EIP:700 > 198.51.100.8:22", "clients reply 198.51.100.8:22 > 192.168.125.132:700"],
  ],
  [
    "ping, as in step 8",
    "clients icmp 192.168.125.133:7 > 198.51.100.7",
    ["internet request EIP > 198.51.100.7", "clients reply 198.51.100.7 > 192.168.125.133"],
  ],
  [
    "the last address of the subnet",
    "clients udp 192.168.125.254:5002 > 198.51.100.7:53",
    ["internet request EIP:5002 > 198.51.100.7:53", "clients reply 198.51.100.7:53 > 192.168.125.254:5002"],
  ],
  ["another subnet: no answer", "others udp 192.168.126.5:5003 > 198.51.100.7:53", []],
  ["a ping to its EIP", "internet icmp 198.51.100.7:8 > EIP", ["internet reply EIP > 198.51.100.7"]],
];

/** Flows that they treat in different ways. */
const DIFFERENT: readonly (readonly [name: string, text: string, document: Arrivals, ours: Arrivals])[] = [
  [
    "the proxy's own ports are closed to the Internet, where the document answers",
    "internet tcp 198.51.100.7:6001 > EIP:22",
    ["internet reset EIP:22 > 198.51.100.7:6001"],
    [],
  ],
  [
    "the proxy's own ports are closed to its clients, where the document answers",
    `clients tcp 192.168.125.130:6002 > ${PROXY}:22`,
    [`clients reset ${PROXY}:22 > 192.168.125.130:6002`],
    [],
  ],
  [
    "the private network sees who sends, where the document puts the proxy in his place",
    "clients udp 192.168.125.130:6003 > 192.168.126.7:53",
    [`others request ${PROXY}:6003 > 192.168.126.7:53`, "clients reply 192.168.126.7:53 > 192.168.125.130:6003"],
    ["others request 192.168.125.130:6003 > 192.168.126.7:53", "clients reply 192.168.126.7:53 > 192.168.125.130:6003"],
  ],
];

// Without a Terraform CLI nothing is deployed, and it is that which is said.
const describeHere = findTerraform() === undefined ? describeTerraform : describeLab;

describeHere("document 000", () => {
  let proxy: DeployedHost;
  let lab: Lab;
  beforeAll(async () => {
    proxy = await deployHost((app) => new OpenTelekomCloudSelfHosted(app, "example"), "opentelekomcloud");
    lab = await makeLab((made) => wireSubnet(made, proxy));
  });
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- no lab was made where the deployment failed
  afterAll(() => lab?.end());

  async function arrivals(text: string): Promise<Arrivals> {
    const publicIp = proxy.eips[0]?.publicIp ?? "no EIP";
    const [result] = await lab.agent.flows([flow(text.replace("EIP", publicIp))]);
    return result === undefined ? [] : lines(result).map((line) => line.replace(publicIp, "EIP"));
  }

  /** Packets of the other subnet that came out of the proxy as they went in. */
  async function untranslated(): Promise<number> {
    const packets = () => Number(/counter packets (\d+)/.exec(lab.in("router", "nft list table ip seen"))?.[1]);
    const before = packets();
    await arrivals("others udp 192.168.126.6:6004 > 198.51.100.7:53");
    return packets() - before;
  }

  /** How often the proxy has told a client, since it is there, to leave it out. */
  function redirects(): number {
    const [names = [], values = []] = lab
      .in("host", "grep ^Icmp: /proc/net/snmp")
      .split("\n")
      .map((line) => line.split(" "));
    return Number(values[names.indexOf("OutRedirects")]);
  }

  /** A restart takes rules and settings of the kernel; what is in files stays. */
  function restart(): void {
    lab.hostOrThrow(`conntrack -F; echo 0 > /proc/sys/net/ipv4/ip_forward
      for table in filter nat mangle; do iptables -t $table -F; iptables -t $table -X; done; rm -rf /run/cdktf-nat`);
  }

  describe("a proxy machine by the document's steps", () => {
    beforeAll(() => {
      restart();
      lab.hostOrThrow(STEPS);
    });

    it.each(ALIKE)("%s", async (_name, text, expected) => {
      expect(await arrivals(text)).toEqual(expected);
    });

    it.each(DIFFERENT)("without: %s", async (_name, text, expected) => {
      expect(await arrivals(text)).toEqual(expected);
    });

    it("lets a subnet that its rule does not name out untranslated", async () => {
      expect(await untranslated()).toBe(1);
    });

    it("tells clients to leave it out", async () => {
      const before = redirects();
      await arrivals("clients udp 192.168.125.140:6005 > 198.51.100.9:53");
      expect(redirects()).toBe(before + 1);
    });

    it("translates nothing after a restart, for its note names the step that switches forwarding on", async () => {
      restart();
      lab.hostOrThrow(RC_LOCAL);
      expect(await arrivals(ALIKE[0]![1])).toEqual([]);
      expect(lab.hostOrThrow("cat /proc/sys/net/ipv4/ip_forward; iptables -t nat -S POSTROUTING")).toBe(
        "1\n-P POSTROUTING ACCEPT\n",
      );
    });
  });

  describe("the proxy machine of the example", () => {
    beforeAll(() => {
      restart();
      lab.hostOrThrow("rm -f /etc/sysctl.conf");
      runCloudConfig(lab, proxy.cloudConfig);
    });

    it("has the document's rule", () => {
      const rules = lab.hostOrThrow("iptables -t nat -S");
      expect(rules).toContain(`-A CDKTF-NAT-POSTROUTING -s ${SUBNET} -g CDKTF-NAT-SNAT-1\n`);
      expect(rules).toContain(`-A CDKTF-NAT-SNAT-1 -j SNAT --to-source ${PROXY}\n`);
    });

    it.each(ALIKE)("%s", async (_name, text, expected) => {
      expect(await arrivals(text)).toEqual(expected);
    });

    it.each(DIFFERENT)("%s", async (_name, text, _document, expected) => {
      expect(await arrivals(text)).toEqual(expected);
    });

    it("lets nothing out untranslated", async () => {
      expect(await untranslated()).toBe(0);
    });

    it("tells no client to leave it out", async () => {
      const before = redirects();
      await arrivals("clients udp 192.168.125.141:6006 > 198.51.100.9:53");
      expect(redirects()).toBe(before);
    });

    it("translates after a restart", async () => {
      restart();
      lab.hostOrThrow("sed -n 's/^ExecStart=//p' /etc/systemd/system/cdktf-nat.service | sh -e");
      expect(await arrivals(ALIKE[0]![1])).toEqual(ALIKE[0]![2]);
    });
  });
});

/**
 * The subnet with the proxy machine `host` and its `clients`, a second subnet with `others`, the VPC's router with the
 * route of step 18, and what translates the EIP of the proxy between the VPC and `internet`.
 */
async function wireSubnet(lab: Lab, { eips }: DeployedHost): Promise<void> {
  lab.add("clients", "endpoint");
  lab.add("others", "endpoint");
  lab.add("router", "router");
  lab.add("gateway", "router");
  lab.add("internet", "endpoint");
  lab.add("host", "host");
  lab.link(["clients", "eth0", "100.64.1.2/30"], ["router", "clients", "100.64.1.1/30"]);
  lab.link(["others", "eth0", "100.64.2.2/30"], ["router", "others", "100.64.2.1/30"]);
  lab.link(["host", "eth0", `${PROXY}/24`], ["router", "host", `${GATEWAY}/24`]);
  lab.link(["router", "gateway", "100.64.0.1/30"], ["gateway", "vpc", "100.64.0.2/30"]);
  lab.link(["gateway", "internet", "192.0.2.1/30"], ["internet", "eth0", "192.0.2.2/30"]);
  lab.in("host", `ip route add default via ${GATEWAY}`);
  // An endpoint is every address of its network.
  lab.in("clients", `ip route add local ${CLIENTS} dev lo; ip route add default via 100.64.1.1`);
  lab.in("others", `ip route add local ${OTHERS} dev lo; ip route add default via 100.64.2.1`);
  lab.in("internet", `ip route add local ${INTERNET} dev lo; ip route add default via 192.0.2.1`);
  // The clients lie in the proxy's own subnet: it asks for their hardware addresses, and the router answers for them. Its
  // rules 201 and 202 are the VPC's route, and rule 200 sends the proxy what no route of a VPC would.
  lab.in(
    "router",
    `echo 1 > /proc/sys/net/ipv4/conf/host/proxy_arp
    echo 0 > /proc/sys/net/ipv4/neigh/host/proxy_delay
    ip route add default via 100.64.0.2
    ip route add ${CLIENTS} via 100.64.1.2
    ip route add ${OTHERS} via 100.64.2.2
    ip route add default via ${PROXY} table 100
    ip rule add pref 200 iif clients to ${OTHERS} lookup 100
    ip rule add pref 100 iif host lookup main
    ip rule add pref 150 to ${PROXY} lookup main
    ip rule add pref 160 iif others lookup main suppress_prefixlength 0
    ip rule add pref 201 iif clients lookup 100
    ip rule add pref 202 iif others lookup 100`,
  );
  lab.nft(
    "router",
    `table ip seen {
      chain forward { type filter hook forward priority 0
        iifname "host" oifname "gateway" ip saddr ${OTHERS} counter
      }
    }`,
  );
  translateEips(
    lab,
    eips.map(({ publicIp, privateIp }) => [publicIp, privateIp]),
    "192.168.0.0/16",
  );
  await lab.open("clients", "eth0", CLIENTS);
  await lab.open("others", "eth0", OTHERS);
  await lab.open("internet", "eth0", INTERNET);
  lab.makeHost();
}
