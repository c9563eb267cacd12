import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { VpcRouteTableV1 } from "@cdktf/provider-opentelekomcloud/lib/vpc-route-table-v1";
import { TerraformStack, TerraformVariable } from "cdktf";
import {
  DnatEntry,
  InternetNatGateway,
  SelfHostedNatInstance,
  SnatEntry,
  type SnatEntryProps,
  SnatSource,
} from "cdktf-nat/opentelekomcloud";
import { mistakes, resolved, resources, resourcesOf } from "../support/stacks";
import { bareHost, host, hostCounts, MACHINE, network } from "./host";

const ROUTE = "opentelekomcloud_networking_router_route_v2";
const PORT = "opentelekomcloud_networking_port_v2.Nat_Port_606092B5";
const VPC = "${opentelekomcloud_vpc_v1.Vpc.id}";

describe("the routes of a host", () => {
  it("lead to the address of its port, from the default table of a VPC", () => {
    const { stack, vpc, nat } = host();
    nat.addRoute("Route", { vpcId: vpc.id });
    expect(Object.values(resourcesOf(stack, ROUTE))).toEqual([
      { router_id: VPC, destination_cidr: "0.0.0.0/0", next_hop: `\${element(${PORT}.all_fixed_ips, 0)}` },
    ]);
  });

  it("take every prop", () => {
    const { stack, nat, workers } = host();
    const provider = new OpentelekomcloudProvider(stack, "Second", { region: "eu-nl", alias: "second" });
    nat.addRoute("Route", { vpcId: "vpc-2", destinationCidr: "203.0.113.0/24", provider, dependsOn: [workers] });
    expect(Object.values(resourcesOf(stack, ROUTE))).toEqual([
      {
        provider: "opentelekomcloud.second",
        router_id: "vpc-2",
        destination_cidr: "203.0.113.0/24",
        next_hop: `\${element(${PORT}.all_fixed_ips, 0)}`,
        depends_on: ["opentelekomcloud_vpc_subnet_v1.Workers"],
      },
    ]);
  });

  it("cannot lie inside a subnet that the app names, nor lead to the same destination twice", () => {
    const { app, stack, nat, vpc, workers, egress } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    nat.addRoute("Own", { vpcId: vpc.id, destinationCidr: "10.0.0.0/25" });
    nat.addRoute("Theirs", { vpcId: vpc.id, destinationCidr: "10.0.1.0/24" });
    nat.addRoute("One", { vpcId: vpc.id });
    nat.addRoute("Two", { vpcId: vpc.id });
    expect(mistakes(app)).toEqual([
      '[stack/Nat/Own] destinationCidr: must not equal, nor lie inside, the block 10.0.0.0/24 of a subnet of the VPC, got "10.0.0.0/25"; route a block outside it, or one that contains it',
      '[stack/Nat/Theirs] destinationCidr: must not equal, nor lie inside, the block 10.0.1.0/24 of a subnet of the VPC, got "10.0.1.0/24"; route a block outside it, or one that contains it',
      '[stack/Nat/Two] destinationCidr: is routed by "stack/Nat/One" already, in the same route table, got "0.0.0.0/0"; take one of the two routes out',
    ]);
  });

  it.each([
    [{ vpcId: "" }, 'vpcId: must be the id of a VPC, got ""; pass it as text, or as the attribute of a resource'],
    [
      { vpcId: "vpc-1", destinationCidr: "100.64.1.0/24" },
      'destinationCidr: must not lie inside 100.64.0.0/10, which the cloud keeps for itself, got "100.64.1.0/24"; route other destinations, the cloud reaches its own services without the NAT',
    ],
    [
      { vpcId: "vpc-1", destinationCidr: "10.0.3.1/24" },
      'destinationCidr: host bits must be zero, got "10.0.3.1/24"; use "10.0.3.0/24"',
    ],
  ])("refuse %j", (props, message) => {
    expect(() => host().nat.addRoute("Route", props)).toThrow(`[stack/Nat/Route] ${message}`);
  });

  it("collide with the default route of a gateway in the same VPC, whichever of the two comes first", () => {
    for (const gatewayFirst of [true, false]) {
      const { app, stack, vpc, natSubnet, workers } = network();
      const makeGateway = () => new InternetNatGateway(stack, "Gateway", { vpc, subnet: workers });
      if (gatewayFirst) makeGateway();
      const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, subnet: natSubnet });
      nat.addRoute("Route", { vpcId: vpc.id });
      nat.addRoute("Narrow", { vpcId: vpc.id, destinationCidr: "203.0.113.0/24" });
      nat.addRoute("Elsewhere", { vpcId: "vpc-2" });
      if (!gatewayFirst) makeGateway();
      expect(mistakes(app)).toEqual([
        '[stack/Nat/Route] destinationCidr: is routed to the gateway "stack/Gateway" by the cloud, which adds 0.0.0.0/0 to the VPC of a gateway, got "${opentelekomcloud_vpc_v1.Vpc.id}"; take the gateway or the route out, or give the self-hosted NAT a VPC of its own',
      ]);
    }
  });

  it("of a custom table are written by its owner, who reads what the host is to it", () => {
    const { stack, vpc, nat } = host();
    new VpcRouteTableV1(stack, "Table", {
      ...{ name: "workers", vpcId: vpc.id },
      route: [{ destination: "0.0.0.0/0", ...nat.nextHop }],
    });
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_vpc_route_table_v1"))).toEqual([
      {
        ...{ name: "workers", vpc_id: VPC },
        route: [{ destination: "0.0.0.0/0", type: "ecs", nexthop: `\${${MACHINE}.id}` }],
      },
    ]);
  });
});

