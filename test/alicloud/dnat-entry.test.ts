import { Fn, TerraformVariable } from "cdktf";
import {
  AlicloudProvider,
  type AnyPortDnatEntryProps,
  DnatEntry,
  type DnatEntryProps,
  InternetNatGateway,
  type PortDnatEntryProps,
} from "cdktf-nat/alicloud";
import { EcsNetworkInterface } from "cdktf-nat/alicloud/bindings/ecs-network-interface";
import { EipAddress } from "cdktf-nat/alicloud/bindings/eip-address";
import { Instance } from "cdktf-nat/alicloud/bindings/instance";
import { NatGateway } from "cdktf-nat/alicloud/bindings/nat-gateway";
import { counts, gateway, network, resources, resourcesOf } from "../support/stacks";

const ENTRY = "alicloud_forward_entry.In_A6E750FB";

/** The block of an entry for TCP port 443. */
const LEAST = {
  forward_table_id: "${alicloud_nat_gateway.Nat_74B082C8.forward_table_ids}",
  external_ip: "${alicloud_eip_address.Nat_Web_AA62074C.ip_address}",
  external_port: "443",
  internal_ip: "10.0.1.4",
  internal_port: "443",
  ip_protocol: "tcp",
  forward_entry_name: "stack-In",
  timeouts: { create: "30m", update: "30m", delete: "30m" },
  depends_on: ["alicloud_eip_association.Nat_Web_Association_5ACEC31D"],
};

type Fixture = ReturnType<typeof gateway>;

