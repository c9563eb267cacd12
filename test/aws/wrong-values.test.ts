// What users of JavaScript may pass: every prop of every construct gets every kind of wrong value. It is taken, or a
// NatError with the construct's path says what is wrong with it; never an error about internals.
import { InternetNatGateway } from "cdktf-nat/aws";
import { mistakes } from "../support/stacks";
import { awsGateway, TOPIC } from "../support/aws-stacks";
import { complaints } from "../support/wrong-values";

type Fixture = ReturnType<typeof awsGateway>;
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
  "a public InternetNatGateway": {
    base: ({ vpc, publicSubnet }) => ({ vpc, subnet: publicSubnet }),
    make: ({ stack }, props, id) => new InternetNatGateway(stack, id, props),
    scope: "stack/",
    props: ["eip", "connectivity", "privateIp", "name", "tags", "availabilityMode", "limits", ...common],
  },
  "a private InternetNatGateway": {
    base: ({ vpc, publicSubnet }) => ({ vpc, subnet: publicSubnet, connectivity: "private" }),
    make: ({ stack }, props, id) => new InternetNatGateway(stack, id, props),
    scope: "stack/",
    props: ["eip", "limits"],
  },
  "a VPC": {
    base: () => ({ id: "vpc-1", cidrBlock: "10.0.0.0/16" }),
    make: ({ stack, publicSubnet: subnet }, vpc, id) =>
      new InternetNatGateway(stack, id, { vpc, subnet }).addRoute("Route", { routeTableId: `rtb-${id}` }),
    scope: "stack/",
    props: ["cidrBlockInput", "secondaryCidrBlocks", "vpcId", "availabilityZone"],
  },
  "a subnet": {
    base: () => ({ id: "subnet-1", cidrBlock: "10.0.0.0/24" }),
    make: ({ stack, vpc }, subnet, id) =>
      new InternetNatGateway(stack, id, { vpc, subnet, privateIp: "10.0.0.9" }).addRoute("Route", {
        routeTableId: `rtb-${id}`,
      }),
    scope: "stack/",
    props: ["cidrBlockInput", "mainRouteTableId", "vpcId", "availabilityZone"],
  },
  limits: {
    base: () => ({}),
    make: ({ stack, vpc, publicSubnet: subnet }, limits, id) =>
      new InternetNatGateway(stack, id, { vpc, subnet, limits }),
    scope: "stack/",
    props: ["eips"],
  },
  fromAttributes: {
    base: () => ({ natGatewayId: "nat-1" }),
    make: ({ stack }, attributes, id) => {
      const nat = InternetNatGateway.fromAttributes(stack, id, attributes);
      nat.addRoute("Route", { routeTableId: `rtb-${id}` });
      nat.addAlarms("Alarms", { snsTopicArns: [TOPIC] });
    },
    scope: "stack/",
    props: ["vpc", "publicIps", "tags", "provider"],
  },
  addEip: {
    base: () => ({}),
    make: ({ nat }, props, id) => nat.addEip(id, props),
    scope: "stack/Nat/",
    props: ["name", "tags", "publicIpv4Pool", "networkBorderGroup", "privateIp", "existing", ...common],
  },
  "existing of addEip": {
    base: () => ({ allocationId: "eipalloc-1", publicIp: "203.0.113.7" }),
    make: ({ nat }, existing, id) => nat.addEip(id, { existing }),
    scope: "stack/Nat/",
    props: [],
  },
  addRoute: {
    base: () => ({ routeTableId: "rtb-1" }),
    make: ({ nat }, props, id) => nat.addRoute(id, props),
    scope: "stack/Nat/",
    props: ["destinationCidr", ...common],
  },
  addAlarms: {
    base: () => ({ snsTopicArns: [TOPIC] }),
    make: ({ nat }, props, id) => nat.addAlarms(id, props),
    scope: "stack/Nat/",
    props: [
      ...["portAllocationErrors", "connections", "newConnections", "droppedConnections", "bandwidth", "hostDown"],
      ...["cpuCredits", "droppedPackets", "idleTimeouts", "minutes", "tags", "provider", "another"],
    ],
  },
};

/** A single value in a place of its own, not a prop. */
const PLACES: Record<string, (fixture: Fixture, value: never, id: string) => unknown> = {
  "dependsOn[0]": ({ nat }, dependency, id) => nat.addEip(id, { dependsOn: [dependency] }),
  "snsTopicArns[0]": ({ nat }, topic, id) => nat.addAlarms(id, { snsTopicArns: [topic] }),
  "tags.team": ({ nat }, team, id) => nat.addEip(id, { tags: { team } }),
  "publicIps[0]": ({ stack }, ip, id) =>
    InternetNatGateway.fromAttributes(stack, `Nat${id}`, { natGatewayId: "nat-1", publicIps: [ip] }),
  "the id of a child": ({ nat }, id) => nat.addEip(id),
};

const cases = Object.entries(TARGETS).flatMap(([name, target]) => {
  const props = [...Object.keys(target.base(awsGateway())), ...target.props];
  return props.map((prop) => ({ name, prop, ...target }));
});

describe("wrong values", () => {
  it.each(cases)("in $prop of $name end well", ({ base, make, scope, prop }) => {
    const put = (fixture: Fixture, value: unknown, id: string) =>
      make(fixture, { ...base(fixture), [prop]: value } as never, id);
    expect(complaints(awsGateway(), put, scope)).toEqual([]);
  });

  it.each(Object.entries(TARGETS))("in place of all props of %s end well", (_name, { make, scope }) => {
    expect(complaints(awsGateway(), make, scope)).toEqual([]);
  });

  it.each(Object.entries(PLACES))("in %s end well", (_name, put) => {
    expect(complaints(awsGateway(), put, "stack/Nat")).toEqual([]);
  });

  it.each(Object.entries(TARGETS))("are none among the right props of %s", (_name, { base, make }) => {
    const fixture = awsGateway();
    make(fixture, base(fixture) as never, "X");
    expect(mistakes(fixture.app)).toEqual([]);
  });
});
