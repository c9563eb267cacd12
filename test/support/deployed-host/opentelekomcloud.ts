import { startSimulator } from "../simulator";
import { type HostCloud, theOne } from "./host-cloud";

/** Open Telekom Cloud, simulated: it tells all, since the state has no more than a hash of the user data. */
export async function startOpenTelekomCloud(): Promise<HostCloud> {
  const simulator = await startSimulator({ cloud: "opentelekomcloud", timeScale: 400 });
  return {
    env: simulator.env,
    stop: () => simulator.stop(),
    host: () => {
      const cloud = simulator.cloud();
      const of = (wanted: string) => cloud.filter(({ type }) => type === wanted).map(({ attributes }) => attributes);
      const ipOf = (port: unknown) =>
        cloud.find(({ type, id }) => type === "Port" && id === port)?.attributes.fixed_ip as string;
      const machine = theOne(of("Server"), "opentelekomcloud_compute_instance_v2");
      const [privateIp = "", ...furtherPrivateIps] = (machine.port_ids as readonly string[]).map(ipOf);
      return {
        userData: machine.user_data as string,
        privateIp,
        furtherPrivateIps,
        // Of a further EIP the port is a virtual IP.
        eips: of("PublicIp").map((eip) => ({
          publicIp: eip.public_ip_address as string,
          privateIp: ipOf(eip.port_id),
        })),
      };
    },
  };
}
