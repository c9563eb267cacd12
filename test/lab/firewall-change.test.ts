// Another firewall is chosen for a host that runs: its files are written, and the unit is started or reloaded. What the
// former script has loaded would stay in force beside the new rules.
import { type HostFirewall, NatTable, renderHost } from "cdktf-nat";
import { makeCloud, VPC } from "./cloud";
import { FIREWALLD_PROGRAMS, startFirewalld } from "./firewalld-daemon";
import { flow, lines } from "./flow-text";
import type { Lab } from "./lab";
import { describeLab } from "./tools";

describeLab(
  "a change of the firewall",
  () => {
    let lab: Lab;
    beforeAll(async () => {
      lab = await makeCloud();
    });
    afterAll(() => lab.end());

    /** Firewalls that hold rules of ours. */
    function loaded(): readonly string[] {
      return lab
        .hostOrThrow(
          `nft list tables | grep -q ' cdktf_nat$' && echo nftables
          iptables-save | grep -q CDKTF-NAT && echo iptables
          ip6tables-save | grep -q CDKTF-NAT && echo iptables
          nft list ruleset | grep -q policy_cdktf-nat && echo firewalld
          :`,
        )
        .split("\n")
        .filter((name, place, all) => name !== "" && all.indexOf(name) === place);
    }

    async function change(firewall: HostFirewall, how: "start" | "reload", client: "a" | "b"): Promise<void> {
      const source = client === "a" ? "10.0.1.0/24" : "10.0.2.0/24";
      lab.install(renderHost(NatTable.of({ snat: [{ source }] }), { firewall, untranslatedCidrs: [VPC] }));
      lab.hostOrThrow("sed -i 's|^PATH=|PATH=/usr/local/bin:|' /usr/local/sbin/cdktf-nat");
      lab.hostOrThrow(`cdktf-nat ${how}`);
      const results = await lab.agent.flows([
        flow("a udp 10.0.1.5:5001 > 198.51.100.7:53"),
        flow("b udp 10.0.2.5:5001 > 198.51.100.7:53"),
      ]);
      const arrives = [
        `internet request 203.0.113.10:5001 > 198.51.100.7:53`,
        `${client} reply 198.51.100.7:53 > ${client === "a" ? "10.0.1.5" : "10.0.2.5"}:5001`,
      ];
      expect([loaded(), results.map(lines), lab.hostOrThrow("cat /proc/sys/net/ipv4/ip_forward")]).toEqual([
        [firewall],
        client === "a" ? [arrives, []] : [[], arrives],
        "1\n",
      ]);
      lab.hostOrThrow("conntrack -F 2>/dev/null");
    }

    it("leaves nothing of the former one in force", async () => {
      await change("nftables", "start", "a");
      await change("iptables", "start", "b");
      await change("nftables", "reload", "a");
      await change("iptables", "reload", "b");

      const daemon = startFirewalld(lab);
      const calls = "/tmp/calls";
      lab.install([
        {
          path: "/usr/local/bin/systemctl",
          content: `#!/bin/sh\necho "$*" >> ${calls}\nkill ${daemon.pid ?? ""}\nwhile firewall-cmd --state; do sleep 0.1; done\n`,
          permissions: "0755",
        },
      ]);
      await change("firewalld", "start", "a");
      await change("nftables", "start", "b");
      expect(lab.hostOrThrow(`cat ${calls}; ls /etc/firewalld/policies /etc/firewalld/ipsets`)).toBe(
        "disable --now firewalld.service\n/etc/firewalld/ipsets:\n\n/etc/firewalld/policies:\n",
      );
      await change("iptables", "start", "a");
    }, 300_000);

    it("takes all of it away when the new script stops what the former has started", async () => {
      await change("nftables", "start", "a");
      lab.install(renderHost(NatTable.of({ snat: [{ source: VPC }] }), { firewall: "iptables" }));
      lab.hostOrThrow("cdktf-nat stop");
      expect([loaded(), lab.hostOrThrow("cat /proc/sys/net/ipv4/ip_forward")]).toEqual([[], "0\n"]);
    });
  },
  FIREWALLD_PROGRAMS,
);
