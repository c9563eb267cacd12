// Adding or removing one EIP, entry, route or set of alarms changes no Terraform address of anything else.
import fc from "fast-check";
import { Construct } from "constructs";
import {
  DnatEntry,
  type IEip,
  type INat,
  SelfHostedNatInstance,
  SharedBandwidth,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/alicloud";
import { Vswitch } from "cdktf-nat/alicloud/bindings/vswitch";
import { type Block, gateway, network, type Network, resources } from "../support/stacks";

interface Fixture extends Network {
  readonly nat: INat;
  readonly egress: IEip;
  readonly web: IEip;
}

function host(isHeadNode: boolean): Fixture {
  const net = network();
  const { stack, vpc, natVswitch } = net;
  const inside = new Vswitch(stack, "Inside", { vpcId: vpc.id, zoneId: "eu-central-1a", cidrBlock: "10.0.4.0/24" });
  const nat = new SelfHostedNatInstance(stack, "Nat", {
    ...{ vpc, vswitch: natVswitch },
    ...(isHeadNode && { privateInterface: { vswitch: inside } }),
  });
  return { ...net, nat, egress: nat.addEip("Egress"), web: nat.addEip("Web", { privateIp: "10.0.0.11" }) };
}

/** Every kind of NAT. */
const KINDS: Record<string, () => Fixture> = {
  gateway,
  host: () => host(false),
  "host with two interfaces": () => host(true),
};

/** Parts of a stack, each of which can be left out. */
const PARTS: Record<string, (fixture: Fixture) => void> = {
  EipNew: ({ nat }) => nat.addEip("EipNew", { privateIp: "10.0.0.12" }),
  EipExisting: ({ nat }) =>
    nat.addEip("EipExisting", {
      ...{ existing: { allocationId: "eip-1", publicIp: "203.0.113.7" }, privateIp: "10.0.0.13" },
    }),
  EipShared: ({ stack, nat }) =>
    nat.addEip("EipShared", {
      ...{ sharedBandwidth: new SharedBandwidth(stack, "Shared", { bandwidthMbps: 5 }), privateIp: "10.0.0.14" },
    }),
  SnatVswitch: ({ stack, nat, workers, egress, web }) =>
    new SnatEntry(stack, "SnatVswitch", { nat, source: SnatSource.vswitch(workers), eips: [egress, web] }),
  SnatHost: ({ stack, nat, egress }) =>
    new SnatEntry(stack, "SnatHost", { nat, source: SnatSource.host("10.0.2.1"), eips: [egress] }),
  SnatNested: ({ stack, nat, web }) =>
    new SnatEntry(new Construct(stack, "Team"), "Out", { nat, source: SnatSource.cidr("10.0.3.0/24"), eips: [web] }),
  DnatOne: ({ stack, nat, web }) =>
    new DnatEntry(stack, "DnatOne", {
      ...{ nat, eip: web, protocol: "tcp", publicPort: 80, privateIp: "10.0.1.1", backendSecurityGroupId: "sg-1" },
    }),
  DnatTwo: ({ stack, nat, egress }) =>
    new DnatEntry(stack, "DnatTwo", {
      ...{ nat, eip: egress, protocol: "tcp", publicPort: 81, privatePort: 80, privateIp: "10.0.1.2" },
      backendSecurityGroupId: "sg-1",
      allowFrom: ["0.0.0.0/0", "198.51.100.0/24"],
    }),
  RouteOne: ({ nat }) => nat.addRoute("RouteOne", { routeTableId: "vtb-1" }),
  RouteTwo: ({ nat }) => nat.addRoute("RouteTwo", { routeTableId: "vtb-2" }),
  AlarmsOne: ({ nat }) => nat.addAlarms("AlarmsOne", { contactGroups: ["ops"] }),
  AlarmsTwo: ({ nat }) => nat.addAlarms("AlarmsTwo", { contactGroups: ["night"], bandwidth: 50 }),
};

function built(kind: string, parts: readonly string[]): Record<string, Block> {
  const fixture = KINDS[kind]!();
  for (const part of parts) PARTS[part]!(fixture);
  return Object.fromEntries(
    Object.entries(resources(fixture.stack)).map(([address, block]) => [address, withoutParts(address, block)]),
  );
}

/** What a host's machine waits for, and the addresses of its interface, are as its parts are; nothing else is. */
function withoutParts(address: string, block: Block): Block {
  const { depends_on, private_ip_addresses, ...rest } = block;
  if (address.startsWith("alicloud_instance.")) return { ...rest, private_ip_addresses };
  if (address.includes(".Nat_NetworkInterface_")) return { ...rest, depends_on };
  return block;
}

const NAMES = Object.keys(PARTS);

describe.each(Object.keys(KINDS))("one part of a stack with a %s", (kind) => {
  it.each(NAMES)("%s goes without a change to anything else", (gone) => {
    const all = built(kind, NAMES);
    const rest = built(
      kind,
      NAMES.filter((name) => name !== gone),
    );
    const kept = Object.fromEntries(Object.keys(rest).map((address) => [address, all[address]]));
    expect(rest).toEqual(kept);
    expect(Object.keys(all).length).toBeGreaterThan(Object.keys(rest).length);
  });

  it("makes the same whatever is there beside it, in whatever order", () => {
    const all = built(kind, NAMES);
    fc.assert(
      fc.property(fc.shuffledSubarray(NAMES), (parts) => {
        const some = built(kind, parts);
        expect(some).toEqual(Object.fromEntries(Object.keys(some).map((address) => [address, all[address]])));
      }),
      { numRuns: 30 },
    );
  });
});
