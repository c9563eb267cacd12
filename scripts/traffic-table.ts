import { NatTable } from "cdktf-nat";
import type { DnatRule, NatTableSpec, SnatRule } from "cdktf-nat";

/** A resource as `terraform show -json` prints it. */
export interface ShownResource {
  readonly type: string;
  readonly name?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

const HOST_RULES =
  "The NAT is a machine of your own: its rules are in its user data, and the cloud has no entries to list.";

/** Who leaves by which EIP, and which public port reaches whom, as text: of what was deployed, not of what was meant. */
export function trafficTable(resources: readonly ShownResource[]): string {
  if (isHost(resources)) return [...hostSurroundings(resources), HOST_RULES].join("\n");
  if (ofType(resources, "aws_nat_gateway").length > 0) return routedClients(resources);
  const isOpenTelekomCloud = ofType(resources, "opentelekomcloud_nat_gateway_v2").length > 0;
  const table = NatTable.of((isOpenTelekomCloud ? openTelekomCloudEntries : alicloudEntries)(resources));
  return [
    // Open Telekom Cloud has one rule a subnet.
    `Who goes out, and as whom${isOpenTelekomCloud ? "" : " (the longest prefix wins)"}:`,
    ...columns(byPrefix(table.snat).map((rule) => [String(rule.source.cidr), "leaves as", leavesAs(rule), rule.id])),
    "",
    "What comes in, and to whom:",
    ...columns(table.dnat.map((rule) => [...comesIn(rule), rule.id])),
  ].join("\n");
}

function alicloudEntries(resources: readonly ShownResource[]): NatTableSpec {
  const blocks = blocksById(resources, "alicloud_vswitch", "cidr_block");
  return {
    snat: ofType(resources, "alicloud_snat_entry").map((entry) => ({
      id: text(entry, "snat_entry_name"),
      source: text(entry, "source_cidr") || (blocks.get(text(entry, "source_vswitch_id")) ?? ""),
      addresses: text(entry, "snat_ip").split(","),
      eipAffinity: entry.values.eip_affinity === 1,
    })),
    dnat: ofType(resources, "alicloud_forward_entry").map((entry) => {
      const common = {
        id: text(entry, "forward_entry_name"),
        address: text(entry, "external_ip"),
        privateIp: text(entry, "internal_ip"),
      };
      const protocol = text(entry, "ip_protocol");
      if (protocol === "any") return { ...common, protocol };
      return {
        ...common,
        protocol: protocol as "tcp" | "udp",
        publicPort: text(entry, "external_port"),
        privatePort: text(entry, "internal_port"),
      };
    }),
  };
}

/** Rules have no name here: the one that Terraform knows them by stands for it. */
function openTelekomCloudEntries(resources: readonly ShownResource[]): NatTableSpec {
  const blocks = blocksById(resources, "opentelekomcloud_vpc_subnet_v1", "cidr");
  const ips = new Map(
    ofType(resources, "opentelekomcloud_vpc_eip_v1").map((eip) => {
      const [publicip] = (eip.values.publicip ?? []) as readonly { readonly ip_address?: string }[];
      return [text(eip, "id"), publicip?.ip_address];
    }),
  );
  return {
    snat: ofType(resources, "opentelekomcloud_nat_snat_rule_v2").map((rule) => ({
      id: nameOf(rule),
      source: text(rule, "cidr") || (blocks.get(text(rule, "network_id")) ?? ""),
      addresses: [ips.get(text(rule, "floating_ip_id")) ?? ""],
    })),
    dnat: ofType(resources, "opentelekomcloud_nat_dnat_rule_v2").map((rule) => {
      const common = {
        id: nameOf(rule),
        address: text(rule, "floating_ip_address"),
        privateIp: text(rule, "private_ip"),
      };
      const protocol = text(rule, "protocol");
      if (protocol === "any") return { ...common, protocol };
      return {
        ...common,
        protocol: protocol as "tcp" | "udp",
        publicPort: Number(rule.values.external_service_port),
        privatePort: Number(rule.values.internal_service_port),
      };
    }),
  };
}

/** The construct path, as Terraform's name has it. */
function nameOf({ name = "" }: ShownResource): string {
  return name.replace(/_[0-9A-F]{8}$/, "");
}

function isHost(resources: readonly ShownResource[]): boolean {
  const has = (type: string) => ofType(resources, type).length > 0;
  const hasEntries = has("alicloud_snat_entry") || has("alicloud_forward_entry");
  if (has("aws_network_interface") && !has("aws_nat_gateway")) return true;
  if (has("opentelekomcloud_compute_instance_v2") && !has("opentelekomcloud_nat_gateway_v2")) return true;
  return has("alicloud_ecs_network_interface") && !hasEntries;
}

/** A NAT gateway of AWS has no entries: it translates every subnet that is routed to it. */
function routedClients(resources: readonly ShownResource[]): string {
  const rows = ofType(resources, "aws_route").flatMap((route) => {
    const gateway = byId(resources, "aws_nat_gateway", text(route, "nat_gateway_id"));
    if (gateway === undefined) return [];
    const further = (gateway.values.secondary_allocation_ids ?? []) as readonly string[];
    const ips = [text(gateway, "public_ip"), ...further.map((id) => publicIp(byId(resources, "aws_eip", id)))];
    const publicIps = ips.filter((ip) => ip !== "").join(" or ") || text(gateway, "private_ip");
    return routedBlocks(resources, route).map((block) => [block, "leaves as", publicIps, text(gateway, "id")]);
  });
  return ["Who goes out, and as whom (every subnet that is routed to a gateway):", ...columns(rows)].join("\n");
}

/** What the cloud knows of a host of AWS: who is routed to it, and its EIPs. */
function hostSurroundings(resources: readonly ShownResource[]): readonly string[] {
  const routes = ofType(resources, "aws_route").flatMap((route) => {
    const nic = byId(resources, "aws_network_interface", text(route, "network_interface_id"));
    if (nic === undefined) return [];
    return routedBlocks(resources, route).map((block) => [
      block,
      "is routed to",
      text(nic, "private_ip"),
      text(nic, "id"),
    ]);
  });
  const eips = ofType(resources, "aws_eip_association").map((association) => {
    const eip = byId(resources, "aws_eip", text(association, "allocation_id"));
    return [publicIp(eip), "stands for", text(association, "private_ip_address"), text(association, "allocation_id")];
  });
  return [
    ...(routes.length === 0 ? [] : ["Who is routed to the NAT:", ...columns(routes), ""]),
    ...(eips.length === 0 ? [] : ["Its EIPs, and the private addresses of the NAT behind them:", ...columns(eips), ""]),
  ];
}

/** The blocks of the subnets that have a route, each with the route's destination. */
function routedBlocks(resources: readonly ShownResource[], route: ShownResource): readonly string[] {
  return ofType(resources, "aws_route_table_association")
    .filter((association) => text(association, "route_table_id") === text(route, "route_table_id"))
    .map((association) => byId(resources, "aws_subnet", text(association, "subnet_id")))
    .filter((subnet) => subnet !== undefined)
    .map((subnet) => `${text(subnet, "cidr_block")} to ${text(route, "destination_cidr_block")}`);
}

function byId(resources: readonly ShownResource[], type: string, id: string): ShownResource | undefined {
  return ofType(resources, type).find((resource) => text(resource, "id") === id);
}

function publicIp(eip: ShownResource | undefined): string {
  return eip === undefined ? "" : text(eip, "public_ip");
}

function byPrefix(rules: readonly SnatRule[]): readonly SnatRule[] {
  const length = (rule: SnatRule) => ("prefixLength" in rule.source.cidr ? rule.source.cidr.prefixLength : -1);
  return [...rules].sort((a, b) => length(b) - length(a));
}

function leavesAs(rule: SnatRule): string {
  const ips = rule.addresses.map((address) => String(address.ip));
  if (ips.length < 2) return ips.join("");
  return `${rule.eipAffinity ? "one of (kept per machine)" : "any of"} ${ips.join(", ")}`;
}

function comesIn(rule: DnatRule): readonly string[] {
  const from = `${rule.protocol} ${rule.address.ip}`;
  if (rule.ports === undefined) return [`${from}, every port`, "reaches", String(rule.privateIp)];
  return [`${from}:${rule.ports.publicPorts}`, "reaches", `${rule.privateIp}:${rule.ports.privatePorts}`];
}

/** Rows as lines, each column as wide as its widest cell; the last one is a name, in brackets. */
function columns(rows: readonly (readonly string[])[]): string[] {
  if (rows.length === 0) return ["  nobody"];
  const widths = rows[0]?.map((_, column) => Math.max(...rows.map((row) => row[column]?.length ?? 0))) ?? [];
  return rows.map((row) => {
    const cells = row.map((cell, column) =>
      column === row.length - 1 ? `(${cell})` : cell.padEnd(widths[column] ?? 0),
    );
    return `  ${cells.join("  ")}`;
  });
}

function blocksById(resources: readonly ShownResource[], type: string, cidr: string): ReadonlyMap<string, string> {
  return new Map(ofType(resources, type).map((subnet) => [text(subnet, "id"), text(subnet, cidr)]));
}

function ofType(resources: readonly ShownResource[], type: string): readonly ShownResource[] {
  return resources.filter((resource) => resource.type === type);
}

function text(resource: ShownResource, attribute: string): string {
  const value = resource.values[attribute];
  return typeof value === "string" ? value : "";
}
