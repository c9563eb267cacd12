import { NamedSource } from "../cdktf/snat-source";
import type { SnatRuleSource, SnatSourceKind } from "../core/nat-rule";
import { checkSubnet, checkVpc } from "./network";
import type { ISubnet, IVpc } from "./network";

/**
 * The private machines that an SNAT entry lets out. A gateway has one entry a subnet; on a self-hosted NAT entries may
 * overlap, and the longest prefix wins.
 */
export class SnatSource {
  /**
   * Every machine of the VPC, through its primary block. On a self-hosted NAT only: a gateway lets machines out subnet
   * by subnet.
   */
  static vpc(vpc: IVpc): SnatSource {
    return new SnatSource(NamedSource.vpc(vpc, () => checkVpc(vpc, "source")));
  }

  /** Every machine of one subnet. */
  static subnet(subnet: ISubnet): SnatSource {
    return new SnatSource(NamedSource.subnet(subnet, () => checkSubnet(subnet, "source")));
  }

  /** One machine, by its private IP: text, or the attribute of a resource. */
  static host(ip: string): SnatSource {
    return new SnatSource(NamedSource.host(ip));
  }

  /** A block of private addresses of the VPC, for example `10.0.3.0/28`; its host bits are zero. */
  static cidr(cidr: string): SnatSource {
    return new SnatSource(NamedSource.cidr(cidr));
  }

  /**
   * A block outside the VPC, whose machines come in by Direct Connect, for example `192.168.0.0/24`; its host bits are
   * zero.
   */
  static directConnect(cidr: string): SnatSource {
    return new SnatSource(NamedSource.remote(cidr));
  }

  /** Tells this cloud's sources from other clouds' at compile time. */
  readonly sourceKind: `opentelekomcloud:${SnatSourceKind}`;
  /** ID of the subnet, for a subnet. */
  readonly subnetId?: string;

  private constructor(private readonly source: NamedSource) {
    this.sourceKind = `opentelekomcloud:${source.kind}`;
    if (source.networkId !== undefined) this.subnetId = source.networkId;
  }

  /** The block as the provider takes it: a host gets its `/32`. */
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
