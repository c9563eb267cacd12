import { NamedSource } from "../cdktf/snat-source";
import type { SnatRuleSource, SnatSourceKind } from "../core/nat-rule";
import { checkSubnet, checkVpc } from "./network";
import type { ISubnet, IVpc } from "./network";

/**
 * The private machines that an SNAT entry lets out. Where entries of one NAT overlap, the longest prefix wins: an
 * entry for a host goes before one for its subnet, that one before one for the VPC.
 */
export class SnatSource {
  /** Every machine of the VPC, through its primary block. */
  static vpc(vpc: IVpc): SnatSource {
    return new SnatSource(NamedSource.vpc(vpc, () => checkVpc(vpc, "source")));
  }

  /** Every machine of one subnet. */
  static subnet(subnet: ISubnet): SnatSource {
    return new SnatSource(NamedSource.subnet(subnet, () => checkSubnet(subnet, "source")));
  }

  /** One instance or network interface, by its private IP: text, or the attribute of a resource. */
  static host(ip: string): SnatSource {
    return new SnatSource(NamedSource.host(ip));
  }

  /** Any block of private addresses, for example `10.0.3.0/24`; its host bits are zero. */
  static cidr(cidr: string): SnatSource {
    return new SnatSource(NamedSource.cidr(cidr));
  }

  /** Tells this cloud's sources from other clouds' at compile time. */
  readonly sourceKind: `aws:${SnatSourceKind}`;
  /** ID of the subnet, for a subnet. */
  readonly subnetId?: string;

  private constructor(private readonly source: NamedSource) {
    this.sourceKind = `aws:${source.kind}`;
    if (source.networkId !== undefined) this.subnetId = source.networkId;
  }

  /** The block as security groups take it: a host gets its `/32`. */
  get cidr(): string {
    return this.source.cidr;
  }

  /** The source as the NAT table knows it, checked. */
  toRuleSource(): SnatRuleSource {
    return this.source.toRuleSource();
  }
}

/** Whether it is a source of this cloud. */
export function isSnatSource(value: unknown): value is SnatSource {
  return value instanceof SnatSource;
}
