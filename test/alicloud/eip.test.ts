import { TerraformVariable } from "cdktf";
import { Construct } from "constructs";
import { AlicloudProvider, type EipProps, SharedBandwidth } from "cdktf-nat/alicloud";
import { EipAddress } from "cdktf-nat/alicloud/bindings/eip-address";
import { counts, gateway, mistakes, resolved, resources, resourcesOf } from "../support/stacks";

const NEW = "alicloud_eip_address.Nat_New_645C0CC5";
const ASSOCIATION = "alicloud_eip_association.Nat_New_Association_63D73794";
const ATTACHMENT = "alicloud_common_bandwidth_package_attachment.Nat_New_BandwidthAttachment_2DDF1674";
const EXISTING = { existing: { allocationId: "eip-1", publicIp: "203.0.113.7" } };

/** The block of an EIP that is created with the least props. */
const LEAST = {
  address_name: "stack-Nat-New",
  bandwidth: "100",
  internet_charge_type: "PayByTraffic",
  payment_type: "PayAsYouGo",
};

/** Everything that `addEip("New", props)` makes. */
function made(props?: EipProps) {
  const { stack, nat } = gateway();
  nat.addEip("New", props);
  return Object.fromEntries(Object.entries(resources(stack)).filter(([address]) => address.includes("Nat_New_")));
}

describe("addEip", () => {
  it("creates an EIP that is paid by traffic, and binds it", () => {
    expect(made()).toEqual({
      [NEW]: LEAST,
      [ASSOCIATION]: {
        allocation_id: `\${${NEW}.id}`,
        instance_id: "${alicloud_nat_gateway.Nat_74B082C8.id}",
        instance_type: "Nat",
      },
    });
  });

  it("takes every prop of an EIP that it creates", () => {
    const { stack, nat, workers } = gateway({ tags: { of: "gateway" }, resourceGroupId: "rg-gateway" });
    const provider = new AlicloudProvider(stack, "Second", { alias: "second" });
    nat.addEip("New", {
      bandwidthMbps: 500,
      chargeBy: "bandwidth",
      isp: "BGP_PRO",
      name: "my-eip",
      deletionProtection: true,
      resourceGroupId: "rg-1",
      tags: { of: "eip" },
      privateIp: "10.0.0.9",
      provider,
      dependsOn: [workers],
    });
    const all = resources(stack);
    expect({ [NEW]: all[NEW], [ASSOCIATION]: all[ASSOCIATION] }).toEqual({
      [NEW]: {
        address_name: "my-eip",
        bandwidth: "500",
        internet_charge_type: "PayByBandwidth",
        payment_type: "PayAsYouGo",
        isp: "BGP_PRO",
        deletion_protection: true,
        resource_group_id: "rg-1",
        tags: { of: "eip" },
        provider: "alicloud.second",
      },
      [ASSOCIATION]: {
        allocation_id: `\${${NEW}.id}`,
        instance_id: "${alicloud_nat_gateway.Nat_74B082C8.id}",
        instance_type: "Nat",
        provider: "alicloud.second",
        depends_on: ["alicloud_vswitch.Workers"],
      },
    });
  });

  it("binds an EIP that exists and makes nothing else", () => {
    expect(made(EXISTING)).toEqual({
      [ASSOCIATION]: {
        allocation_id: "eip-1",
        instance_id: "${alicloud_nat_gateway.Nat_74B082C8.id}",
        instance_type: "Nat",
      },
    });
  });

  it("attaches it to a shared bandwidth after it was bound", () => {
    const { stack, nat } = gateway();
    const sharedBandwidth = new SharedBandwidth(stack, "Bandwidth", { bandwidthMbps: 200 });
    nat.addEip("New", { ...EXISTING, sharedBandwidth });
    expect(resources(stack)[ATTACHMENT]).toEqual({
      bandwidth_package_id: "${alicloud_common_bandwidth_package.Bandwidth_08EE4F9B.id}",
      instance_id: "eip-1",
      depends_on: [ASSOCIATION],
    });
  });

  it("returns the EIP with references that stay the same from read to read", () => {
    const { stack, nat, egress } = gateway();
    expect(egress.nat).toBe(nat);
    expect([egress.allocationId, egress.publicIp]).toEqual([egress.allocationId, egress.publicIp]);
    expect(resolved(stack, [egress.allocationId, egress.publicIp])).toEqual([
      "${alicloud_eip_address.Nat_Egress_C6E47A31.id}",
      "${alicloud_eip_address.Nat_Egress_C6E47A31.ip_address}",
    ]);
  });

  it("passes tokens on untouched, also where text is asked for a number", () => {
    const { stack, nat } = gateway();
    const number = new TerraformVariable(stack, "number", { type: "number" }).numberValue;
    const text = new TerraformVariable(stack, "text", { type: "string" }).stringValue;
    nat.addEip("New", { bandwidthMbps: number, name: text, resourceGroupId: text, isp: text as "BGP" });
    nat.addEip("Old", { existing: { allocationId: text, publicIp: "${var.raw}" } });
    const all = resources(stack);
    expect(all[NEW]).toEqual({
      ...LEAST,
      bandwidth: "${var.number}",
      address_name: "${var.text}",
      resource_group_id: "${var.text}",
      isp: "${var.text}",
    });
    expect(resolved(stack, nat.publicIps.at(-1))).toBe("${var.raw}");
  });

  it.each([
    [{ bandwidthMbps: 1 }, { bandwidth: "1", internet_charge_type: "PayByTraffic" }],
    [{ bandwidthMbps: 200 }, { bandwidth: "200", internet_charge_type: "PayByTraffic" }],
    [{ chargeBy: "traffic" }, { bandwidth: "100", internet_charge_type: "PayByTraffic" }],
    [
      { chargeBy: "bandwidth", bandwidthMbps: 1 },
      { bandwidth: "1", internet_charge_type: "PayByBandwidth" },
    ],
    [
      { chargeBy: "bandwidth", bandwidthMbps: 500 },
      { bandwidth: "500", internet_charge_type: "PayByBandwidth" },
    ],
    [{ deletionProtection: false }, { deletion_protection: false }],
  ] as [EipProps, object][])("writes %j as %j", (props, expected) => {
    expect(made(props)[NEW]).toEqual({ ...LEAST, ...expected });
  });

  it("inherits provider, tags and resource group from the gateway, the provider for the attachment too", () => {
    const { stack, provider } = gateway();
    const second = new AlicloudProvider(stack, "Second", { alias: "second" });
    const { stack: other, nat } = gateway({ provider: second });
    const sharedBandwidth = new SharedBandwidth(other, "Bandwidth", { bandwidthMbps: 5 });
    nat.addEip("New", { sharedBandwidth });
    nat.addEip("Own", { sharedBandwidth, provider });
    const blocks = Object.entries(
      resourcesOf(
        other,
        "alicloud_eip_address",
        "alicloud_eip_association",
        "alicloud_common_bandwidth_package_attachment",
      ),
    ).filter(([address]) => /_(New|Own)_/.test(address));
    expect(blocks.map(([address, block]) => [address.includes("_New_"), block.provider])).toEqual([
      [true, "alicloud.second"],
      [false, "alicloud"],
      [true, "alicloud.second"],
      [false, "alicloud"],
      [true, "alicloud.second"],
      [false, "alicloud"],
    ]);
  });
});

