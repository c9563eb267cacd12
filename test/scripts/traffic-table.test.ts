import { trafficTable } from "../../scripts/traffic-table";

it("shows who goes out by longest prefix, and what comes in, of the resources that were deployed", () => {
  const table = trafficTable([
    { type: "alicloud_vswitch", values: { id: "vsw-1", cidr_block: "10.0.1.0/24" } },
    {
      type: "alicloud_snat_entry",
      values: {
        snat_entry_name: "all",
        source_cidr: "10.0.0.0/16",
        snat_ip: "203.0.113.1,203.0.113.2",
        eip_affinity: 1,
      },
    },
    {
      type: "alicloud_snat_entry",
      values: { snat_entry_name: "workers", source_vswitch_id: "vsw-1", snat_ip: "203.0.113.3", eip_affinity: 0 },
    },
    {
      type: "alicloud_forward_entry",
      values: {
        forward_entry_name: "web",
        external_ip: "203.0.113.3",
        external_port: "7000/7010",
        internal_ip: "10.0.1.9",
        internal_port: "8000/8010",
        ip_protocol: "udp",
      },
    },
    {
      type: "alicloud_forward_entry",
      values: {
        forward_entry_name: "bastion",
        external_ip: "203.0.113.4",
        external_port: "any",
        internal_ip: "10.0.1.8",
        internal_port: "any",
        ip_protocol: "any",
      },
    },
  ]);
  expect(table).toBe(
    [
      "Who goes out, and as whom (the longest prefix wins):",
      "  10.0.1.0/24  leaves as  203.0.113.3                                         (workers)",
      "  10.0.0.0/16  leaves as  one of (kept per machine) 203.0.113.1, 203.0.113.2  (all)",
      "",
      "What comes in, and to whom:",
      "  udp 203.0.113.3:7000-7010    reaches  10.0.1.9:8000-8010  (web)",
      "  any 203.0.113.4, every port  reaches  10.0.1.8            (bastion)",
    ].join("\n"),
  );
});

it("says nobody where there are no entries", () => {
  expect(trafficTable([])).toBe(
    [
      "Who goes out, and as whom (the longest prefix wins):",
      "  nobody",
      "",
      "What comes in, and to whom:",
      "  nobody",
    ].join("\n"),
  );
});

it("does not call a NAT host empty, whose rules are no resources", () => {
  expect(trafficTable([{ type: "alicloud_ecs_network_interface", values: { id: "eni-1" } }])).toBe(
    "The NAT is a machine of your own: its rules are in its user data, and the cloud has no entries to list.",
  );
});

it("shows the subnets that are routed to a gateway of AWS, which has no entries", () => {
  const table = trafficTable([
    { type: "aws_subnet", values: { id: "subnet-1", cidr_block: "10.0.1.0/24" } },
    { type: "aws_route_table_association", values: { route_table_id: "rtb-1", subnet_id: "subnet-1" } },
    { type: "aws_eip", values: { id: "eipalloc-2", public_ip: "203.0.113.2" } },
    {
      type: "aws_nat_gateway",
      values: { id: "nat-1", public_ip: "203.0.113.1", secondary_allocation_ids: ["eipalloc-2"] },
    },
    {
      type: "aws_route",
      values: { route_table_id: "rtb-1", nat_gateway_id: "nat-1", destination_cidr_block: "0.0.0.0/0" },
    },
  ]);
  expect(table).toBe(
    [
      "Who goes out, and as whom (every subnet that is routed to a gateway):",
      "  10.0.1.0/24 to 0.0.0.0/0  leaves as  203.0.113.1 or 203.0.113.2  (nat-1)",
    ].join("\n"),
  );
});

it("does not call a NAT host of AWS empty", () => {
  expect(trafficTable([{ type: "aws_network_interface", values: { id: "eni-1" } }])).toBe(
    "The NAT is a machine of your own: its rules are in its user data, and the cloud has no entries to list.",
  );
});