describe("the alarms of a host", () => {
  const actions = [{ type: "notification", notification_list: ["urn-1"] }];
  const rule = {
    ...{ alarm_action_enabled: true, alarm_actions: actions, ok_actions: actions },
  };
  const ecs = (metric_name: string) => ({
    ...{ namespace: "SYS.ECS", metric_name },
    dimensions: [{ name: "instance_id", value: `\${${MACHINE}.id}` }],
  });

  it("watch the machine's CPU, what it runs on, and each EIP's bandwidth", () => {
    const { stack, nat } = bareHost();
    nat.addAlarms("Alarms", { topicUrns: ["urn-1"], newConnections: 70, minutes: 10 });
    nat.addEip("Egress", { bandwidthMbps: 50 });
    expect(resourcesOf(stack, "opentelekomcloud_ces_alarmrule")).toEqual({
      "opentelekomcloud_ces_alarmrule.Nat_Alarms_Cpu_798B5A96": {
        ...{ ...rule, alarm_name: "stack-Nat-Alarms-Cpu", metric: ecs("cpu_util") },
        condition: { period: 300, count: 2, filter: "average", comparison_operator: ">", value: 70 },
      },
      "opentelekomcloud_ces_alarmrule.Nat_Alarms_HostDown_67B74353": {
        ...{ ...rule, alarm_name: "stack-Nat-Alarms-HostDown", metric: ecs("inst_sys_status_error") },
        condition: { period: 1, count: 2, filter: "average", comparison_operator: ">", value: 0 },
      },
      "opentelekomcloud_ces_alarmrule.Nat_Alarms_Bandwidth-Egress_F8F87A19": expect.objectContaining({
        alarm_name: "stack-Nat-Alarms-Bandwidth-Egress",
      }) as unknown,
    });
  });

  it.each([
    [undefined, 1],
    [5, 1],
    [15, 3],
    [25, 5],
  ])("over %s minutes count %s spans of five", (minutes, count) => {
    const { stack, nat } = bareHost();
    nat.addAlarms("Alarms", { topicUrns: ["urn-1"], minutes, hostDown: false });
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_ces_alarmrule"))).toEqual([
      expect.objectContaining({
        condition: { period: 300, count, filter: "average", comparison_operator: ">", value: 80 },
      }),
    ]);
  });

  it("count spans where the minutes are known at deploy time only", () => {
    const { stack, nat } = bareHost();
    const minutes = new TerraformVariable(stack, "minutes", {}).numberValue;
    nat.addAlarms("Alarms", { topicUrns: ["urn-1"], minutes, hostDown: false });
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_ces_alarmrule"))).toEqual([
      expect.objectContaining({
        condition: expect.objectContaining({ count: "${ceil((var.minutes / 5))}" }) as unknown,
      }),
    ]);
  });

  it.each([0, 6, 1.5])("refuse %s checks of what the machine runs on", (hostDown) => {
    const { nat } = bareHost();
    expect(() => nat.addAlarms("Alarms", { topicUrns: ["urn-1"], hostDown })).toThrow(
      `[stack/Nat/Alarms] hostDown: must be a whole number of checks from 1 to 5, got ${hostDown};`,
    );
  });
});

