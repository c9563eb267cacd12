import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { TerraformStack, TerraformVariable } from "cdktf";
import {
  type EipProps,
  SharedBandwidth,
  type SharedBandwidthProps,
  SnatEntry,
  SnatSource,
} from "cdktf-nat/opentelekomcloud";
import { mistakes, resolved, resources, resourcesOf } from "../support/stacks";
import { gateway, gatewayCounts } from "./gateway";
import { network } from "./host";

const EIP = "opentelekomcloud_vpc_eip_v1";

/** The blocks that one more EIP of a gateway makes. */
function blocks(props: EipProps = {}) {
  const { stack, nat } = gateway();
  const before = Object.keys(resources(stack));
  nat.addEip("New", props);
  return Object.fromEntries(Object.entries(resources(stack)).filter(([address]) => !before.includes(address)));
}

function add(props: unknown): () => unknown {
  const { nat } = gateway();
  return () => nat.addEip("New", props as EipProps);
}

describe("a new EIP of a gateway", () => {
  it("is one EIP with a limit of its own, which nothing binds: rules name it", () => {
    expect(Object.values(blocks())).toEqual([
      { publicip: { type: "5_bgp" }, bandwidth: { name: "stack-Nat-New", size: 100, share_type: "PER" } },
    ]);
  });

  it("takes every prop", () => {
    const { stack, nat, workers } = gateway();
    const provider = new OpentelekomcloudProvider(stack, "Second", { region: "eu-nl", alias: "second" });
    nat.addEip("Egress2", {
      bandwidthMbps: 300,
      type: "5_mailbgp",
      name: "mail",
      tags: { team: "mail" },
      provider,
      dependsOn: [workers],
    });
    expect(Object.values(resourcesOf(stack, EIP))).toContainEqual({
      provider: "opentelekomcloud.second",
      publicip: { type: "5_mailbgp" },
      bandwidth: { name: "mail", size: 300, share_type: "PER" },
      tags: { team: "mail" },
    });
  });

  it("has its entries wait for what it depends on", () => {
    const { stack, nat, workers, natSubnet } = gateway();
    const eip = nat.addEip("New", { dependsOn: [natSubnet] });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [eip] });
    const [rule] = Object.values(resourcesOf(stack, "opentelekomcloud_nat_snat_rule_v2"));
    expect(rule!.depends_on).toEqual(["opentelekomcloud_vpc_subnet_v1.NatSubnet"]);
  });

  it("takes tokens", () => {
    const { stack, nat } = gateway();
    const variable = new TerraformVariable(stack, "v", {});
    nat.addEip("New", { bandwidthMbps: variable.numberValue, name: variable.stringValue });
    expect(Object.values(resourcesOf(stack, EIP))).toContainEqual({
      publicip: { type: "5_bgp" },
      bandwidth: { name: "${var.v}", size: "${var.v}", share_type: "PER" },
    });
  });

  it.each([
    [{ bandwidthMbps: 0 }, "bandwidthMbps: must be a whole number of Mbit/s from 1 to 300, got 0; use 1 or more"],
    [{ bandwidthMbps: 301 }, "bandwidthMbps: must be a whole number of Mbit/s from 1 to 300, got 301; use 300 or less"],
    [{ type: "5_bgp2" }, 'type: must be "5_bgp" or "5_mailbgp", got "5_bgp2"; use one of them'],
    [{ name: "a b" }, 'name: must be 1 to 64 letters, digits, "_" and "-", got "a b"'],
    [
      { privateIp: "10.0.0" },
      'privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "10.0.0"; use one such as "10.0.1.10"',
    ],
    [{ sharedBandwidth: {} }, "sharedBandwidth: must be a SharedBandwidth, got {}; pass a SharedBandwidth"],
    [
      { existing: { eipId: "", publicIp: "203.0.113.7" } },
      'existing.eipId: must be the id of an EIP, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { existing: { eipId: "eip-1", publicIp: "x" } },
      'existing.publicIp: must be an IPv4 address of four decimal numbers from 0 to 255, got "x"; use one such as "10.0.1.10"',
    ],
    [
      { existing: { eipId: "eip-1", publicIp: "203.0.113.7", bandwidthMbps: 0 } },
      "existing.bandwidthMbps: must be a whole number of Mbit/s from 1 to 9007199254740991, got 0; use 1 or more",
    ],
    [
      { existing: { eipId: "eip-1", publicIp: "203.0.113.7" }, type: "5_bgp" },
      'type: belongs to an EIP that is created, and excludes existing, got "5_bgp"; take one of the two out: an ' +
        "existing EIP keeps its own options",
    ],
  ])("refuses %j", (props, message) => {
    expect(add(props)).toThrow(`[stack/Nat/New] ${message}`);
  });
});