it("shows the rules of a gateway of Open Telekom Cloud by their names in Terraform", () => {
  const web = { floating_ip_address: "203.0.113.2", private_ip: "10.0.1.10" };
  const table = trafficTable([
    { type: "opentelekomcloud_nat_gateway_v2", name: "Nat_1234ABCD", values: { id: "nat-1" } },
    {
      type: "opentelekomcloud_vpc_subnet_v1",
      name: "Workers_1234ABCD",
      values: { id: "subnet-1", cidr: "10.0.1.0/24" },
    },
    { type: "opentelekomcloud_vpc_eip_v1", values: { id: "eip-1", publicip: [{ ip_address: "203.0.113.1" }] } },
    {
      type: "opentelekomcloud_nat_snat_rule_v2",
      name: "WorkersOut_1234ABCD",
      values: { network_id: "subnet-1", cidr: null, floating_ip_id: "eip-1" },
    },
    {
      type: "opentelekomcloud_nat_snat_rule_v2",
      name: "OfficeOut_1234ABCD",
      values: { network_id: null, cidr: "172.16.0.0/24", floating_ip_id: "eip-1" },
    },
    {
      type: "opentelekomcloud_nat_dnat_rule_v2",
      name: "HttpsIn_Port-443_1234ABCD",
      values: { ...web, protocol: "tcp", external_service_port: 443, internal_service_port: 8443 },
    },
    {
      type: "opentelekomcloud_nat_dnat_rule_v2",
      name: "BastionIn_1234ABCD",
      values: {
        protocol: "any",
        floating_ip_address: "203.0.113.3",
        private_ip: "10.0.1.12",
        external_service_port: 0,
        internal_service_port: 0,
      },
    },
  ]);
  expect(table).toBe(
    [
      "Who goes out, and as whom:",
      "  10.0.1.0/24    leaves as  203.0.113.1  (WorkersOut)",
      "  172.16.0.0/24  leaves as  203.0.113.1  (OfficeOut)",
      "",
      "What comes in, and to whom:",
      "  tcp 203.0.113.2:443          reaches  10.0.1.10:8443  (HttpsIn_Port-443)",
      "  any 203.0.113.3, every port  reaches  10.0.1.12       (BastionIn)",
    ].join("\n"),
  );
});

it("does not call a NAT host of Open Telekom Cloud empty", () => {
  expect(trafficTable([{ type: "opentelekomcloud_compute_instance_v2", values: { id: "server-1" } }])).toBe(
    "The NAT is a machine of your own: its rules are in its user data, and the cloud has no entries to list.",
  );
});

it("shows who is routed to a NAT host of AWS, and its EIPs", () => {
  const table = trafficTable([
    { type: "aws_subnet", values: { id: "subnet-1", cidr_block: "10.0.1.0/24" } },
    { type: "aws_route_table_association", values: { route_table_id: "rtb-1", subnet_id: "subnet-1" } },
    { type: "aws_network_interface", values: { id: "eni-1", private_ip: "10.0.0.10" } },
    {
      type: "aws_route",
      values: { route_table_id: "rtb-1", network_interface_id: "eni-1", destination_cidr_block: "0.0.0.0/0" },
    },
    { type: "aws_route", values: { route_table_id: "rtb-2", gateway_id: "igw-1" } },
    { type: "aws_eip", values: { id: "eipalloc-1", public_ip: "203.0.113.1" } },
    {
      type: "aws_eip_association",
      values: { allocation_id: "eipalloc-1", network_interface_id: "eni-1", private_ip_address: "10.0.0.10" },
    },
  ]);
  expect(table).toBe(
    [
      "Who is routed to the NAT:",
      "  10.0.1.0/24 to 0.0.0.0/0  is routed to  10.0.0.10  (eni-1)",
      "",
      "Its EIPs, and the private addresses of the NAT behind them:",
      "  203.0.113.1  stands for  10.0.0.10  (eipalloc-1)",
      "",
      "The NAT is a machine of your own: its rules are in its user data, and the cloud has no entries to list.",
    ].join("\n"),
  );
});
