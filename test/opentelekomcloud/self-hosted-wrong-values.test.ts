// What users of JavaScript may pass: every prop gets every kind of wrong value. It is taken, or a NatError with the
// construct's path says what is wrong with it; never an error about internals.
import { NatError, SelfHostedNatInstance } from "cdktf-nat/opentelekomcloud";
import { mistakes } from "../support/stacks";
import { WRONG_VALUES } from "../support/wrong-values";
import { EXISTING, FURTHER, network } from "./host";

const PROPS = [
  ...["vpc", "subnet", "flavor", "imageId", "keyPair", "availabilityZone", "securityGroupIds", "systemDiskType"],
  ...["systemDiskSizeGib", "privateIp", "clientCidrs", "untranslatedCidrs", "sshFrom", "firewall", "onStateLoss"],
  ...["portAllocation", "idleTimeoutSeconds", "maxConnections", "icmpReply", "onChange", "extraUserData", "name"],
  ...["tags", "provider", "dependsOn", "privateInterface"],
];

const KINDS = Object.keys(WRONG_VALUES);

/** What comes of a call: nothing, or the text of its NatError. */
function outcome(call: () => void): string | undefined {
  try {
    call();
    return undefined;
  } catch (error) {
    if (error instanceof NatError) return error.message;
    throw error;
  }
}

function wrong(base: object, prop: string, value: unknown): never {
  return { ...base, [prop]: value } as never;
}

describe.each(PROPS)("%s of a SelfHostedNatInstance", (prop) => {
  it.each(KINDS)("given as %s is taken, or refused by a NatError", (kind) => {
    const { app, stack, vpc, natSubnet: subnet } = network();
    const value = WRONG_VALUES[kind]!({ app, stack }, "v");
    const refusal = outcome(() => {
      const nat = new SelfHostedNatInstance(stack, "Nat", wrong({ vpc, subnet }, prop, value));
      nat.addEip("Egress", { existing: EXISTING });
    });
    if (refusal === undefined) {
      for (const mistake of mistakes(app)) expect(mistake).toMatch(/^\[stack\/Nat\] /);
    } else {
      // A list of several says it in each line.
      const [first = "", ...others] = refusal.split("\n");
      for (const line of others.length === 0 ? [first] : others)
        expect(line).toMatch(/^\[stack\/Nat\] [\w.[\]]+: .+, got /);
    }
  });
});

describe.each(["privateIp", "existing"])("%s of a further EIP of a host", (prop) => {
  it.each(KINDS)("given as %s is taken, or refused by a NatError", (kind) => {
    const { app, stack, vpc, natSubnet: subnet } = network();
    const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, subnet });
    nat.addEip("Egress", { existing: EXISTING });
    const given = wrong({ existing: FURTHER, privateIp: "10.0.0.11" }, prop, WRONG_VALUES[kind]!({ app, stack }, "v"));
    const refusal = outcome(() => nat.addEip("Web", given));
    if (refusal === undefined) expect(mistakes(app)).toEqual([]);
    else expect(refusal).toMatch(/^\[stack\/Nat\/Web\] [\w.]+: .+, got /);
  });
});

describe.each(["id", "cidr", "subnetId", "gatewayIp"])("%s of the subnet of a host", (prop) => {
  it.each(KINDS)("given as %s is taken, or refused by a NatError", (kind) => {
    const { app, stack, vpc } = network();
    const base = { id: "n-1", cidr: "10.0.0.0/24", subnetId: "s-1", gatewayIp: "10.0.0.1" };
    const subnet = wrong(base, prop, WRONG_VALUES[kind]!({ app, stack }, "v"));
    const refusal = outcome(() => {
      const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, subnet, privateIp: "10.0.0.10" });
      nat.addEip("Egress", { existing: EXISTING });
    });
    if (refusal === undefined) expect(mistakes(app)).toEqual([]);
    else expect(refusal).toMatch(/^\[stack\/Nat\] subnet\.?\w*: .+, got /);
  });
});

describe.each(["subnet", "privateIp", "name", "publicName"])("%s of the privateInterface of a host", (prop) => {
  it.each(KINDS)("given as %s is taken, or refused by a NatError", (kind) => {
    const { app, stack, vpc, natSubnet: subnet, workers } = network();
    const privateInterface = wrong({ subnet: workers }, prop, WRONG_VALUES[kind]!({ app, stack }, "v"));
    const refusal = outcome(() => {
      const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, subnet, privateInterface });
      nat.addEip("Egress", { existing: EXISTING });
    });
    if (refusal === undefined) expect(mistakes(app)).toEqual([]);
    else expect(refusal).toMatch(/^\[stack\/Nat\] privateInterface\.[\w.]+: .+, got /);
  });
});

describe.each(["vpcId", "destinationCidr"])("%s of a route to a host", (prop) => {
  it.each(KINDS)("given as %s is taken, or refused by a NatError", (kind) => {
    const { app, stack } = network();
    const nat = SelfHostedNatInstance.fromAttributes(stack, "Nat", { privateIp: "10.0.0.10" });
    const refusal = outcome(() =>
      nat.addRoute("Route", wrong({ vpcId: "vpc-1" }, prop, WRONG_VALUES[kind]!({ app, stack }, "v"))),
    );
    if (refusal === undefined) expect(mistakes(app)).toEqual([]);
    else expect(refusal).toMatch(/^\[stack\/Nat\/Route\] \w+: .+, got /);
  });
});

describe("the privateIp of a host made elsewhere", () => {
  it.each(KINDS)("given as %s is taken, or refused by a NatError", (kind) => {
    const { app, stack } = network();
    const attributes = { privateIp: WRONG_VALUES[kind]!({ app, stack }, "v") } as never;
    const refusal = outcome(() => SelfHostedNatInstance.fromAttributes(stack, "Nat", attributes)) ?? "";
    expect(refusal).toMatch(/^$|^\[stack\/Nat\] privateIp: .+, got /);
  });
});