describe("an existing EIP of a gateway", () => {
  it("makes nothing, and is what entries name", () => {
    const { stack, nat, workers } = gateway();
    const eip = nat.addEip("New", { existing: { eipId: "eip-1", publicIp: "203.0.113.7" } });
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [eip] });
    expect(eip).toMatchObject({ nat, eipId: "eip-1", publicIp: "203.0.113.7" });
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_nat_snat_rule_v2"))[0]!.floating_ip_id).toBe("eip-1");
    expect(Object.keys(resourcesOf(stack, EIP))).toHaveLength(2);
  });

  it("belongs to one NAT", () => {
    const { app, nat } = gateway();
    const existing = { eipId: "eip-1", publicIp: "203.0.113.7" };
    nat.addEip("One", { existing });
    nat.addEip("Two", { existing });
    expect(mistakes(app)).toContain(
      '[stack/Nat/Two] existing: is bound by "stack/Nat/One" already, got "203.0.113.7"; use that EIP in the entries, ' +
        "or name another one here",
    );
  });
});

describe("a SharedBandwidth", () => {
  it("is one limit, and one resource that names all its EIPs, whose own limits are then left alone", () => {
    const { stack, nat } = gateway();
    const sharedBandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200 });
    nat.addEip("One", { sharedBandwidth });
    nat.addEip("Two", { sharedBandwidth, existing: { eipId: "eip-2", publicIp: "203.0.113.8" } });
    const all = Object.entries(resources(stack));
    const ofType = (type: string) => all.filter(([address]) => address.startsWith(`opentelekomcloud_${type}.`));
    const [[address, block]] = ofType("vpc_bandwidth_v2") as [[string, object]];
    expect(block).toEqual({ name: "stack-Bandwidth", size: 200 });
    const [one] = ofType("vpc_eip_v1").filter(([name]) => name.includes("One"));
    expect(one![1]).toEqual({
      publicip: { type: "5_bgp" },
      bandwidth: { name: "stack-Nat-One", size: 100, share_type: "PER" },
      lifecycle: { ignore_changes: ["bandwidth"] },
    });
    expect(ofType("vpc_bandwidth_associate_v2").map(([, associate]) => associate)).toEqual([
      { bandwidth: `\${${address}.id}`, floating_ips: [`\${${one![0]}.id}`, "eip-2"] },
    ]);
    expect(gatewayCounts(stack)).toEqual({
      opentelekomcloud_nat_gateway_v2: 1,
      opentelekomcloud_vpc_eip_v1: 3,
      opentelekomcloud_vpc_bandwidth_v2: 1,
      opentelekomcloud_vpc_bandwidth_associate_v2: 1,
    });
  });

  it("takes every prop", () => {
    const { stack, workers } = network();
    const provider = new OpentelekomcloudProvider(stack, "Second", { region: "eu-nl", alias: "second" });
    const props = { bandwidthMbps: 1500, maxBandwidthMbps: 2000, name: "shared", provider, dependsOn: [workers] };
    const bandwidth = new SharedBandwidth(stack, "Bandwidth", props);
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_vpc_bandwidth_v2"))).toEqual([
      {
        provider: "opentelekomcloud.second",
        name: "shared",
        size: 1500,
        depends_on: ["opentelekomcloud_vpc_subnet_v1.Workers"],
      },
    ]);
    expect(resolved(stack, bandwidth.bandwidthId)).toMatch(
      /^\$\{opentelekomcloud_vpc_bandwidth_v2\.Bandwidth.*\.id\}$/,
    );
    expect(bandwidth.bandwidthKind).toBe("opentelekomcloud:shared-bandwidth");
  });

  it.each([
    [{ bandwidthMbps: 4 }, "bandwidthMbps: must be a whole number of Mbit/s from 5 to 1000, got 4; use 5 or more"],
    [
      { bandwidthMbps: 1001 },
      "bandwidthMbps: must be a whole number of Mbit/s from 5 to 1000, got 1001; use 1000 or less",
    ],
    [
      { bandwidthMbps: 5, maxBandwidthMbps: 4 },
      "maxBandwidthMbps: must be a whole number of Mbit/s from 5 to 9007199254740991, got 4; use 5 or more",
    ],
    [{ bandwidthMbps: 5, name: "" }, 'name: must be 1 to 64 letters, digits, "_" and "-", got ""'],
  ])("refuses %j", (props, message) => {
    const { stack } = network();
    expect(() => new SharedBandwidth(stack, "Bandwidth", props as SharedBandwidthProps)).toThrow(
      `[stack/Bandwidth] ${message}`,
    );
  });

  it("has EIPs of its own stack only", () => {
    const { app, nat } = gateway();
    const other = new TerraformStack(app, "other");
    const sharedBandwidth = new SharedBandwidth(other, "Bandwidth", { bandwidthMbps: 200 });
    expect(() => nat.addEip("New", { sharedBandwidth })).toThrow(
      '[stack/Nat/New] sharedBandwidth: must be in the same stack ("stack"), got "other/Bandwidth"; give the EIPs of ' +
        "each stack a SharedBandwidth of their own",
    );
  });
});
