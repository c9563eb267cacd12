// What the example alicloud-head-node deploys, on a host with two interfaces: the files of its user data are written, and
// what its units start is started.
import { AlicloudHeadNode } from "../../examples/alicloud-head-node/stack";
import { type DeployedHost, deployHost } from "../support/deployed-host";
import { findTerraform } from "../support/terraform";
import { describeTerraform } from "../support/terraform-layer";
import { INTERNET, translateEips, VPC } from "./cloud";
import { runCloudConfig } from "./cloud-init";
import { flow, lines } from "./flow-text";
import { type Lab, makeLab } from "./lab";
import { describeLab } from "./tools";

/** Clients on the network of the second interface, and in the network behind it. */
const SERVERS = "10.0.1.128/25";
const NODES = "10.0.2.0/23";

/** The VPC of the example around a host with two interfaces. Endpoints: `servers`, `nodes`, `internet`. */
async function makeNetwork({ privateIp, furtherPrivateIps, eips }: DeployedHost): Promise<Lab> {
  return makeLab(async (lab) => {
    lab.add("servers", "endpoint");
    lab.add("nodes", "endpoint");
    lab.add("router", "router");
    lab.add("host", "host");
    lab.add("gateway", "router");
    lab.add("internet", "endpoint");

    lab.link(["servers", "eth0", "100.64.1.2/30"], ["router", "servers", "100.64.1.1/30"]);
    lab.link(["nodes", "eth0", "100.64.2.2/30"], ["router", "nodes", "100.64.2.1/30"]);
    // The cloud's gateway of each vSwitch: the last address but two.
    lab.link(["host", "eth0", `${privateIp}/24`], ["router", "public", "10.0.0.253/24"]);
    lab.link(["host", "eth1"], ["router", "private", "10.0.1.253/24"]);
    lab.link(["router", "gateway", "100.64.0.1/30"], ["gateway", "vpc", "100.64.0.2/30"]);
    lab.link(["gateway", "internet", "192.0.2.1/30"], ["internet", "eth0", "192.0.2.2/30"]);

    lab.in("servers", `ip route add local ${SERVERS} dev lo; ip route add default via 100.64.1.1`);
    lab.in("nodes", `ip route add local ${NODES} dev lo; ip route add default via 100.64.2.1`);
    lab.in("internet", `ip route add local ${INTERNET} dev lo; ip route add default via 192.0.2.1`);
    // The image asks for addresses on both interfaces, and the second one's default route is the better one.
    lab.in(
      "host",
      `ip route add default via 10.0.0.253 metric 100
      ip address add ${furtherPrivateIps[0]}/24 dev eth1
      ip route add default via 10.0.1.253 metric 50`,
    );
    lab.in(
      "router",
      `ip route add default via 100.64.0.2
      ip route add ${SERVERS} via 100.64.1.2
      ip route add ${NODES} via 100.64.2.2
      echo 1 > /proc/sys/net/ipv4/conf/private/proxy_arp
      echo 0 > /proc/sys/net/ipv4/neigh/private/proxy_delay
      ip rule add pref 100 lookup main suppress_prefixlength 0
      ip rule add pref 200 iif servers lookup 100
      ip rule add pref 201 iif nodes lookup 100
      ip route add default via ${furtherPrivateIps[0]} table 100`,
    );
    // Each side of the host takes what belongs on it only, so that a flow that arrives has gone the right way.
    lab.nft(
      "router",
      `table ip sides { chain forward { type filter hook forward priority 0
        iifname "public" ip daddr ${VPC} drop
        iifname "private" ip daddr != ${VPC} drop
      } }`.replaceAll(" }", "\n}"),
    );
    translateEips(
      lab,
      eips.map(({ publicIp, privateIp }) => [publicIp, privateIp]),
    );
    lab.makeHost();
    await lab.open("servers", "eth0", SERVERS);
    await lab.open("nodes", "eth0", NODES);
    await lab.open("internet", "eth0", INTERNET);
  });
}

// Without a Terraform CLI there is nothing to load, and it is that which is said.
const describeHere = findTerraform() === undefined ? describeTerraform : describeLab;

