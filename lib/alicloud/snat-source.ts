import { cidrText } from "../cdktf/network";
import type { SnatRuleSource, SnatSourceKind } from "../core/nat-rule";
import { Ipv4Address, Ipv4Cidr } from "../core/ipv4";
import { deferrable } from "../cdktf/when-known";
import { checkVpc, checkVswitch } from "./network";
import type { IVpc, IVswitch } from "./network";

/**
 * The private machines that an SNAT entry lets out. Where entries of one NAT overlap, the longest prefix wins: an
 * entry for a host goes before one for its vSwitch, that one before one for the VPC.
 */
export class SnatSource {
  /** Every machine of the VPC, through its primary block. */
  static vpc(vpc: IVpc): SnatSource {
    return new SnatSource("vpc", textOf(vpc), undefined, () => checkVpc(vpc, "source"));
  }

  /** Every machine of one vSwitch. A vSwitch has one SNAT entry at most, and no HaVip in it. */
  static vswitch(vswitch: IVswitch): SnatSource {
    return new SnatSource("subnet", textOf(vswitch), idOf(vswitch), () => checkVswitch(vswitch, "source"));
  }

  /** One ECS instance or ENI, by its private IP: text, or the attribute of a resource. */
  static host(ip: string): SnatSource {
    const check = () => void deferrable(ip, (text) => Ipv4Address.parse(text, "source"));
    return new SnatSource("host", ip, undefined, check);
  }

  /** Any block of private addresses, for example `10.0.3.0/24`; its host bits are zero. */
  static cidr(cidr: string): SnatSource {
    return new SnatSource("cidr", cidr);
  }

  /** Tells this cloud's sources from other clouds' at compile time. */
  readonly sourceKind: `alicloud:${SnatSourceKind}`;

  private constructor(
    private readonly kind: SnatSourceKind,
    private readonly text: string,
    /** ID of the vSwitch, for a vSwitch. */
    readonly vswitchId?: string,
    /** Runs in the entry, so that its error has a construct path. */
    private readonly check?: () => void,
  ) {
    this.sourceKind = `alicloud:${kind}`;
  }

  /** The block as the provider takes it: a host gets its `/32`. */
  get cidr(): string {
    return this.kind === "host" ? `${this.text}/32` : this.text;
  }

  /** The source as the NAT table knows it, checked. */
  toRuleSource(): SnatRuleSource {
    this.check?.();
    const cidr = deferrable(this.cidr, (text) => Ipv4Cidr.parse(text, "source"));
    return { kind: this.kind, cidr, ...(this.vswitchId === undefined ? {} : { networkId: this.vswitchId }) };
  }
}

// Users of JavaScript may pass anything; the source's own check tells them.

function textOf(network: IVpc | IVswitch | undefined | null): string {
  return network ? cidrText(network) : "";
}

function idOf(vswitch: IVswitch | undefined | null): string | undefined {
  return vswitch?.id;
}
