import { Eip } from "@cdktf/provider-aws/lib/eip";
import { TerraformVariable } from "cdktf";
import { DnatEntry, type IHostNat, type INat, InternetNatGateway, SnatEntry, SnatSource } from "cdktf-nat/aws";
import * as alicloud from "cdktf-nat/alicloud";
import { awsCounts, awsGateway, awsNetwork } from "../support/aws-stacks";
import { bareHost, GROUP, host, letIn, MACHINE, text } from "../support/aws-hosts";
import { mistakes, resources, resourcesOf, warnings } from "../support/stacks";

const GATEWAY_REFUSED =
  "nat: must be a SelfHostedNatInstance: a gateway of AWS translates every source that is routed to it, and has no " +
  'DNAT, got "InternetNatGateway"; take the entry out, or put a SelfHostedNatInstance in the gateway\'s place';

describe("entries of a host", () => {
  it("make nothing but security group rules, and other user data", () => {
    const { stack, nat, workers, egress, web } = host();
    const before = Object.keys(resources(stack));
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    new DnatEntry(stack, "In", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    const added = Object.entries(resources(stack)).filter(([address]) => !before.includes(address));
    const rule = { security_group_id: `\${${GROUP}.id}` };
    expect(Object.fromEntries(added)).toEqual({
      "aws_vpc_security_group_ingress_rule.Nat_SecurityGroup_all--1--1-cb21ef4a_38D6D9DD": {
        ...{ ...rule, ip_protocol: "-1", cidr_ipv4: "10.0.1.0/24" },
      },
      "aws_vpc_security_group_ingress_rule.Nat_SecurityGroup_tcp-443-443-f4791ae0_E76CF2D2": {
        ...{ ...rule, ip_protocol: "tcp", from_port: 443, to_port: 443, cidr_ipv4: "0.0.0.0/0" },
      },
    });
  });

  it("let in what they say", () => {
    const { stack, nat, vpc, egress, web } = host();
    const existing = { allocationId: "eipalloc-3", publicIp: "203.0.113.9" };
    const any = nat.addEip("Any", { privateIp: "10.0.0.12", existing });
    new SnatEntry(stack, "Whole", { nat, source: SnatSource.vpc(vpc), eips: [egress] });
    new SnatEntry(stack, "One", { nat, source: SnatSource.host("10.0.1.7"), eips: [egress] });
    new SnatEntry(stack, "Some", { nat, source: SnatSource.cidr("10.0.2.0/25"), eips: [egress] });
    new DnatEntry(stack, "C", {
      ...{ nat, eip: web, protocol: "udp", publicPort: "7000-7010", privatePort: "8000-8010", privateIp: "10.0.1.12" },
      allowFrom: ["198.51.100.0/24", "203.0.113.0/24"],
    });
    new DnatEntry(stack, "D", { nat, eip: any, protocol: "any", privateIp: "10.0.1.13", allowFrom: ["192.0.2.0/24"] });
    expect(letIn(stack)).toEqual([
      "-1   10.0.0.0/16",
      "-1   10.0.1.13/32",
      "-1   10.0.1.7/32",
      "-1   10.0.2.0/25",
      "-1   192.0.2.0/24",
      "udp 7000 7010 198.51.100.0/24",
      "udp 7000 7010 203.0.113.0/24",
    ]);
  });

  it("write the backend's rule where its security group is named", () => {
    const { stack, nat, web } = host({ tags: { team: "network" } });
    new DnatEntry(stack, "In", {
      ...{ nat, eip: web, protocol: "tcp", publicPort: 443, privatePort: 8443, privateIp: "10.0.1.10" },
      ...{ backendSecurityGroupId: "sg-1", allowFrom: ["198.51.100.0/24"] },
    });
    const rules = Object.values(resourcesOf(stack, "aws_vpc_security_group_ingress_rule"));
    expect(rules.filter((rule) => rule.security_group_id === "sg-1")).toEqual([
      { security_group_id: "sg-1", ip_protocol: "tcp", from_port: 8443, to_port: 8443, cidr_ipv4: "198.51.100.0/24" },
    ]);
  });

  it("are written with references where only deploy time knows a value", () => {
    const { stack, nat, workers } = bareHost();
    const eip = nat.addEip("Egress");
    const token = new TerraformVariable(stack, "ip", { type: "string" }).stringValue;
    new DnatEntry(stack, "In", { nat, eip, protocol: "tcp", publicPort: 443, privateIp: token });
    const source = SnatSource.subnet({ id: workers.id, cidrBlock: workers.cidrBlock });
    new SnatEntry(stack, "Out", { nat, source, eips: [eip] });
    const written = text(stack);
    expect(written).toContain("${aws_network_interface.Nat_NetworkInterface_61177B36.private_ip} . 443 : ${var.ip},");
    expect(written).toContain("${aws_eip.Nat_Egress_C6E47A31.public_ip} . 443 : ${var.ip},");
    expect(written).toContain("ip saddr ${aws_subnet.Workers.cidr_block}");
    expect(written).not.toContain("TfToken");
  });

  it.each([
    ["preserve", 28_000],
    ["random", 55_000],
  ] as const)("know how many connections fit, where ports are chosen by %s", (portAllocation, connections) => {
    const { stack, nat, workers, egress, web } = host({ portAllocation, onStateLoss: "reset" });
    const out = new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress, web] });
    expect(out.maxConnectionsPerDestination).toBe(2 * connections);
    expect(warnings(stack)).toEqual([]);
  });

  it("list their mistakes together", () => {
    const { app, stack, nat, workers, egress, web } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    new SnatEntry(stack, "Same", { nat, source: SnatSource.cidr("10.0.1.0/24"), eips: [egress] });
    new DnatEntry(stack, "A", { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" });
    new DnatEntry(stack, "B", { nat, eip: web, protocol: "tcp", publicPort: "400-500", privateIp: "10.0.1.11" });
    expect(mistakes(app)).toEqual([
      '[stack/Same] source: SNAT entry "stack/Out" has the same block, one of the two by its subnet, got "10.0.1.0/24"; keep one of the two and give it all addresses',
      expect.stringMatching(/^\[stack\/B\] publicPort: /),
    ]);
  });

  it("wait for what they are told to wait for: the machine does", () => {
    const { stack, nat, workers, egress } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.cidr("10.0.1.0/24"), eips: [egress], dependsOn: [workers] });
    expect(resources(stack)[MACHINE]!.depends_on).toContain("aws_subnet.Workers");
  });

  it("can be waited for, with the machine and its rules", () => {
    const { stack, nat, workers, egress } = host();
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [egress] });
    nat.addRoute("Route", { routeTableId: "rtb-1" });
    new Eip(stack, "Later", { dependsOn: [...nat.dependables] });
    const awaited = resources(stack)["aws_eip.Later"]!.depends_on as readonly string[];
    expect(awaited.filter((address) => !address.startsWith("aws_vpc_security"))).toEqual([
      MACHINE,
      "aws_eip_association.Nat_Egress_Association_5DE19D5C",
      "aws_eip_association.Nat_Web_Association_5ACEC31D",
      "aws_route.Nat_Route_EECDC467",
    ]);
    expect(awaited).toHaveLength(7);
  });

  it.each([
    [
      SnatSource.vpc({ id: "vpc-1", cidrBlock: "10.0.0.0/16", vpcId: "vpc-1" } as never),
      'source: must be a VPC, not a subnet, got {"id":"vpc-1","cidrBlock":"10.0.0.0/16","vpcId":"vpc-1"}; pass the VPC that the subnet is in',
    ],
    [
      SnatSource.subnet({ id: "vpc-1", cidrBlock: "10.0.0.0/16", mainRouteTableId: "rtb-1" } as never),
      'source: must be a subnet, not a VPC, got {"id":"vpc-1","cidrBlock":"10.0.0.0/16","mainRouteTableId":"rtb-1"}; pass one of the VPC\'s subnets',
    ],
    [
      SnatSource.subnet(undefined as never),
      "source: must be a subnet with an id and a cidrBlock, got undefined; pass the subnet resource",
    ],
    [
      SnatSource.host("10.0.1"),
      'source: must be an IPv4 address of four decimal numbers from 0 to 255, got "10.0.1"; use one such as "10.0.1.10"',
    ],
    [SnatSource.cidr("10.0.1.1/24"), 'source: host bits must be zero, got "10.0.1.1/24"; use "10.0.1.0/24"'],
    [
      "10.0.1.0/24",
      'source: must be an SnatSource, got "10.0.1.0/24"; use SnatSource.vpc, .subnet, .host or .cidr of cdktf-nat/aws',
    ],
  ])("refuse a source that is none", (source, message) => {
    const { stack, nat, egress } = host();
    const props = { nat, source: source as SnatSource, eips: [egress] };
    expect(() => new SnatEntry(stack, "Out", props)).toThrow(`[stack/Out] ${message}`);
  });

  it("say what a source is", () => {
    const { vpc, workers } = awsNetwork();
    const sources = [SnatSource.vpc(vpc), SnatSource.subnet(workers), SnatSource.host("10.0.1.7")];
    expect([...sources, SnatSource.cidr("10.0.2.0/24")].map(({ sourceKind, cidr }) => [sourceKind, cidr])).toEqual([
      ["aws:vpc", "10.0.0.0/16"],
      ["aws:subnet", "10.0.1.0/24"],
      ["aws:host", "10.0.1.7/32"],
      ["aws:cidr", "10.0.2.0/24"],
    ]);
    expect(SnatSource.subnet({ id: "subnet-1", cidrBlock: "10.0.1.0/24" }).subnetId).toBe("subnet-1");
  });
});