/** The stack with an entry `In` of some props, whatever a user of JavaScript passes. */
function make(props: (fixture: Fixture) => object) {
  const fixture = gateway();
  const { stack, nat, web } = fixture;
  const all = { nat, eip: web, protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4", ...props(fixture) };
  new DnatEntry(stack, "In", all as DnatEntryProps);
  return stack;
}

const block = (props: (fixture: Fixture) => object) => resources(make(props))[ENTRY];

describe("a DnatEntry", () => {
  it("is one resource that waits for the binding of its EIP, with 30 minutes for each change", () => {
    const stack = make(() => ({}));
    expect(resourcesOf(stack, "alicloud_forward_entry")).toEqual({ [ENTRY]: LEAST });
    expect(counts(stack)).toEqual({
      alicloud_nat_gateway: 1,
      terraform_data: 1,
      alicloud_eip_address: 2,
      alicloud_eip_association: 2,
      alicloud_forward_entry: 1,
    });
  });

  it("takes every prop", () => {
    const stack = make(({ stack, workers }) => ({
      protocol: "udp",
      publicPort: "7000-7010",
      privatePort: "8000-8010",
      removePortLimits: true,
      backendSecurityGroupId: "sg-1",
      allowFrom: ["198.51.100.0/24"],
      name: "in-1",
      provider: new AlicloudProvider(stack, "Second", { alias: "second" }),
      dependsOn: [workers],
    }));
    expect(resourcesOf(stack, "alicloud_forward_entry", "alicloud_security_group_rule")).toEqual({
      [ENTRY]: {
        ...LEAST,
        ip_protocol: "udp",
        external_port: "7000/7010",
        internal_port: "8000/8010",
        port_break: true,
        forward_entry_name: "in-1",
        provider: "alicloud.second",
        depends_on: [...LEAST.depends_on, "alicloud_vswitch.Workers"],
      },
      [Object.keys(resourcesOf(stack, "alicloud_security_group_rule"))[0]!]: {
        type: "ingress",
        ip_protocol: "udp",
        port_range: "8000/8010",
        cidr_ip: "198.51.100.0/24",
        security_group_id: "sg-1",
        nic_type: "intranet",
        policy: "accept",
        priority: 1,
        provider: "alicloud.second",
      },
    });
  });

  it.each([
    [{ publicPort: 443 }, { external_port: "443", internal_port: "443" }],
    [{ publicPort: "443" }, { external_port: "443", internal_port: "443" }],
    [{ publicPort: "10-20" }, { external_port: "10/20", internal_port: "10/20" }],
    [{ publicPort: "10/20" }, { external_port: "10/20", internal_port: "10/20" }],
    [
      { publicPort: "10/20", privatePort: "110-120" },
      { external_port: "10/20", internal_port: "110/120" },
    ],
    [
      { publicPort: 443, privatePort: "8443" },
      { external_port: "443", internal_port: "8443" },
    ],
    [{ publicPort: "1/65535" }, { external_port: "1/65535", internal_port: "1/65535" }],
    [
      { publicPort: 1, privatePort: 65535 },
      { external_port: "1", internal_port: "65535" },
    ],
    [{ protocol: "udp" }, { ip_protocol: "udp" }],
    [{ removePortLimits: true }, { port_break: true }],
    [{ removePortLimits: false }, {}],
    [
      { protocol: "any", publicPort: undefined },
      { ip_protocol: "any", external_port: "any", internal_port: "any" },
    ],
  ])("writes %j as %j", (props, expected) => {
    expect(block(() => props)).toEqual({ ...LEAST, ...expected });
  });

  it.each([
    [
      "an ECS instance",
      ({ stack }: Fixture) => new Instance(stack, "Host", {}).privateIp,
      "${alicloud_instance.Host.private_ip}",
    ],
    [
      "an ENI",
      ({ stack }: Fixture) => new EcsNetworkInterface(stack, "Eni", { vswitchId: "vsw-1" }).primaryIpAddress,
      "${alicloud_ecs_network_interface.Eni.primary_ip_address}",
    ],
    ["a variable", ({ stack }: Fixture) => new TerraformVariable(stack, "ip", {}).stringValue, "${var.ip}"],
    [
      "a function",
      ({ stack }: Fixture) => Fn.element(new TerraformVariable(stack, "ips", {}).listValue, 0) as string,
      "${element(var.ips, 0)}",
    ],
    [
      "a value of any type",
      ({ stack }: Fixture) => new TerraformVariable(stack, "ip", {}).value as string,
      "${var.ip}",
    ],
    ["a raw expression", () => "${var.ip}", "${var.ip}"],
  ])("passes the private IP of %s on untouched", (_what, privateIp, expected) => {
    expect(block((fixture) => ({ privateIp: privateIp(fixture) }))).toEqual({ ...LEAST, internal_ip: expected });
  });

  it("inherits the provider of its NAT", () => {
    const { stack, vpc, natVswitch, provider: own } = network();
    const provider = new AlicloudProvider(stack, "Second", { alias: "second" });
    const nat = new InternetNatGateway(stack, "Nat", { vpc, vswitch: natVswitch, provider });
    const eip = nat.addEip("Web");
    const common = { nat, eip, protocol: "tcp", privateIp: "10.0.1.4", backendSecurityGroupId: "sg-1" } as const;
    new DnatEntry(stack, "A", { ...common, publicPort: 1 });
    new DnatEntry(stack, "B", { ...common, publicPort: 2, provider: own });
    expect(
      Object.values(resourcesOf(stack, "alicloud_forward_entry", "alicloud_security_group_rule")).map(
        ({ external_port, port_range, provider }) => [external_port ?? port_range, provider],
      ),
    ).toEqual([
      ["1", "alicloud.second"],
      ["2", "alicloud"],
      ["1/1", "alicloud.second"],
      ["2/2", "alicloud"],
    ]);
  });

  it("has props that users extend and choose between", () => {
    const { stack, nat, web, egress } = gateway();
    interface MyProps extends PortDnatEntryProps {
      readonly team: string;
    }
    const mine: MyProps = { team: "web", nat, eip: web, protocol: "tcp", publicPort: 80, privateIp: "10.0.1.4" };
    const anyPort: AnyPortDnatEntryProps = { nat, eip: egress, protocol: "any", privateIp: "10.0.1.5" };
    for (const [id, props] of Object.entries<DnatEntryProps>({ Mine: mine, AnyPort: anyPort })) {
      new DnatEntry(stack, id, props);
    }
    expect(counts(stack).alicloud_forward_entry).toBe(2);
  });
});

describe("a DnatEntry refuses", () => {
  const ip = "must be an IPv4 address of four decimal numbers from 0 to 255";
  const form = 'must be a port or a range of ports, got %; use a form like 443, "443", "7000-7010" or "7000/7010"';
  const malformed = (shown: string) => form.replace("%", () => shown);
  const known = "; write it out: clashes with other entries are found at synth";
  const excluded = 'is excluded by protocol "any", which maps every port, got';
  const takeOut = 'take it out, or use protocol "tcp" or "udp"';
  const any = { protocol: "any", publicPort: undefined };

  it.each([
    [{ publicPort: 0 }, "publicPort: must be within 1 to 65535, got 0; use ports from 1 to 65535"],
    [{ publicPort: 65536 }, "publicPort: must be within 1 to 65535, got 65536; use ports from 1 to 65535"],
    [{ publicPort: "0-1" }, 'publicPort: must be within 1 to 65535, got "0-1"; use ports from 1 to 65535'],
    [
      { publicPort: "65535/65536" },
      'publicPort: must be within 1 to 65535, got "65535/65536"; use ports from 1 to 65535',
    ],
    [{ publicPort: "20-10" }, 'publicPort: the first port must not be above the last, got "20-10"; use "10-20"'],
    [{ publicPort: "7000--7010" }, `publicPort: ${malformed('"7000--7010"')}`],
    [{ publicPort: "1e3" }, `publicPort: ${malformed('"1e3"')}`],
    [{ publicPort: "0x1b" }, `publicPort: ${malformed('"0x1b"')}`],
    [{ publicPort: 1.5 }, `publicPort: ${malformed("1.5")}`],
    [{ publicPort: null }, `publicPort: ${malformed("null")}`],
    [
      { publicPort: undefined },
      'publicPort: must be given with protocol "tcp", got undefined; name a port or a range, or use protocol "any" for Any Port',
    ],
    [{ privatePort: "any" }, `privatePort: ${malformed('"any"')}`],
    [
      { publicPort: "10-20", privatePort: "30-39" },
      'privatePort: must hold as many ports as publicPort 10-20, which is 11, got "30-39"; use "30-40"',
    ],
    [
      { publicPort: "10-20", privatePort: 30 },
      'privatePort: must hold as many ports as publicPort 10-20, which is 11, got 30; use "30-40"',
    ],
    [{ publicPort: "${var.port}" }, `publicPort: must be known at synth, got "\${var.port}"${known}`],
    [{ privatePort: "${var.port}" }, `privatePort: must be known at synth, got "\${var.port}"${known}`],
    [{ protocol: "${var.p}" }, `protocol: must be known at synth, got "\${var.p}"${known}`],
    [{ protocol: "TCP" }, 'protocol: must be "tcp", "udp" or "any", got "TCP"; use "tcp"'],
    [{ protocol: "icmp" }, 'protocol: must be "tcp", "udp" or "any", got "icmp"; use one of them'],
    [{ protocol: undefined }, 'protocol: must be "tcp", "udp" or "any", got undefined; use one of them'],
    [{ protocol: "any" }, `publicPort: ${excluded} 443; ${takeOut}`],
    [{ ...any, privatePort: 80 }, `privatePort: ${excluded} 80; ${takeOut}`],
    [{ ...any, removePortLimits: false }, `removePortLimits: ${excluded} false; ${takeOut}`],
    [
      { removePortLimits: "yes" },
      'removePortLimits: must be true or false, known at synth, got "yes"; use one of them, or leave it out',
    ],
    [{ privateIp: undefined }, `privateIp: ${ip}, got undefined; use one such as "10.0.1.10"`],
    [{ privateIp: "10.0.1.4/32" }, `privateIp: ${ip}, got "10.0.1.4/32"; use "10.0.1.4"`],
    [{ privateIp: 10 }, `privateIp: ${ip}, got 10; use one such as "10.0.1.10"`],
    [
      { allowFrom: [], backendSecurityGroupId: "sg-1" },
      "allowFrom: must name at least one block, got []; leave it out to let everybody in",
    ],
    [
      { allowFrom: "0.0.0.0/0", backendSecurityGroupId: "sg-1" },
      'allowFrom: must name at least one block, got "0.0.0.0/0"; leave it out to let everybody in',
    ],
    [{ allowFrom: null }, "allowFrom: must name at least one block, got null; leave it out to let everybody in"],
    [
      { allowFrom: "${var.list}" },
      'allowFrom: must be a list known at synth, got "${var.list}"; write the list out; its elements may be references',
    ],
    [
      { allowFrom: ["1.2.3.0/24", "1.2.3.4"], backendSecurityGroupId: "sg-1" },
      'allowFrom[1]: must have a prefix length, got "1.2.3.4"; use "1.2.3.4/32"',
    ],
    [
      { allowFrom: ["1.2.3.0/24"] },
      'allowFrom: needs backendSecurityGroupId on a gateway, which itself lets everybody in, got ["1.2.3.0/24"]; name the backend\'s security group, whose rules then let in these clients only',
    ],
    [
      { backendSecurityGroupId: "" },
      'backendSecurityGroupId: must be the id of a security group, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { backendSecurityGroupId: null },
      "backendSecurityGroupId: must be the id of a security group, got null; pass it as text, or as the attribute of a resource",
    ],
    [
      { name: "x" },
      'name: must be 2 to 128 characters, first a letter, then letters, digits, "_" and "-", got "x"; use a name such as "n-x"',
    ],
    [{ provider: null }, "provider: must be a provider of the stack, got null; pass the provider construct itself"],
    [{ dependsOn: {} }, "dependsOn: must be a list, got {}; use [ ... ]"],
    [
      { nat: undefined },
      "nat: must be an InternetNatGateway or a SelfHostedNatInstance, got undefined; pass the NAT construct itself",
    ],
    [
      { eip: undefined },
      "eip: must be what addEip of the NAT returned, got undefined; add the EIP to the NAT with addEip",
    ],
    [
      { eip: "203.0.113.7" },
      'eip: must be what addEip of the NAT returned, got "203.0.113.7"; add the EIP to the NAT with addEip',
    ],
  ])("%j", (props, message) => {
    expect(() => make(() => props)).toThrow(`[stack/In] ${message}`);
  });

  it("a port that is a number token, and a list token as allowFrom", () => {
    expect(() => make(({ stack }) => ({ publicPort: new TerraformVariable(stack, "port", {}).numberValue }))).toThrow(
      /^\[stack\/In\] publicPort: must be known at synth, got -\S+; write it out: clashes with other entries are found at synth$/,
    );
    expect(() => make(({ stack }) => ({ allowFrom: new TerraformVariable(stack, "list", {}).listValue }))).toThrow(
      /^\[stack\/In\] allowFrom: must be a list known at synth, got \["#\{TfToken\[TOKEN\.\d+\]\}"\]; write the list out; its elements may be references$/,
    );
  });

  it("no props at all", () => {
    const { stack } = gateway();
    // @ts-expect-error props are missing
    expect(() => new DnatEntry(stack, "In")).toThrow(
      "[stack/In] props: must be an object, got undefined; pass the props that the documentation lists",
    );
  });

  it("what the types refuse as well", () => {
    const { stack, nat, web, vpc } = gateway();
    const bareNat = new NatGateway(stack, "BareNat", { vpcId: vpc.id });
    const bareEip = new EipAddress(stack, "BareEip");
    const privateIp = "10.0.1.4";
    // @ts-expect-error Any Port has no public port
    expect(() => new DnatEntry(stack, "A", { nat, eip: web, protocol: "any", publicPort: 1, privateIp })).toThrow(
      "publicPort",
    );
    // @ts-expect-error Any Port has no private port
    expect(() => new DnatEntry(stack, "B", { nat, eip: web, protocol: "any", privatePort: 1, privateIp })).toThrow(
      "privatePort",
    );
    expect(
      // @ts-expect-error Any Port has no port limits
      () => new DnatEntry(stack, "C", { nat, eip: web, protocol: "any", removePortLimits: true, privateIp }),
    ).toThrow("removePortLimits");
    // @ts-expect-error TCP needs a public port
    expect(() => new DnatEntry(stack, "D", { nat, eip: web, protocol: "tcp", privateIp })).toThrow("publicPort");
    // @ts-expect-error there is no such protocol
    expect(() => new DnatEntry(stack, "E", { nat, eip: web, protocol: "sctp", publicPort: 1, privateIp })).toThrow(
      "protocol",
    );
    // @ts-expect-error a NatGateway is no INat
    expect(() => new DnatEntry(stack, "F", { nat: bareNat, eip: web, protocol: "any", privateIp })).toThrow(
      '[stack/F] nat: must be an InternetNatGateway or a SelfHostedNatInstance, got "NatGateway"; pass the NAT construct itself',
    );
    // @ts-expect-error an EipAddress is no IEip
    expect(() => new DnatEntry(stack, "G", { nat, eip: bareEip, protocol: "any", privateIp })).toThrow(
      '[stack/G] eip: must be what addEip of the NAT returned, got "EipAddress"; add the EIP to the NAT with addEip',
    );
  });

  it("an EIP of another NAT, and a NAT of another stack", () => {
    const { app, stack, nat, vpc, workers } = gateway();
    const other = new InternetNatGateway(stack, "Other", { vpc, vswitch: workers });
    const eip = other.addEip("Web");
    const props = { eip, protocol: "any", privateIp: "10.0.1.4" } as const;
    expect(() => new DnatEntry(stack, "In", { ...props, nat })).toThrow(
      '[stack/In] eip: must belong to the entry\'s NAT ("stack/Nat"), it belongs to "stack/Other", got "stack/Other/Web"; ' +
        "name an EIP of this NAT, or add one to it with addEip",
    );
    expect(() => new DnatEntry(network("other", app).stack, "In", { ...props, nat: other })).toThrow(
      '[other/In] nat: must be in the same stack ("other"), got "stack/Other"; take the NAT into this stack with ' +
        "fromAttributes, or move the entry beside its NAT",
    );
  });
});
