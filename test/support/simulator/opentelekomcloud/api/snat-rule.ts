import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { contains, overlaps, parseBlock, type Block } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { blockOf } from "./addresses";
import { rulesOf } from "./eip";
import { eipFor, isAllPorts } from "./nat-eip";
import { activeGateway } from "./nat-gateway";
import { snatRules, subnets, type NatGateway, type SnatRule } from "./tables";

type SnatRequest = Omit<SnatRule, "status">;

export const createSnatRule = changing("CreateSnatRule", (cloud, request: SnatRequest) => {
  const gateway = activeGateway(cloud, request.nat_gateway_id);
  if ((request.network_id === "") === (request.cidr === "")) {
    const message = "Either network_id or cidr must be specified.Both can not be specified at the same time";
    throw new ApiError("VPC.2031", message);
  }
  if (request.network_id === "") checkCidr(cloud, gateway, request);
  else checkNetwork(cloud, gateway, request);
  const eip = eipFor(cloud, gateway.id, request.floating_ip_id);
  if (rulesOf(cloud, eip.id).dnat.some(isAllPorts)) {
    const message = `Floating Ip ${eip.id} can not be associated with both SNAT rule and DNAT all port rule.`;
    throw new ApiError("VPC.2074", message);
  }
  const id = snatRules.insert(cloud, { ...request, status: "PENDING_CREATE" });
  snatRules.change(cloud, id, {}, { seconds: cloud.random.between(0.5, 3), attributes: { status: "ACTIVE" } });
  return id;
});

/** One rule a subnet, whatever gateway it is on. */
function checkNetwork(cloud: Cloud, gateway: Row<NatGateway>, { network_id, source_type }: SnatRequest): void {
  if (source_type !== 0) throw new ApiError("VPC.2033", "source_type and network_id is incompatible.");
  const network = subnets.find(cloud, network_id);
  if (network === undefined) throw new ApiError("VPC.2009", `Network ${network_id} does not exist.`);
  if (network.vpc_id !== gateway.router_id) {
    throw new ApiError("VPC.2013", `Router ${gateway.router_id} has no port for subnet ${network_id}.`);
  }
  if (snatRules.list(cloud, { network_id }).length > 0) {
    throw new ApiError("VPC.2018", `Snat rule for network ${network_id} exists.`);
  }
  checkSources(cloud, gateway.id, blockOf(network));
}

/** A block of a subnet of the VPC, or one of no subnet: for what comes in by Direct Connect. */
function checkCidr(cloud: Cloud, gateway: Row<NatGateway>, { cidr, source_type }: SnatRequest): void {
  const block = parseBlock(cidr);
  if (block === undefined) throw new ApiError("VPC.2032", "cidr is invalid, make sure it's format is correct.");
  const own = subnets.list(cloud, { vpc_id: gateway.router_id }).map(blockOf);
  if (source_type === 0 && !own.some((subnet) => contains(subnet, block))) {
    throw new ApiError("VPC.2034", "cidr must be a subset of subnet's cidr.");
  }
  if (source_type === 1 && own.some((subnet) => overlaps(subnet, block))) {
    throw new ApiError("VPC.2035", "cidr conflicts with subnet's cidr.");
  }
  if (source_type !== 0 && source_type !== 1) {
    throw new ApiError("VPC.2014", "Request is invalid: source_type must be 0 or 1.");
  }
  checkSources(cloud, gateway.id, block);
}

function checkSources(cloud: Cloud, nat_gateway_id: string, block: Block): void {
  const taken = snatRules.list(cloud, { nat_gateway_id }).some((rule) => {
    const other = rule.cidr === "" ? blockOf(subnets.get(cloud, rule.network_id)) : parseBlock(rule.cidr);
    return other !== undefined && overlaps(other, block);
  });
  if (taken) throw new ApiError("VPC.2036", "cidr in the request conflicts with cidrs of existing rules.");
}

export const showSnatRule = reading("ShowSnatRule", (cloud, { id }: { id: string }) => snatRules.get(cloud, id));

export const deleteSnatRule = changing("DeleteSnatRule", (cloud, { id }: { id: string }) => {
  if (snatRules.get(cloud, id).status === "PENDING_DELETE") return;
  snatRules.removeLater(cloud, id, cloud.random.between(0.5, 2), { status: "PENDING_DELETE" });
});