describe("addEip refuses", () => {
  const isps =
    'must be "BGP", "BGP_PRO", "ChinaTelecom", "ChinaUnicom", "ChinaMobile", "ChinaTelecom_L2", "ChinaUnicom_L2", ' +
    '"ChinaMobile_L2", "BGP_FinanceCloud" or "BGP_International"';
  const ip = "must be an IPv4 address of four decimal numbers from 0 to 255";

  it.each([
    [{ bandwidthMbps: 0 }, "bandwidthMbps: must be a whole number of Mbit/s from 1 to 200, got 0; use 1 or more"],
    [{ bandwidthMbps: 201 }, "bandwidthMbps: must be a whole number of Mbit/s from 1 to 200, got 201; use 200 or less"],
    [{ bandwidthMbps: 1.5 }, "bandwidthMbps: must be a whole number of Mbit/s from 1 to 200, got 1.5; use 1 or 2"],
    [
      { bandwidthMbps: "5" },
      'bandwidthMbps: must be a whole number of Mbit/s from 1 to 200, got "5"; use a number, without quotes',
    ],
    [
      { chargeBy: "bandwidth", bandwidthMbps: 501 },
      "bandwidthMbps: must be a whole number of Mbit/s from 1 to 500, got 501; use 500 or less",
    ],
    [
      { chargeBy: "bandwidth", bandwidthMbps: 0 },
      "bandwidthMbps: must be a whole number of Mbit/s from 1 to 500, got 0; use 1 or more",
    ],
    [
      { chargeBy: "bandwidth" },
      'bandwidthMbps: must be given with chargeBy "bandwidth", where it is what is paid for, got undefined; name the limit in Mbit/s, 1 to 500',
    ],
    [{ chargeBy: "PayByTraffic" }, 'chargeBy: must be "traffic" or "bandwidth", got "PayByTraffic"; use one of them'],
    [{ isp: "BGP-PRO" }, `isp: ${isps}, got "BGP-PRO"; use one of them`],
    [
      { name: "my eip" },
      'name: must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-", got "my eip"; use a name such as "my-eip-325a0447"',
    ],
    [
      { deletionProtection: "yes" },
      'deletionProtection: must be true or false, got "yes"; use one of them, or leave it out',
    ],
    [{ resourceGroupId: 1 }, "resourceGroupId: must be text, got 1; put it in quotes, or leave it out"],
    [{ tags: ["x"] }, 'tags: must be an object of texts, got ["x"]; use a form like { team: "network" }'],
    [{ privateIp: "10.0.0" }, `privateIp: ${ip}, got "10.0.0"; use one such as "10.0.1.10"`],
    [{ provider: {} }, "provider: must be a provider of the stack, got {}; pass the provider construct itself"],
    [
      { sharedBandwidth: null },
      "sharedBandwidth: must be a SharedBandwidth, got null; pass a SharedBandwidth, or what SharedBandwidth.fromAttributes returns",
    ],
    [
      { sharedBandwidth: {} },
      "sharedBandwidth: must be a SharedBandwidth, got {}; pass a SharedBandwidth, or what SharedBandwidth.fromAttributes returns",
    ],
    [{ existing: null }, "existing: must be an object, got null; pass the props that the documentation lists"],
    [{ existing: "eip-1" }, 'existing: must be an object, got "eip-1"; pass the props that the documentation lists'],
    [
      { existing: { publicIp: "203.0.113.7" } },
      "existing.allocationId: must be the id of an EIP, got undefined; pass it as text, or as the attribute of a resource",
    ],
    [{ existing: { allocationId: "eip-1" } }, `existing.publicIp: ${ip}, got undefined; use one such as "10.0.1.10"`],
    [
      { existing: { allocationId: "eip-1", publicIp: "203.0.113.256" } },
      `existing.publicIp: ${ip}, got "203.0.113.256"; use one such as "10.0.1.10"`,
    ],
  ])("%j", (props, message) => {
    const { nat } = gateway();
    expect(() => nat.addEip("New", props as EipProps)).toThrow(`[stack/Nat/New] ${message}`);
  });

  it.each([
    ["bandwidthMbps", 5, "5"],
    ["chargeBy", "traffic", '"traffic"'],
    ["isp", "BGP", '"BGP"'],
    ["name", "my-eip", '"my-eip"'],
    ["deletionProtection", false, "false"],
    ["resourceGroupId", "rg-1", '"rg-1"'],
    ["tags", {}, "{}"],
  ])("existing beside %s", (option, value, shown) => {
    const { nat } = gateway();
    expect(() => nat.addEip("New", { ...EXISTING, [option]: value })).toThrow(
      `[stack/Nat/New] ${option}: belongs to an EIP that is created, and excludes existing, got ${shown}; ` +
        "take one of the two out: an existing EIP keeps its own options",
    );
  });

  it("an EIP resource in place of its ids, at compile time too", () => {
    const { stack, nat } = gateway();
    const eip = new EipAddress(stack, "Bare");
    // @ts-expect-error an EipAddress has an ipAddress, and no publicIp
    expect(() => nat.addEip("New", { existing: eip })).toThrow(
      '[stack/Nat/New] existing.publicIp: must be an IPv4 address of four decimal numbers from 0 to 255, got undefined; use one such as "10.0.1.10"',
    );
  });

  it("creation options beside existing, and wrong literals, at compile time too", () => {
    const { stack, nat } = gateway();
    // @ts-expect-error an existing EIP keeps its own limit
    expect(() => nat.addEip("A", { ...EXISTING, bandwidthMbps: 5 })).toThrow("bandwidthMbps");
    // @ts-expect-error an existing EIP keeps its own name
    expect(() => nat.addEip("B", { ...EXISTING, name: "my-eip" })).toThrow("name");
    // @ts-expect-error there is no such way to pay
    expect(() => nat.addEip("C", { chargeBy: "PayByTraffic" })).toThrow("chargeBy");
    // @ts-expect-error there is no such line type
    expect(() => nat.addEip("D", { isp: "bgp" })).toThrow("isp");
    // @ts-expect-error a stack is no shared bandwidth
    expect(() => nat.addEip("E", { sharedBandwidth: stack })).toThrow("sharedBandwidth");
    // @ts-expect-error there is no such prop
    expect(() => nat.addEip("F", { bandwidth: 5 })).not.toThrow();
  });

  it("no props but null", () => {
    const { nat } = gateway();
    // @ts-expect-error null is no props
    expect(() => nat.addEip("New", null)).toThrow(
      "[stack/Nat/New] props: must be an object, got null; pass the props that the documentation lists",
    );
  });

  it("before it makes any resource", () => {
    const { nat } = gateway();
    expect(() => nat.addEip("New", { bandwidthMbps: 0 })).toThrow("bandwidthMbps");
    expect(nat.node.findChild("New").node.children).toEqual([]);
  });
});

