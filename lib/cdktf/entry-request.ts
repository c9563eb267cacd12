import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import type { DnatRule, NatAddress, SnatRule, SnatRuleSource } from "../core/nat-rule";

/** What an entry needs of an EIP of its cloud. */
export interface EntryEip extends IConstruct {
  /** The NAT that it belongs to. */
  readonly nat: IConstruct;
  /** The EIP as the NAT table knows it. */
  readonly address: NatAddress;
}

/** What an entry needs of an SNAT source of its cloud. */
export interface EntrySource {
  /** The source as the NAT table knows it, checked. */
  toRuleSource(): SnatRuleSource;
}

/** An SNAT entry on its way to its NAT. */
export interface SnatEntryRequest<Source, Eip> {
  readonly entry: IConstruct;
  readonly rule: SnatRule;
  readonly source: Source;
  readonly eips: readonly Eip[];
  readonly name: string;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A DNAT entry on its way to its NAT. */
export interface DnatEntryRequest<Eip> {
  readonly entry: IConstruct;
  readonly rule: DnatRule;
  readonly eip: Eip;
  /** The private IP as the user gave it: text, or a token. */
  readonly privateIp: string;
  readonly allowFrom: readonly string[];
  readonly backendSecurityGroupId: string | undefined;
  readonly name: string;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** What a NAT does with its entries. */
export interface NatBackend<Source, Eip> {
  /** Connections to one destination (address, port, protocol) that one EIP can carry. */
  readonly connectionsPerEip: number;
  addSnatEntry(request: SnatEntryRequest<Source, Eip>): void;
  addDnatEntry(request: DnatEntryRequest<Eip>): void;
}
