import { TerraformStack, TerraformVariable, Testing } from "cdktf";
import { NamedSource } from "../../lib/cdktf/snat-source";
import type { Network } from "../../lib/cdktf/network";
import { NatError } from "../../lib/core/nat-error";

const shown = (source: NamedSource) => {
  const { cidr, ...rest } = source.toRuleSource();
  return { ...rest, cidr: String(cidr) };
};
const pass = () => undefined;

describe("a named source", () => {
  it("is a network by its id and block, whatever the cloud calls the block", () => {
    expect(shown(NamedSource.vpc({ id: "vpc-1", cidrBlock: "10.0.0.0/16" }, pass))).toEqual({
      kind: "vpc",
      cidr: "10.0.0.0/16",
    });
    expect(shown(NamedSource.subnet({ id: "subnet-1", cidr: "10.0.1.0/24" }, pass))).toEqual({
      kind: "subnet",
      cidr: "10.0.1.0/24",
      networkId: "subnet-1",
    });
  });

  it("is a machine or a block, known or not", () => {
    const token = new TerraformVariable(new TerraformStack(Testing.app(), "stack"), "v", {}).stringValue;
    expect(NamedSource.host("10.0.1.5").cidr).toBe("10.0.1.5/32");
    expect(shown(NamedSource.host("10.0.1.5"))).toEqual({ kind: "host", cidr: "10.0.1.5/32" });
    expect(shown(NamedSource.host(token))).toEqual({ kind: "host", cidr: `${token}/32` });
    expect(shown(NamedSource.cidr("10.0.3.0/24"))).toEqual({ kind: "cidr", cidr: "10.0.3.0/24" });
  });

  it("is checked when an entry asks, not before", () => {
    const refused = () => {
      throw new NatError("source", "must be a subnet", undefined, "pass one");
    };
    for (const source of [
      NamedSource.subnet(undefined as unknown as Network, refused),
      NamedSource.vpc(null as unknown as Network, refused),
    ]) {
      expect(() => source.toRuleSource()).toThrow("source: must be a subnet, got undefined; pass one");
    }
    expect(() => NamedSource.host("10.0.1.0/24").toRuleSource()).toThrow(/^source: /);
    expect(() => NamedSource.cidr("10.0.1.1/24").toRuleSource()).toThrow(
      'source: host bits must be zero, got "10.0.1.1/24"; use "10.0.1.0/24"',
    );
  });
});
