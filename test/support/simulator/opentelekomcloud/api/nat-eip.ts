import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import type { Row } from "../../engine/table";
import { gatewayOf } from "./eip";
import { eips, type DnatRule, type Eip } from "./tables";

/** The EIP, free for a rule of this gateway: no port's, and no other gateway's. */
export function eipFor(cloud: Cloud, nat_gateway_id: string, floating_ip_id: string): Row<Eip> {
  const eip = eips.get(cloud, floating_ip_id);
  if (eip.status !== "DOWN") throw new ApiError("VPC.0512", "Resource status is busy, try it again later.");
  if (eip.port_id !== "") {
    throw new ApiError("VPC.2060", `Floating Ip ${eip.id} has associated with port ${eip.port_id}.`);
  }
  const user = gatewayOf(cloud, eip.id);
  if (user !== undefined && user !== nat_gateway_id) {
    throw new ApiError("VPC.2061", `Floating Ip ${eip.id} has used by nat gateway ${user}.`);
  }
  return eip;
}

/** Whether a DNAT rule takes all ports of its EIP. */
export function isAllPorts({ protocol }: Pick<DnatRule, "protocol">): boolean {
  return protocol === "any";
}
