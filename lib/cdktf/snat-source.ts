import { Ipv4Address, Ipv4Cidr } from "../core/ipv4";
import type { SnatRuleSource, SnatSourceKind } from "../core/nat-rule";
import { cidrText } from "./network";
import type { Network } from "./network";
import { deferrable } from "./when-known";

/**
 * What is behind the `SnatSource` of a cloud: how the source was named, and its block. The cloud's own class holds one,
 * tells its sources from other clouds' and knows what a network of its own looks like.
 */
export class NamedSource {
  /** The whole VPC, by its primary block. @param check refuses what is no VPC of the cloud */
  static vpc(vpc: Network, check: () => void): NamedSource {
    return new NamedSource("vpc", textOf(vpc), check);
  }

  /** A vSwitch or subnet. @param check refuses what is none of the cloud */
  static subnet(subnet: Network, check: () => void): NamedSource {
    return new NamedSource("subnet", textOf(subnet), check, idOf(subnet));
  }

  /** One machine, by its private IP. */
  static host(ip: string): NamedSource {
    return new NamedSource("host", ip, () => void deferrable(ip, (text) => Ipv4Address.parse(text, "source")));
  }

  /** A block. */
  static cidr(cidr: string): NamedSource {
    return new NamedSource("cidr", cidr);
  }

  /** A block outside the VPC, whose machines come into it by a line of their own. */
  static remote(cidr: string): NamedSource {
    return new NamedSource("cidr", cidr, undefined, undefined, true);
  }

  private constructor(
    readonly kind: SnatSourceKind,
    private readonly text: string,
    /** Runs in the entry, so that its error has a construct path. */
    private readonly check?: () => void,
    /** ID of the vSwitch or subnet, for one. */
    readonly networkId?: string,
    /** Whether it lies outside the VPC. */
    readonly isRemote = false,
  ) {}

  /** The block as providers take it: a host gets its `/32`. */
  get cidr(): string {
    return this.kind === "host" ? `${this.text}/32` : this.text;
  }

  /** The source as the NAT table knows it, checked. */
  toRuleSource(): SnatRuleSource {
    this.check?.();
    const cidr = deferrable(this.cidr, (text) => Ipv4Cidr.parse(text, "source"));
    return {
      kind: this.kind,
      cidr,
      ...(this.networkId === undefined ? {} : { networkId: this.networkId }),
      ...(this.isRemote && { isRemote: true }),
    };
  }
}

// Users of JavaScript may pass anything; the source's own check tells them.

function textOf(network: Network | undefined | null): string {
  return network ? cidrText(network) : "";
}

function idOf(network: Network | undefined | null): string | undefined {
  return network?.id;
}
