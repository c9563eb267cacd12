import { opentelekomcloud } from "..";
import { RawProvider, type RawResource } from "../../raw-provider";
import type { CloudObject } from "../../engine/store";

/** A resource of this cloud, by its name without the cloud's. */
export async function make(raw: RawProvider, name: string, config: object, prior?: RawResource): Promise<RawResource> {
  return await raw.apply(`opentelekomcloud_${name}`, config, prior);
}

/** Text of an attribute of a resource. */
export function text({ state }: RawResource, name: string): string {
  const value = state[name];
  if (typeof value !== "string") throw new Error(`${name} is no text`);
  return value;
}

/** What the cloud of these tests holds already: ids and addresses. */
export interface Bed {
  readonly raw: RawProvider;
  readonly objects: readonly CloudObject[];
  readonly vpc: string;
  /** A subnet 192.168.125.0/24, its gateway's first address, and its Neutron id. */
  readonly subnet: string;
  readonly neutronSubnet: string;
  /** A subnet 192.168.126.0/24. */
  readonly other: string;
  /** Another VPC, 10.0.0.0/16, with a subnet 10.0.1.0/24 in it. */
  readonly farVpc: string;
  readonly farSubnet: string;
  readonly gateway: string;
  /** A second gateway of the same VPC. */
  readonly secondGateway: string;
  /** Free EIPs: id and address. */
  readonly eips: readonly { readonly id: string; readonly address: string }[];
  /** A port with the address 192.168.125.10. */
  readonly port: string;
  /** A virtual IP with the address 192.168.125.20. */
  readonly vip: string;
  readonly group: string;
}

/** Makes the bed; `forget` makes a cloud what it was at first. */
export async function makeBed(): Promise<Bed & { forget(): void }> {
  const raw = new RawProvider(opentelekomcloud);
  const id = async (name: string, config: object) => text(await make(raw, name, config), "id");
  const vpc = await id("vpc_v1", vpcOf());
  const first = await make(raw, "vpc_subnet_v1", subnetOf(vpc));
  const other = await id("vpc_subnet_v1", subnetOf(vpc, { cidr: "192.168.126.0/24", gateway_ip: "192.168.126.1" }));
  const farVpc = await id("vpc_v1", vpcOf({ cidr: "10.0.0.0/16" }));
  const far = { name: "far", cidr: "10.0.1.0/24", gateway_ip: "10.0.1.1" };
  const farSubnet = await id("vpc_subnet_v1", subnetOf(farVpc, far));
  const subnet = text(first, "id");
  const neutronSubnet = text(first, "subnet_id");
  const gateway = await id("nat_gateway_v2", gatewayOf(vpc, subnet));
  const secondGateway = await id("nat_gateway_v2", gatewayOf(vpc, other));
  const group = await id("networking_secgroup_v2", { name: "host" });
  const fixed_ip = [{ subnet_id: neutronSubnet, ip_address: "192.168.125.10" }];
  const port = await id("networking_port_v2", { network_id: subnet, fixed_ip, security_group_ids: [group] });
  const address = { network_id: subnet, subnet_id: neutronSubnet, ip_address: "192.168.125.20" };
  const vip = await id("networking_vip_v2", address);
  const eips = [];
  for (const name of ["one", "two"]) {
    const eip = await make(raw, "vpc_eip_v1", eipOf({ name }));
    const [publicip] = eip.state.publicip as { ip_address: string }[];
    eips.push({ id: text(eip, "id"), address: publicip!.ip_address });
  }
  const objects = raw.objects();
  const ids = { vpc, subnet, neutronSubnet, other, farVpc, farSubnet, gateway, secondGateway, port, vip, group };
  return { raw, objects, ...ids, eips, forget: () => raw.reset(objects) };
}

/** A VPC 192.168.0.0/16. */
export function vpcOf(more: object = {}): object {
  return { name: "main", cidr: "192.168.0.0/16", ...more };
}

/** A subnet 192.168.125.0/24. */
export function subnetOf(vpc_id: string, more: object = {}): object {
  return { name: "nat", cidr: "192.168.125.0/24", gateway_ip: "192.168.125.1", vpc_id, ...more };
}

/** An EIP with a bandwidth of its own. */
export function eipOf(bandwidth: object = {}, publicip: object = {}): object {
  return {
    publicip: [{ type: "5_bgp", ...publicip }],
    bandwidth: [{ name: "egress", size: 100, share_type: "PER", charge_mode: "traffic", ...bandwidth }],
  };
}

/** A small gateway. */
export function gatewayOf(router_id: string, internal_network_id: string, more: object = {}): object {
  return { name: "nat", spec: "1", router_id, internal_network_id, ...more };
}

/** The user data of these tests. */
export const USER_DATA = "#cloud-config\nruncmd: [sysctl -p]\n";

/** A Linux machine on a port. */
export function serverOf(port: string, more: object = {}): object {
  return {
    name: "host",
    image_name: "Standard_Debian_12_amd64_uefi_latest",
    flavor_id: "s3.medium.1",
    user_data: USER_DATA,
    network: [{ port }],
    ...more,
  };
}