describe("entries of a managed gateway", () => {
  it("do not compile, and are refused", () => {
    const { stack, nat, workers } = awsGateway();
    const eip = nat.addEip("Web");
    const source = SnatSource.subnet(workers);
    // @ts-expect-error a gateway translates everything that is routed to it
    expect(() => new SnatEntry(stack, "Out", { nat, source, eips: [eip] })).toThrow(`[stack/Out] ${GATEWAY_REFUSED}`);
    const port = { protocol: "tcp", publicPort: 443, privateIp: "10.0.1.10" } as const;
    // @ts-expect-error a gateway lets nothing in
    expect(() => new DnatEntry(stack, "In", { nat, eip, ...port })).toThrow(`[stack/In] ${GATEWAY_REFUSED}`);
    expect(awsCounts(stack)).toEqual({ aws_nat_gateway: 1, aws_eip: 2 });
  });

  it("do not compile for what may be a gateway, nor for an adopted one", () => {
    const { stack, nat, workers } = awsGateway();
    const source = SnatSource.subnet(workers);
    const either: INat = nat;
    // @ts-expect-error it may be a gateway
    expect(() => new SnatEntry(stack, "Either", { nat: either, source, eips: [] })).toThrow(GATEWAY_REFUSED);
    const adopted = InternetNatGateway.fromAttributes(stack, "Old", { natGatewayId: "nat-1" });
    // @ts-expect-error it is a gateway
    expect(() => new SnatEntry(stack, "Old1", { nat: adopted, source, eips: [] })).toThrow(
      "[stack/Old1] nat: must be a SelfHostedNatInstance",
    );
  });
});

