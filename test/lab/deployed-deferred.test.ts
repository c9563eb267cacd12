// The user data of a machine whose stack knows no address of a rule: Terraform writes it out of values that only a
// deployment knows.
import { describeTerraform } from "../support/terraform-layer";
import type { Case } from "./cases";
import { DeferredStack } from "./deferred-stack";
import { outAndBack } from "./deployed-flows";
import { bootInLab } from "./deployed-lab";
import { flow, lines } from "./flow-text";
import { describeLab } from "./tools";

const DEFERRED: readonly Case[] = [
  [
    "takes the entry of a host before that of its vSwitch",
    "a udp 10.0.1.5:PORT > 198.51.100.7:53",
    outAndBack("10.0.1.5", "198.51.100.7:53", "THREE"),
  ],
  [
    "takes the entry of a known host before that of its vSwitch",
    "a udp 10.0.1.7:PORT > 198.51.100.7:53",
    outAndBack("10.0.1.7", "198.51.100.7:53", "ONE"),
  ],
  [
    "takes the entry of a vSwitch before that of the VPC",
    "a tcp 10.0.1.6:PORT > 198.51.100.7:443",
    outAndBack("10.0.1.6", "198.51.100.7:443", "TWO"),
  ],
  [
    "takes the entry of the VPC for the rest",
    "b udp 10.0.2.70:PORT > 198.51.100.7:53",
    outAndBack("10.0.2.70", "198.51.100.7:53", "ONE"),
  ],
  [
    "translates ICMP",
    "a icmp 10.0.1.6:PORT > 198.51.100.7",
    ["internet request TWO > 198.51.100.7", "a reply 198.51.100.7 > 10.0.1.6"],
  ],
  [
    "does not hijack what a client sends to a mapped port of another host",
    "a tcp 10.0.1.6:PORT > 198.51.100.7:80",
    outAndBack("10.0.1.6", "198.51.100.7:80", "TWO"),
  ],
  [
    "leaves private traffic untouched",
    "a udp 10.0.1.5:PORT > 10.0.2.7:53",
    ["b request 10.0.1.5:PORT > 10.0.2.7:53", "a reply 10.0.2.7:53 > 10.0.1.5:PORT"],
  ],
  [
    "maps a port to another and keeps the client's address",
    "internet tcp 198.51.100.7:PORT > ONE:443",
    ["a request 198.51.100.7:PORT > 10.0.1.10:8443", "internet reply ONE:443 > 198.51.100.7:PORT"],
  ],
  [
    "maps a port to the same port",
    "internet tcp 198.51.100.7:PORT > ONE:80",
    ["a request 198.51.100.7:PORT > 10.0.1.10:80", "internet reply ONE:80 > 198.51.100.7:PORT"],
  ],
  ...[7000, 7001, 7002].map((port): Case => [
    `maps port ${port} of a shifted range`,
    `internet udp 198.51.100.7:PORT > ONE:${port}`,
    [`a request 198.51.100.7:PORT > 10.0.1.10:${port + 1000}`, `internet reply ONE:${port} > 198.51.100.7:PORT`],
  ]),
  [
    "maps a port of a kept range",
    "internet tcp 198.51.100.7:PORT > ONE:9001",
    ["a request 198.51.100.7:PORT > 10.0.1.10:9001", "internet reply ONE:9001 > 198.51.100.7:PORT"],
  ],
  ["lets in no port behind a range", "internet tcp 198.51.100.7:PORT > ONE:9002", []],
  ["lets in nothing by another EIP", "internet tcp 198.51.100.7:PORT > THREE:443", []],
  [
    "lets in whom allowFrom names",
    "internet tcp 198.51.100.70:PORT > TWO:443",
    ["a request 198.51.100.70:PORT > 10.0.1.10:443", "internet reply TWO:443 > 198.51.100.70:PORT"],
  ],
  ["refuses whom allowFrom does not name", "internet tcp 198.51.100.7:PORT > TWO:443", []],
  ["answers a ping itself", "internet icmp 198.51.100.7:PORT > TWO", ["internet reply TWO > 198.51.100.7"]],
  [
    "brings a ping to the backend of Any Port",
    "internet icmp 198.51.100.7:PORT > WHOLE",
    ["b request 198.51.100.7 > 10.0.2.12", "internet reply WHOLE > 198.51.100.7"],
  ],
  [
    "brings every port to the backend of Any Port",
    "internet tcp 198.51.100.7:PORT > WHOLE:22",
    ["b request 198.51.100.7:PORT > 10.0.2.12:22", "internet reply WHOLE:22 > 198.51.100.7:PORT"],
  ],
  [
    "lets the backend of Any Port leave by its own EIP",
    "b udp 10.0.2.12:PORT > 198.51.100.7:53",
    outAndBack("10.0.2.12", "198.51.100.7:53", "WHOLE"),
  ],
  [
    "lets in SSH to itself from sshFrom",
    "internet tcp 198.51.100.130:PORT > ONE:22",
    ["internet reset ONE:22 > 198.51.100.130:PORT"],
  ],
  ["lets in SSH to itself from nowhere else", "internet tcp 198.51.100.7:PORT > ONE:22", []],
  [
    "hairpins to the EIP",
    "b tcp 10.0.2.5:PORT > ONE:443",
    ["a request HOST:PORT > 10.0.1.10:8443", "b reply ONE:443 > 10.0.2.5:PORT"],
  ],
  [
    "hairpins to the private address of the host",
    "b tcp 10.0.2.5:PORT > HOST:443",
    ["a request HOST:PORT > 10.0.1.10:8443", "b reply HOST:443 > 10.0.2.5:PORT"],
  ],
  [
    "hairpins from the backend to itself by the EIP",
    "a tcp 10.0.1.10:PORT > ONE:443",
    ["a request HOST:PORT > 10.0.1.10:8443", "a reply ONE:443 > 10.0.1.10:PORT"],
  ],
  [
    "hairpins from the backend to itself by the private address of the host",
    "a tcp 10.0.1.10:PORT > HOST:443",
    ["a request HOST:PORT > 10.0.1.10:8443", "a reply HOST:443 > 10.0.1.10:PORT"],
  ],
];

