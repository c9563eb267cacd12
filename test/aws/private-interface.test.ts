import { Subnet } from "@cdktf/provider-aws/lib/subnet";
import { SelfHostedNatInstance, type SelfHostedNatInstanceProps } from "cdktf-nat/aws";
import { awsCounts, awsNetwork } from "../support/aws-stacks";
import { EXISTING, GROUP, MACHINE, NIC, PRIVATE_NIC, text } from "../support/aws-hosts";
import { mistakes, resolved, resources, resourcesOf, warnings } from "../support/stacks";

type Props = Omit<Partial<SelfHostedNatInstanceProps>, "privateInterface"> & { privateInterface?: unknown };

/** A network with a subnet 10.0.2.0/24 for the second interface, and a host that may have one. */
function host(given: (net: ReturnType<typeof withInside>) => Props) {
  const net = withInside();
  const { stack, vpc, publicSubnet } = net;
  const nat = new SelfHostedNatInstance(stack, "Nat", { vpc, subnet: publicSubnet, ...(given(net) as object) });
  nat.addEip("Egress", { existing: EXISTING });
  return { ...net, nat };
}

function withInside() {
  const net = awsNetwork();
  const zone = { vpcId: net.vpc.id, availabilityZone: "eu-central-1a" };
  return { ...net, inside: new Subnet(net.stack, "Inside", { ...zone, cidrBlock: "10.0.2.0/24" }) };
}

const tags = { Name: "stack-Nat" };

describe("a SelfHostedNatInstance with a privateInterface", () => {
  it("gets one more interface, which the machine has from its first boot, and to which routes lead", () => {
    const { stack, nat } = host(({ inside }) => ({ privateInterface: { subnet: inside } }));
    nat.addRoute("Route", { routeTableId: "rtb-1" });
    const lasting = { security_groups: [`\${${GROUP}.id}`], source_dest_check: false, tags };
    expect(resourcesOf(stack, "aws_network_interface")).toEqual({
      [NIC]: { ...lasting, subnet_id: "${aws_subnet.Public.id}" },
      [PRIVATE_NIC]: { ...lasting, subnet_id: "${aws_subnet.Inside.id}" },
    });
    const attached = { delete_on_termination: false };
    expect(resources(stack)[MACHINE]!.network_interface).toEqual([
      { ...attached, device_index: 0, network_interface_id: `\${${NIC}.id}` },
      { ...attached, device_index: 1, network_interface_id: `\${${PRIVATE_NIC}.id}` },
    ]);
    expect(resources(stack)["aws_route.Nat_Route_EECDC467"]).toMatchObject({
      network_interface_id: `\${${PRIVATE_NIC}.id}`,
    });
    expect(Object.values(resourcesOf(stack, "aws_eip_association"))).toEqual([
      expect.objectContaining({ network_interface_id: `\${${NIC}.id}` }),
    ]);
    expect(resolved(stack, [nat.networkInterfaceId, nat.privateNetworkInterfaceId])).toEqual([
      `\${${NIC}.id}`,
      `\${${PRIVATE_NIC}.id}`,
    ]);
    expect(warnings(stack)).toEqual([]);
    expect(awsCounts(stack).aws_network_interface).toBe(2);
  });

  it("routes the VPC through it, by the router of its subnet", () => {
    const { stack } = host(({ inside }) => ({ privateInterface: { subnet: inside } }));
    const written = text(stack);
    expect(written).toContain('ip -4 route replace "10.0.0.0/16" via "10.0.2.1" dev ens6');
    expect(written).toContain(`ip address replace "\${${PRIVATE_NIC}.private_ip}/24" dev ens6`);
    expect(written).toContain("wait_for ens6");
    expect(written).toContain("wait_for ens5");
  });

  it("takes every prop", () => {
    const { stack } = host(({ inside }) => ({
      privateInterface: { subnet: inside, privateIp: "10.0.2.5", name: "enp40s0", publicName: "enp39s0" },
    }));
    expect(resources(stack)[PRIVATE_NIC]).toMatchObject({
      private_ip_list_enabled: true,
      private_ip_list: ["10.0.2.5"],
    });
    const written = text(stack);
    expect(written).toContain('ip address replace "10.0.2.5/24" dev enp40s0');
    expect(written).toContain("wait_for enp39s0");
    expect(written).not.toMatch(/ens[56]/);
  });

  it("keeps its routes out of both of its subnets", () => {
    const { app, nat } = host(({ inside }) => ({ privateInterface: { subnet: inside } }));
    nat.addRoute("Own", { routeTableId: "rtb-1", destinationCidr: "10.0.0.0/25" });
    nat.addRoute("Inside", { routeTableId: "rtb-1", destinationCidr: "10.0.2.0/25" });
    expect(mistakes(app).map((mistake) => mistake.split(":")[0])).toEqual([
      "[stack/Nat/Own] destinationCidr",
      "[stack/Nat/Inside] destinationCidr",
    ]);
  });

  it("warns where the second interface parts nothing", () => {
    const { stack } = host(({ publicSubnet }) => ({ privateInterface: { subnet: publicSubnet } }));
    expect(warnings(stack)).toEqual([
      "[stack/Nat] privateInterface.subnet: is the NAT's own subnet, so the second interface parts nothing; name another " +
        "subnet of the zone, or leave privateInterface out",
    ]);
  });

  it.each([
    [1, "privateInterface: must be an object, got 1; pass the props that the documentation lists"],
    [
      { subnet: {} },
      "privateInterface.subnet: must be a subnet with an id and a cidrBlock, got {}; pass the subnet resource",
    ],
    [
      { subnet: { id: "subnet-1", cidrBlock: "10.0.3.0/24", availabilityZone: "eu-central-1b" } },
      'privateInterface.subnet: must lie in the zone of the NAT\'s own subnet ("eu-central-1a"), got "eu-central-1b"; pass a subnet of that zone; machines in other zones reach the interface all the same',
    ],
    [
      { subnet: { id: "subnet-1", cidrBlock: "10.1.3.0/24" } },
      'privateInterface.subnet: must be a subnet of the NAT\'s VPC (10.0.0.0/16), got "10.1.3.0/24"; pass another subnet of the VPC',
    ],
    [
      { subnet: { id: "subnet-1", cidrBlock: "10.0.3.0/24" }, privateIp: "10.0.3.2" },
      'privateInterface.privateIp: must not be one of the first four nor the last of 10.0.3.0/24, got "10.0.3.2"; use one of those between',
    ],
  ])("refuses %j", (privateInterface, message) => {
    expect(() => host(() => ({ privateInterface }))).toThrow(`[stack/Nat] ${message}`);
  });
});
