import { flow, lines } from "../lab/flow-text";
import type { Lab } from "../lab/lab";
import type { DeployedHost } from "../support/deployed-host";

/** A flow, and what arrives where. */
type Case = readonly [flow: string, arrives: readonly string[]];

/** How long nothing more must arrive: a machine that is emulated beside others is slow. */
const SETTLE_SECONDS = 5;

/** The flows of the example by what they show. Each time they are sent they come from other ports. */
export function casesOf({ privateIp, eips }: DeployedHost, port: number): Readonly<Record<string, Case>> {
  const egress = eips.find((eip) => eip.privateIp === privateIp)?.publicIp ?? "no EIP of the primary address";
  const web = eips.find((eip) => eip.privateIp !== privateIp)?.publicIp ?? "no EIP of another address";
  return {
    "translates tcp": [
      `a tcp 10.0.1.5:${port} > 198.51.100.7:80`,
      [`internet request ${egress}:${port} > 198.51.100.7:80`, `a reply 198.51.100.7:80 > 10.0.1.5:${port}`],
    ],
    "translates udp": [
      `a udp 10.0.1.5:${port + 1} > 198.51.100.7:53`,
      [`internet request ${egress}:${port + 1} > 198.51.100.7:53`, `a reply 198.51.100.7:53 > 10.0.1.5:${port + 1}`],
    ],
    "translates ICMP": [
      `a icmp 10.0.1.5:${port + 2} > 198.51.100.7`,
      [`internet request ${egress} > 198.51.100.7`, "a reply 198.51.100.7 > 10.0.1.5"],
    ],
    "does not hijack what a client sends to the mapped port of another host": [
      `a tcp 10.0.1.5:${port + 3} > 198.51.100.7:443`,
      [`internet request ${egress}:${port + 3} > 198.51.100.7:443`, `a reply 198.51.100.7:443 > 10.0.1.5:${port + 3}`],
    ],
    "maps a port to another and keeps the client's address": [
      `internet tcp 198.51.100.7:${port + 4} > ${web}:443`,
      [`a request 198.51.100.7:${port + 4} > 10.0.1.10:8443`, `internet reply ${web}:443 > 198.51.100.7:${port + 4}`],
    ],
    "hairpins a client to the EIP": [
      `a tcp 10.0.1.5:${port + 5} > ${web}:443`,
      [`a request ${privateIp}:${port + 5} > 10.0.1.10:8443`, `a reply ${web}:443 > 10.0.1.5:${port + 5}`],
    ],
    "answers a ping": [
      `internet icmp 198.51.100.7:${port + 6} > ${egress}`,
      [`internet reply ${egress} > 198.51.100.7`],
    ],
    "does not let in another port": [`internet tcp 198.51.100.7:${port + 7} > ${web}:8443`, []],
    "does not let in by another address": [`internet tcp 198.51.100.7:${port + 8} > ${egress}:443`, []],
    "keeps the host's own ports closed": [`internet tcp 198.51.100.7:${port + 9} > ${egress}:22`, []],
    "refuses a source that is no client": [`b udp 10.0.2.5:${port + 10} > 198.51.100.7:53`, []],
  };
}

/** What arrives of each flow. */
export async function arrivals(
  lab: Lab,
  cases: Readonly<Record<string, Case>>,
): Promise<Readonly<Record<string, readonly string[]>>> {
  const flows = Object.values(cases).map(([text]) => flow(text));
  const results = await lab.agent.flows(flows, { settle: SETTLE_SECONDS });
  return Object.fromEntries(Object.keys(cases).map((name, place) => [name, lines(results[place]!)]));
}

/** What should. */
export function expected(cases: Readonly<Record<string, Case>>): Readonly<Record<string, readonly string[]>> {
  return Object.fromEntries(Object.entries(cases).map(([name, [, arrives]]) => [name, arrives]));
}
