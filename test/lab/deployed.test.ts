// What the lab loads elsewhere is rendered by renderHost out of values that are known. Here it is the very user data that
// a stack of the library gives to its machine, written by Terraform out of values that only a deployment knows.
import type { App, TerraformStack } from "cdktf";
import { AlicloudSelfHosted } from "../../examples/alicloud-self-hosted/stack";
import { type DeployedHost, deployHost } from "../support/deployed-host";
import { describeTerraform } from "../support/terraform-layer";
import type { Case } from "./cases";
import { makeCloud } from "./cloud";
import { runCloudConfig } from "./cloud-init";
import { DeferredStack } from "./deferred-stack";
import { flow, lines } from "./flow-text";
import type { Lab } from "./lab";
import { describeLab } from "./tools";

/** The first address of a subnet, which the simulator gives to the host, is the router's in the rest of the lab. */
const ROUTER = "10.0.0.253";

/** Words in capitals stand for addresses: HOST for the host's primary address, others for EIPs. */
const OUT_AND_BACK = (source: string, destination: string, eip: string): readonly string[] => [
  `internet request ${eip}:${source.split(":")[1]} > ${destination}`,
  `${source.startsWith("10.0.1.") ? "a" : "b"} reply ${destination} > ${source}`,
];
const EXAMPLE: readonly Case[] = [
  ...(["udp", "tcp"] as const).map((protocol, place): Case => [
    `translates ${protocol} and keeps the source port`,
    `a ${protocol} 10.0.1.5:500${place} > 198.51.100.7:443`,
    OUT_AND_BACK(`10.0.1.5:500${place}`, "198.51.100.7:443", "EGRESS"),
  ]),
  [
    "translates ICMP",
    "a icmp 10.0.1.5:7 > 198.51.100.7",
    ["internet request EGRESS > 198.51.100.7", "a reply 198.51.100.7 > 10.0.1.5"],
  ],
  ["lets no one out who has no entry", "b udp 10.0.2.5:5003 > 198.51.100.7:53", []],
  [
    "leaves private traffic untouched",
    "a udp 10.0.1.5:5004 > 10.0.2.7:53",
    ["b request 10.0.1.5:5004 > 10.0.2.7:53", "a reply 10.0.2.7:53 > 10.0.1.5:5004"],
  ],
  [
    "lets https in and keeps the client's address",
    "internet tcp 198.51.100.7:6001 > WEB:443",
    ["a request 198.51.100.7:6001 > 10.0.1.10:8443", "internet reply WEB:443 > 198.51.100.7:6001"],
  ],
  ["lets in no other port", "internet tcp 198.51.100.7:6002 > WEB:8443", []],
  ["lets in no other protocol", "internet udp 198.51.100.7:6003 > WEB:443", []],
  ["lets in nothing by the other EIP", "internet tcp 198.51.100.7:6004 > EGRESS:443", []],
  ["keeps its own SSH closed", "internet tcp 198.51.100.7:6005 > EGRESS:22", []],
  ["answers a ping itself", "internet icmp 198.51.100.7:8 > WEB", ["internet reply WEB > 198.51.100.7"]],
  [
    "brings a client to the backend by the EIP",
    "a tcp 10.0.1.5:6201 > WEB:443",
    ["a request HOST:6201 > 10.0.1.10:8443", "a reply WEB:443 > 10.0.1.5:6201"],
  ],
  [
    "brings a client to the backend by the private address of the EIP",
    "b tcp 10.0.2.5:6202 > 10.0.0.11:443",
    ["a request HOST:6202 > 10.0.1.10:8443", "b reply 10.0.0.11:443 > 10.0.2.5:6202"],
  ],
  [
    "brings the backend to itself",
    "a tcp 10.0.1.10:6203 > WEB:443",
    ["a request HOST:6203 > 10.0.1.10:8443", "a reply WEB:443 > 10.0.1.10:6203"],
  ],
];

