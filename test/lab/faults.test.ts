import { type HostFirewall, type HostOptions, NatTable, type NatTableSpec, renderHost } from "cdktf-nat";
import { EIPS, makeCloud, VPC } from "./cloud";
import { flow, lines } from "./flow-text";
import { type Lab, sleep } from "./lab";
import { describeLab } from "./tools";

const [E0, E1] = EIPS.map(([publicIp, privateIp]) => ({ publicIp, privateIp }));
const TABLE: NatTableSpec = {
  snat: [{ source: "10.0.1.0/24", addresses: [E1!] }],
  dnat: [{ address: E0!, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10", privatePort: 8443 }],
};
const FIREWALLS: readonly (readonly [HostFirewall, rules: string, flush: string, service: string])[] = [
  ["nftables", "/etc/cdktf-nat/rules.nft", "nft flush ruleset", "nftables"],
  [
    "iptables",
    "/etc/cdktf-nat/rules.v4",
    "iptables -F; iptables -X; iptables -t nat -F; iptables -t nat -X; iptables -P FORWARD ACCEPT",
    "netfilter-persistent",
  ],
];
const STATUS = "cat /proc/sys/net/ipv4/ip_forward";

describeLab("faults", () => {
  let lab: Lab;
  beforeAll(async () => {
    lab = await makeCloud();
    await lab.agent.ask("serve", { in: "internet", port: 7 });
    await lab.agent.ask("serve", { in: "a", port: 8443 });
  });
  afterAll(() => lab.end());

  function start(options: HostOptions, table = TABLE): void {
    lab.host("[ ! -e /usr/local/sbin/cdktf-nat ] || cdktf-nat stop; conntrack -F");
    lab.install(renderHost(NatTable.of(table), { untranslatedCidrs: [VPC], ...options }));
    lab.hostOrThrow("cdktf-nat start; : > /dev/console");
  }

  async function out(sport: number): Promise<readonly string[]> {
    const [result] = await lab.agent.flows([flow(`a udp 10.0.1.5:${sport} > 198.51.100.7:53`)]);
    return lines(result!);
  }

  const connect = () =>
    lab.agent.ask<{ id: number; seenAs: string }>("connect", {
      from: "a",
      src: "10.0.1.5",
      dst: "198.51.100.7",
      port: 7,
    });
  const talk = async (ids: readonly number[], timeout = 4) =>
    (await lab.agent.ask<{ results: { outcome: string; seconds: number }[] }>("talk", { ids, timeout })).results;

  describe.each(FIREWALLS)("%s", (firewall, rules, flush, service) => {
    const works = (port: number) => [
      `internet request 203.0.113.11:${port} > 198.51.100.7:53`,
      `a reply 198.51.100.7:53 > 10.0.1.5:${port}`,
    ];

    it("loses no connection when rules are replaced under traffic", async () => {
      start({ firewall });
      const held = [await connect(), await connect(), await connect()];
      const { id } = await lab.agent.ask<{ id: number }>("storm", {
        from: "a",
        src: "10.0.1.5",
        dst: "198.51.100.7",
        port: 7,
        threads: 3,
        expect: ["203.0.113.11"],
      });
      for (let reloads = 0; reloads < 8; reloads++) {
        await sleep(100);
        lab.hostOrThrow("cdktf-nat reload");
      }
      const { ok, ...wrong } = await lab.agent.ask<{ ok: number }>("calm", { id });
      expect(wrong).toEqual({ failed: 0, strangers: 0, errors: {} });
      expect(ok).toBeGreaterThan(100);
      const ids = held.map((one) => one.id);
      expect((await talk(ids)).map(({ outcome }) => outcome)).toEqual(["echo", "echo", "echo"]);
      await lab.agent.ask("close", { ids });
    });

    it("replaces the rules by those of the new file", async () => {
      start({ firewall });
      expect(await out(30001)).toEqual(works(30001));
      lab.install(
        renderHost(NatTable.of({ snat: [{ source: "10.0.1.0/24", addresses: [E0!] }] }), {
          firewall,
          untranslatedCidrs: [VPC],
        }),
      );
      lab.hostOrThrow("cdktf-nat reload");
      expect(await out(30002)).toEqual([
        "internet request 203.0.113.10:30002 > 198.51.100.7:53",
        "a reply 198.51.100.7:53 > 10.0.1.5:30002",
      ]);
      const [closed] = await lab.agent.flows([flow("internet tcp 198.51.100.7:30003 > 203.0.113.10:443")]);
      expect(lines(closed!)).toEqual([]);
    });

    it("is after a reload with fewer entries what it is after a start with them", () => {
      const state = "nft list table ip cdktf_nat; iptables-save | grep -v '^#' | sed 's/\\[.*//'";
      const many = Array.from({ length: 60 }, (_, n) => ({
        address: n % 2 === 0 ? E0! : E1!,
        protocol: n % 3 === 0 ? ("tcp" as const) : ("udp" as const),
        publicPort: 1000 + n,
        privateIp: "10.0.1.10",
        privatePort: 2000 + n,
        ...(n % 5 === 0 && { allowFrom: ["198.51.100.64/26"] }),
      }));
      const snat = [E0!, E1!].map((one, n) => ({ source: `10.0.${n + 1}.0/24`, addresses: [one] }));
      lab.host("cdktf-nat stop; nft flush ruleset; iptables -N CDKTF-OTHERS");
      start({ firewall });
      const few = lab.host(state).stdout;
      start({ firewall, sshFrom: ["198.51.100.128/25"] }, { snat, dnat: many });
      lab.install(renderHost(NatTable.of(TABLE), { firewall, untranslatedCidrs: [VPC] }));
      expect(lab.host(state).stdout.length).toBeGreaterThan(few.length * 2);
      lab.hostOrThrow("cdktf-nat reload");
      expect(lab.host(state).stdout).toBe(few);
      expect(few).toContain("CDKTF-OTHERS");
    });

    it("lets flows that the client continues survive a lost state", async () => {
      start({ firewall });
      const { id, seenAs } = await connect();
      lab.hostOrThrow("cdktf-nat stop; conntrack -F; cdktf-nat start");
      const [result] = await talk([id]);
      expect([result?.outcome, seenAs]).toEqual(["echo", expect.stringMatching(/^203\.0\.113\.11:\d+$/)]);
      await lab.agent.ask("close", { ids: [id] });
    });

    it("resets a flow within a second after a lost state, where that is wished", async () => {
      start({ firewall, onStateLoss: "reset" });
      const { id } = await connect();
      lab.hostOrThrow("cdktf-nat stop; conntrack -F; cdktf-nat start");
      const [result] = await talk([id]);
      expect(result?.outcome).toBe("reset");
      expect(result?.seconds).toBeLessThan(1);
      await lab.agent.ask("close", { ids: [id] });
    });

    it("resets a flow from the Internet too", async () => {
      start({ firewall, onStateLoss: "reset" });
      const { id } = await lab.agent.ask<{ id: number }>("connect", {
        from: "internet",
        src: "198.51.100.9",
        dst: "203.0.113.10",
        port: 443,
      });
      lab.hostOrThrow("cdktf-nat stop; conntrack -F; cdktf-nat start");
      const [result] = await talk([id]);
      expect(result?.outcome).toBe("reset");
      expect(result?.seconds).toBeLessThan(1);
      await lab.agent.ask("close", { ids: [id] });
    });

    it.each([
      ["cut off", (file: string) => `head -c -200 ${file} > /tmp/x; cp /tmp/x ${file}`],
      ["garbled", (file: string) => `sed -i 's/10.0.1.0/10.0.1.x/' ${file}`],
      ["empty", (file: string) => `: > ${file}`],
      ["without its last part", (file: string) => `sed -i '/^table ip6/,$d; /^\\*nat/,$d' ${file}`],
      ["missing", (file: string) => `rm ${file}`],
    ])("does not forward when the rules file is %s, and says so", async (_name, spoil) => {
      start({ firewall });
      lab.hostOrThrow(`cdktf-nat stop; echo 1 > /proc/sys/net/ipv4/ip_forward; ${spoil(rules)}`);
      const { status, stderr } = lab.host("cdktf-nat start");
      expect([status, lab.hostOrThrow(STATUS)]).toEqual([1, "0\n"]);
      expect(stderr).toMatch(/^cdktf-nat: FAILED: .*; forwarding is off$/m);
      expect(lab.hostOrThrow("cat /dev/console")).toMatch(/^cdktf-nat: FAILED: .*; forwarding is off$/m);
      expect(await out(30010)).toEqual([]);
    });

    it("keeps the former rules when new ones cannot be loaded, and says so", async () => {
      start({ firewall });
      lab.hostOrThrow(`sed -i 's/10.0.1.0/10.0.1.x/' ${rules}`);
      const { status, stderr } = lab.host("cdktf-nat reload");
      expect([status, lab.hostOrThrow(STATUS)]).toEqual([1, "1\n"]);
      expect(stderr).toContain("FAILED: the rules cannot be loaded; the former ones stay in force");
      expect(await out(30011)).toEqual(works(30011));
    });

    it("is the same when it is started twice", async () => {
      const state =
        "nft list ruleset | sed 's/counter packets.*//'; iptables-save | grep -v '^#' | sed 's/\\[.*//'; ip -4 -o address; cat /run/cdktf-nat/addresses";
      start({ firewall });
      const once = lab.hostOrThrow(state);
      lab.hostOrThrow("cdktf-nat start");
      expect(lab.hostOrThrow(state)).toBe(once);
      expect(await out(30012)).toEqual(works(30012));
    });

    it("takes everything away again when it is stopped", () => {
      const state = "iptables-save | grep -v '^#' | sed 's/\\[.*//'; nft list tables; ip -4 -o address";
      lab.host("cdktf-nat stop");
      lab.hostOrThrow("nft flush ruleset; iptables -N OTHERS; iptables -A INPUT -j OTHERS; iptables -t nat -L >&2");
      const before = lab.hostOrThrow(state);
      start({ firewall });
      lab.hostOrThrow("cdktf-nat stop");
      expect([lab.hostOrThrow(STATUS), lab.hostOrThrow(state)]).toEqual([
        "0\n",
        expect.stringContaining("-A INPUT -j OTHERS"),
      ]);
      expect(
        lab
          .hostOrThrow(state)
          .split("\n")
          .filter((line) => /CDKTF|cdktf/.test(line)),
      ).toEqual([]);
      expect(lab.hostOrThrow("ip -4 -o address")).toBe(
        before
          .split("\n")
          .filter((line) => line.includes("inet "))
          .join("\n") + "\n",
      );
    });

    it("is back after another firewall has cleared all rules, by the unit of that firewall", async () => {
      start({ firewall });
      const dropIn = lab.hostOrThrow(`cat /etc/systemd/system/${service}.service.d/cdktf-nat.conf`);
      const command = /^ExecStartPost=-(.*)$/m.exec(dropIn)?.[1];
      lab.hostOrThrow(flush);
      expect(await out(30013)).toEqual([]);
      lab.hostOrThrow(command ?? "false");
      lab.host("conntrack -F");
      expect(await out(30014)).toEqual(works(30014));
    });

    it("does nothing for another firewall before it is started itself", () => {
      start({ firewall });
      lab.hostOrThrow("cdktf-nat stop");
      expect([lab.host("cdktf-nat restore").status, lab.hostOrThrow(STATUS)]).toEqual([0, "0\n"]);
    });

    describe("without its tool", () => {
      const tool = firewall === "nftables" ? "nft" : "iptables-restore";
      const file = firewall === "nftables" ? "nftables" : "iptables";

      /** A machine on which the tool is not found, forwards, and has a package manager that brings it at some try. */
      function startWithoutTool(
        tries: number,
        before = "",
      ): { status: number; stderr: string; calls: readonly string[] } {
        start({ firewall });
        const packageManager = `#!/bin/sh
          echo "apt-get $* while ip_forward is $(cat /proc/sys/net/ipv4/ip_forward)" >> /tmp/calls
          if [ "$(grep -c ' install ' /tmp/calls)" = ${tries} ]; then ln -s "$(command -v /usr/sbin/${tool})" /tools/; fi
          exit 100\n`;
        lab.hostOrThrow(`cdktf-nat stop; echo 1 > /proc/sys/net/ipv4/ip_forward
          rm -rf /tools /tmp/calls; mkdir /tools; ln -sf /usr/bin/* /usr/sbin/* /tools/
          rm -f /tools/${tool} /tools/apt-get /tools/sleep`);
        lab.install([
          { path: "/tools/apt-get", content: packageManager, permissions: "0755" },
          { path: "/tools/sleep", content: '#!/bin/sh\necho "sleep $*" >> /tmp/calls\n', permissions: "0755" },
        ]);
        lab.hostOrThrow(`sed -i 's|^PATH=.*|PATH=/tools|' /usr/local/sbin/cdktf-nat; : > /dev/console; ${before}`);
        const { status, stderr } = lab.host("cdktf-nat start");
        return { status, stderr, calls: lab.host("cat /tmp/calls").stdout.split("\n").slice(0, -1) };
      }
      const asked = [
        "apt-get -q -o DPkg::Lock::Timeout=30 update while ip_forward is 0",
        `apt-get -q -y -o DPkg::Lock::Timeout=30 install ${file} while ip_forward is 0`,
      ];
      const says = (tries: number) =>
        Array.from(
          { length: tries },
          (_, n) => `cdktf-nat: ${tool} is missing, installing ${file} (try ${n + 1} of 5)\n`,
        ).join("");

      it("is up when the package manager brings it at the third try, and forwards only then", async () => {
        const { status, stderr, calls } = startWithoutTool(3);
        expect([status, stderr, lab.hostOrThrow(STATUS)]).toEqual([
          0,
          expect.stringMatching(new RegExp(`^${says(3).replace(/[()]/g, "\\$&")}(?!.*missing)`, "s")),
          "1\n",
        ]);
        expect(calls).toEqual([...asked, "sleep 5", ...asked, "sleep 5", ...asked]);
        expect(await out(30015)).toEqual(works(30015));
      });

      it("ends loud and closed when the package manager does not bring it in five tries", () => {
        const { status, stderr, calls } = startWithoutTool(6);
        const told = `${says(5)}cdktf-nat: FAILED: ${tool} is missing and cannot be installed; forwarding is off\n`;
        expect([status, stderr, lab.hostOrThrow(STATUS)]).toEqual([1, told, "0\n"]);
        expect(lab.hostOrThrow("cat /dev/console")).toBe(`${told.trimEnd().split("\n").at(-1) ?? ""}\n`);
        expect(calls).toEqual([1, 2, 3, 4, 5].flatMap(() => [...asked, "sleep 5"]));
      });

      it("ends loud and closed when there is no network", () => {
        const { status, stderr, calls } = startWithoutTool(1, "ip route delete default");
        lab.hostOrThrow("ip route add default via 10.0.0.1");
        expect([status, stderr, calls, lab.hostOrThrow(STATUS)]).toEqual([
          1,
          `cdktf-nat: FAILED: ${tool} is missing, and there is no network to install it from; forwarding is off\n`,
          [],
          "0\n",
        ]);
      });
    });

    it("fails closed when the kernel refuses a setting", () => {
      start({ firewall });
      lab.hostOrThrow(
        "cdktf-nat stop; sed -i 's|nf_conntrack_tcp_loose|nf_conntrack_no_such|' /etc/cdktf-nat/kernel.sh",
      );
      const { status, stderr } = lab.host("cdktf-nat start");
      expect([status, lab.hostOrThrow(STATUS)]).toEqual([1, "0\n"]);
      expect(stderr).toContain("cdktf-nat: cannot write 1 to /proc/sys/net/netfilter/nf_conntrack_no_such\n");
      expect(stderr).toContain("cdktf-nat: FAILED: the kernel refuses a setting; forwarding is off\n");
    });

    it("says how it is used", () => {
      start({ firewall });
      expect(lab.host("cdktf-nat help")).toEqual({
        status: 2,
        stdout: "",
        stderr: "usage: /usr/local/sbin/cdktf-nat start | reload | restore | stop\n",
      });
    });
  });
});
