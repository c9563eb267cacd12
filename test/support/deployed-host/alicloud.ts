import { startSimulator } from "../simulator";
import { type HostCloud, theOne, valuesOf } from "./host-cloud";

/** Alibaba Cloud, simulated: it tells the EIPs, and the state the rest. */
export async function startAlicloud(): Promise<HostCloud> {
  const simulator = await startSimulator({ timeScale: 400 });
  return {
    env: simulator.env,
    stop: () => simulator.stop(),
    host: (state) => {
      const machine = theOne(valuesOf(state, "alicloud_instance"), "alicloud_instance");
      const interfaces = valuesOf(state, "alicloud_ecs_network_interface");
      const further = (machine.network_interfaces ?? []) as readonly { readonly network_interface_id?: string }[];
      return {
        userData: String(machine.user_data),
        privateIp: String(machine.private_ip ?? machine.primary_ip_address),
        furtherPrivateIps: further.map(({ network_interface_id }) =>
          String(interfaces.find(({ id }) => id === network_interface_id)?.primary_ip_address),
        ),
        eips: simulator
          .cloud()
          .filter(({ type }) => type === "EipAddress")
          .map(({ attributes }) => ({
            publicIp: attributes.IpAddress as string,
            privateIp: attributes.PrivateIpAddress as string,
          })),
      };
    },
  };
}