describeHere("the example alicloud-head-node", () => {
  let lab: Lab;
  let egress: string;
  let submit: string;
  let publicNic: string;
  let privateNic: string;

  beforeAll(async () => {
    const deployed = await deployHost((app) => new AlicloudHeadNode(app, "alicloud-head-node"));
    const publicIpOf = (ip: string) => String(deployed.eips.find(({ privateIp }) => privateIp === ip)?.publicIp);
    egress = publicIpOf(deployed.privateIp);
    submit = publicIpOf("10.0.0.11");
    publicNic = deployed.privateIp;
    privateNic = String(deployed.furtherPrivateIps[0]);
    lab = await makeNetwork(deployed);
    runCloudConfig(lab, deployed.cloudConfig);
  });
  // eslint-disable-next-line @typescript-eslint/no-unnecessary-condition -- no lab was made where the deployment failed
  afterAll(() => lab?.end());

  async function arrivals(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    return (await lab.agent.flows(texts.map((text) => flow(text)))).map(lines);
  }

  it("reaches the VPC through the second interface, whose default route is gone", () => {
    const routes = lab.hostOrThrow("ip -4 route show").trimEnd().split("\n");
    expect(routes.map((route) => route.trimEnd())).toEqual([
      "default via 10.0.0.253 dev eth0 metric 100",
      `10.0.0.0/24 dev eth0 proto kernel scope link src ${publicNic}`,
      "10.0.0.0/16 via 10.0.1.253 dev eth1",
      `10.0.1.0/24 dev eth1 proto kernel scope link src ${privateNic}`,
    ]);
  });

  it("lets clients out by the first interface, each seen as its EIP, and brings the replies back", async () => {
    expect(
      await arrivals(
        "nodes udp 10.0.2.20:4001 > 198.51.100.7:53",
        "nodes tcp 10.0.3.20:4002 > 198.51.100.7:443",
        "nodes icmp 10.0.2.20:7 > 198.51.100.7",
        "servers udp 10.0.1.130:4003 > 198.51.100.7:53",
      ),
    ).toEqual([
      [`internet request ${egress}:4001 > 198.51.100.7:53`, "nodes reply 198.51.100.7:53 > 10.0.2.20:4001"],
      [`internet request ${egress}:4002 > 198.51.100.7:443`, "nodes reply 198.51.100.7:443 > 10.0.3.20:4002"],
      [`internet request ${egress} > 198.51.100.7`, "nodes reply 198.51.100.7 > 10.0.2.20"],
      [`internet request ${submit}:4003 > 198.51.100.7:53`, "servers reply 198.51.100.7:53 > 10.0.1.130:4003"],
    ]);
  });

  it("brings ports to their backends behind the second interface, with the address of the client", async () => {
    expect(
      await arrivals(
        `internet tcp 198.51.100.7:4101 > ${submit}:2222`,
        `internet tcp 198.51.100.7:4102 > ${submit}:7004`,
        `internet tcp 198.51.100.7:4103 > ${submit}:7011`,
        `internet tcp 198.51.100.7:4104 > ${egress}:2222`,
      ),
    ).toEqual([
      ["nodes request 198.51.100.7:4101 > 10.0.2.10:22", `internet reply ${submit}:2222 > 198.51.100.7:4101`],
      ["nodes request 198.51.100.7:4102 > 10.0.2.11:8004", `internet reply ${submit}:7004 > 198.51.100.7:4102`],
      [],
      [],
    ]);
  });

  it("answers a client that reaches a backend by its public port", async () => {
    expect(await arrivals(`nodes tcp 10.0.2.20:4201 > ${submit}:2222`)).toEqual([
      [`nodes request ${privateNic}:4201 > 10.0.2.10:22`, `nodes reply ${submit}:2222 > 10.0.2.20:4201`],
    ]);
  });

  it("drops what comes by the first interface with the source of a client", async () => {
    expect(
      await arrivals(
        `internet tcp 10.0.2.20:4301 > ${submit}:2222`,
        `internet udp 10.0.1.130:4302 > ${submit}:7004`,
        `internet tcp 198.51.100.7:4303 > ${submit}:2222`,
      ),
    ).toEqual([
      [],
      [],
      ["nodes request 198.51.100.7:4303 > 10.0.2.10:22", `internet reply ${submit}:2222 > 198.51.100.7:4303`],
    ]);
  });

  it("needs the second default route gone: with it, no client gets out", async () => {
    lab.hostOrThrow("ip route add default via 10.0.1.253 dev eth1 metric 50");
    expect(await arrivals("nodes udp 10.0.2.20:4401 > 198.51.100.7:53")).toEqual([[]]);
    lab.hostOrThrow("/usr/local/sbin/cdktf-nat interfaces");
    expect(await arrivals("nodes udp 10.0.2.20:4402 > 198.51.100.7:53")).toEqual([
      [`internet request ${egress}:4402 > 198.51.100.7:53`, "nodes reply 198.51.100.7:53 > 10.0.2.20:4402"],
    ]);
  });

  it("needs the routes to the clients: without them, replies leave by the first interface", async () => {
    lab.hostOrThrow(`ip route delete ${VPC} dev eth1`);
    expect(await arrivals("nodes udp 10.0.2.20:4501 > 198.51.100.7:53")).toEqual([
      [`internet request ${egress}:4501 > 198.51.100.7:53`],
    ]);
    lab.hostOrThrow("/usr/local/sbin/cdktf-nat interfaces");
    expect(await arrivals("nodes udp 10.0.2.20:4502 > 198.51.100.7:53")).toEqual([
      [`internet request ${egress}:4502 > 198.51.100.7:53`, "nodes reply 198.51.100.7:53 > 10.0.2.20:4502"],
    ]);
  });
});