describe("entries of two clouds", () => {
  it("do not mix: neither NATs nor EIPs nor sources of another cloud compile, and they are refused", () => {
    const { stack, nat, workers, egress } = host();
    const source = SnatSource.subnet(workers);
    const theirs = alicloud.SnatSource.cidr("10.0.1.0/24");
    // @ts-expect-error a source of Alibaba Cloud
    expect(() => new SnatEntry(stack, "A", { nat, source: theirs, eips: [egress] })).toThrow(
      "[stack/A] source: must be an SnatSource",
    );
    // @ts-expect-error a NAT of AWS
    expect(() => new alicloud.SnatEntry(stack, "B", { nat, source: theirs, eips: [] })).toThrow(
      '[stack/B] nat: must be an InternetNatGateway or a SelfHostedNatInstance, got "SelfHostedNatInstance"',
    );
    // @ts-expect-error an EIP of AWS
    expect(() => new alicloud.SnatEntry(stack, "C", { nat: {} as never, source: theirs, eips: [egress] })).toThrow(
      "[stack/C] nat: must be",
    );
    // @ts-expect-error a source of AWS
    expect(() => new alicloud.SnatEntry(stack, "D", { nat: {} as never, source, eips: [] })).toThrow("[stack/D] nat");
    const typed: IHostNat = nat;
    expect(typed.natKind).toBe("aws:host");
  });
});
