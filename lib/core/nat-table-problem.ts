import type { NatError } from "./nat-error";
import type { DnatRule, SnatRule } from "./nat-rule";
import { DEFAULT_WORDS, type NatTableConstraints, type NatTableWords } from "./nat-table-constraints";

/** A mistake that only the whole NAT table shows. */
export interface NatTableProblem {
  /** Id of the rule that should change, the later one of two that clash; `""` for the table as a whole. */
  readonly entry: string;
  /** What is wrong, what it clashes with, and how to repair it. */
  readonly error: NatError;
}

/** What the checks of a NAT table read. */
export interface NatTableContents {
  readonly snat: readonly SnatRule[];
  readonly dnat: readonly DnatRule[];
  readonly constraints: NatTableConstraints;
}

/** Collects the problems of a table in whatever order they are found. */
export class NatTableProblems {
  /** The user's words for things. */
  readonly words: NatTableWords;

  private readonly found: { readonly place: number; readonly problem: NatTableProblem }[] = [];

  constructor(private readonly contents: NatTableContents) {
    this.words = { ...DEFAULT_WORDS, ...contents.constraints.words };
  }

  /** Adds a problem of the SNAT rule at a place of the list. */
  addToSnat(place: number, error: NatError): void {
    this.found.push({ place, problem: { entry: this.contents.snat[place]?.id ?? "", error } });
  }

  /** Adds a problem of the DNAT rule at a place of the list. */
  addToDnat(place: number, error: NatError): void {
    const entry = this.contents.dnat[place]?.id ?? "";
    this.found.push({ place: this.contents.snat.length + place, problem: { entry, error } });
  }

  /** Adds a problem of the table as a whole. */
  addToTable(error: NatError): void {
    this.found.push({ place: Infinity, problem: { entry: "", error } });
  }

  /** All problems: of SNAT rules in their order, then of DNAT rules, then of the table as a whole. */
  inOrder(): readonly NatTableProblem[] {
    const rank = ({ place }: { place: number }) => Math.min(place, Number.MAX_SAFE_INTEGER);
    return this.found.sort((a, b) => rank(a) - rank(b)).map(({ problem }) => problem);
  }
}

/** How a message names an SNAT rule. */
export function snatEntry(rule: SnatRule): string {
  return `SNAT entry ${JSON.stringify(rule.id)}`;
}

/** How a message names a DNAT rule. */
export function dnatEntry(rule: DnatRule): string {
  return `DNAT entry ${JSON.stringify(rule.id)}`;
}