describeTerraform("a deployed host of values that only a deployment knows", () => {
  describe.each(["nftables", "iptables"] as const)("%s", (firewall) => {
    describeLab("flows", () => {
      const host = bootInLab((app) => new DeferredStack(app, "deferred", firewall), {
        further: { TWO: "10.0.0.11", THREE: "10.0.0.12", WHOLE: "10.0.0.13" },
      });

      it.each(DEFERRED)("%s", async (...one) => {
        expect(await host.arrivals(one)).toEqual(host.expected(one));
      });

      it("leaves from several EIPs, a source always from the same", async () => {
        const sources = Array.from({ length: 40 }, (_, n) => `10.0.2.${20 + n}`);
        const chosen = async (port: number) =>
          (await host.lab().agent.flows(sources.map((ip) => flow(`b udp ${ip}:${port} > 198.51.100.7:53`)))).map(
            (result) => /request ([\d.]+):/.exec(lines(result)[0] ?? "")?.[1],
          );
        const first = await chosen(21001);
        expect(await chosen(21002)).toEqual(first);
        const publicIps = ["10.0.0.11", "10.0.0.12"].map(
          (ip) => host.deployed().eips.find(({ privateIp }) => privateIp === ip)?.publicIp,
        );
        expect([...new Set(first)].sort()).toEqual(publicIps.sort());
      });

      it("brings back errors of the path MTU", async () => {
        const [result] = await host
          .lab()
          .agent.flows([flow("a udp 10.0.1.6:5090 > 198.18.0.9:53", { pad: 1350, df: true })]);
        expect(result?.answers).toEqual([
          {
            at: "a",
            kind: "unreachable 4",
            proto: "icmp",
            mtu: 1280,
            src: "192.0.2.2",
            dst: "10.0.1.6",
            inner: { src: "10.0.1.6", dst: "198.18.0.9", sport: 5090, dport: 53 },
          },
        ]);
      });
    });
  });
});