describe("one existing EIP", () => {
  const message = (path: string, first: string) =>
    `[${path}] existing: is bound by "${first}" already, got "203.0.113.7"; use that EIP in the entries, or name another one here`;

  it("can't be bound to two gateways, in one stack or in two of an app", () => {
    const { app, nat } = gateway();
    const { nat: other } = gateway({}, { id: "other", app });
    nat.addEip("A", EXISTING);
    other.addEip("B", EXISTING);
    expect(mistakes(app)).toEqual([message("other/Nat/B", "stack/Nat/A")]);
  });

  it("can't be bound to two gateways where its id is known at deploy time: the same attribute is the same EIP", () => {
    const { app, stack, nat } = gateway();
    const eip = new EipAddress(stack, "Bare");
    nat.addEip("A", { existing: { allocationId: eip.id, publicIp: eip.ipAddress } });
    nat.addEip("B", { existing: { allocationId: eip.id, publicIp: eip.ipAddress } });
    expect(mistakes(app)).toContain(
      '[stack/Nat/B] existing: is bound by "stack/Nat/A" already, got "' +
        `\${alicloud_eip_address.Bare.ip_address}"; use that EIP in the entries, or name another one here`,
    );
  });

  it("is not guessed to be another one whose id is known at deploy time only", () => {
    const { app, stack, nat } = gateway();
    for (const id of ["A", "B"]) {
      const eip = new EipAddress(stack, id);
      nat.addEip(id, { existing: { allocationId: eip.id, publicIp: eip.ipAddress } });
    }
    expect(mistakes(app)).toEqual([]);
  });

  it("can have the same reference text in two stacks: references are of their stack", () => {
    const { app, stack, nat } = gateway();
    const { stack: second, nat: other } = gateway({}, { id: "other", app });
    for (const [scope, owner] of [
      [stack, nat],
      [second, other],
    ] as const) {
      const eip = new EipAddress(scope, "Bare");
      owner.addEip("A", { existing: { allocationId: eip.id, publicIp: eip.ipAddress } });
    }
    expect(mistakes(app)).toEqual([]);
  });
});

