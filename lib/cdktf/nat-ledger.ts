import type { IConstruct } from "constructs";
import { Deferred, isDeferred } from "../core/deferred";
import type { Deferrable } from "../core/deferred";
import type { DnatRule, NatAddress, SnatRule } from "../core/nat-rule";
import { NatTable } from "../core/nat-table";
import type { NatTableConstraints } from "../core/nat-table";
import { referenceText } from "./reference";

/**
 * Everything that one NAT translates: its addresses and its SNAT and DNAT rules, in the order in which the app adds
 * them. What only the whole table shows is reported through each construct's own validation, so that one synth lists
 * every mistake beside the construct that made it.
 */
export class NatLedger {
  private readonly addresses: NatAddress[] = [];
  private readonly snat: SnatRule[] = [];
  private readonly dnat: DnatRule[] = [];
  private tableOfNow: NatTable | undefined;
  private problemsOfNow: ReadonlyMap<string, readonly string[]> | undefined;

  constructor(
    private readonly nat: IConstruct,
    private readonly constraints: NatTableConstraints,
  ) {
    this.reportAt(nat, "");
  }

  addAddress(address: NatAddress): void {
    this.addresses.push(address);
    this.changed();
  }

  addSnatRule(entry: IConstruct, rule: SnatRule): void {
    this.snat.push(rule);
    this.changed();
    this.reportAt(entry, rule.id);
  }

  addDnatRule(entry: IConstruct, rule: DnatRule): void {
    this.dnat.push(rule);
    this.changed();
    this.reportAt(entry, rule.id);
  }

  /** The NAT table of the rules so far. Two tokens for one attribute are one value in it. */
  table(): NatTable {
    this.tableOfNow ??= NatTable.fromRules(
      {
        snat: this.snat.map((rule) => this.snatRule(rule)),
        dnat: this.dnat.map((rule) => this.dnatRule(rule)),
      },
      { ...this.constraints, addresses: this.addresses },
    );
    return this.tableOfNow;
  }

  private changed(): void {
    this.tableOfNow = undefined;
    this.problemsOfNow = undefined;
  }

  private reportAt(construct: IConstruct, ruleId: string): void {
    construct.node.addValidation({ validate: () => [...(this.problems().get(ruleId) ?? [])] });
  }

  private problems(): ReadonlyMap<string, readonly string[]> {
    if (this.problemsOfNow === undefined) {
      const problems = new Map<string, string[]>();
      for (const { entry, error } of this.table().check()) {
        const sofar = problems.get(entry);
        if (sofar === undefined) problems.set(entry, [error.message]);
        else sofar.push(error.message);
      }
      this.problemsOfNow = problems;
    }
    return this.problemsOfNow;
  }

  private snatRule(rule: SnatRule): SnatRule {
    const { networkId, cidr } = rule.source;
    return {
      ...rule,
      source: {
        ...rule.source,
        cidr: this.canonical(cidr),
        ...(networkId === undefined ? {} : { networkId: referenceText(this.nat, networkId) }),
      },
    };
  }

  private dnatRule(rule: DnatRule): DnatRule {
    return {
      ...rule,
      privateIp: this.canonical(rule.privateIp),
      allowFrom: rule.allowFrom.map((cidr) => this.canonical(cidr)),
    };
  }

  /** A deferred value by the reference behind its token. */
  private canonical<T>(value: Deferrable<T>): Deferrable<T> {
    return isDeferred(value) ? Deferred.of(referenceText(this.nat, value.text)) : value;
  }
}
