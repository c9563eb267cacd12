import type { Cloud } from "../cloud";
import type { Values } from "../deployment";

/** What a machine got, whoever tells it. */
export interface HostInCloud {
  /** What the machine is given: gzip, in base64. */
  readonly userData: string;
  /** Primary private address of the machine's (first) network interface. */
  readonly privateIp: string;
  /** Primary private addresses of its further network interfaces. */
  readonly furtherPrivateIps: readonly string[];
  /** The EIPs, each with the private address that the cloud translates it to. */
  readonly eips: readonly { readonly publicIp: string; readonly privateIp: string }[];
}

/** A cloud on this machine that runs, and tells what the one host in it got. */
export interface HostCloud extends Cloud {
  /** @param state the values of the resources that Terraform has made */
  host(state: Values): HostInCloud;
  stop(): Promise<void>;
}

/** The values of the resources of one type. */
export function valuesOf(state: Values, type: string): readonly Readonly<Record<string, unknown>>[] {
  return [...state].filter(([address]) => address.startsWith(`${type}.`)).map(([, values]) => values);
}

/** The one that there must be. */
export function theOne<T>(found: readonly T[], what: string): T {
  const [one, ...others] = found;
  if (one === undefined || others.length > 0) throw new Error(`the stack deploys ${found.length} of ${what}`);
  return one;
}
