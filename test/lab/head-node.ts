import { type Lab, makeLab } from "./lab";

/** Clients on the network of the head node. */
export const CLIENTS = "192.168.0.128/25";
/** Clients behind a router of that network. */
export const DISTANT_CLIENTS = "129.89.200.0/23";
/** Hosts on the Internet. */
export const INTERNET = "198.51.100.0/24";

/**
 * A head node between two networks: `host` with eth0 towards the clients (without an address) and eth1 towards the
 * Internet, which is narrower on the head node's side only. Endpoints: `clients`, `internet`.
 */
export async function makeHeadNode(): Promise<Lab> {
  return makeLab(async (lab) => {
    lab.add("clients", "endpoint");
    lab.add("host", "host");
    lab.add("internet", "endpoint");
    lab.link(["clients", "eth0", "192.168.0.254/24"], ["host", "eth0"]);
    lab.link(["host", "eth1", "128.105.144.36/24"], ["internet", "eth0", "128.105.144.1/24"]);
    lab.in("host", "ip link set dev eth1 mtu 1400; ip route add default via 128.105.144.1");
    lab.in("clients", `ip route add local ${CLIENTS} dev lo; ip route add local ${DISTANT_CLIENTS} dev lo`);
    lab.in("clients", "ip route add default via 192.168.0.1");
    lab.in("internet", `ip route add local ${INTERNET} dev lo`);
    // What is sent with a forged source shall at least get to the head node.
    lab.in("internet", "ip route add default via 128.105.144.36");
    lab.makeHost();
    await lab.open("clients", "eth0", CLIENTS, DISTANT_CLIENTS);
    await lab.open("internet", "eth0", INTERNET);
  });
}
