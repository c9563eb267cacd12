import { startMoto } from "../moto";
import { type HostCloud, theOne, valuesOf } from "./host-cloud";

/** AWS, as its own provider and moto have it: the state, which the provider has read from there, tells all. */
export async function startAws(): Promise<HostCloud> {
  const moto = await startMoto();
  return {
    env: moto.env,
    stop: () => moto.stop(),
    host: (state) => {
      const machine = theOne(valuesOf(state, "aws_instance"), "aws_instance");
      const interfaces = valuesOf(state, "aws_network_interface");
      const attached = machine.network_interface as readonly {
        readonly device_index: number;
        readonly network_interface_id: string;
      }[];
      return {
        userData: String(machine.user_data_base64),
        privateIp: String(machine.private_ip),
        furtherPrivateIps: attached
          .filter(({ device_index }) => device_index > 0)
          .sort((one, other) => one.device_index - other.device_index)
          .map(({ network_interface_id }) =>
            String(interfaces.find(({ id }) => id === network_interface_id)?.private_ip),
          ),
        eips: valuesOf(state, "aws_eip_association").map(({ public_ip, private_ip_address }) => ({
          publicIp: String(public_ip),
          privateIp: String(private_ip_address),
        })),
      };
    },
  };
}
