import { NetworkingPortV2 } from "@cdktf/provider-opentelekomcloud/lib/networking-port-v2";
import { OpentelekomcloudProvider } from "@cdktf/provider-opentelekomcloud/lib/provider";
import { TerraformVariable } from "cdktf";
import { DnatEntry, type DnatEntryProps, SnatEntry, SnatSource } from "cdktf-nat/opentelekomcloud";
import { mistakes, resourcesOf } from "../support/stacks";
import { gateway, gatewayCounts, GATEWAY_ID, WEB } from "./gateway";
import { host } from "./host";

type Fixture = ReturnType<typeof gateway>;

const RULE = "opentelekomcloud_nat_dnat_rule_v2";
const GROUP_RULE = "opentelekomcloud_networking_secgroup_rule_v2";

const TO_PORT = { protocol: "tcp", publicPort: 443, portId: "port-1" } as const;
const HTTPS = { protocol: "tcp", publicPort: 443, privateIp: "10.0.1.4" } as const;

const WITHOUT_BACKEND = {
  nat_gateway_id: GATEWAY_ID,
  floating_ip_id: `\${${WEB}.id}`,
  protocol: "tcp",
  external_service_port: 443,
  internal_service_port: 443,
};
const WIRE = { ...WITHOUT_BACKEND, private_ip: "10.0.1.4" };

function dnat({ stack, nat, web }: Fixture, id: string, props: unknown): DnatEntry {
  return new DnatEntry(stack, id, { nat, eip: web, ...(props as object) } as unknown as DnatEntryProps);
}

/** The rules of an entry `In` with some props, by address. */
function rules(props: unknown) {
  const fixture = gateway();
  dnat(fixture, "In", props);
  return resourcesOf(fixture.stack, RULE);
}

/** What `app.synth()` says of a gateway with some entries: `A`, `B` and so on. */
function mistakesOf(...entries: readonly unknown[]): readonly string[] {
  const fixture = gateway();
  entries.forEach((props, place) => dnat(fixture, "ABC".charAt(place), props));
  return mistakes(fixture.app);
}

