import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { formatAddress, parseAddress } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { checkBandwidth, insertOwnBandwidth } from "./bandwidth";
import {
  bandwidths,
  dnatRules,
  eips,
  ports,
  snatRules,
  type Bandwidth,
  type DnatRule,
  type Eip,
  type SnatRule,
} from "./tables";

interface ApplyRequest {
  name: string;
  type: string;
  ip_address?: string | undefined;
  bandwidth: Pick<Bandwidth, "name" | "size" | "share_type" | "charge_mode">;
}

export const applyEip = changing("ApplyPublicIp", (cloud, request: ApplyRequest) => {
  if (request.type !== "5_bgp" && request.type !== "5_mailbgp") {
    throw new ApiError("VPC.0501", `Publicip type ${request.type} is invalid.`);
  }
  checkBandwidth(request.bandwidth);
  if (request.bandwidth.share_type !== "PER") {
    throw new ApiError("VPC.0301", "A shared bandwidth is named by its id.");
  }
  const taken = eips.list(cloud).some(({ public_ip_address }) => public_ip_address === request.ip_address);
  if (taken) throw new ApiError("VPC.0522", "The IP address is in use.");
  const id = eips.insert(cloud, {
    name: request.name,
    type: request.type,
    public_ip_address: request.ip_address ?? nextPublicAddress(cloud),
    status: "PENDING_CREATE",
    port_id: "",
    bandwidth_id: insertOwnBandwidth(cloud, request.bandwidth),
    tags: {},
  });
  eips.change(cloud, id, {}, { seconds: cloud.random.between(1, 4), attributes: { status: "DOWN" } });
  return id;
});

/** Addresses that documentation uses; each new EIP gets the next one. */
function nextPublicAddress(cloud: Cloud): string {
  const used = new Set(eips.list(cloud).map(({ public_ip_address }) => public_ip_address));
  const first = parseAddress("203.0.113.1") ?? 0;
  const start = cloud.nextSerial();
  for (let step = 0; step < 254; step++) {
    const address = formatAddress(first + ((start + step) % 254));
    if (!used.has(address)) return address;
  }
  throw new ApiError("VPC.0532", "No more IP addresses available on network.");
}

/** An EIP as the API shows it: with its bandwidth, and active where something uses it. */
function shown(cloud: Cloud, eip: Row<Eip>) {
  const isBound = eip.status === "DOWN" && (eip.port_id !== "" || gatewayOf(cloud, eip.id) !== undefined);
  return { ...eip, status: isBound ? "ACTIVE" : eip.status, bandwidth: bandwidths.get(cloud, eip.bandwidth_id) };
}

export const showEip = reading("ShowPublicIp", (cloud, { id }: { id: string }) => shown(cloud, eips.get(cloud, id)));

/** The EIPs as Neutron's floating IPs. */
export const listFloatingIps = reading("ListFloatingIps", (cloud, filter: { floating_ip_address?: string }) => {
  const { floating_ip_address: address } = filter;
  return eips.list(cloud).filter(({ public_ip_address }) => address === undefined || public_ip_address === address);
});

/** Binds an EIP to a port, or to none: `port_id` is "" then. */
export const updateEip = changing("UpdatePublicIp", (cloud, request: { id: string; port_id: string }) => {
  const eip = ready(cloud, request.id);
  if (request.port_id === eip.port_id) return;
  if (request.port_id !== "") {
    if (ports.find(cloud, request.port_id) === undefined) throw new ApiError("VPC.0501", "Port id is invalid.");
    if (eip.port_id !== "") throw new ApiError("VPC.0510", "Floatingip has already associated with port.");
    checkFree(cloud, eip);
    if (eips.list(cloud, { port_id: request.port_id }).length > 0) {
      throw new ApiError("VPC.0511", "Port has already associated with floatingip.");
    }
  }
  eips.change(cloud, eip.id, { port_id: request.port_id });
});

/** The same as Neutron has it, with its errors. */
export const updateFloatingIp = changing("UpdateFloatingIp", (cloud, request: { id: string; port_id: string }) => {
  const eip = ready(cloud, request.id);
  if (request.port_id !== "" && request.port_id !== eip.port_id) {
    const port = ports.get(cloud, request.port_id);
    if (eip.port_id !== "") throw new ApiError("VPC.0510", "Floatingip has already associated with port.");
    checkFree(cloud, eip);
    if (eips.list(cloud, { port_id: port.id }).length > 0) {
      const message = `Cannot associate floating IP ${eip.public_ip_address} with port ${port.id} using fixed IP ${port.fixed_ip}, as that fixed IP already has a floating IP.`;
      throw new ApiError("FloatingIPPortAlreadyAssociated", message);
    }
  }
  eips.change(cloud, eip.id, { port_id: request.port_id });
});

function ready(cloud: Cloud, id: string): Row<Eip> {
  const eip = eips.get(cloud, id);
  if (eip.status !== "DOWN") throw new ApiError("VPC.0512", "Resource status is busy, try it again later.");
  return eip;
}

function checkFree(cloud: Cloud, eip: Row<Eip>): void {
  if (gatewayOf(cloud, eip.id) !== undefined) {
    throw new ApiError("VPC.2062", `Floating Ip ${eip.id} has been occupied.`);
  }
}

/** The NAT rules that use an EIP. */
export function rulesOf(cloud: Cloud, floating_ip_id: string): { snat: Row<SnatRule>[]; dnat: Row<DnatRule>[] } {
  return { snat: snatRules.list(cloud, { floating_ip_id }), dnat: dnatRules.list(cloud, { floating_ip_id }) };
}

/** The NAT gateway whose rules use an EIP. */
export function gatewayOf(cloud: Cloud, floating_ip_id: string): string | undefined {
  const { snat, dnat } = rulesOf(cloud, floating_ip_id);
  return [...snat, ...dnat][0]?.nat_gateway_id;
}

/** Gives an EIP back, with its own bandwidth; one that something uses is refused. */
export const deleteEip = changing("DeletePublicIp", (cloud, { id }: { id: string }) => {
  const eip = ready(cloud, id);
  if (eip.port_id !== "" || gatewayOf(cloud, id) !== undefined) {
    throw new ApiError("VPC.0517", "Floatingip has associated with port, please disassociate it firstly.");
  }
  if (bandwidths.find(cloud, eip.bandwidth_id)?.share_type === "PER") bandwidths.remove(cloud, eip.bandwidth_id);
  eips.removeLater(cloud, id, cloud.random.between(0.5, 2), { status: "PENDING_DELETE" });
});
