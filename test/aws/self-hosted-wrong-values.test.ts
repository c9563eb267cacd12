// What users of JavaScript may pass: every prop of a host, of its EIPs, entries and alarms gets every kind of wrong value.
// It is taken, or a NatError with the construct's path says what is wrong with it; never an error about internals.
import { DnatEntry, SelfHostedNatInstance, SnatEntry, SnatSource } from "cdktf-nat/aws";
import { TOPIC } from "../support/aws-stacks";
import { EXISTING, host } from "../support/aws-hosts";
import { complaints } from "../support/wrong-values";

type Fixture = ReturnType<typeof host>;
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

const TARGETS: Record<string, Target> = {
  "a SelfHostedNatInstance": {
    base: ({ vpc, publicSubnet }) => ({ vpc, subnet: publicSubnet }),
    make: ({ stack }, props, id) => {
      const nat = new SelfHostedNatInstance(stack, id, props);
      const existing = { allocationId: `eipalloc-${id}`, publicIp: "203.0.113.9" };
      nat.addEip("Egress", { existing });
    },
    scope: "stack/",
    props: [
      ...["instanceType", "imageId", "imageUpdates", "keyName", "diskSizeGib", "kmsKeyId", "privateIp"],
      ...["privateInterface", "recovery", "spot", "creditSpecification", "sessionManager", "name"],
      ...["securityGroupIds", "sshFrom", "tags", "provider", "dependsOn"],
    ],
  },
  "a SelfHostedNatInstance with a group": {
    base: ({ vpc, publicSubnet }) => ({ vpc, subnet: publicSubnet, recovery: "auto-scaling" }),
    make: ({ stack }, props, id) => new SelfHostedNatInstance(stack, id, props),
    scope: "stack/",
    props: ["instanceType", "imageId", "spot", "tags", "kmsKeyId"],
  },
  "a subnet of a group": {
    base: () => ({ id: "subnet-1", cidrBlock: "10.0.0.0/24", availabilityZone: "eu-central-1a" }),
    make: ({ stack, vpc }, subnet, id) =>
      new SelfHostedNatInstance(stack, id, { vpc, subnet, recovery: "auto-scaling" }),
    scope: "stack/",
    props: ["availabilityZoneInput"],
  },
  "a privateInterface": {
    base: ({ workers }) => ({ subnet: workers }),
    make: ({ stack, vpc, publicSubnet: subnet }, privateInterface, id) =>
      new SelfHostedNatInstance(stack, id, { vpc, subnet, privateInterface }),
    scope: "stack/",
    props: ["privateIp", "name", "publicName"],
  },
  spot: {
    base: () => ({}),
    make: ({ stack, vpc, publicSubnet: subnet }, spot, id) =>
      new SelfHostedNatInstance(stack, id, { vpc, subnet, spot }),
    scope: "stack/",
    props: ["maxPrice"],
  },
  "an EIP": {
    base: () => ({}),
    make: ({ nat }, props, id) => nat.addEip(id, props),
    scope: "stack/Nat/",
    props: ["privateIp", "existing", "name", "tags", "publicIpv4Pool", "networkBorderGroup", "provider", "dependsOn"],
  },
  "an SnatEntry": {
    base: ({ nat, egress }) => ({ nat, source: SnatSource.cidr("10.0.1.0/24"), eips: [egress] }),
    make: ({ stack }, props, id) => new SnatEntry(stack, id, props),
    scope: "stack/",
    props: ["eipAffinity", "name", "provider", "dependsOn"],
  },
  "a DnatEntry": {
    base: ({ nat, web }) => ({ nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" }),
    make: ({ stack }, props, id) => new DnatEntry(stack, id, props),
    scope: "stack/",
    props: ["privatePort", "allowFrom", "backendSecurityGroupId", "name", "provider", "dependsOn"],
  },
  "a source by a VPC": {
    base: () => ({ id: "vpc-1", cidrBlock: "10.0.0.0/16" }),
    make: ({ stack, nat, egress }, vpc, id) =>
      new SnatEntry(stack, id, { nat, source: SnatSource.vpc(vpc), eips: [egress] }),
    scope: "stack/",
    props: [],
  },
  "a source by a subnet": {
    base: () => ({ id: "subnet-1", cidrBlock: "10.0.1.0/24" }),
    make: ({ stack, nat, egress }, subnet, id) =>
      new SnatEntry(stack, id, { nat, source: SnatSource.subnet(subnet), eips: [egress] }),
    scope: "stack/",
    props: [],
  },
  alarms: {
    base: () => ({ snsTopicArns: [TOPIC] }),
    make: ({ nat }, props, id) => nat.addAlarms(id, props),
    scope: "stack/Nat/",
    props: ["hostDown", "cpuCredits", "bandwidthMbps", "agentNamespace", "minutes", "droppedConnections"],
  },
  "fromAttributes of a host": {
    base: () => ({ networkInterfaceId: "eni-1" }),
    make: ({ stack }, props, id) =>
      SelfHostedNatInstance.fromAttributes(stack, id, props).addRoute("Route", { routeTableId: `rtb-${id}` }),
    scope: "stack/",
    props: ["vpc", "provider"],
  },
};

describe.each(Object.entries(TARGETS))("%s", (_what, { base, make, scope, props }) => {
  const spoiled = [...Object.keys(base(host())), ...props];
  it.each(spoiled)("takes every wrong %s, or says what is wrong with it", (prop) => {
    const put = (fixture: Fixture, value: never, id: string) =>
      make(fixture, { ...base(fixture), [prop]: value } as never, id);
    expect(complaints(host(), put, scope)).toEqual([]);
  });

  it("takes no wrong value in the place of its props, or says what is wrong with it", () => {
    expect(complaints(host(), make, scope)).toEqual([]);
  });
});

it("sources by an address and by a block take every wrong value, or say what is wrong with it", () => {
  const put = (factory: (value: never) => SnatSource) => (fixture: Fixture, value: never, id: string) =>
    new SnatEntry(fixture.stack, id, { nat: fixture.nat, source: factory(value), eips: [fixture.egress] });
  expect(
    complaints(
      host(),
      put((ip) => SnatSource.host(ip)),
      "stack/",
    ),
  ).toEqual([]);
  expect(
    complaints(
      host(),
      put((cidr) => SnatSource.cidr(cidr)),
      "stack/",
    ),
  ).toEqual([]);
  expect(EXISTING.allocationId).toBe("eipalloc-1");
});