describe("a DnatEntry on a gateway", () => {
  it("is one rule for a port, by the public port", () => {
    const fixture = gateway();
    dnat(fixture, "In", HTTPS);
    expect(resourcesOf(fixture.stack, RULE)).toEqual({ [`${RULE}.In_Port-443_403CDF8B`]: WIRE });
    expect(gatewayCounts(fixture.stack)).toEqual({
      opentelekomcloud_nat_gateway_v2: 1,
      opentelekomcloud_vpc_eip_v1: 2,
      [RULE]: 1,
    });
  });

  it("is one rule a port for a range, whose addresses say which", () => {
    const range = { protocol: "udp", publicPort: "7000-7002", privatePort: "8000/8002", privateIp: "10.0.1.4" };
    const made = rules(range);
    expect(Object.values(made)).toEqual(
      [0, 1, 2].map((place) => ({
        ...WIRE,
        protocol: "udp",
        external_service_port: 7000 + place,
        internal_service_port: 8000 + place,
      })),
    );
    const wider = rules({ ...range, publicPort: "7000-7003", privatePort: "8000-8003" });
    expect(wider).toEqual(expect.objectContaining(made));
    expect(rules({ ...range, publicPort: 7000, privatePort: 8000 })).toEqual(
      Object.fromEntries(Object.entries(made).slice(0, 1)),
    );
  });

  it("is one rule with the ports 0 under Any Port", () => {
    expect(rules({ protocol: "any", privateIp: "10.0.1.4" })).toEqual({
      [`${RULE}.In_A6E750FB`]: { ...WIRE, protocol: "any", external_service_port: 0, internal_service_port: 0 },
    });
  });

  it("names its backend by the id of a port", () => {
    expect(Object.values(rules(TO_PORT))).toEqual([{ ...WITHOUT_BACKEND, port_id: "port-1" }]);
    const fixture = gateway();
    const port = new NetworkingPortV2(fixture.stack, "Port", { networkId: fixture.workers.id });
    dnat(fixture, "In", { ...TO_PORT, portId: port.id });
    expect(Object.values(resourcesOf(fixture.stack, RULE))).toEqual([
      { ...WITHOUT_BACKEND, port_id: "${opentelekomcloud_networking_port_v2.Port.id}" },
    ]);
  });

  it("names a backend beyond Direct Connect", () => {
    const remote = { ...HTTPS, privateIp: "192.168.0.4", directConnect: true };
    expect(Object.values(rules(remote))).toEqual([{ ...WIRE, private_ip: "192.168.0.4" }]);
    expect(mistakesOf({ ...remote, privateIp: "10.0.1.4" })).toEqual([
      '[stack/A] privateIp: must lie outside the VPC under directConnect, it lies in 10.0.0.0/16, got "10.0.1.4"; take ' +
        "directConnect out",
    ]);
    expect(mistakesOf({ ...remote, directConnect: false })).toEqual([
      '[stack/A] privateIp: must lie in the VPC 10.0.0.0/16, got "192.168.0.4"; use an address of the VPC',
    ]);
  });

  it("takes tokens, a provider and what must exist before", () => {
    const fixture = gateway();
    dnat(fixture, "In", {
      ...HTTPS,
      privateIp: new TerraformVariable(fixture.stack, "ip", {}).stringValue,
      provider: new OpentelekomcloudProvider(fixture.stack, "Second", { region: "eu-nl", alias: "second" }),
      dependsOn: [fixture.workers],
    });
    expect(Object.values(resourcesOf(fixture.stack, RULE))).toEqual([
      {
        ...WIRE,
        provider: "opentelekomcloud.second",
        private_ip: "${var.ip}",
        depends_on: ["opentelekomcloud_vpc_subnet_v1.Workers"],
      },
    ]);
  });

  it("lets clients in to the backend by its security group, once for the range", () => {
    const fixture = gateway();
    dnat(fixture, "In", {
      ...{ protocol: "tcp", publicPort: "7000-7001", privatePort: "8000-8001", privateIp: "10.0.1.4" },
      backendSecurityGroupId: "sg-1",
      allowFrom: ["198.51.100.0/24"],
    });
    expect(Object.values(resourcesOf(fixture.stack, GROUP_RULE))).toEqual([
      {
        direction: "ingress",
        ethertype: "IPv4",
        protocol: "tcp",
        port_range_min: 8000,
        port_range_max: 8001,
        remote_ip_prefix: "198.51.100.0/24",
        security_group_id: "sg-1",
      },
    ]);
  });

  it.each([
    [
      { ...HTTPS, allowFrom: ["198.51.100.0/24"] },
      'allowFrom: needs backendSecurityGroupId on a gateway, which itself lets everybody in, got ["198.51.100.0/24"]; ' +
        "name the backend's security group, whose rules then let in these clients only",
    ],
    [
      { ...HTTPS, publicPort: "7000-7050" },
      'publicPort: must be at most 50 ports on a gateway, which has a rule for each; these are 51, got "7000-7050"; use ' +
        'protocol "any" for Any Port, fewer ports, or a SelfHostedNatInstance',
    ],
    [
      { ...HTTPS, portId: "port-1" },
      'privateIp: is excluded by portId, which names the backend, got "10.0.1.4"; take one of the two out',
    ],
    [
      { protocol: "any", portId: "port-1", directConnect: true },
      "directConnect: is excluded by portId, which names the backend, got true; take one of the two out",
    ],
    [
      { protocol: "any", portId: "" },
      'portId: must be the id of a port, got ""; pass it as text, or as the attribute of a resource',
    ],
    [
      { ...HTTPS, directConnect: "yes" },
      'directConnect: must be true or false, known at synth, got "yes"; use one of them, or leave it out',
    ],
    [
      { protocol: "any" },
      "privateIp: must be an IPv4 address of four decimal numbers from 0 to 255, got undefined; use one such as " +
        '"10.0.1.10"',
    ],
  ])("refuses %j", (props, message) => {
    const fixture = gateway();
    expect(() => dnat(fixture, "In", props)).toThrow(`[stack/In] ${message}`);
  });

  it("takes as many ports as it may", () => {
    expect(Object.keys(rules({ ...HTTPS, publicPort: "7000-7049" }))).toHaveLength(50);
  });
});

describe("a DnatEntry on a self-hosted NAT", () => {
  it("names its backend by its private IP", () => {
    const { stack, nat, web } = host();
    expect(() => new DnatEntry(stack, "In", { nat, eip: web, protocol: "any", portId: "port-1" })).toThrow(
      '[stack/In] portId: names a backend on a gateway only: the rules of a self-hosted NAT are by address, got "port-1"; ' +
        "name the backend by its privateIp",
    );
  });
});

