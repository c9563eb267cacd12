import { TerraformVariable } from "cdktf";
import { AlicloudProvider, SharedBandwidth, type SharedBandwidthProps } from "cdktf-nat/alicloud";
import { counts, gateway, network, resolved, resources, resourcesOf } from "../support/stacks";

const PACKAGE = "alicloud_common_bandwidth_package.Bandwidth_08EE4F9B";
const LEAST = { bandwidth: "200", bandwidth_package_name: "stack-Bandwidth", internet_charge_type: "PayByBandwidth" };

function block(props: Partial<SharedBandwidthProps>) {
  const { stack } = network();
  new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200, ...props });
  return resources(stack)[PACKAGE];
}

describe("a SharedBandwidth", () => {
  it("is one package that is paid by its limit", () => {
    const { stack } = network();
    const bandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200 });
    expect(resourcesOf(stack, "alicloud_common_bandwidth_package")).toEqual({ [PACKAGE]: LEAST });
    expect(counts(stack)).toEqual({ alicloud_common_bandwidth_package: 1 });
    expect(resolved(stack, bandwidth.bandwidthPackageId)).toBe(`\${${PACKAGE}.id}`);
    expect(bandwidth.bandwidthPackageId).toBe(bandwidth.bandwidthPackageId);
    expect(bandwidth.bandwidthKind).toBe("alicloud:shared-bandwidth");
  });

  it("takes every prop", () => {
    const { stack, workers } = network();
    new SharedBandwidth(stack, "Bandwidth", {
      bandwidthMbps: 5000,
      maxBandwidthMbps: 5000,
      chargeBy: "traffic",
      isp: "BGP",
      name: "shared",
      resourceGroupId: "rg-1",
      tags: { team: "network" },
      provider: new AlicloudProvider(stack, "Second", { alias: "second" }),
      dependsOn: [workers],
    });
    expect(resources(stack)[PACKAGE]).toEqual({
      bandwidth: "5000",
      bandwidth_package_name: "shared",
      internet_charge_type: "PayByTraffic",
      isp: "BGP",
      resource_group_id: "rg-1",
      tags: { team: "network" },
      provider: "alicloud.second",
      depends_on: ["alicloud_vswitch.Workers"],
    });
  });

  it("passes tokens on untouched", () => {
    const { stack } = network();
    const bandwidthMbps = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
    new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps, isp: "${var.isp}" as "BGP", name: "${var.name}" });
    expect(resources(stack)[PACKAGE]).toEqual({
      ...LEAST,
      bandwidth: "${var.number}",
      isp: "${var.isp}",
      bandwidth_package_name: "${var.name}",
    });
  });

  it.each([1, 1000])("can have %i Mbit/s", (bandwidthMbps) => {
    expect(block({ bandwidthMbps })).toEqual({ ...LEAST, bandwidth: `${bandwidthMbps}` });
  });

  it.each([
    [{ bandwidthMbps: 0 }, "bandwidthMbps: must be a whole number of Mbit/s from 1 to 1000, got 0; use 1 or more"],
    [
      { bandwidthMbps: 1001 },
      "bandwidthMbps: must be a whole number of Mbit/s from 1 to 1000, got 1001; use 1000 or less",
    ],
    [
      { bandwidthMbps: undefined },
      "bandwidthMbps: must be a whole number of Mbit/s from 1 to 1000, got undefined; use a number such as 1",
    ],
    [
      { bandwidthMbps: 21, maxBandwidthMbps: 20 },
      "bandwidthMbps: must be a whole number of Mbit/s from 1 to 20, got 21; use 20 or less",
    ],
    [
      { maxBandwidthMbps: 0 },
      "maxBandwidthMbps: must be a whole number of Mbit/s from 1 to 9007199254740991, got 0; use 1 or more",
    ],
    [
      { chargeBy: "PayByBandwidth" },
      'chargeBy: must be "bandwidth" or "traffic", got "PayByBandwidth"; use one of them',
    ],
    [
      { name: "" },
      'name: must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-", got ""; use a name such as "nat-1"',
    ],
    [{ resourceGroupId: null }, "resourceGroupId: must be text, got null; put it in quotes, or leave it out"],
    [{ tags: null }, 'tags: must be an object of texts, got null; use a form like { team: "network" }'],
    [{ provider: null }, "provider: must be a provider of the stack, got null; pass the provider construct itself"],
    [{ dependsOn: "x" }, 'dependsOn: must be a list, got "x"; use [ ... ]'],
  ])("refuses %j", (props, message) => {
    expect(() => block(props as Partial<SharedBandwidthProps>)).toThrow(`[stack/Bandwidth] ${message}`);
  });

  it("refuses a line type that does not exist", () => {
    expect(() => block({ isp: "bgp" as "BGP" })).toThrow(
      /^\[stack\/Bandwidth\] isp: must be "BGP", .*, got "bgp"; use "BGP"$/,
    );
  });

  it("refuses no props at all", () => {
    const { stack } = network();
    // @ts-expect-error props are missing
    expect(() => new SharedBandwidth(stack, "Bandwidth")).toThrow(
      "[stack/Bandwidth] props: must be an object, got undefined; pass the props that the documentation lists",
    );
  });
});

describe("SharedBandwidth.fromAttributes", () => {
  it("makes no resource, and EIPs are attached to the one that exists", () => {
    const { stack, nat } = gateway();
    const sharedBandwidth = SharedBandwidth.fromAttributes(stack, "Bandwidth", { bandwidthPackageId: "cbwp-1" });
    nat.addEip("New", { sharedBandwidth });
    expect(Object.values(resourcesOf(stack, "alicloud_common_bandwidth_package_attachment"))).toEqual([
      {
        bandwidth_package_id: "cbwp-1",
        instance_id: "${alicloud_eip_address.Nat_New_645C0CC5.id}",
        depends_on: ["alicloud_eip_association.Nat_New_Association_63D73794"],
      },
    ]);
    expect(resourcesOf(stack, "alicloud_common_bandwidth_package")).toEqual({});
    expect(sharedBandwidth.bandwidthKind).toBe("alicloud:shared-bandwidth");
  });

  it.each([
    [undefined, "attributes: must be an object, got undefined; pass the props that the documentation lists"],
    [
      {},
      "bandwidthPackageId: must be the id of an Internet Shared Bandwidth, got undefined; pass it as text, or as the attribute of a resource",
    ],
  ])("refuses %j", (attributes, message) => {
    const { stack } = network();
    expect(() => SharedBandwidth.fromAttributes(stack, "Bandwidth", attributes as never)).toThrow(
      `[stack/Bandwidth] ${message}`,
    );
  });
});
