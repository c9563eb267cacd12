import { makeCloud } from "../lab/cloud";
import type { Lab } from "../lab/lab";
import type { DeployedHost } from "../support/deployed-host";
import type { Image } from "./image";
import { Vm, type VmOptions } from "./vm";

/** The last addresses of a subnet are the cloud's. */
export const ROUTER_IP = "10.0.0.253";

/** A host that boots in a virtual machine, with the lab around it. */
export interface Machine {
  readonly host: DeployedHost;
  readonly lab: Lab;
  readonly vm: Vm;
}

/** Starts a machine with the user data of a host, and goes on. */
export async function startMachine(
  image: Image,
  host: DeployedHost,
  options: Omit<VmOptions, "namespace" | "userData">,
): Promise<Machine> {
  const eips = host.eips.map(({ publicIp, privateIp }) => [publicIp, privateIp] as const);
  const lab = await makeCloud({ eips, hostIp: host.privateIp, routerIp: ROUTER_IP, host: "machine" });
  const vm = new Vm(lab, image, { ...options, namespace: "router", userData: host.userData });
  return { host, lab, vm };
}

/** Takes a machine away; once more does nothing. */
export function end({ lab, vm }: Machine): void {
  lab.end();
  vm.end();
}
