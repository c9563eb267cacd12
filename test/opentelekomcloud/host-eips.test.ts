import { mistakes, resources, resourcesOf } from "../support/stacks";
import { bareHost, EXISTING, FURTHER, host, MACHINE, network } from "./host";
import { SelfHostedNatInstance } from "cdktf-nat/opentelekomcloud";

const PORT = "opentelekomcloud_networking_port_v2.Nat_Port_606092B5";
const ASSOCIATION = "opentelekomcloud_networking_floatingip_associate_v2";
const VIP = "opentelekomcloud_networking_vip_v2.Nat_Web_VirtualIp_D24F73FA";
const VIP_ASSOCIATION = "opentelekomcloud_networking_vip_associate_v2.Nat_Web_VirtualIpAssociation_6CDB91FB";
const VIP_ADDRESS = "terraform_data.Nat_Web_Address_3A865AE7";

describe("the EIPs of a host", () => {
  it("are bound to its port: the first by itself, each further one by a virtual IP of the address that it names", () => {
    const { stack } = host();
    const all = resources(stack);
    expect(resourcesOf(stack, ASSOCIATION)).toEqual({
      [`${ASSOCIATION}.Nat_Egress_Association_5DE19D5C`]: { floating_ip: "203.0.113.7", port_id: `\${${PORT}.id}` },
      [`${ASSOCIATION}.Nat_Web_Association_5ACEC31D`]: { floating_ip: "203.0.113.8", port_id: `\${${VIP}.id}` },
    });
    expect(resourcesOf(stack, "opentelekomcloud_networking_vip_v2")).toEqual({
      [VIP]: {
        network_id: "${opentelekomcloud_vpc_subnet_v1.NatSubnet.id}",
        subnet_id: "${opentelekomcloud_vpc_subnet_v1.NatSubnet.subnet_id}",
        ip_address: "10.0.0.11",
        lifecycle: { replace_triggered_by: [VIP_ADDRESS] },
      },
    });
    expect(all[VIP_ADDRESS]).toEqual({ input: { ip_address: "10.0.0.11" } });
    expect(resourcesOf(stack, "opentelekomcloud_networking_vip_associate_v2")).toEqual({
      [VIP_ASSOCIATION]: { vip_id: `\${${VIP}.id}`, port_ids: [`\${${PORT}.id}`] },
    });
    expect(all[PORT]!.allowed_address_pairs).toEqual([{ ip_address: "1.1.1.1/0" }]);
  });

  it("are made where they are not there yet", () => {
    const { stack, nat } = bareHost();
    nat.addEip("Egress", { bandwidthMbps: 50 });
    expect(Object.values(resourcesOf(stack, "opentelekomcloud_vpc_eip_v1"))).toEqual([
      { publicip: { type: "5_bgp" }, bandwidth: { name: "stack-Nat-Egress", size: 50, share_type: "PER" } },
    ]);
    expect(Object.values(resourcesOf(stack, ASSOCIATION))).toEqual([
      {
        floating_ip: expect.stringMatching(
          /^\$\{opentelekomcloud_vpc_eip_v1\.Nat_Egress_\w+\.publicip\[0\]\.ip_address\}$/,
        ) as unknown,
        port_id: `\${${PORT}.id}`,
      },
    ]);
  });

  it("stand before the machine, so that its first boot finds the way out open", () => {
    const [, ...after] = resources(host().stack)[MACHINE]!.depends_on as readonly string[];
    expect(after).toEqual([
      `${ASSOCIATION}.Nat_Egress_Association_5DE19D5C`,
      VIP_ASSOCIATION,
      `${ASSOCIATION}.Nat_Web_Association_5ACEC31D`,
    ]);
  });

  it("are bound by the provider that they name, after what they name", () => {
    const { stack, nat, workers, provider } = bareHost({ privateIp: "10.0.0.10" });
    nat.addEip("Web", { existing: FURTHER, privateIp: "10.0.0.11", provider, dependsOn: [workers] });
    const depends_on = ["opentelekomcloud_vpc_subnet_v1.Workers"];
    expect(Object.values(resourcesOf(stack, ASSOCIATION))).toEqual([
      { provider: "opentelekomcloud", floating_ip: "203.0.113.8", port_id: `\${${VIP}.id}`, depends_on },
    ]);
    expect(resources(stack)[VIP]).toMatchObject({ provider: "opentelekomcloud" });
    expect(resources(stack)[VIP_ASSOCIATION]).toMatchObject({ provider: "opentelekomcloud" });
  });

  it("may name the port's own address", () => {
    const { stack, nat } = bareHost({ privateIp: "10.0.0.10" });
    nat.addEip("Egress", { existing: EXISTING, privateIp: "10.0.0.10" });
    expect(Object.values(resourcesOf(stack, ASSOCIATION))).toEqual([
      { floating_ip: "203.0.113.7", port_id: `\${${PORT}.id}` },
    ]);
    expect(() => nat.addEip("Web")).toThrow('"Egress" is bound to the interface\'s primary address');
  });

  it("may name the port's own address where the cloud chooses it", () => {
    const { stack, nat } = bareHost();
    nat.addEip("Egress", { existing: EXISTING, privateIp: nat.privateIp });
    expect(resourcesOf(stack, "opentelekomcloud_networking_vip_v2")).toEqual({});
    expect(() => nat.addEip("Web")).toThrow('"Egress" is bound to the interface\'s primary address');
  });

  it.each([
    [
      {},
      "privateIp: must be given: \"Egress\" is bound to the interface's primary address, got undefined; name an address of the NAT's subnet that nothing else has",
    ],
    [
      { privateIp: "10.0.1.9" },
      'privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s subnet, got "10.0.1.9"; use an address of 10.0.0.0/24',
    ],
    [
      { privateIp: "10.0.0.0" },
      'privateIp: must not be the first nor one of the last three of 10.0.0.0/24, got "10.0.0.0"; use one of those between',
    ],
    [
      { privateIp: "10.0.0.1" },
      'privateIp: must not be the gateway of the NAT\'s subnet, got "10.0.0.1"; use another of its addresses',
    ],
    [
      { privateIp: "10.0.0.253" },
      'privateIp: must not be the first nor one of the last three of 10.0.0.0/24, got "10.0.0.253"; use one of those between',
    ],
  ])("refuse %j", (props, message) => {
    expect(() => host().nat.addEip("Third", props)).toThrow(`[stack/Nat/Third] ${message}`);
  });

  it.each(["10.0.0.2", "10.0.0.252"])("take %s, at the edge of what the cloud leaves", (privateIp) => {
    expect(() => host().nat.addEip("Third", { privateIp })).not.toThrow();
  });

  it("need what OpenStack calls the subnet for a virtual IP", () => {
    const { stack, vpc } = network();
    const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, subnet: { id: "n-1", cidr: "10.0.0.0/24" } });
    nat.addEip("Egress");
    expect(() => nat.addEip("Web", { privateIp: "10.0.0.11" })).toThrow(
      "[stack/Nat/Web] subnet.subnetId: must be given where a privateIp is named, got undefined; pass the VpcSubnetV1 itself, or add its subnetId",
    );
  });

  it("refuse a private address twice, at synth", () => {
    const { app, nat } = host();
    nat.addEip("Third", { privateIp: "10.0.0.11" });
    expect(mistakes(app)).toEqual([
      '[stack/Nat] eips: EIP "stack/Nat/Web" has this private address already, got "10.0.0.11"; give each its own',
    ]);
  });
});
