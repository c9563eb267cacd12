import { checkAddresses } from "./check-addresses";
import { checkDnat } from "./check-dnat";
import { checkLimits } from "./check-limits";
import { checkSnat } from "./check-snat";
import { identityOf } from "./deferred";
import { InboundIndex } from "./inbound-index";
import { NatError } from "./nat-error";
import { type NatPacket, parsePacket } from "./nat-packet";
import type { DnatRule, NatAddress, SnatRule } from "./nat-rule";
import { DEFAULT_WORDS, type NatTableConstraints, type NatTableWords } from "./nat-table-constraints";
import { type NatTableProblem, NatTableProblems } from "./nat-table-problem";
import type { NatTableSpec } from "./nat-table-spec";
import type { NatTrace } from "./nat-trace";
import { OutboundIndex } from "./outbound-index";
import { parseNatTable } from "./parse-nat-table";

export type { NatPacket } from "./nat-packet";
export type { NatTableConstraints, NatTableQuotaNames, NatTableWords } from "./nat-table-constraints";
export type { NatTableProblem } from "./nat-table-problem";
export type {
  AnyPortDnatEntrySpec,
  DnatEntrySpec,
  DnatEntrySpecBase,
  NatAddressSpec,
  NatTableSpec,
  PortDnatEntrySpec,
  SnatEntrySpec,
  TranslatedAddressSpec,
} from "./nat-table-spec";
export type { DnatTrace, NatTrace, NoTrace, SnatTrace, UndecidedTrace } from "./nat-trace";

/** What holds for a NAT table that no cloud runs: a Linux router picks rules in the order of their sources. */
const ROUTER: NatTableConstraints = {
  orderedSources: true,
  words: {
    address: "address",
    addresses: "addresses",
    addressProp: "address",
    addressesProp: "addresses",
    subnet: "subnet",
    network: "private network",
    namedSources: "",
  },
};

/** All SNAT and DNAT rules of one NAT, checked as one thing. */
export class NatTable {
  /** The SNAT rules, in the order given. */
  readonly snat: readonly SnatRule[];
  /** The DNAT rules, in the order given. */
  readonly dnat: readonly DnatRule[];

  /** The addresses of the NAT, each once: all of them where the NAT knows them, otherwise those that rules use. */
  readonly addresses: readonly NatAddress[];

  /** What messages about the table call things. */
  readonly words: NatTableWords;

  private readonly constraints: NatTableConstraints;
  private problems: readonly NatTableProblem[] | undefined;
  private indexes: { readonly inbound: InboundIndex; readonly outbound: OutboundIndex } | undefined;

  private constructor(snat: readonly SnatRule[], dnat: readonly DnatRule[], constraints: NatTableConstraints) {
    this.snat = Object.freeze([...snat]);
    this.dnat = Object.freeze([...dnat]);
    this.addresses = Object.freeze(distinct(namedAddresses(snat, dnat, constraints)));
    this.words = Object.freeze({ ...DEFAULT_WORDS, ...constraints.words });
    this.constraints = constraints;
  }

  /**
   * A table out of text and numbers, for a router that no cloud made.
   *
   * @throws NatError that lists everything that is wrong with it, each mistake with the id of its entry
   */
  static of(spec: NatTableSpec): NatTable {
    const { snat, dnat, errors } = parseNatTable(spec);
    const table = new NatTable(snat, dnat, ROUTER);
    const problems = table.check().map(({ entry, error }) => (entry === "" ? error : error.at(entry)));
    const [first, ...others] = [...errors, ...problems];
    if (first !== undefined) {
      throw NatError.list([first, ...others]);
    }
    return table;
  }

  /** A table out of rules that are parsed already. It never throws: `check` says what is wrong. */
  static fromRules(
    rules: { readonly snat: readonly SnatRule[]; readonly dnat: readonly DnatRule[] },
    constraints: NatTableConstraints = {},
  ): NatTable {
    return new NatTable(rules.snat, rules.dnat, constraints);
  }

  /**
   * Everything that is wrong with the table: problems of SNAT rules in their order, then of DNAT rules, then of the
   * table as a whole. Each belongs to the rule that should change, the later of two that clash. What hangs on a value
   * that is known only at deploy time is not guessed.
   */
  check(): readonly NatTableProblem[] {
    if (this.problems === undefined) {
      const contents = { snat: this.snat, dnat: this.dnat, constraints: this.constraints };
      const problems = new NatTableProblems(contents);
      checkLimits(contents, problems);
      checkAddresses(contents, problems);
      checkSnat(contents, problems);
      checkDnat(contents, problems);
      this.problems = Object.freeze(problems.inOrder());
    }
    return this.problems;
  }

  /**
   * Which rule acts on the first packet of a flow, what leaves, and why. A packet to an address of the table comes in,
   * any other goes out. Routes are apart.
   *
   * @throws NatError where the packet is malformed
   */
  trace(packet: NatPacket): NatTrace {
    const parsed = parsePacket(packet);
    this.indexes ??= {
      inbound: new InboundIndex(this.dnat, namedAddresses(this.snat, this.dnat, this.constraints)),
      outbound: new OutboundIndex(this.snat, this.dnat),
    };
    const { inbound, outbound } = this.indexes;
    return inbound.takes(parsed) ? inbound.trace(parsed) : outbound.trace(parsed.source);
  }
}

/** Every address of the NAT, as often as it is named: where two namings contradict each other, `check` says so. */
function namedAddresses(
  snat: readonly SnatRule[],
  dnat: readonly DnatRule[],
  { addresses = [] }: NatTableConstraints,
): readonly NatAddress[] {
  return [...addresses, ...snat.flatMap((rule) => rule.addresses), ...dnat.map(({ address }) => address)];
}

/** The first naming of each address. */
function distinct(addresses: readonly NatAddress[]): NatAddress[] {
  const first = new Map<string, NatAddress>();
  for (const address of addresses) {
    const identity = identityOf(address.ip);
    if (!first.has(identity)) first.set(identity, address);
  }
  return [...first.values()];
}
