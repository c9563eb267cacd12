import { checkHostIp, natIpPlace } from "../../lib/cdktf/host-ip";

const SUBNET = { id: "subnet-1", cidr: "10.0.0.0/24" };

/** The place of a NAT in a cloud that keeps so many addresses at each end of a subnet. */
const place = (first: number, last: number) =>
  natIpPlace({ subnet: "subnet", subnetProp: "subnet", kept: { first, last } });

describe("a private address of a host", () => {
  it.each([
    [4, 1, "10.0.0.4", "10.0.0.254"],
    [2, 3, "10.0.0.2", "10.0.0.252"],
    [1, 3, "10.0.0.1", "10.0.0.252"],
  ])("is one of those between the %p first and the %p last that the cloud keeps", (first, last, lowest, highest) => {
    for (const ip of [lowest, highest]) expect(() => checkHostIp(ip, SUBNET, place(first, last))).not.toThrow();
  });

  it.each([
    [4, 1, "10.0.0.0", "one of the first four nor the last"],
    [4, 1, "10.0.0.3", "one of the first four nor the last"],
    [4, 1, "10.0.0.255", "one of the first four nor the last"],
    [2, 3, "10.0.0.1", "one of the first two nor one of the last three"],
    [2, 3, "10.0.0.253", "one of the first two nor one of the last three"],
    [1, 3, "10.0.0.0", "the first nor one of the last three"],
    [1, 6, "10.0.0.250", "the first nor one of the last 6"],
  ])("is refused where the cloud keeps %p first and %p last: %s", (first, last, ip, which) => {
    expect(() => checkHostIp(ip, SUBNET, place(first, last))).toThrow(
      `privateIp: must not be ${which} of 10.0.0.0/24, got "${ip}"; use one of those between`,
    );
  });

  it.each(["9.255.255.255", "10.0.1.0"])("is refused outside of the subnet: %s", (ip) => {
    expect(() => checkHostIp(ip, SUBNET, place(4, 1))).toThrow(
      `privateIp: must lie in the block 10.0.0.0/24 of the NAT's subnet, got "${ip}"; use an address of 10.0.0.0/24`,
    );
  });

  it("is none, or is not compared, where one of the two is known at deploy time only", () => {
    expect(() => checkHostIp(undefined, SUBNET, place(4, 1))).not.toThrow();
    expect(() => checkHostIp("${var.ip}", SUBNET, place(4, 1))).not.toThrow();
    expect(() => checkHostIp("10.9.0.0", { id: "subnet-1", cidrBlock: "${var.block}" }, place(4, 1))).not.toThrow();
  });

  it("is an address, and its subnet's block a block", () => {
    expect(() => checkHostIp("10.0.0", SUBNET, place(4, 1))).toThrow(/^privateIp: /);
    expect(() => checkHostIp("10.0.0.9", { id: "subnet-1", cidr: "10.0.0.1/24" }, place(4, 1))).toThrow(
      'subnet.cidr: host bits must be zero, got "10.0.0.1/24"; use "10.0.0.0/24"',
    );
  });
});
