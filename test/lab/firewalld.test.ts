import type { ChildProcess } from "node:child_process";
import { type HostOptions, NatTable, type NatTableSpec, renderHost } from "cdktf-nat";
import { E0, HAIRPIN, INBOUND, OUTBOUND, TABLE } from "./cases";
import { makeCloud, VPC } from "./cloud";
import { FIREWALLD_PROGRAMS, startFirewalld } from "./firewalld-daemon";
import { flow, lines } from "./flow-text";
import { type Lab, sleep } from "./lab";
import { describeLab } from "./tools";

/** The table of the other firewalls, less what firewalld cannot express: choice of address, several EIPs, Any Port. */
const EXPRESSIBLE: NatTableSpec = {
  snat: [{ source: "10.0.1.0/24" }, { source: "10.0.2.0/26" }],
  dnat: TABLE.dnat?.filter(({ protocol }) => protocol !== "any") ?? [],
};
const NOT_EXPRESSIBLE = ["takes the longest prefix of overlapping sources"];
/** What a client sends to an EIP and no entry takes goes to the Internet and is lost there. */
const CASES = [...OUTBOUND, ...INBOUND].filter(([name]) => !NOT_EXPRESSIBLE.includes(name));
const STATUS = "cat /proc/sys/net/ipv4/ip_forward";

