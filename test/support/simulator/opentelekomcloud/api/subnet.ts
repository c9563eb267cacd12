import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import type { Cloud } from "../../engine/cloud";
import { contains, overlaps, parseAddress, parseBlock, single } from "../../engine/ipv4";
import type { Row } from "../../engine/table";
import { blockOf } from "./addresses";
import { natGateways, ports, routes, routeTables, snatRules, subnets, vpcs, type Subnet } from "./tables";
import { blocksOf } from "./vpc";

/** The name servers that the provider sets where none is given. */
export const DEFAULT_DNS = ["100.125.4.25", "100.125.129.199"] as const;

type SubnetRequest = Omit<Subnet, "neutron_subnet_id" | "status" | "tags">;

export const createSubnet = changing("CreateSubnet", (cloud, request: SubnetRequest) => {
  const vpc = vpcs.get(cloud, request.vpc_id);
  if (vpc.status !== "OK") throw new ApiError("VPC.0004", "VPC is not active, please try later.");
  const block = parseBlock(request.cidr);
  if (block === undefined || block.prefix > 28) throw new ApiError("VPC.0212", "The subnet cidr is not valid.");
  if (!blocksOf(vpc).some((own) => contains(own, block))) {
    throw new ApiError("VPC.0203", "Subnet is not in the range of VPC.");
  }
  if (subnets.list(cloud, { vpc_id: vpc.id }).some((other) => overlaps(blockOf(other), block))) {
    const message = "The subnet has already existed in the VPC, or has been in conflict with the VPC subnet.";
    throw new ApiError("VPC.0204", message);
  }
  const gateway = parseAddress(request.gateway_ip);
  if (gateway === undefined || !contains(block, single(gateway))) {
    throw new ApiError("VPC.0201", `Subnet gateway_ip is invalid: ${request.gateway_ip} is not in ${request.cidr}.`);
  }
  const neutron_subnet_id = cloud.newUuid();
  const id = subnets.insert(cloud, { ...request, neutron_subnet_id, status: "UNKNOWN", tags: {} });
  subnets.change(cloud, id, {}, { seconds: cloud.random.between(1, 4), attributes: { status: "ACTIVE" } });
  return id;
});

export const showSubnet = reading("ShowSubnet", (cloud, { id }: { id: string }) => subnets.get(cloud, id));

export const listSubnets = reading("ListSubnets", (cloud) => subnets.list(cloud));

export const updateSubnet = changing(
  "UpdateSubnet",
  (cloud, { id, ...update }: Partial<SubnetRequest> & { id: string }) => {
    if (subnets.get(cloud, id).status !== "ACTIVE") {
      throw new ApiError("VPC.0205", "Subnet states is invalid, please try again later.");
    }
    subnets.change(cloud, id, update);
  },
);

/** Whether the subnet is in a custom table, or holds a route's next hop. */
function isUsedByRoutes(cloud: Cloud, subnet: Row<Subnet>): boolean {
  const block = blockOf(subnet);
  return routeTables.list(cloud, { vpc_id: subnet.vpc_id }).some((table) => {
    if (table.subnets.includes(subnet.id)) return true;
    return routes.list(cloud, { route_table_id: table.id }).some(({ nexthop }) => {
      const address = parseAddress(nexthop);
      return address !== undefined && contains(block, single(address));
    });
  });
}

/** Deletes a subnet that nothing is in any more. */
export const deleteSubnet = changing("DeleteSubnet", (cloud, { id }: { id: string }) => {
  const subnet = subnets.get(cloud, id);
  const inside = ports.list(cloud, { network_id: id });
  const hasGateway = natGateways.list(cloud, { internal_network_id: id }).length > 0;
  const hasRule = snatRules.list(cloud, { network_id: id }).length > 0;
  if (hasGateway || hasRule || inside.some(({ device_id }) => device_id !== "")) {
    throw new ApiError("VPC.0209", "subnet is still used ,such as computer,LB.");
  }
  if (inside.length > 0) throw new ApiError("VPC.0208", "Subnet is used by private IP, can not be deleted.");
  if (isUsedByRoutes(cloud, subnet)) {
    throw new ApiError("VPC.0210", "Subnet has been used by routes, please remove the routes first and try again.");
  }
  subnets.remove(cloud, id);
});