const DEFERRED: readonly Case[] = [
  [
    "takes the entry of a host before that of its vSwitch",
    "a udp 10.0.1.5:5001 > 198.51.100.7:53",
    OUT_AND_BACK("10.0.1.5:5001", "198.51.100.7:53", "THREE"),
  ],
  [
    "takes the entry of a known host before that of its vSwitch",
    "a udp 10.0.1.7:5002 > 198.51.100.7:53",
    OUT_AND_BACK("10.0.1.7:5002", "198.51.100.7:53", "ONE"),
  ],
  [
    "takes the entry of a vSwitch before that of the VPC",
    "a tcp 10.0.1.6:5003 > 198.51.100.7:443",
    OUT_AND_BACK("10.0.1.6:5003", "198.51.100.7:443", "TWO"),
  ],
  [
    "takes the entry of the VPC for the rest",
    "b udp 10.0.2.70:5004 > 198.51.100.7:53",
    OUT_AND_BACK("10.0.2.70:5004", "198.51.100.7:53", "ONE"),
  ],
  [
    "translates ICMP",
    "a icmp 10.0.1.6:7 > 198.51.100.7",
    ["internet request TWO > 198.51.100.7", "a reply 198.51.100.7 > 10.0.1.6"],
  ],
  [
    "does not hijack what a client sends to a mapped port of another host",
    "a tcp 10.0.1.6:5005 > 198.51.100.7:80",
    OUT_AND_BACK("10.0.1.6:5005", "198.51.100.7:80", "TWO"),
  ],
  [
    "leaves private traffic untouched",
    "a udp 10.0.1.5:5006 > 10.0.2.7:53",
    ["b request 10.0.1.5:5006 > 10.0.2.7:53", "a reply 10.0.2.7:53 > 10.0.1.5:5006"],
  ],
  [
    "maps a port to another and keeps the client's address",
    "internet tcp 198.51.100.7:6001 > ONE:443",
    ["a request 198.51.100.7:6001 > 10.0.1.10:8443", "internet reply ONE:443 > 198.51.100.7:6001"],
  ],
  [
    "maps a port to the same port",
    "internet tcp 198.51.100.7:6002 > ONE:80",
    ["a request 198.51.100.7:6002 > 10.0.1.10:80", "internet reply ONE:80 > 198.51.100.7:6002"],
  ],
  ...[7000, 7001, 7002].map((port): Case => [
    `maps port ${port} of a shifted range`,
    `internet udp 198.51.100.7:6003 > ONE:${port}`,
    [`a request 198.51.100.7:6003 > 10.0.1.10:${port + 1000}`, `internet reply ONE:${port} > 198.51.100.7:6003`],
  ]),
  [
    "maps a port of a kept range",
    "internet tcp 198.51.100.7:6004 > ONE:9001",
    ["a request 198.51.100.7:6004 > 10.0.1.10:9001", "internet reply ONE:9001 > 198.51.100.7:6004"],
  ],
  ["lets in no port behind a range", "internet tcp 198.51.100.7:6005 > ONE:9002", []],
  ["lets in nothing by another EIP", "internet tcp 198.51.100.7:6006 > THREE:443", []],
  [
    "lets in whom allowFrom names",
    "internet tcp 198.51.100.70:6007 > TWO:443",
    ["a request 198.51.100.70:6007 > 10.0.1.10:443", "internet reply TWO:443 > 198.51.100.70:6007"],
  ],
  ["refuses whom allowFrom does not name", "internet tcp 198.51.100.7:6008 > TWO:443", []],
  ["answers a ping itself", "internet icmp 198.51.100.7:8 > TWO", ["internet reply TWO > 198.51.100.7"]],
  [
    "brings a ping to the backend of Any Port",
    "internet icmp 198.51.100.7:9 > WHOLE",
    ["b request 198.51.100.7 > 10.0.2.12", "internet reply WHOLE > 198.51.100.7"],
  ],
  [
    "brings every port to the backend of Any Port",
    "internet tcp 198.51.100.7:6009 > WHOLE:22",
    ["b request 198.51.100.7:6009 > 10.0.2.12:22", "internet reply WHOLE:22 > 198.51.100.7:6009"],
  ],
  [
    "lets the backend of Any Port leave by its own EIP",
    "b udp 10.0.2.12:5007 > 198.51.100.7:53",
    OUT_AND_BACK("10.0.2.12:5007", "198.51.100.7:53", "WHOLE"),
  ],
  [
    "lets in SSH to itself from sshFrom",
    "internet tcp 198.51.100.130:6010 > ONE:22",
    ["internet reset ONE:22 > 198.51.100.130:6010"],
  ],
  ["lets in SSH to itself from nowhere else", "internet tcp 198.51.100.7:6011 > ONE:22", []],
  [
    "hairpins to the EIP",
    "b tcp 10.0.2.5:6201 > ONE:443",
    ["a request HOST:6201 > 10.0.1.10:8443", "b reply ONE:443 > 10.0.2.5:6201"],
  ],
  [
    "hairpins to the private address of the host",
    "b tcp 10.0.2.5:6202 > HOST:443",
    ["a request HOST:6202 > 10.0.1.10:8443", "b reply HOST:443 > 10.0.2.5:6202"],
  ],
  [
    "hairpins from the backend to itself by the EIP",
    "a tcp 10.0.1.10:6203 > ONE:443",
    ["a request HOST:6203 > 10.0.1.10:8443", "a reply ONE:443 > 10.0.1.10:6203"],
  ],
  [
    "hairpins from the backend to itself by the private address of the host",
    "a tcp 10.0.1.10:6204 > HOST:443",
    ["a request HOST:6204 > 10.0.1.10:8443", "a reply HOST:443 > 10.0.1.10:6204"],
  ],
];

