import { TerraformStack, Testing } from "cdktf";
import { Construct } from "constructs";
import type { EntryEip, NatBackend } from "../../lib/cdktf/entry-request";
import { NatBackends } from "../../lib/cdktf/nat-backends";
import { parseDnatEntry, parseSnatEntry } from "../../lib/cdktf/parse-entry";
import type { EntryCloud } from "../../lib/cdktf/parse-entry";
import { resourceName } from "../../lib/cdktf/resource-name";
import { NamedSource } from "../../lib/cdktf/snat-source";
import { Ipv4Address } from "../../lib/core/ipv4";
import { NatError } from "../../lib/core/nat-error";
import type { NatAddress } from "../../lib/core/nat-rule";

class Gateway extends Construct {}
class Host extends Construct {}
class Eip extends Construct implements EntryEip {
  readonly address: NatAddress;
  constructor(
    readonly nat: Construct,
    id: string,
  ) {
    super(nat, id);
    this.address = { id: this.node.path, ip: Ipv4Address.parse("203.0.113.7") };
  }
}
type Backend = NatBackend<NamedSource, Eip>;

const NAMES = { form: /^[a-z/A-Z-]{1,64}$/, words: "1 to 64 letters", maxLength: 64 };
const NO_ENTRIES = {
  rule: "must not be a gateway, which translates every routed source by itself and has no DNAT",
  fix: "leave the entry out, or use a Host",
};

/** A cloud whose gateway takes no entries. */
function cloud() {
  const stack = new TerraformStack(Testing.app(), "stack");
  const backends = new NatBackends<Backend>("a Host");
  const [gateway, nat] = [new Gateway(stack, "Gateway"), new Host(stack, "Nat")];
  const backend: Backend = {
    connectionsPerEip: 1,
    addSnatEntry: () => undefined,
    addDnatEntry: () => undefined,
  };
  backends.register(nat, backend);
  backends.refuse(gateway, NO_ENTRIES);
  const entries: EntryCloud<NamedSource, Eip, Backend> = {
    backends,
    isEip: (value) => value instanceof Eip,
    isSource: (value) => value instanceof NamedSource,
    sourceFactories: "NamedSource.cidr",
    nameOf: (entry, name) => resourceName(NAMES, entry, name),
  };
  const entry = new Construct(stack, "Entry");
  const source = NamedSource.cidr("10.0.1.0/24");
  return { stack, gateway, nat, backend, entries, entry, source, eip: new Eip(nat, "Eip") };
}

describe("an SNAT entry of any cloud", () => {
  it("asks its NAT for a rule, with what it was given", () => {
    const { nat, backend, entries, entry, source, eip, stack } = cloud();
    const first = new Construct(stack, "First");
    const parsed = parseSnatEntry(entry, { nat, source, eips: [eip], eipAffinity: true, name: "out" }, entries);
    expect(parsed.backend).toBe(backend);
    expect(parsed.request).toEqual({
      entry,
      rule: { id: "stack/Entry", source: source.toRuleSource(), addresses: [eip.address], eipAffinity: true },
      source,
      eips: [eip],
      name: "out",
      provider: undefined,
      dependsOn: [],
    });
    expect(() => parseSnatEntry(entry, { nat, source, eips: [eip], dependsOn: [first] }, entries)).toThrow(
      "[stack/Entry] dependsOn[0]: must be a resource, or a construct with resources in it",
    );
  });

  it("names its sources' factories, and reports the first prop that is wrong", () => {
    const { nat, gateway, entries, entry, source, eip } = cloud();
    const wrong: [object | undefined, string][] = [
      [undefined, "props: must be an object, got undefined; pass the props that the documentation lists"],
      [{ nat: gateway }, `nat: ${NO_ENTRIES.rule}, got "Gateway"; ${NO_ENTRIES.fix}`],
      [{ nat: eip }, 'nat: must be a Host, got "Eip"; pass the NAT construct itself'],
      [
        { nat, source: "10.0.1.0/24", eips: [] },
        'source: must be an SnatSource, got "10.0.1.0/24"; use NamedSource.cidr',
      ],
      [
        { nat, source, eips: [] },
        "eips: must name at least one EIP, got []; add one to the NAT with addEip and name it here",
      ],
      [
        { nat, source, eips: [nat], name: "1" },
        'eips[0]: must be what addEip of the NAT returned, got "Host"; add the EIP to the NAT with addEip',
      ],
      [{ nat, source, eips: [eip], name: "1" }, 'name: must be 1 to 64 letters, got "1"; use a name such as "n-1"'],
    ];
    for (const [props, message] of wrong) {
      expect(() => parseSnatEntry(entry, props as Parameters<typeof parseSnatEntry>[1], entries)).toThrow(
        new Error(`[stack/Entry] ${message}`),
      );
    }
  });
});

describe("a DNAT entry of any cloud", () => {
  const PORT = { protocol: "tcp", publicPort: 443 };

  it("asks its NAT for a rule, with what it was given", () => {
    const { nat, backend, entries, entry, eip } = cloud();
    const allowFrom = ["198.51.100.0/24"];
    const props = { nat, eip, ...PORT, privateIp: "10.0.1.10", allowFrom, backendSecurityGroupId: "sg-1" };
    const { backend: found, request } = parseDnatEntry(entry, props, entries);
    expect(found).toBe(backend);
    const { rule, ...rest } = request;
    expect([rule.id, rule.address, String(rule.privateIp), rule.protocol, rule.ports?.publicPorts.toString()]).toEqual([
      "stack/Entry",
      eip.address,
      "10.0.1.10",
      "tcp",
      "443",
    ]);
    expect(rest).toEqual({
      entry,
      eip,
      privateIp: "10.0.1.10",
      allowFrom,
      backendSecurityGroupId: "sg-1",
      name: "stack-Entry",
      provider: undefined,
      dependsOn: [],
    });
  });

  it("has its backend named in the cloud's own way, within its checks", () => {
    const { nat, gateway, entries, entry, eip } = cloud();
    const parsed = parseDnatEntry(entry, { nat, eip, ...PORT }, entries, () => "10.0.1.11");
    expect(parsed.request.privateIp).toBe("10.0.1.11");
    expect(String(parsed.request.rule.privateIp)).toBe("10.0.1.11");
    const refuse = () => {
      throw new NatError("port", "must be a port", undefined, "pass one");
    };
    expect(() => parseDnatEntry(entry, { nat, eip, ...PORT }, entries, refuse)).toThrow(
      "[stack/Entry] port: must be a port, got undefined; pass one",
    );
    expect(() => parseDnatEntry(entry, { nat: gateway, eip, ...PORT }, entries, refuse)).toThrow(
      `[stack/Entry] nat: ${NO_ENTRIES.rule}, got "Gateway"; ${NO_ENTRIES.fix}`,
    );
  });

  it.each<[object | undefined, string]>([
    [undefined, "props: must be an object, got undefined; pass the props that the documentation lists"],
    [{ backendSecurityGroupId: "" }, "backendSecurityGroupId: must be the id of a security group"],
    [{}, "protocol: must be "],
    [PORT, "privateIp: must be "],
  ])("is refused with %j", (given, message) => {
    const { nat, eip, entries, entry } = cloud();
    const props: unknown = given && { nat, eip, ...given };
    expect(() => parseDnatEntry(entry, props as Parameters<typeof parseDnatEntry>[1], entries)).toThrow(
      `[stack/Entry] ${message}`,
    );
  });
});
