import type { ITerraformDependable, TerraformProvider } from "cdktf";
import type { IConstruct } from "constructs";
import { NatBackends } from "../cdktf/nat-backends";
import type { DnatRule, SnatRule } from "../core/nat-rule";
import type { Eip } from "./eip";
import type { SnatSource } from "./snat-source";

/** An SNAT entry on its way to its NAT. */
export interface SnatEntryRequest {
  readonly entry: IConstruct;
  readonly rule: SnatRule;
  readonly source: SnatSource;
  readonly eips: readonly Eip[];
  readonly name: string;
  readonly provider: TerraformProvider | undefined;
  readonly dependsOn: readonly ITerraformDependable[];
}

/** A DNAT entry on its way to its NAT. */
export interface DnatEntryRequest {
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

/** What a NAT of this cloud does with its entries. */
export interface NatBackend {
  /** Connections to one destination (address, port, protocol) that one EIP can carry. */
  readonly connectionsPerEip: number;
  addSnatEntry(request: SnatEntryRequest): void;
  addDnatEntry(request: DnatEntryRequest): void;
}

/** The NATs of this cloud that take entries. */
export const natBackends = new NatBackends<NatBackend>("an InternetNatGateway or a SelfHostedNatInstance");