describeLab(
  "flows by firewalld",
  () => {
    let lab: Lab;
    let daemon: ChildProcess;
    beforeAll(async () => {
      lab = await makeCloud();
      await lab.agent.ask("serve", { in: "internet", port: 7 });
      daemon = startFirewalld(lab);
      apply({});
    });
    afterAll(() => lab.end());

    function apply(options: HostOptions, table: NatTableSpec = EXPRESSIBLE): void {
      lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop; conntrack -F");
      lab.host("rm -rf /etc/cdktf-nat");
      lab.install(renderHost(NatTable.of(table), { firewall: "firewalld", untranslatedCidrs: [VPC], ...options }));
      lab.hostOrThrow("cdktf-nat start");
    }

    async function arrivals(...texts: readonly string[]): Promise<readonly (readonly string[])[]> {
      return (await lab.agent.flows(texts.map((text) => flow(text)))).map(lines);
    }

    it.each(CASES)("%s", async (_name, text, expected) => {
      expect(await arrivals(text)).toEqual([expected]);
    });

    it.each(HAIRPIN)("hairpins %s", async (_name, text, expected) => {
      expect(await arrivals(text)).toEqual([expected]);
    });

    it("is not stopped by a second start, and forwards nothing any more after a stop", async () => {
      lab.hostOrThrow("cdktf-nat start");
      expect((await arrivals("a udp 10.0.1.5:31001 > 198.51.100.7:53"))[0]).toHaveLength(2);
      lab.hostOrThrow("cdktf-nat stop");
      expect(lab.hostOrThrow(STATUS)).toBe("0\n");
      expect(lab.hostOrThrow("nft list ruleset | grep cdktf || true; ls /etc/firewalld/policies")).toBe("");
      expect(await arrivals("a udp 10.0.1.5:31002 > 198.51.100.7:53")).toEqual([[]]);
      lab.hostOrThrow("cdktf-nat start");
      expect((await arrivals("a udp 10.0.1.5:31003 > 198.51.100.7:53"))[0]).toHaveLength(2);
    });

    it("loses no connection when firewalld is reloaded under traffic, and lets none leave untranslated", async () => {
      const { id } = await lab.agent.ask<{ id: number }>("storm", {
        from: "a",
        src: "10.0.1.5",
        dst: "198.51.100.7",
        port: 7,
        threads: 3,
        timeout: 20,
        expect: ["203.0.113.10"],
      });
      for (let reloads = 0; reloads < 2; reloads++) {
        await sleep(200);
        lab.hostOrThrow("firewall-cmd --reload");
      }
      await sleep(200);
      const { ok, ...wrong } = await lab.agent.ask<{ ok: number }>("calm", { id });
      expect(wrong).toEqual({ failed: 0, strangers: 0, errors: {} });
      expect(ok).toBeGreaterThan(20);
    });

    it("forwards nothing while firewalld is restarted", async () => {
      const unit = lab.hostOrThrow("cat /etc/systemd/system/cdktf-nat.service");
      // By these systemd does what follows here: it stops NAT before firewalld, and starts it after firewalld.
      expect(unit).toMatch(/^After=firewalld\.service\nPartOf=firewalld\.service$/m);
      const leaves = async (port: number) => (await arrivals(`a udp 10.0.1.5:${port} > 198.51.100.7:53`))[0]?.length;
      lab.hostOrThrow("cdktf-nat stop");
      const ended = new Promise((resolve) => daemon.once("exit", resolve));
      daemon.kill("SIGTERM");
      await ended;
      expect([await leaves(31301), lab.hostOrThrow(STATUS)]).toEqual([0, "0\n"]);
      daemon = startFirewalld(lab);
      expect([await leaves(31302), lab.hostOrThrow(STATUS)]).toEqual([0, "0\n"]);
      lab.hostOrThrow("cdktf-nat start");
      expect(await leaves(31303)).toBe(2);
    });

    it("asks a firewalld again that was too busy to answer", async () => {
      const firewallCmd = `#!/bin/sh
        if [ "$1" = --reload ] && mkdir /tmp/asked; then
          echo "Error: Did not receive a reply."
          exit 1
        fi 2>/dev/null
        exec /usr/bin/firewall-cmd "$@"\n`;
      lab.hostOrThrow("cdktf-nat stop; sed -i 's|^PATH=|PATH=/usr/local/bin:|' /usr/local/sbin/cdktf-nat");
      lab.install([{ path: "/usr/local/bin/firewall-cmd", content: firewallCmd, permissions: "0755" }]);
      const { status, stderr } = lab.host("cdktf-nat start");
      lab.hostOrThrow("rm /usr/local/bin/firewall-cmd");
      expect([status, stderr]).toEqual([0, expect.stringContaining("firewalld does not reload (try 1 of 3)\n")]);
      expect((await arrivals("a udp 10.0.1.5:31401 > 198.51.100.7:53"))[0]).toHaveLength(2);
    });

    it("does not forward when a policy is garbled, and says so", () => {
      lab.hostOrThrow("cdktf-nat stop; sed -i 's/<accept/<acept/' /etc/cdktf-nat/firewalld/policies/cdktf-nat.xml");
      lab.hostOrThrow("sed -i 's/sleep 1/:/' /usr/local/sbin/cdktf-nat");
      const { status, stderr } = lab.host("cdktf-nat start");
      expect([status, lab.hostOrThrow(STATUS)]).toEqual([1, "0\n"]);
      expect(stderr).toMatch(/^cdktf-nat: FAILED: the rules cannot be loaded; forwarding is off$/m);
    });

    it("takes other options and another table", async () => {
      apply(
        {
          sshFrom: ["198.51.100.128/25"],
          icmpReply: false,
          // Clients beside the SNAT sources get no more than the private network.
          clientCidrs: ["10.0.1.0/25", "10.0.2.0/24"],
        },
        // The only address of the table is that of the interface.
        { snat: [{ source: "10.0.1.0/24", addresses: [E0] }] },
      );
      expect(
        await arrivals(
          "internet tcp 198.51.100.130:31101 > 203.0.113.10:22",
          "internet tcp 198.51.100.7:31102 > 203.0.113.10:22",
          "internet icmp 198.51.100.7:21 > 203.0.113.10",
          "a udp 10.0.1.5:31201 > 198.51.100.7:53",
          "a udp 10.0.1.130:31202 > 198.51.100.7:53",
          "b udp 10.0.2.5:31203 > 198.51.100.7:53",
        ),
      ).toEqual([
        ["internet reset 203.0.113.10:22 > 198.51.100.130:31101"],
        [],
        [],
        ["internet request 203.0.113.10:31201 > 198.51.100.7:53", "a reply 198.51.100.7:53 > 10.0.1.5:31201"],
        [],
        [],
      ]);
    });
  },
  FIREWALLD_PROGRAMS,
);
