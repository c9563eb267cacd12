import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { Construct } from "constructs";
import type { HostNetwork } from "../../lib/cdktf/host-network";
import type { Network } from "../../lib/cdktf/network";
import {
  parsePrivateInterface,
  warnOfPrivateInterface,
  withAddress,
  withTwoInterfaces,
  type GivenInterface,
} from "../../lib/cdktf/private-interface";
import { isDeferred } from "../../lib/core/deferred";
import { resolved, warnings } from "../support/stacks";

interface Subnet extends Network {
  readonly availabilityZone?: string;
}

/** A cloud whose gateway is the address after the first of a subnet, and whose subnets lie in zones. */
const ZONED: HostNetwork<Subnet> = {
  subnet: "subnet",
  subnetProp: "subnet",
  kept: { first: 4, last: 1 },
  gatewayNumber: 1,
  interfaceNames: { name: "ens6", publicName: "ens5" },
  zones: { word: "Availability Zone", of: ({ availabilityZone }) => availabilityZone },
};
/** A cloud whose subnets lie in no zone. */
const ZONELESS: HostNetwork = { ...ZONED, zones: undefined };

const VPC = { id: "vpc-1", cidr: "10.0.0.0/16" };
const OWN: Subnet = { id: "subnet-1", cidr: "10.0.0.0/24", availabilityZone: "a" };
const INSIDE: Subnet = { id: "subnet-2", cidr: "10.0.2.0/24", availabilityZone: "a" };
const OPTIONS = { untranslatedCidrs: ["10.0.0.0/16"] };

const parse = (given: Partial<GivenInterface<Subnet>> = {}) =>
  parsePrivateInterface(ZONED, { subnet: INSIDE, ...given }, { vpc: VPC, subnet: OWN });

describe("a private interface", () => {
  it("has the names of the cloud's images, or those that are given", () => {
    expect(parse()).toEqual({ subnet: INSIDE, privateIp: undefined, name: "ens6", publicName: "ens5" });
    expect(parse({ privateIp: "10.0.2.4", name: "eth1", publicName: "eth0" })).toEqual({
      ...{ subnet: INSIDE, privateIp: "10.0.2.4", name: "eth1", publicName: "eth0" },
    });
  });

  it("has its routes by the gateway of its subnet, and its address with the subnet's prefix length", () => {
    const two = withTwoInterfaces(OPTIONS, ZONED, parse(), OWN);
    expect(two).toEqual({
      ...OPTIONS,
      privateInterface: {
        name: "ens6",
        suppressDefaultRoute: true,
        routes: [{ destination: "10.0.0.0/16", via: "10.0.2.1" }],
      },
      publicInterface: { name: "ens5" },
    });
    expect(withAddress(two, ZONED, parse(), "10.0.2.77").privateInterface?.address).toBe("10.0.2.77/24");
    const own = parse({ privateIp: "10.0.2.4" });
    expect(withAddress(two, ZONED, own, "10.0.2.77").privateInterface?.address).toBe("10.0.2.4/24");
    expect(withAddress(OPTIONS, ZONED, undefined, undefined)).toEqual(OPTIONS);
  });

  it.each([
    [1, "10.0.2.1"],
    [-1, "10.0.2.255"],
    [-3, "10.0.2.253"],
  ])("counts %p as Terraform's cidrhost does", (gatewayNumber, via) => {
    const { privateInterface } = withTwoInterfaces(OPTIONS, { ...ZONED, gatewayNumber }, parse(), OWN);
    expect(privateInterface?.routes).toEqual([{ destination: "10.0.0.0/16", via }]);
  });

  it("computes at deploy time what is known only then", () => {
    const stack = new TerraformStack(Testing.app(), "stack");
    const block = new TerraformVariable(stack, "block", { type: "string" }).stringValue;
    const text = (cidr: string) => {
      const second = parse({ subnet: { id: "subnet-2", cidr } });
      const two = withTwoInterfaces(OPTIONS, ZONED, second, OWN);
      const { address, routes } = withAddress(two, ZONED, second, "10.0.2.77").privateInterface!;
      return [address, routes![0]!.via].map((value) => resolved(stack, isDeferred(value) ? value.text : value));
    };
    expect(text(block)).toEqual(['10.0.2.77/${element(split("/", var.block), 1)}', "${cidrhost(var.block, 1)}"]);
    expect(text("${var.raw}")).toEqual([
      '10.0.2.77/${element(split("/", "${var.raw}"), 1)}',
      '${cidrhost("${var.raw}", 1)}',
    ]);
  });

  it.each<[Partial<GivenInterface<Subnet>>, string]>([
    [
      { subnet: { id: "subnet-2", cidr: "192.168.0.0/24" } },
      'privateInterface.subnet: must be a subnet of the NAT\'s VPC (10.0.0.0/16), got "192.168.0.0/24"; pass another subnet of the VPC',
    ],
    [
      { subnet: { ...INSIDE, cidr: "10.0.2.1/24" } },
      'privateInterface.subnet.cidr: host bits must be zero, got "10.0.2.1/24"; use "10.0.2.0/24"',
    ],
    [
      { subnet: { ...INSIDE, availabilityZone: "b" } },
      'privateInterface.subnet: must lie in the Availability Zone of the NAT\'s own subnet ("a"), got "b"; pass a subnet of that Availability Zone; machines in other Availability Zones reach the interface all the same',
    ],
    [
      { privateIp: "10.0.2.3" },
      'privateInterface.privateIp: must not be one of the first four nor the last of 10.0.2.0/24, got "10.0.2.3"; use one of those between',
    ],
    [
      { privateIp: "10.0.0.9" },
      'privateInterface.privateIp: must lie in the block 10.0.2.0/24 of its subnet, got "10.0.0.9"; use an address of 10.0.2.0/24',
    ],
    [
      { name: "ens 6" },
      'privateInterface.name: must be 1 to 15 letters, digits, ".", "_" and "-", first a letter or digit, got "ens 6"; use the name that the system gives it, such as "ens6"',
    ],
    [
      { publicName: "ens6" },
      'privateInterface.publicName: must be another interface than privateInterface.name, got "ens6"; name the interface towards the Internet',
    ],
  ])("is refused: %j", (given, message) => {
    expect(() => parse(given)).toThrow(message);
  });

  it("lies in any zone where subnets lie in none", () => {
    const elsewhere = { ...INSIDE, availabilityZone: "b" };
    expect(() => parsePrivateInterface(ZONELESS, { subnet: elsewhere }, { vpc: VPC, subnet: OWN })).not.toThrow();
  });

  it("parts nothing in the NAT's own subnet", () => {
    const warned = (cloud: HostNetwork<Subnet>) => {
      const stack = new TerraformStack(Testing.app(), "stack");
      const nat = new Construct(stack, "Nat");
      warnOfPrivateInterface(nat, cloud, parse({ subnet: OWN }), { subnet: OWN, firewall: undefined });
      return warnings(stack);
    };
    const warning = (another: string) =>
      "[stack/Nat] privateInterface.subnet: is the NAT's own subnet, so the second interface parts nothing; " +
      `name ${another}, or leave privateInterface out`;
    expect(warned(ZONED)).toEqual([warning("another subnet of the Availability Zone")]);
    expect(warned(ZONELESS)).toEqual([warning("another subnet")]);
  });
});
