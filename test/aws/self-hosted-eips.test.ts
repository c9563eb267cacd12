import { DnatEntry } from "cdktf-nat/aws";
import { ADDRESSES, bareHost, EGRESS, EXISTING, host, MACHINE, NIC, POLICY, text } from "../support/aws-hosts";
import { resources, resourcesOf } from "../support/stacks";

const THIRD = { allocationId: "eipalloc-3", publicIp: "203.0.113.9" };

describe("the EIPs of a host", () => {
  it("are bound to its interface: the first to the primary address", () => {
    const { stack, nat } = bareHost();
    nat.addEip("Egress", { existing: EXISTING });
    const all = resources(stack);
    expect(all["aws_eip_association.Nat_Egress_Association_5DE19D5C"]).toEqual({
      allocation_id: "eipalloc-1",
      network_interface_id: `\${${NIC}.id}`,
      private_ip_address: `\${${NIC}.private_ip}`,
    });
    expect(all[NIC]).not.toHaveProperty("private_ip_list");
    expect(Object.keys(all)).not.toContain(ADDRESSES);
  });

  it("are bound again, in the same apply, where the list of further addresses changes; the first is not", () => {
    const { stack, nat } = host();
    nat.addEip("Batch", { existing: THIRD, privateIp: "${var.ip}" });
    const all = resources(stack);
    const binding = { network_interface_id: `\${${NIC}.id}` };
    const lifecycle = { replace_triggered_by: [ADDRESSES] };
    expect(resourcesOf(stack, "aws_eip_association")).toEqual({
      "aws_eip_association.Nat_Egress_Association_5DE19D5C": {
        ...{ ...binding, allocation_id: "eipalloc-1", private_ip_address: "10.0.0.10" },
      },
      "aws_eip_association.Nat_Web_Association_5ACEC31D": {
        ...{ ...binding, allocation_id: "eipalloc-2", private_ip_address: "10.0.0.11", lifecycle },
      },
      "aws_eip_association.Nat_Batch_Association_391B78DD": {
        ...{ ...binding, allocation_id: "eipalloc-3", private_ip_address: "${var.ip}", lifecycle },
      },
    });
    expect(all[NIC]).toMatchObject({
      private_ip_list_enabled: true,
      private_ip_list: ["10.0.0.10", "10.0.0.11", "${var.ip}"],
    });
    expect(all[NIC]).not.toHaveProperty("private_ips");
    expect(all[ADDRESSES]).toEqual({ input: { private_ips: "10.0.0.10,10.0.0.11,${var.ip}" } });
  });

  it("may name the primary address itself", () => {
    const { stack, nat } = bareHost({ privateIp: "10.0.0.10" });
    nat.addEip("Egress", { existing: EXISTING, privateIp: "10.0.0.10" });
    expect(resources(stack)[NIC]!.private_ip_list).toEqual(["10.0.0.10"]);
    expect(Object.keys(resources(stack))).not.toContain(ADDRESSES);
    expect(() => nat.addEip("Web")).toThrow('"Egress" is bound to the interface\'s primary address');
  });

  it("may be called what the library calls its own", () => {
    const { stack, nat } = bareHost({ privateIp: "10.0.0.10" });
    nat.addEip("Addresses", { existing: EXISTING, privateIp: "10.0.0.11" });
    expect(Object.keys(resources(stack))).toContain(ADDRESSES);
  });

  it("stand before the machine, so that its first boot finds the way out open", () => {
    const { stack } = host();
    expect(resources(stack)[MACHINE]!.depends_on).toEqual([
      POLICY,
      EGRESS,
      "aws_eip_association.Nat_Egress_Association_5DE19D5C",
      "aws_eip_association.Nat_Web_Association_5ACEC31D",
    ]);
  });

  it("are what its rules match, by both addresses", () => {
    const { stack, nat, web } = host();
    new DnatEntry(stack, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    expect(text(stack)).toContain("10.0.0.11 . 443 : 10.0.1.10,");
    expect(text(stack)).toContain("203.0.113.8 . 443 : 10.0.1.10,");
  });

  it("need the NAT's own address to be given where one names a further one", () => {
    const { nat } = bareHost();
    nat.addEip("Egress");
    expect(() => nat.addEip("Web", { privateIp: "10.0.0.11" })).toThrow(
      "[stack/Nat/Web] privateIp: needs the NAT's own privateIp to be given too: the interface keeps it as its primary " +
        'address beside others, got "10.0.0.11"; give the NAT a privateIp; where its interface exists, the primary ' +
        "address that it has (aws ec2 describe-network-interfaces), any other replaces the interface",
    );
  });

  it.each([
    [undefined, 4],
    ["t4g.micro", 2],
    ["t3a.medium", 6],
    ["c7gn.medium", 4],
    ["m6i.large", 10],
    ["r5.2xlarge", 15],
  ])("are as many as an interface holds addresses on type %s", (instanceType, most) => {
    const { nat } = bareHost({ privateIp: "10.0.0.10", ...(instanceType === undefined ? {} : { instanceType }) });
    const add = (n: number) => {
      const existing = { allocationId: `eipalloc-${n}`, publicIp: `203.0.113.${n}` };
      return nat.addEip(`Eip${n}`, n === 0 ? { existing } : { existing, privateIp: `10.0.0.${10 + n}` });
    };
    // The primary address counts also while no EIP has it.
    for (let n = 1; n < most; n++) add(n);
    expect(() => add(most)).toThrow(
      `[stack/Nat/Eip${most}] privateIp: must not be one more than the ${most} addresses that an interface holds on ` +
        `instance type "${instanceType ?? "t4g.small"}", got "10.0.0.${10 + most}"; use a larger instanceType, or fewer EIPs`,
    );
    expect(() => add(0)).not.toThrow();
  });

  it.each(["c8g.medium", "t2.small", "c7g.metal", "${var.type}"])(
    "are not counted on type %s, of which the library knows no number",
    (instanceType) => {
      const { nat } = bareHost({ privateIp: "10.0.0.10", instanceType, imageId: "ami-1" });
      for (let n = 1; n < 60; n++) {
        const existing = { allocationId: `eipalloc-${n}`, publicIp: `203.0.113.${n}` };
        nat.addEip(`Eip${n}`, { existing, privateIp: `10.0.0.${10 + n}` });
      }
      expect(nat.publicIps).toHaveLength(59);
    },
  );

  it.each([
    [
      {},
      "privateIp: must be given: \"Egress\" is bound to the interface's primary address, got undefined; name an address of the NAT's subnet that nothing else has",
    ],
    [
      { privateIp: "10.0.1.1" },
      'privateIp: must lie in the block 10.0.0.0/24 of the NAT\'s subnet, got "10.0.1.1"; use an address of 10.0.0.0/24',
    ],
  ])("refuse %j beside another", (props, message) => {
    const { nat } = bareHost();
    nat.addEip("Egress");
    expect(() => nat.addEip("Web", props as never)).toThrow(`[stack/Nat/Web] ${message}`);
  });
});
