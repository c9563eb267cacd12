// What users of JavaScript may pass: every prop of every construct gets every kind of wrong value. It is taken, or a
// NatError with the construct's path says what is wrong with it; never an error about internals.
import { DnatEntry, InternetNatGateway, SharedBandwidth, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import { mistakes } from "../support/stacks";
import { complaints } from "../support/wrong-values";
import { gateway, TOPIC } from "./gateway";

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

const common = ["provider", "dependsOn"];

const TARGETS: Record<string, Target> = {
  InternetNatGateway: {
    base: ({ vpc, natSubnet }) => ({ vpc, subnet: natSubnet }),
    make: ({ stack }, props, id) => new InternetNatGateway(stack, id, props),
    scope: "stack/",
    props: ["size", "name", "description", "tags", "limits", ...common],
  },
  "a VPC": {
    base: () => ({ id: "vpc-1", cidr: "10.0.0.0/16" }),
    make: ({ stack, natSubnet: subnet }, vpc, id) =>
      new InternetNatGateway(stack, id, { vpc, subnet }).addRoute("Route", { vpcId: "vpc-1" }),
    scope: "stack/",
    props: ["cidrInput", "secondaryCidr", "secondaryCidrInput", "gatewayIp"],
  },
  "a subnet": {
    base: () => ({ id: "subnet-1", cidr: "10.0.0.0/24" }),
    make: ({ stack, vpc }, subnet, id) => new InternetNatGateway(stack, id, { vpc, subnet }),
    scope: "stack/",
    props: ["cidrInput", "gatewayIp", "gatewayIpInput", "subnetId", "shared"],
  },
  limits: {
    base: () => ({}),
    make: ({ stack, vpc, natSubnet: subnet }, limits, id) => new InternetNatGateway(stack, id, { vpc, subnet, limits }),
    scope: "stack/",
    props: ["dnatEntries"],
  },
  fromAttributes: {
    base: ({ vpc }) => ({ natGatewayId: "nat-1", vpc }),
    make: ({ stack }, attributes, id) => {
      const nat = InternetNatGateway.fromAttributes(stack, id, attributes);
      nat.addEip("Eip");
      nat.addAlarms("Alarms", { topicUrns: [TOPIC] });
    },
    scope: "stack/",
    props: ["subnet", "size", "tags", "limits", "provider"],
  },
  SharedBandwidth: {
    base: () => ({ bandwidthMbps: 200 }),
    make: ({ stack }, props, id) => new SharedBandwidth(stack, id, props),
    scope: "stack/",
    props: ["maxBandwidthMbps", "name", ...common],
  },
  addEip: {
    base: () => ({}),
    make: ({ nat }, props, id) => nat.addEip(id, props),
    scope: "stack/Nat/",
    props: ["bandwidthMbps", "type", "name", "tags", "sharedBandwidth", "privateIp", "existing", ...common],
  },
  "existing of addEip": {
    base: () => ({ eipId: "eip-1", publicIp: "203.0.113.7" }),
    make: ({ nat }, existing, id) => nat.addEip(id, { existing }),
    scope: "stack/Nat/",
    props: ["bandwidthMbps"],
  },
  importEip: {
    base: () => ({ eipId: "eip-1", publicIp: "203.0.113.7" }),
    make: ({ stack, vpc }, props, id) =>
      InternetNatGateway.fromAttributes(stack, id, { natGatewayId: "nat-1", vpc }).importEip("Eip", props),
    scope: "stack/",
    props: ["bandwidthMbps"],
  },
  SnatEntry: {
    base: ({ nat, egress, workers }) => ({ nat, source: SnatSource.subnet(workers), eips: [egress] }),
    make: ({ stack }, props, id) => new SnatEntry(stack, id, props),
    scope: "stack/",
    props: ["eipAffinity", "name", ...common],
  },
  DnatEntry: {
    base: ({ nat, web }) => ({ nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" }),
    make: ({ stack }, props, id) => new DnatEntry(stack, id, props),
    scope: "stack/",
    props: ["privatePort", "portId", "directConnect", "allowFrom", "backendSecurityGroupId", "name", ...common],
  },
  "a DnatEntry to a port": {
    base: ({ nat, web }) => ({ nat, eip: web, protocol: "any", portId: "port-1" }),
    make: ({ stack }, props, id) => new DnatEntry(stack, id, props),
    scope: "stack/",
    props: ["privateIp", "directConnect"],
  },
  addRoute: {
    base: ({ vpc }) => ({ vpcId: vpc.id }),
    make: ({ nat }, props, id) => nat.addRoute(id, props),
    scope: "stack/Nat/",
    props: ["destinationCidr", ...common],
  },
  addAlarms: {
    base: () => ({ topicUrns: [TOPIC] }),
    make: ({ nat }, props, id) => nat.addAlarms(id, props),
    scope: "stack/Nat/",
    props: [
      ...["portAllocationErrors", "connections", "newConnections", "droppedConnections", "bandwidth", "hostDown"],
      ...["cpuCredits", "minutes", "provider", "another"],
    ],
  },
};

/** A single value in a place of its own, not a prop. */
const PLACES: Record<string, (fixture: Fixture, value: never, id: string) => unknown> = {
  "dependsOn[0]": ({ nat }, dependency, id) => nat.addEip(id, { dependsOn: [dependency] }),
  "topicUrns[0]": ({ nat }, topic, id) => nat.addAlarms(id, { topicUrns: [topic] }),
  "tags.team": ({ nat }, team, id) => nat.addEip(id, { tags: { team } }),
  "the id of a child": ({ nat }, id) => nat.addEip(id),
};

/** A value that a source is made of. */
const SOURCES: Record<string, (value: never) => SnatSource> = {
  vpc: (value) => SnatSource.vpc(value),
  subnet: (value) => SnatSource.subnet(value),
  host: (value) => SnatSource.host(value),
  cidr: (value) => SnatSource.cidr(value),
  directConnect: (value) => SnatSource.directConnect(value),
};

const cases = Object.entries(TARGETS).flatMap(([name, target]) => {
  const props = [...Object.keys(target.base(gateway())), ...target.props];
  return props.map((prop) => ({ name, prop, ...target }));
});

describe("wrong values", () => {
  it.each(cases)("in $prop of $name end well", ({ base, make, scope, prop }) => {
    const put = (fixture: Fixture, value: unknown, id: string) =>
      make(fixture, { ...base(fixture), [prop]: value } as never, id);
    expect(complaints(gateway(), put, scope)).toEqual([]);
  });

  it.each(Object.entries(TARGETS))("in place of all props of %s end well", (_name, { make, scope }) => {
    expect(complaints(gateway(), make, scope)).toEqual([]);
  });

  it.each(Object.entries(PLACES))("in %s end well", (_name, put) => {
    expect(complaints(gateway(), put, "stack/Nat")).toEqual([]);
  });

  it.each(Object.entries(SOURCES))("in SnatSource.%s end well", (_name, source) => {
    const put = ({ stack, nat, egress }: Fixture, value: never, id: string) =>
      new SnatEntry(stack, id, { nat, source: source(value), eips: [egress] });
    expect(complaints(gateway(), put, "stack/")).toEqual([]);
  });

  it.each(Object.entries(TARGETS))("are none among the right props of %s", (_name, { base, make }) => {
    const fixture = gateway();
    make(fixture, base(fixture) as never, "X");
    expect(mistakes(fixture.app)).toEqual([]);
  });
});
