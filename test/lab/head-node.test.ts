import { type HostOptions, NatTable, renderHost } from "cdktf-nat";
import { flow, lines } from "./flow-text";
import { DISTANT_CLIENTS, makeHeadNode } from "./head-node";
import type { Lab } from "./lab";
import { describeLab } from "./tools";

const TABLE = NatTable.of({
  snat: [
    { source: "192.168.0.0/24", addresses: ["128.105.144.36"] },
    // An address that no interface has.
    { source: DISTANT_CLIENTS, addresses: ["128.105.144.37"] },
  ],
  dnat: [{ address: "128.105.144.36", protocol: "tcp", publicPort: 2222, privateIp: "192.168.0.140", privatePort: 22 }],
});
const OPTIONS: HostOptions = {
  untranslatedCidrs: ["192.168.0.0/16", DISTANT_CLIENTS],
  privateInterface: {
    name: "eth0",
    address: "192.168.0.1/24",
    routes: [{ destination: DISTANT_CLIENTS, via: "192.168.0.254" }],
    suppressDefaultRoute: true,
  },
  publicInterface: { name: "eth1" },
};

describeLab("head node with two interfaces", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await makeHeadNode();
    await lab.agent.ask("serve", { in: "internet", port: 7 });
  });
  afterAll(() => lab.end());

  async function arrivals(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
    return (await lab.agent.flows(texts.map((text) => flow(text)))).map(lines);
  }

  describe.each(["nftables", "iptables"] as const)("%s", (firewall) => {
    beforeAll(() => {
      lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop; conntrack -F");
      lab.hostOrThrow("ip -4 address flush dev eth0");
      lab.install(renderHost(TABLE, { ...OPTIONS, firewall }));
      lab.hostOrThrow("cdktf-nat start");
    });

    it("gives the private interface its address and routes, and takes its default route away", () => {
      lab.hostOrThrow("ip address add 192.168.0.9/24 dev eth0; ip route add default via 192.168.0.254 metric 50");
      lab.hostOrThrow("cdktf-nat interfaces; cdktf-nat interfaces");
      expect(lab.hostOrThrow("ip -4 route show")).toBe(
        [
          "default via 128.105.144.1 dev eth1 ",
          "128.105.144.0/24 dev eth1 proto kernel scope link src 128.105.144.36 ",
          "129.89.200.0/23 via 192.168.0.254 dev eth0 ",
          "192.168.0.0/24 dev eth0 proto kernel scope link src 192.168.0.9 ",
          "",
        ].join("\n"),
      );
      expect(lab.hostOrThrow("ip -4 -o address show dev eth0")).toContain("192.168.0.1/24");
    });

    it("translates clients to the public address", async () => {
      expect(await arrivals("clients udp 192.168.0.130:4001 > 198.51.100.7:53")).toEqual([
        [
          "internet request 128.105.144.36:4001 > 198.51.100.7:53",
          "clients reply 198.51.100.7:53 > 192.168.0.130:4001",
        ],
      ]);
    });

    it("translates distant clients to an address that no interface has, and finds the way back", async () => {
      lab.in("internet", "ip neigh flush all; ip route replace 128.105.144.37/32 dev eth0");
      expect(await arrivals("clients udp 129.89.200.5:4002 > 198.51.100.7:53")).toEqual([
        ["internet request 128.105.144.37:4002 > 198.51.100.7:53", "clients reply 198.51.100.7:53 > 129.89.200.5:4002"],
      ]);
    });

    it("brings a port to its backend and keeps the client's address", async () => {
      expect(await arrivals("internet tcp 198.51.100.7:4003 > 128.105.144.36:2222")).toEqual([
        [
          "clients request 198.51.100.7:4003 > 192.168.0.140:22",
          "internet reply 128.105.144.36:2222 > 198.51.100.7:4003",
        ],
      ]);
    });

    it("drops what comes from the Internet with the source of a client", async () => {
      expect(await arrivals("internet udp 192.168.0.130:4004 > 129.89.200.5:53")).toEqual([[]]);
    });

    it("routes from the Internet to no client", async () => {
      expect(await arrivals("internet udp 198.51.100.7:4005 > 192.168.0.130:53")).toEqual([[]]);
    });

    it("makes TCP segments fit the narrower interface", async () => {
      const { id, mss } = await lab.agent.ask<{ id: number; mss: number }>("connect", {
        from: "clients",
        src: "192.168.0.130",
        dst: "198.51.100.7",
        port: 7,
      });
      await lab.agent.ask("close", { ids: [id] });
      // 1,400 bytes less the headers of IP and TCP and a time stamp.
      expect(mss).toBe(1348);
    });

    it("says so when an interface is not there", () => {
      lab.hostOrThrow("sed 's/eth0/eth7/g; s/sleep 3/:/' /usr/local/sbin/cdktf-nat > /tmp/other; chmod +x /tmp/other");
      const { status, stderr } = lab.host("/tmp/other interfaces");
      expect([status, stderr.split("\n").at(-2)]).toEqual([1, "cdktf-nat: FAILED: there is no interface eth7"]);
    });
  });
});
