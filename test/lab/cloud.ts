import { type Lab, makeLab } from "./lab";

/** Public addresses and the private addresses of the host's NIC that the cloud translates them to, one to one. */
export const EIPS: readonly (readonly [publicIp: string, privateIp: string])[] = [
  ["203.0.113.10", "10.0.0.10"],
  ["203.0.113.11", "10.0.0.11"],
  ["203.0.113.12", "10.0.0.12"],
  ["203.0.113.13", "10.0.0.13"],
];

/** The private network. */
export const VPC = "10.0.0.0/16";
/** Clients in two subnets. */
export const SUBNET_A = "10.0.1.0/24";
export const SUBNET_B = "10.0.2.0/24";
/** Hosts on the Internet. */
export const INTERNET = "198.51.100.0/24";
/** Hosts behind a narrower path of the Internet. */
export const FAR = "198.18.0.0/24";

/** How the cloud is wired. */
export interface CloudOptions {
  /** @default EIPS */
  readonly eips?: readonly (readonly [publicIp: string, privateIp: string])[];
  /** Primary private address of the host. @default "10.0.0.10" */
  readonly hostIp?: string;
  /** Address of the router in the host's subnet. @default "10.0.0.1" */
  readonly routerIp?: string;
  /**
   * What the host is: a namespace, or a virtual machine, whose cable is the tap device `host` of the router.
   *
   * @default "namespace"
   */
  readonly host?: "namespace" | "machine";
  /** Name of the namespace's NIC. @default "eth0" */
  readonly nic?: string;
}

/**
 * A VPC: clients in two subnets, its router with a route table that sends them to the NAT host (one NIC), and an
 * Internet gateway that translates EIPs one to one and drops the rest. Endpoints: `a`, `b`, `internet`, `far`.
 */
export async function makeCloud(options: CloudOptions = {}): Promise<Lab> {
  return makeLab((lab) => wireCloud(lab, options));
}

async function wireCloud(lab: Lab, options: CloudOptions): Promise<void> {
  const { eips = EIPS, hostIp = "10.0.0.10", routerIp = "10.0.0.1", host = "namespace", nic = "eth0" } = options;
  lab.add("a", "endpoint");
  lab.add("b", "endpoint");
  lab.add("router", "router");
  lab.add("gateway", "router");
  lab.add("internet", "endpoint");
  lab.add("far", "endpoint");

  lab.link(["a", "eth0", "100.64.1.2/30"], ["router", "a", "100.64.1.1/30"]);
  lab.link(["b", "eth0", "100.64.2.2/30"], ["router", "b", "100.64.2.1/30"]);
  if (host === "machine") {
    lab.tap("router", "host", `${routerIp}/24`);
  } else {
    lab.add("host", "host");
    lab.link(["host", nic, `${hostIp}/24`], ["router", "host", `${routerIp}/24`]);
    lab.in("host", `ip route add default via ${routerIp}`);
  }
  lab.link(["router", "gateway", "100.64.0.1/30"], ["gateway", "vpc", "100.64.0.2/30"]);
  lab.link(["gateway", "internet", "192.0.2.1/30"], ["internet", "eth0", "192.0.2.2/30"]);
  // Farther away the path is narrower.
  lab.link(["internet", "far", "192.0.2.5/30"], ["far", "eth0", "192.0.2.6/30"], 1280);

  // An endpoint is every address of its network.
  lab.in("a", `ip route add local ${SUBNET_A} dev lo; ip route add default via 100.64.1.1`);
  lab.in("b", `ip route add local ${SUBNET_B} dev lo; ip route add default via 100.64.2.1`);
  lab.in("internet", `ip route add local ${INTERNET} dev lo; ip route add default via 192.0.2.1`);
  lab.in("internet", `ip route add ${FAR} via 192.0.2.6; echo 1 > /proc/sys/net/ipv4/ip_forward`);
  lab.in("far", `ip route add local ${FAR} dev lo; ip route add default via 192.0.2.5`);

  lab.in(
    "router",
    `ip route add default via 100.64.0.2
    ip route add ${SUBNET_A} via 100.64.1.2
    ip route add ${SUBNET_B} via 100.64.2.2
    ip rule add pref 100 lookup main suppress_prefixlength 0
    ip rule add pref 200 iif a lookup 100
    ip rule add pref 201 iif b lookup 100
    ip route add default via ${hostIp} table 100`,
  );
  translateEips(lab, eips);
  await lab.open("a", "eth0", SUBNET_A);
  await lab.open("b", "eth0", SUBNET_B);
  await lab.open("internet", "eth0", INTERNET);
  await lab.open("far", "eth0", FAR);
  if (host === "namespace") {
    lab.makeHost();
    await lab.open("host");
  }
}

/** Makes `gateway`, between the VPC's router and `internet`, translate EIPs one to one, and drop the rest. */
export function translateEips(
  lab: Lab,
  eips: readonly (readonly [publicIp: string, privateIp: string])[],
  vpc = VPC,
): void {
  lab.in("gateway", `ip route add ${vpc} via 100.64.0.1; ip route add default via 192.0.2.2`);
  lab.nft(
    "gateway",
    `table ip gateway {
      map in { type ipv4_addr : ipv4_addr
        elements = { ${eips.map(([publicIp, privateIp]) => `${publicIp} : ${privateIp}`).join(", ")} }
      }
      map out { type ipv4_addr : ipv4_addr
        elements = { ${eips.map(([publicIp, privateIp]) => `${privateIp} : ${publicIp}`).join(", ")} }
      }
      set bound { type ipv4_addr
        elements = { ${eips.map(([, privateIp]) => privateIp).join(", ")} }
      }
      chain prerouting { type nat hook prerouting priority -100
        iifname "internet" dnat to ip daddr map @in
      }
      chain postrouting { type nat hook postrouting priority 100
        oifname "internet" snat to ip saddr map @out
      }
      chain forward { type filter hook forward priority 0; policy drop
        ct state established,related accept
        iifname "internet" ct status dnat accept
        oifname "internet" ip saddr @bound accept
      }
    }`,
  );
}