describe("the DNAT entries of a gateway", () => {
  const port = (publicPort: number | string, privateIp = "10.0.1.4") => ({ ...HTTPS, publicPort, privateIp });
  const any = (privateIp: string) => ({ protocol: "any", privateIp });

  it("have public ports of their own on an EIP", () => {
    expect(mistakesOf(port("7000-7010"), port(7010, "10.0.1.5"))).toEqual([
      '[stack/B] publicPort: DNAT entry "stack/A" takes tcp 7000-7010 of EIP "stack/Nat/Web" already, got "7010"; use ' +
        "other ports or another EIP",
    ]);
    expect(mistakesOf(port("7000-7010"), port(7011, "10.0.1.5"))).toEqual([]);
  });

  it("have private ports of their own on a backend", () => {
    expect(mistakesOf(port(443), { ...port(444), privatePort: 443 })).toEqual([
      '[stack/B] privatePort: DNAT entry "stack/A" forwards to tcp 443 of 10.0.1.4 already, got "443"; let the backend ' +
        "listen on further ports, one for each entry",
    ]);
    const second = { ...TO_PORT, publicPort: 444, privatePort: 443 };
    expect(mistakesOf(TO_PORT, second)).toEqual([
      '[stack/B] privatePort: DNAT entry "stack/A" forwards to tcp 443 of ${port "port-1"} already, got "443"; let the ' +
        "backend listen on further ports, one for each entry",
    ]);
    expect(mistakesOf(TO_PORT, { ...second, portId: "port-2" })).toEqual([]);
  });

  it("have the EIP to themselves under Any Port", () => {
    expect(mistakesOf(port(443), any("10.0.1.5"))).toEqual([
      '[stack/B] eip: Any Port takes the whole EIP, which serves DNAT entry "stack/A" already, got "stack/Nat/Web"; use ' +
        "another EIP for one of the two",
    ]);
    const fixture = gateway();
    const { app, stack, nat, web, workers } = fixture;
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [web] });
    dnat(fixture, "In", any("10.0.1.5"));
    expect(mistakes(app)).toEqual([
      '[stack/In] eip: Any Port takes the whole EIP, which serves SNAT entry "stack/Out" already, got "stack/Nat/Web"; ' +
        "use another EIP for one of the two",
    ]);
  });

  it("share an EIP with an SNAT entry by ports, the high ones too", () => {
    const fixture = gateway();
    const { app, stack, nat, web, workers } = fixture;
    new SnatEntry(stack, "Out", { nat, source: SnatSource.subnet(workers), eips: [web] });
    dnat(fixture, "In", port(40000));
    expect(mistakes(app)).toEqual([]);
  });

  it.each([
    ["after a port", "tcp", "any", 'Any Port takes the whole backend, to which DNAT entry "stack/A" forwards already'],
    ["before one", "any", "tcp", 'Any Port of DNAT entry "stack/A" takes the whole backend'],
  ])("have the backend to themselves under Any Port, %s", (_when, one, other, rule) => {
    const { app, stack, nat, egress, web } = gateway();
    const entry = (protocol: string) => (protocol === "any" ? any("10.0.1.4") : HTTPS);
    new DnatEntry(stack, "A", { nat, eip: egress, ...entry(one) } as DnatEntryProps);
    new DnatEntry(stack, "B", { nat, eip: web, ...entry(other) } as DnatEntryProps);
    expect(mistakes(app)).toEqual([
      `[stack/B] privateIp: ${rule}, got "10.0.1.4"; use another address of the backend for one of the two`,
    ]);
  });

  it("are at most 200 rules, each port of a range one of them", () => {
    const ranges = (last: number) => {
      const fixture = gateway();
      for (const [place, size] of [50, 50, 50, last].entries()) {
        const from = 1000 + place * 100;
        dnat(fixture, `R${place}`, port(`${from}-${from + size - 1}`));
      }
      return fixture;
    };
    expect(mistakes(ranges(50).app)).toEqual([]);
    const full = ranges(50);
    dnat(full, "One", port(443));
    expect(mistakes(full.app)).toEqual([
      "[stack/Nat] dnatEntries: must be at most 200 in one NAT, got 201; use fewer or a further NAT; if the quota " +
        "dnat_rules_limit was raised, say so in limits.dnatEntries",
    ]);
    const raised = gateway({ limits: { dnatEntries: 1 } });
    dnat(raised, "A", port(443));
    expect(mistakes(raised.app)).toEqual([]);
    dnat(raised, "B", any("10.0.1.5"));
    expect(mistakes(raised.app).filter((text) => text.includes("dnatEntries"))).toHaveLength(1);
  });
});
