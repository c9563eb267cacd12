// What users of JavaScript may pass: every prop of every construct gets every kind of wrong value. It is taken, or a
// NatError with the construct's path says what is wrong with it; never an error about internals.
import { DnatEntry, InternetNatGateway, SharedBandwidth, SnatEntry, SnatSource } from "cdktf-nat/alicloud";
import { gateway, mistakes } from "../support/stacks";
import { complaints } from "../support/wrong-values";

type Fixture = ReturnType<typeof gateway>;
type Props = Readonly<Record<string, unknown>>;

interface Target {
  /** Props that are right. */
  readonly base: (fixture: Fixture) => Props;
  /** Passes props, right or wrong, to a construct of that id, whose errors begin with the path `scope`. */
  readonly make: (fixture: Fixture, props: never, id: string) => unknown;
  readonly scope: string;
  /** The props to spoil, beside those of `base`. */
  readonly props: readonly string[];
}

const IDS = { natGatewayId: "ngw-1", snatTableId: "stb-1", forwardTableId: "ftb-1" };
const common = ["name", "provider", "dependsOn"];

const TARGETS: Record<string, Target> = {
  InternetNatGateway: {
    base: ({ vpc, natVswitch }) => ({ vpc, vswitch: natVswitch }),
    make: ({ stack }, props, id) => new InternetNatGateway(stack, id, props),
    scope: "stack/",
    props: [
      ...["availabilityMode", "eipBindMode", "icmpReply", "deletionProtection", "forceDelete", "privateLink"],
      ...["resourceGroupId", "description", "tags", "limits", ...common],
    ],
  },
  "a VPC": {
    base: () => ({ id: "vpc-1", cidrBlock: "10.0.0.0/16" }),
    make: ({ stack, natVswitch }, vpc, id) => {
      const nat = new InternetNatGateway(stack, id, { vpc, vswitch: natVswitch });
      nat.addRoute("Route", { routeTableId: "vtb-1" });
      new SnatEntry(stack, `Out${id}`, { nat, source: SnatSource.cidr("10.0.3.0/24"), eips: [nat.addEip("Egress")] });
    },
    scope: "stack/",
    props: ["cidrBlockInput", "secondaryCidrBlocks", "secondaryCidrBlocksInput", "routeTableId"],
  },
  "a vSwitch": {
    base: () => ({ id: "vsw-1", cidrBlock: "10.0.0.0/24" }),
    make: ({ stack, vpc }, vswitch, id) => {
      const nat = new InternetNatGateway(stack, id, { vpc, vswitch });
      new SnatEntry(stack, `Out${id}`, { nat, source: SnatSource.vswitch(vswitch), eips: [nat.addEip("Egress")] });
    },
    scope: "stack/",
    props: ["cidrBlockInput"],
  },
  limits: {
    base: () => ({}),
    make: ({ stack, vpc, natVswitch }, limits, id) =>
      new InternetNatGateway(stack, id, { vpc, vswitch: natVswitch, limits }),
    scope: "stack/",
    props: ["eips", "snatEntries", "dnatEntries", "gatewaysPerVpc"],
  },
  privateLink: {
    base: () => ({ accessMode: "tunnel" }),
    make: ({ stack, vpc, natVswitch }, privateLink, id) =>
      new InternetNatGateway(stack, id, { vpc, vswitch: natVswitch, privateLink }),
    scope: "stack/",
    props: ["tunnelType"],
  },
  fromAttributes: {
    base: ({ vpc }) => ({ ...IDS, vpc }),
    make: ({ stack }, props, id) => InternetNatGateway.fromAttributes(stack, id, props).addEip("Egress"),
    scope: "stack/",
    props: ["vswitch", "resourceGroupId", "tags", "limits", "provider"],
  },
  addEip: {
    base: () => ({}),
    make: ({ nat }, props, id) => nat.addEip(id, props),
    scope: "stack/Nat/",
    props: [
      ...["sharedBandwidth", "privateIp", "bandwidthMbps", "chargeBy", "isp", "deletionProtection", "resourceGroupId"],
      ...["tags", "existing", ...common],
    ],
  },
  "existing of addEip": {
    base: () => ({ allocationId: "eip-1", publicIp: "203.0.113.7" }),
    make: ({ nat }, existing, id) => nat.addEip(id, { existing }),
    scope: "stack/Nat/",
    props: [],
  },
  importEip: {
    base: () => ({ allocationId: "eip-1", publicIp: "203.0.113.7" }),
    make: ({ stack, vpc }, props, id) =>
      InternetNatGateway.fromAttributes(stack, id, { ...IDS, vpc }).importEip("Old", props),
    scope: "stack/",
    props: ["sharedBandwidth"],
  },
  SharedBandwidth: {
    base: () => ({ bandwidthMbps: 5 }),
    make: ({ stack }, props, id) => new SharedBandwidth(stack, id, props),
    scope: "stack/",
    props: ["maxBandwidthMbps", "chargeBy", "isp", "resourceGroupId", "tags", ...common],
  },
  "SharedBandwidth.fromAttributes": {
    base: () => ({ bandwidthPackageId: "cbwp-1" }),
    make: ({ stack, nat }, props, id) =>
      nat.addEip(`Eip${id}`, { sharedBandwidth: SharedBandwidth.fromAttributes(stack, id, props) }),
    scope: "stack/",
    props: [],
  },
  SnatEntry: {
    base: ({ nat, workers, egress }) => ({ nat, source: SnatSource.vswitch(workers), eips: [egress] }),
    make: ({ stack }, props, id) => new SnatEntry(stack, id, props),
    scope: "stack/",
    props: ["eipAffinity", ...common],
  },
  "DnatEntry with ports": {
    base: ({ nat, web }) => ({ nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" }),
    make: ({ stack }, props, id) => new DnatEntry(stack, id, props),
    scope: "stack/",
    props: ["privatePort", "removePortLimits", "allowFrom", "backendSecurityGroupId", ...common],
  },
  "DnatEntry with Any Port": {
    base: ({ nat, web }) => ({ nat, eip: web, protocol: "any", privateIp: "10.0.1.4" }),
    make: ({ stack }, props, id) => new DnatEntry(stack, id, props),
    scope: "stack/",
    props: ["publicPort", "privatePort", "removePortLimits", "allowFrom", "backendSecurityGroupId", ...common],
  },
  addRoute: {
    base: () => ({ routeTableId: "vtb-1" }),
    make: ({ nat }, props, id) => nat.addRoute(id, props),
    scope: "stack/Nat/",
    props: ["destinationCidr", "systemTable", ...common],
  },
  addAlarms: {
    base: () => ({ contactGroups: ["ops"] }),
    make: ({ nat }, props, id) => nat.addAlarms(id, props),
    scope: "stack/Nat/",
    props: [
      ...["portAllocationErrors", "connections", "newConnections", "droppedConnections", "bandwidth", "hostDown"],
      ...["minutes", "provider", "another"],
    ],
  },
};

/** A single value in a place of its own, not a prop. */
const PLACES: Record<
  string,
  { readonly put: (fixture: Fixture, value: never, id: string) => unknown; readonly scope: string }
> = {
  "SnatSource.host": { put: (fixture, ip, id) => snat(fixture, id, { source: SnatSource.host(ip) }), scope: "stack/" },
  "SnatSource.cidr": {
    put: (fixture, cidr, id) => snat(fixture, id, { source: SnatSource.cidr(cidr) }),
    scope: "stack/",
  },
  "SnatSource.vpc": { put: (fixture, vpc, id) => snat(fixture, id, { source: SnatSource.vpc(vpc) }), scope: "stack/" },
  "SnatSource.vswitch": {
    put: (fixture, vswitch, id) => snat(fixture, id, { source: SnatSource.vswitch(vswitch) }),
    scope: "stack/",
  },
  "eips[0]": { put: (fixture, eip, id) => snat(fixture, id, { eips: [eip] }), scope: "stack/" },
  "dependsOn[0]": { put: (fixture, dependency, id) => snat(fixture, id, { dependsOn: [dependency] }), scope: "stack/" },
  "allowFrom[0]": {
    put: ({ stack, nat, web }, block, id) =>
      new DnatEntry(stack, id, {
        ...{ nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" },
        ...{ backendSecurityGroupId: "sg-1", allowFrom: [block] },
      }),
    scope: "stack/",
  },
  "contactGroups[0]": {
    put: ({ nat }, group, id) => nat.addAlarms(id, { contactGroups: [group] }),
    scope: "stack/Nat/",
  },
  "tags.team": { put: ({ nat }, team, id) => nat.addEip(id, { tags: { team } }), scope: "stack/Nat/" },
  "secondaryCidrBlocks[0]": {
    put: ({ stack, natVswitch }, block, id) =>
      new InternetNatGateway(stack, id, {
        vpc: { id: "vpc-1", cidrBlock: "10.0.0.0/16", secondaryCidrBlocks: [block] },
        vswitch: natVswitch,
      }),
    scope: "stack/",
  },
  "the id of a child": { put: ({ nat }, given) => nat.addEip(given), scope: "stack/Nat" },
};

function snat({ stack, nat, egress, workers }: Fixture, id: string, props: object): void {
  new SnatEntry(stack, id, { nat, source: SnatSource.vswitch(workers), eips: [egress], ...props });
}

/** A stack with room for the gateways of each value. */
const roomy = (): Fixture => gateway({ limits: { gatewaysPerVpc: 100 } });

const cases = Object.entries(TARGETS).flatMap(([name, target]) => {
  const props = [...Object.keys(target.base(gateway())), ...target.props];
  return props.map((prop) => ({ name, prop, ...target }));
});

describe("wrong values", () => {
  it.each(cases)("in $prop of $name end well", ({ base, make, scope, prop }) => {
    const put = (fixture: Fixture, value: unknown, id: string) =>
      make(fixture, { ...base(fixture), [prop]: value } as never, id);
    expect(complaints(roomy(), put, scope)).toEqual([]);
  });

  it.each(Object.entries(TARGETS))("in place of all props of %s end well", (_name, { make, scope }) => {
    expect(complaints(roomy(), make, scope)).toEqual([]);
  });

  it.each(Object.entries(PLACES))("in %s end well", (_name, { put, scope }) => {
    expect(complaints(roomy(), put, scope)).toEqual([]);
  });

  it.each(Object.entries(TARGETS))("are none among the right props of %s", (_name, { base, make }) => {
    const fixture = gateway();
    make(fixture, base(fixture) as never, "X");
    expect(mistakes(fixture.app)).toEqual([]);
  });
});
