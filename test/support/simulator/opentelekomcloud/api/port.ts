import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { parseAddress } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { checkAddress, takeAddress } from "./addresses";
import { eips, ports, securityGroups, subnets, type AddressPair, type Port, type Subnet } from "./tables";

/** A port as a user asks for it. */
export interface PortRequest extends Omit<Port, "mac_address" | "fixed_ip" | "security_groups" | "status"> {
  /** The Neutron subnet of the address, where one is asked for. */
  subnet_id?: string | undefined;
  fixed_ip?: string | undefined;
  /** Absent: the group that every project has. */
  security_groups?: string[] | undefined;
}

export const createPort = changing("CreatePort", (cloud, request: PortRequest) => insertPort(cloud, request));

/** Makes a port in state BUILD. */
export function insertPort(cloud: Cloud, request: PortRequest): string {
  const { subnet_id, fixed_ip: wanted, security_groups = [], ...rest } = request;
  const subnet = subnets.find(cloud, request.network_id);
  if (subnet === undefined) throw new ApiError("NetworkNotFound", `Network ${request.network_id} could not be found.`);
  const fixed_ip = addressFor(cloud, subnet, subnet_id, wanted);
  checkSecurity(cloud, { ...request, security_groups });
  const pairs = rest.allowed_address_pairs;
  const mac_address = macAddress(cloud);
  const id = ports.insert(cloud, {
    ...rest,
    fixed_ip,
    mac_address,
    security_groups,
    allowed_address_pairs: pairs.map((pair) => withMac(pair, mac_address)),
    status: "BUILD",
  });
  const status = rest.device_id === "" ? "DOWN" : "ACTIVE";
  ports.change(cloud, id, {}, { seconds: cloud.random.between(0.5, 3), attributes: { status } });
  return id;
}

function addressFor(cloud: Cloud, subnet: Row<Subnet>, subnet_id?: string, wanted?: string): string {
  if (subnet_id !== undefined && subnet_id !== subnet.neutron_subnet_id) {
    throw new ApiError("InvalidInput", `Subnet ${subnet_id} is not on network ${subnet.id}.`);
  }
  if (wanted === undefined) return takeAddress(cloud, subnet);
  checkAddress(cloud, subnet, wanted);
  return wanted;
}

function withMac(pair: AddressPair, mac: string): AddressPair {
  return pair.mac_address === "" ? { ...pair, mac_address: mac } : pair;
}

function macAddress(cloud: Cloud): string {
  const tail = cloud.nextSerial().toString(16).padStart(6, "0");
  return ["fa", "16", "3e", tail.slice(0, 2), tail.slice(2, 4), tail.slice(4, 6)].join(":");
}

type Security = Pick<Port, "allowed_address_pairs" | "port_security_enabled" | "security_groups">;

function checkSecurity(cloud: Cloud, port: Security): void {
  for (const id of port.security_groups) securityGroups.get(cloud, id);
  if (!port.port_security_enabled && port.security_groups.length > 0) {
    const message = "Port security must be enabled and port must have an IP address in order to use security groups.";
    throw new ApiError("PortSecurityAndIPRequiredForSecurityGroups", message);
  }
  if (!port.port_security_enabled && port.allowed_address_pairs.length > 0) {
    const message = "Port Security must be enabled in order to have allowed address pairs on a port.";
    throw new ApiError("AddressPairAndPortSecurityRequired", message);
  }
  for (const { ip_address } of port.allowed_address_pairs) checkPair(ip_address);
}

/** An address or a block; `1.1.1.1/0`, host bits and all, is the one that switches the source check off. */
function checkPair(ip_address: string): void {
  const [address = "", length = "32", ...rest] = ip_address.split("/");
  const isBlock = rest.length === 0 && /^\d{1,2}$/.test(length) && Number(length) <= 32;
  if (parseAddress(address) === undefined || !isBlock || address === "0.0.0.0") {
    throw new ApiError("InvalidInput", `Invalid input for allowed_address_pairs: ${ip_address}.`);
  }
}

export const showPort = reading("ShowPort", (cloud, { id }: { id: string }) => ports.get(cloud, id));

interface PortUpdate extends Partial<Security & Pick<Port, "name" | "admin_state_up" | "extra_dhcp_opts">> {
  id: string;
  subnet_id?: string | undefined;
  fixed_ip?: string | undefined;
}

export const updatePort = changing("UpdatePort", (cloud, { id, subnet_id, fixed_ip, ...update }: PortUpdate) => {
  const port = ports.get(cloud, id);
  if (fixed_ip !== undefined && fixed_ip !== port.fixed_ip) {
    addressFor(cloud, subnets.get(cloud, port.network_id), subnet_id, fixed_ip);
    ports.change(cloud, id, { fixed_ip });
  }
  checkSecurity(cloud, { ...port, ...update });
  const pairs = update.allowed_address_pairs?.map((pair) => withMac(pair, port.mac_address));
  ports.change(cloud, id, { ...update, ...(pairs && { allowed_address_pairs: pairs }) });
});

/** Deletes a port that no server uses; an EIP that is bound to it is freed. */
export const deletePort = changing("DeletePort", (cloud, { id }: { id: string }) => {
  const port = ports.get(cloud, id);
  if (port.device_id !== "") {
    const message = `Unable to complete operation on port ${id}. Port already has an attached device ${port.device_id}.`;
    throw new ApiError("PortInUse", message);
  }
  removePort(cloud, id);
});

/** Removes a port, and what hangs on it. */
export function removePort(cloud: Cloud, id: string): void {
  for (const eip of eips.list(cloud, { port_id: id })) eips.change(cloud, eip.id, { port_id: "" });
  ports.remove(cloud, id);
}
