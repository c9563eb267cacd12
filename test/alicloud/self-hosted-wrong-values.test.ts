// What users of JavaScript may pass: every prop gets every kind of wrong value. It is taken, or a NatError with the
// construct's path says what is wrong with it; never an error about internals.
import { NatError, SelfHostedNatInstance } from "cdktf-nat/alicloud";
import { mistakes, network } from "../support/stacks";
import { WRONG_VALUES } from "../support/wrong-values";

const PROPS = [
  ...["vpc", "vswitch", "instanceType", "imageId", "keyName", "securityGroupIds", "systemDiskCategory"],
  ...["systemDiskSizeGib", "privateIp", "clientCidrs", "untranslatedCidrs", "sshFrom", "firewall", "onStateLoss"],
  ...["portAllocation", "idleTimeoutSeconds", "maxConnections", "icmpReply", "onChange", "extraUserData", "name"],
  ...["resourceGroupId", "tags", "provider", "dependsOn", "privateInterface"],
];

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
  it.each(Object.keys(WRONG_VALUES))("given as %s is taken, or refused by a NatError", (kind) => {
    const fixture = network();
    const { app, stack, vpc, natVswitch } = fixture;
    const base = { vpc, vswitch: natVswitch };
    const value = WRONG_VALUES[kind]!(fixture, "v");
    const refusal = outcome(() => {
      const nat = new SelfHostedNatInstance(stack, "Nat", wrong(base, prop, value));
      nat.addEip("Egress", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
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

describe.each(["privateIp", "existing"])("%s of an EIP of a host", (prop) => {
  it.each(Object.keys(WRONG_VALUES))("given as %s is taken, or refused by a NatError", (kind) => {
    const fixture = network();
    const { app, stack, vpc, natVswitch } = fixture;
    const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, vswitch: natVswitch });
    const refusal = outcome(() => nat.addEip("Egress", wrong({}, prop, WRONG_VALUES[kind]!(fixture, "v"))));
    if (refusal === undefined) expect(mistakes(app)).toEqual([]);
    else expect(refusal).toMatch(/^\[stack\/Nat\/Egress\] [\w.]+: .+, got /);
  });
});

describe.each(["vswitch", "privateIp", "name", "publicName"])("%s of the privateInterface of a host", (prop) => {
  it.each(Object.keys(WRONG_VALUES))("given as %s is taken, or refused by a NatError", (kind) => {
    const fixture = network();
    const { app, stack, vpc, natVswitch, workers } = fixture;
    const privateInterface = wrong({ vswitch: workers }, prop, WRONG_VALUES[kind]!(fixture, "v"));
    const refusal = outcome(() => {
      const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, vswitch: natVswitch, privateInterface });
      nat.addEip("Egress", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
    });
    if (refusal === undefined) expect(mistakes(app)).toEqual([]);
    else expect(refusal).toMatch(/^\[stack\/Nat\] privateInterface\.[\w.]+: .+, got /);
  });
});

describe.each(["id", "cidrBlock", "zoneId"])("%s of the vSwitch of a privateInterface", (prop) => {
  it.each(Object.keys(WRONG_VALUES))("given as %s is taken, or refused by a NatError", (kind) => {
    const fixture = network();
    const { app, stack, vpc, natVswitch } = fixture;
    const vswitch = wrong({ id: "vsw-1", cidrBlock: "10.0.2.0/24" }, prop, WRONG_VALUES[kind]!(fixture, "v"));
    const refusal = outcome(() => {
      const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, vswitch: natVswitch, privateInterface: { vswitch } });
      nat.addEip("Egress", { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } });
    });
    if (refusal === undefined) expect(mistakes(app)).toEqual([]);
    else expect(refusal).toMatch(/^\[stack\/Nat\] privateInterface\.[\w.]+: .+, got /);
  });
});
