import { changing, reading } from "../../engine/api-action";
import { ApiError } from "../../engine/api-error";
import { contains, overlaps, parseBlock, type Block } from "../../engine/ipv4";
import { now, routes, routeTables, subnets, vpcs, type Vpc } from "./tables";

const PRIVATE = ["10.0.0.0/8", "172.16.0.0/12", "192.168.0.0/16"];

/** A VPC's block: one of the private ranges, /24 at the smallest. */
function requireVpcBlock(cidr: string): void {
  const block = parseBlock(cidr);
  const isPrivate = block !== undefined && PRIVATE.some((range) => contains(parseBlock(range)!, block));
  if (block === undefined || !isPrivate || block.prefix > 24) {
    throw new ApiError("VPC.0101", `Param is invalid. ${cidr} is no block of ${PRIVATE.join(", ")} of /24 or more.`);
  }
}

/** The blocks of a VPC. */
export function blocksOf(vpc: Pick<Vpc, "cidr" | "secondary_cidrs">): Block[] {
  return [vpc.cidr, ...vpc.secondary_cidrs].flatMap((cidr) => parseBlock(cidr) ?? []);
}

/** Makes a VPC with its default route table. */
export const createVpc = changing(
  "CreateVpc",
  (cloud, { name, description, cidr }: Pick<Vpc, "name" | "description" | "cidr">) => {
    requireVpcBlock(cidr);
    const id = vpcs.insert(cloud, {
      name,
      description,
      cidr,
      secondary_cidrs: [],
      enable_shared_snat: false,
      status: "CREATING",
      tags: {},
    });
    const times = { created_at: now(), updated_at: now() };
    const table = { name: `rtb-${name}`, description: "", vpc_id: id, default: true, subnets: [], ...times };
    routeTables.insert(cloud, table);
    vpcs.change(cloud, id, {}, { seconds: cloud.random.between(1, 4), attributes: { status: "OK" } });
    return id;
  },
);

export const showVpc = reading("ShowVpc", (cloud, { id }: { id: string }) => vpcs.get(cloud, id));

export const listVpcs = reading("ListVpcs", (cloud) => vpcs.list(cloud));

type VpcUpdate = Partial<Pick<Vpc, "name" | "description" | "cidr" | "enable_shared_snat">>;

export const updateVpc = changing("UpdateVpc", (cloud, { id, ...update }: VpcUpdate & { id: string }) => {
  const vpc = vpcs.get(cloud, id);
  if (update.cidr !== undefined && update.cidr !== vpc.cidr) {
    requireVpcBlock(update.cidr);
    const next = blocksOf({ ...vpc, cidr: update.cidr });
    const inside = subnets.list(cloud, { vpc_id: id }).every(({ cidr }) => {
      return next.some((block) => contains(block, parseBlock(cidr)!));
    });
    if (!inside) throw new ApiError("VPC.0117", "Cidr can not contain subnetList cidr.");
  }
  vpcs.change(cloud, id, update);
});

export const addSecondaryCidr = changing("AddSecondaryCidr", (cloud, { id, cidr }: { id: string; cidr: string }) => {
  const vpc = vpcs.get(cloud, id);
  const block = parseBlock(cidr);
  if (block === undefined) throw new ApiError("VPC.9911", `${cidr} is not a valid cidr format.`);
  if (blocksOf(vpc).some((own) => overlaps(own, block))) {
    throw new ApiError("VPC.9914", `Add Extend cidr ${cidr} conflict with exist cidr.`);
  }
  vpcs.change(cloud, id, { secondary_cidrs: [...vpc.secondary_cidrs, cidr] });
});

export const removeSecondaryCidr = changing(
  "RemoveSecondaryCidr",
  (cloud, { id, cidr }: { id: string; cidr: string }) => {
    const { secondary_cidrs } = vpcs.get(cloud, id);
    vpcs.change(cloud, id, { secondary_cidrs: secondary_cidrs.filter((other) => other !== cidr) });
  },
);

/** Deletes a VPC that nothing is in any more, with its default route table. */
export const deleteVpc = changing("DeleteVpc", (cloud, { id }: { id: string }) => {
  vpcs.get(cloud, id);
  if (subnets.list(cloud, { vpc_id: id }).length > 0) {
    throw new ApiError("VPC.0104", "Router contains subnets, please delete subnet first.");
  }
  const tables = routeTables.list(cloud, { vpc_id: id });
  const used = tables.some((table) => !table.default || routes.list(cloud, { route_table_id: table.id }).length > 0);
  if (used) throw new ApiError("VPC.0120", "exroutes exists under this router, delete exroutes firstly.");
  for (const table of tables) routeTables.remove(cloud, table.id);
  vpcs.remove(cloud, id);
});
