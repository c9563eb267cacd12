import { NatTable } from "cdktf-nat";
import type { DnatRule, NatTableSpec, SnatRule } from "cdktf-nat";

/** A resource as `terraform show -json` prints it. */
export interface ShownResource {
  readonly type: string;
  readonly name?: string;
  readonly values: Readonly<Record<string, unknown>>;
}

/** Who leaves by which EIP, and which public port reaches whom, as text: of what was deployed, not of what was meant. */
export function trafficTable(resources: readonly ShownResource[]): string {
  if (isHost(resources)) {
    return "The NAT is a machine of your own: its rules are in its user data, and the cloud has no entries to list.";
  }
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
  return {
    snat: ofType(resources, "opentelekomcloud_nat_snat_rule_v2").map((rule) => ({
      id: nameOf(rule),
      source: text(rule, "cidr") || (blocks.get(text(rule, "network_id")) ?? ""),
      addresses: [text(rule, "floating_ip_address")],
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
  const byId = (type: string, id: string) => ofType(resources, type).find((resource) => text(resource, "id") === id);
  const rows = ofType(resources, "aws_route").flatMap((route) => {
    const gateway = byId("aws_nat_gateway", text(route, "nat_gateway_id"));
    if (gateway === undefined) return [];
    const further = (gateway.values.secondary_allocation_ids ?? []) as readonly string[];
    const ips = [text(gateway, "public_ip"), ...further.map((id) => publicIp(byId("aws_eip", id)))];
    return ofType(resources, "aws_route_table_association")
      .filter((association) => text(association, "route_table_id") === text(route, "route_table_id"))
      .map((association) => byId("aws_subnet", text(association, "subnet_id")))
      .filter((subnet) => subnet !== undefined)
      .map((subnet) => [
        `${text(subnet, "cidr_block")} to ${text(route, "destination_cidr_block")}`,
        "leaves as",
        ips.filter((ip) => ip !== "").join(" or ") || text(gateway, "private_ip"),
        text(gateway, "id"),
      ]);
  });
  return ["Who goes out, and as whom (every subnet that is routed to a gateway):", ...columns(rows)].join("\n");
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