describe("what waits for a host", () => {
  it("waits for the machine, its rules, its EIPs and its routes", () => {
    const { stack, nat, vpc, web } = host();
    new DnatEntry(stack, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    nat.addRoute("Route", { vpcId: vpc.id });
    expect(nat.dependables.map(({ fqn }) => String(resolved(stack, fqn)).split(".")[0])).toEqual([
      "${opentelekomcloud_compute_instance_v2",
      "${opentelekomcloud_networking_secgroup_rule_v2",
      "${opentelekomcloud_networking_secgroup_rule_v2",
      "${opentelekomcloud_networking_secgroup_rule_v2",
      "${opentelekomcloud_networking_floatingip_associate_v2",
      "${opentelekomcloud_networking_vip_associate_v2",
      "${opentelekomcloud_networking_floatingip_associate_v2",
      "${opentelekomcloud_networking_router_route_v2",
    ]);
  });
});

describe("a host made elsewhere", () => {
  it("takes routes, each to its private address", () => {
    const { stack, workers } = network();
    const provider = new OpentelekomcloudProvider(stack, "Second", { region: "eu-nl", alias: "second" });
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Nat", { privateIp: "10.0.0.10", provider });
    nat.addRoute("Route", { vpcId: "vpc-1", dependsOn: [workers] });
    expect(Object.values(resourcesOf(stack, ROUTE))).toEqual([
      {
        provider: "opentelekomcloud.second",
        ...{ router_id: "vpc-1", destination_cidr: "0.0.0.0/0", next_hop: "10.0.0.10" },
        depends_on: ["opentelekomcloud_vpc_subnet_v1.Workers"],
      },
    ]);
    expect(hostCounts(stack)).toEqual({ [ROUTE]: 1 });
    expect(nat.privateIp).toBe("10.0.0.10");
    expect(nat.dependables.map(({ fqn }) => resolved(stack, fqn))).toEqual([
      `\${${Object.keys(resourcesOf(stack, ROUTE))[0]}}`,
    ]);
  });

  it("collides with a gateway too", () => {
    const { app, stack, vpc, natSubnet } = network();
    new InternetNatGateway(stack, "Gateway", { vpc, subnet: natSubnet });
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Nat", { privateIp: "10.0.0.10" });
    nat.addRoute("Route", { vpcId: vpc.id });
    expect(mistakes(app)).toEqual([
      expect.stringMatching(/^\[stack\/Nat\/Route\] destinationCidr: is routed to the gateway "stack\/Gateway"/),
    ]);
  });

  it("takes an address of another stack", () => {
    const { app, nat } = host();
    const other = new TerraformStack(app, "other");
    new OpentelekomcloudProvider(other, "Otc", { region: "eu-de" });
    const adopted = SelfHostedNatInstance.fromAttributes(other, "Nat", { privateIp: nat.privateIp });
    adopted.addRoute("Route", { vpcId: "vpc-1" });
    expect(Object.values(resources(other))).toEqual([expect.objectContaining({ next_hop: "10.0.0.10" })]);
  });

  it("takes no entries", () => {
    const { stack, vpc } = network();
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Nat", { privateIp: "10.0.0.10" });
    // @ts-expect-error it is no NAT that takes entries
    const props: SnatEntryProps = { nat, source: SnatSource.vpc(vpc), eips: [] };
    expect(() => new SnatEntry(stack, "Out", props)).toThrow(
      '[stack/Out] nat: must be an InternetNatGateway or a SelfHostedNatInstance, got "AdoptedNatInstance"; pass the NAT construct itself',
    );
  });

  it.each([
    [undefined, "attributes: must be an object, got undefined; pass the props that the documentation lists"],
    [
      {},
      'privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got undefined; use one such as "10.0.1.10"',
    ],
    [
      { privateIp: "10.0.0" },
      'privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "10.0.0"; use one such as "10.0.1.10"',
    ],
    [
      { privateIp: "10.0.0.10", provider: {} },
      "provider: must be a provider of the stack, got {}; pass the provider construct itself",
    ],
  ])("refuses %j", (given, message) => {
    const { stack } = network();
    expect(() => SelfHostedNatInstance.fromAttributes(stack, "Nat", given as never)).toThrow(`[stack/Nat] ${message}`);
  });
});