describe("the order of an EIP's parts", () => {
  it("lets an EIP wait for a construct by all resources in it, and refuses one without resources", () => {
    const { stack, nat } = gateway();
    const empty = new Construct(stack, "Empty");
    const full = new Construct(stack, "Full");
    new EipAddress(full, "One");
    new EipAddress(new Construct(full, "Inner"), "Two");
    nat.addEip("New", { dependsOn: [full] });
    expect(resources(stack)[ASSOCIATION]!.depends_on).toEqual([
      "alicloud_eip_address.Full_One_AF650704",
      "alicloud_eip_address.Full_Inner_Two_A1793797",
    ]);
    expect(() => nat.addEip("Other", { dependsOn: [empty] })).toThrow(
      '[stack/Nat/Other] dependsOn[0]: must be a resource, or a construct with resources in it, got "stack/Empty"; take it out, or name the construct that makes the resource',
    );
  });

  it("counts two resources for a new EIP, one for an existing one, and one more for a shared bandwidth", () => {
    const { stack, nat } = gateway();
    const sharedBandwidth = SharedBandwidth.fromAttributes(stack, "Bandwidth", { bandwidthPackageId: "cbwp-1" });
    nat.addEip("New", { sharedBandwidth });
    nat.addEip("Old", { ...EXISTING, sharedBandwidth });
    expect(counts(stack)).toEqual({
      alicloud_nat_gateway: 1,
      terraform_data: 1,
      alicloud_eip_address: 3,
      alicloud_eip_association: 4,
      alicloud_common_bandwidth_package_attachment: 2,
    });
  });
});
