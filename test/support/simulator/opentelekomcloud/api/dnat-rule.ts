import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { rulesOf } from "./eip";
import { portOf } from "./addresses";
import { eipFor, isAllPorts } from "./nat-eip";
import { activeGateway } from "./nat-gateway";
import { dnatRules, now, ports, subnets, type DnatRule } from "./tables";

const RULES_PER_GATEWAY = 200;
const PROTOCOLS: Record<string, string> = { "6": "tcp", "17": "udp", "0": "any", tcp: "tcp", udp: "udp", any: "any" };

type DnatRequest = Omit<DnatRule, "status" | "created_at">;

export const createDnatRule = changing("CreateDnatRule", (cloud, given: DnatRequest) => {
  const request = { ...given, protocol: PROTOCOLS[given.protocol] ?? given.protocol };
  const gateway = activeGateway(cloud, request.nat_gateway_id);
  checkPorts(request);
  checkTarget(cloud, gateway.router_id, request);
  const eip = eipFor(cloud, gateway.id, request.floating_ip_id);
  checkExternal(cloud, eip.id, request);
  checkInternal(cloud, request);
  if (
    dnatRules.list(cloud, { nat_gateway_id: gateway.id }).length >=
    cloud.limit("dnatRulesPerGateway", RULES_PER_GATEWAY)
  ) {
    const message = `${RULES_PER_GATEWAY} DNAT rules has been associated to this NAT Gateway, no more is allowed`;
    throw new ApiError("VPC.2038", message);
  }
  const id = dnatRules.insert(cloud, { ...request, status: "PENDING_CREATE", created_at: now() });
  dnatRules.change(cloud, id, {}, { seconds: cloud.random.between(0.5, 3), attributes: { status: "ACTIVE" } });
  return id;
});

/** All ports means protocol any and both ports 0, none of them alone. */
function checkPorts({ protocol, external_service_port: external, internal_service_port: internal }: DnatRequest): void {
  const marks = [protocol === "any", external === 0, internal === 0];
  if (marks.some((mark) => mark !== marks[0])) {
    const message =
      "The external port equals 0 and internal port equals 0 and protocol equals any must satisfied at the same time.";
    throw new ApiError("VPC.2070", message);
  }
}

function checkTarget(cloud: Cloud, router_id: string, { port_id, private_ip }: DnatRequest): void {
  if (port_id !== "" && private_ip !== "") {
    throw new ApiError("VPC.2055", "The port_id and private_ip exist at the same time and value is not empty.");
  }
  const port = port_id === "" ? portOf(cloud, router_id, private_ip) : ports.find(cloud, port_id);
  const isHere = port !== undefined && subnets.find(cloud, port.network_id)?.vpc_id === router_id;
  if (port_id !== "" && !isHere) throw new ApiError("VPC.2022", `Port ${port_id} is not a valid port.`);
  if (port?.device_owner === "neutron:VIP_PORT") {
    throw new ApiError("VPC.2037", "The virtual IP address is not supported.");
  }
}

function checkExternal(cloud: Cloud, floating_ip_id: string, request: DnatRequest): void {
  const { snat, dnat } = rulesOf(cloud, floating_ip_id);
  if (isAllPorts(request) && snat.length > 0) {
    const message = `Floating Ip ${floating_ip_id} can not be associated with both SNAT rule and DNAT all port rule.`;
    throw new ApiError("VPC.2074", message);
  }
  const { protocol, external_service_port } = request;
  if (dnat.some((rule) => rule.protocol === protocol && rule.external_service_port === external_service_port)) {
    throw new ApiError("VPC.2024", "The floating ip, external port and protocol specified have been occupied.");
  }
  if (dnat.some((rule) => isAllPorts(rule) !== isAllPorts(request))) {
    const message = `Floating Ip ${floating_ip_id} can not be associated with both DNAT rule and DNAT all port rule.`;
    throw new ApiError("VPC.2073", message);
  }
}

/** A port of a machine is the target of one rule, and one with all its ports of no other. */
function checkInternal(cloud: Cloud, request: DnatRequest): void {
  const { nat_gateway_id, port_id, private_ip, protocol, internal_service_port } = request;
  const others = dnatRules.list(cloud, { nat_gateway_id, port_id, private_ip });
  if (others.some((rule) => isAllPorts(rule) !== isAllPorts(request))) {
    const what = port_id === "" ? "private_ip" : "port_id";
    const message = `The ${what} already existing dnat allport rules or dnat rules, can no longer create dnat rules or dnat allport rules.`;
    throw new ApiError(port_id === "" ? "VPC.2028" : "VPC.2027", message);
  }
  if (others.some((rule) => rule.protocol === protocol && rule.internal_service_port === internal_service_port)) {
    const message = "The port_id, private_ip, internal port and protocol specified have been occupied.";
    throw new ApiError("VPC.2023", message);
  }
}

export const showDnatRule = reading("ShowDnatRule", (cloud, { id }: { id: string }) => dnatRules.get(cloud, id));

export const deleteDnatRule = changing("DeleteDnatRule", (cloud, { id }: { id: string }) => {
  if (dnatRules.get(cloud, id).status === "PENDING_DELETE") return;
  dnatRules.removeLater(cloud, id, cloud.random.between(0.5, 2), { status: "PENDING_DELETE" });
});
