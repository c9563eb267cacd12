import { gzipSync } from "node:zlib";
import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import { NatTable } from "../core/nat-table";
import type { NatLedger } from "./nat-ledger";
import { referenceText } from "./reference";
import { References } from "./references";
import { warnAtSynth } from "./warn-at-synth";

/** How the machine of a self-hosted NAT is told what to do. */
export interface HostTextProps {
  /** The user data for a table; values that only deploy time knows go through `references` before they come in. */
  readonly render: (table: NatTable, references: References) => string;
  /** What is legal but unwise in a table. */
  readonly warnings: (table: NatTable, references: References) => readonly string[];
  /** How many bytes of user data the cloud takes, before base64. */
  readonly maxBytes: number;
}

/** Share of the limit from which on a warning tells. */
const NEARLY_FULL = 0.9;

/**
 * The user data of a self-hosted NAT, out of its NAT table as it is when the app is synthesized. What is wrong with it
 * is reported by the NAT's own validation.
 */
export class HostText {
  private last: { readonly table: NatTable; readonly result: Result } | undefined;

  constructor(
    private readonly nat: IConstruct,
    private readonly ledger: NatLedger,
    private readonly props: HostTextProps,
  ) {
    nat.node.addValidation({ validate: () => [...this.result().errors] });
    warnAtSynth(nat, () => this.result().warnings);
  }

  /**
   * The user data as a Terraform template. It never throws: Terraform values are made before mistakes are listed, and a
   * throw here would hide them.
   */
  template(): string {
    return this.result().template;
  }

  private result(): Result {
    const table = this.ledger.table();
    if (this.last?.table !== table) this.last = { table, result: this.make(table) };
    return this.last.result;
  }

  private make(table: NatTable): Result {
    // The mistakes of the table itself are reported by the ledger.
    if (table.check().length > 0) return { template: NOTHING, errors: [], warnings: [] };
    const references = new References();
    try {
      const marked = references.markTable(inOrder(table));
      const rendered = this.props.render(marked, references);
      const bytes = packedBytes(references.sample(rendered));
      if (bytes > this.props.maxBytes) throw this.tooLarge(inOrder(table), bytes);
      const warnings = [...this.props.warnings(marked, references), ...this.nearlyFull(bytes)];
      return { template: references.template(rendered), errors: [], warnings };
    } catch (error) {
      if (!(error instanceof NatError)) throw error;
      return {
        template: NOTHING,
        errors: error.errors.map(({ message }) => this.readable(message, references)),
        warnings: [],
      };
    }
  }

  private readable(message: string, references: References): string {
    return referenceText(this.nat, references.unmark(message));
  }

  private tooLarge(table: NatTable, bytes: number): NatError {
    const { maxBytes } = this.props;
    const entries = table.snat.length + table.dnat.length;
    if (!this.fits(table, 0)) {
      const rule = `must leave room for the rules in the ${maxBytes} bytes of user data that the cloud takes`;
      return new NatError("extraUserData", rule, `${bytes} bytes, compressed`, "shorten it");
    }
    let [fitting, tooMany] = [0, entries];
    while (tooMany - fitting > 1) {
      const middle = Math.floor((fitting + tooMany) / 2);
      if (this.fits(table, middle)) fitting = middle;
      else tooMany = middle;
    }
    return new NatError(
      "entries",
      `about ${fitting} of these entries fit in the ${maxBytes} bytes of user data that the cloud takes`,
      `${entries} entries, ${bytes} bytes, compressed`,
      "use ranges of ports, fewer entries, or a further NAT",
    );
  }

  /** Whether the first `count` entries fit. */
  private fits({ snat, dnat, addresses }: NatTable, count: number): boolean {
    const first = NatTable.fromRules(
      { snat: snat.slice(0, count), dnat: dnat.slice(0, Math.max(count - snat.length, 0)) },
      { addresses },
    );
    const references = new References();
    const rendered = this.props.render(references.markTable(first), references);
    return packedBytes(references.sample(rendered)) <= this.props.maxBytes;
  }

  private nearlyFull(bytes: number): readonly string[] {
    const { maxBytes } = this.props;
    if (bytes <= maxBytes * NEARLY_FULL) return [];
    return [
      `entries: the rules take about ${bytes} of the ${maxBytes} bytes of user data that the cloud takes; ` +
        "plan for a further NAT, or use ranges of ports",
    ];
  }
}

interface Result {
  readonly template: string;
  readonly errors: readonly string[];
  readonly warnings: readonly string[];
}

/** Stands where mistakes keep the text from being made; nothing is ever written with it. */
const NOTHING = "#cloud-config";

/**
 * The table in an order of its own, so that a text does not change where only statements of the app change places. Under
 * Any Port the order has a meaning: of two entries for one backend, it leaves by the first.
 */
function inOrder({ snat, dnat, addresses }: NatTable): NatTable {
  const ports = dnat.filter(({ protocol }) => protocol !== "any");
  const anyPort = dnat.filter(({ protocol }) => protocol === "any");
  return NatTable.fromRules({ snat: byId(snat), dnat: [...byId(ports), ...anyPort] }, { addresses: byId(addresses) });
}

function byId<T extends { readonly id: string }>(values: readonly T[]): readonly T[] {
  return [...values].sort((a, b) => (a.id < b.id ? -1 : a.id > b.id ? 1 : 0));
}

function packedBytes(text: string): number {
  return gzipSync(text).length;
}
