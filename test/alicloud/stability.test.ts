// Adding or removing one EIP, entry, route or set of alarms changes no Terraform address of anything else.
import fc from "fast-check";
import { Construct } from "constructs";
import { DnatEntry, SharedBandwidth, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { type Block, gateway, resources } from "../support/stacks";

type Fixture = ReturnType<typeof gateway>;

/** Parts of a stack, each of which can be left out. */
const PARTS: Record<string, (fixture: Fixture) => void> = {
  EipNew: ({ nat }) => nat.addEip("EipNew"),
  EipExisting: ({ nat }) => nat.addEip("EipExisting", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } }),
  EipShared: ({ stack, nat }) =>
    nat.addEip("EipShared", { sharedBandwidth: new SharedBandwidth(stack, "Shared", { bandwidthMbps: 5 }) }),
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

function built(parts: readonly string[]): Record<string, Block> {
  const fixture = gateway();
  for (const part of parts) PARTS[part]!(fixture);
  return resources(fixture.stack);
}

const NAMES = Object.keys(PARTS);

describe("one part of a stack", () => {
  it.each(NAMES)("%s goes without a change to anything else", (gone) => {
    const all = built(NAMES);
    const rest = built(NAMES.filter((name) => name !== gone));
    const kept = Object.fromEntries(Object.keys(rest).map((address) => [address, all[address]]));
    expect(rest).toEqual(kept);
    expect(Object.keys(all).length).toBeGreaterThan(Object.keys(rest).length);
  });

  it("makes the same whatever is there beside it, in whatever order", () => {
    const all = built(NAMES);
    fc.assert(
      fc.property(fc.shuffledSubarray(NAMES), (parts) => {
        const some = built(parts);
        expect(some).toEqual(Object.fromEntries(Object.keys(some).map((address) => [address, all[address]])));
      }),
      { numRuns: 30 },
    );
  });
});