describeTerraform("a deployed host", () => {
  describeLab("as the example has it", () => {
    const host = hostOf((app) => new AlicloudSelfHosted(app, "example"), { WEB: "10.0.0.11" }, "EGRESS");

    it.each(EXAMPLE)("%s", async (_name, text, expected) => {
      expect(await host.arrivals(text)).toEqual([host.named(expected)]);
    });
  });

  describe.each(["nftables", "iptables"] as const)("of values that only a deployment knows: %s", (firewall) => {
    describeLab("flows", () => {
      const host = hostOf(
        (app) => new DeferredStack(app, "deferred", firewall),
        { TWO: "10.0.0.11", THREE: "10.0.0.12", WHOLE: "10.0.0.13" },
        "ONE",
      );

      it.each(DEFERRED)("%s", async (_name, text, expected) => {
        expect(await host.arrivals(text)).toEqual([host.named(expected)]);
      });

      it("leaves from several EIPs, a source always from the same", async () => {
        const sources = Array.from({ length: 40 }, (_, n) => `10.0.2.${20 + n}`);
        const chosen = async (port: number) =>
          (await host.arrivals(...sources.map((ip) => `b udp ${ip}:${port} > 198.51.100.7:53`))).map(
            ([request = ""]) => /request ([\d.]+):/.exec(request)?.[1] ?? request,
          );
        const first = await chosen(21001);
        expect(await chosen(21002)).toEqual(first);
        expect([...new Set(first)].sort()).toEqual([...host.named(["TWO", "THREE"])].sort());
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

/** Deploys a stack before the tests, and boots its machine in a lab. */
function hostOf(makeStack: (app: App) => TerraformStack, names: Readonly<Record<string, string>>, primary: string) {
  let lab: Lab | undefined;
  let deployed: DeployedHost;
  const theLab = (): Lab => {
    if (lab === undefined) throw new Error("there is no lab");
    return lab;
  };
  const named = (text: string): string =>
    text.replace(/[A-Z]{3,}/g, (name) => {
      if (name === "HOST") return deployed.privateIp;
      const privateIp = name === primary ? deployed.privateIp : names[name];
      return deployed.eips.find((eip) => eip.privateIp === privateIp)?.publicIp ?? name;
    });
  beforeAll(async () => {
    deployed = await deployHost(makeStack);
    const eips = deployed.eips.map(({ publicIp, privateIp }) => [publicIp, privateIp] as const);
    lab = await makeCloud({ hostIp: deployed.privateIp, routerIp: ROUTER, eips });
    runCloudConfig(lab, deployed.cloudConfig);
  });
  afterAll(() => lab?.end());
  return {
    lab: theLab,
    named: (texts: readonly string[]) => texts.map(named),
    arrivals: async (...texts: readonly string[]) =>
      (await theLab().agent.flows(texts.map((text) => flow(named(text))))).map(lines),
  };
}
