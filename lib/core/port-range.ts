import { NatError } from "./nat-error";

const FORM = /^(0|[1-9]\d*)(?:[-/](0|[1-9]\d*))?$/;
const LAST_PORT = 65535;

/** One port, or a range of ports that follow each other, from 1 to 65535. */
export class PortRange {
  /** The first port. */
  readonly from: number;
  /** The last port; the first one again where it is a single port. */
  readonly to: number;

  private constructor(from: number, to: number) {
    this.from = from;
    this.to = to;
  }

  /**
   * Reads a port or a range: `443`, `"443"`, `"7000-7010"` or, as the Alibaba Cloud documents write it, `"7000/7010"`.
   * A range of one port, `"443-443"`, equals that port.
   *
   * @param prop the prop to name in an error
   * @throws NatError where it is anything else, outside 1 to 65535, or the first port is above the last
   */
  static parse(value: number | string, prop = "port"): PortRange {
    const ends = readEnds(value);
    if (ends === undefined) {
      throw new NatError(
        prop,
        "must be a port or a range of ports",
        value,
        'use a form like 443, "443", "7000-7010" or "7000/7010"',
      );
    }
    const [from, to] = ends;
    if (![from, to].every((port) => port >= 1 && port <= LAST_PORT)) {
      throw new NatError(prop, "must be within 1 to 65535", value, "use ports from 1 to 65535");
    }
    if (from > to) {
      throw new NatError(
        prop,
        "the first port must not be above the last",
        value,
        `use ${JSON.stringify(`${to}-${from}`)}`,
      );
    }
    return new PortRange(from, to);
  }

  /** How many ports the range holds. */
  get size(): number {
    return this.to - this.from + 1;
  }

  /** Whether it is one port only. */
  get isSingle(): boolean {
    return this.from === this.to;
  }

  /** Whether the port lies in the range. */
  contains(port: number): boolean {
    return this.from <= port && port <= this.to;
  }

  /** Whether some port lies in both ranges. */
  overlaps(other: PortRange): boolean {
    return this.from <= other.to && other.from <= this.to;
  }

  /** Whether both hold the same ports. */
  equals(other: PortRange): boolean {
    return this.from === other.from && this.to === other.to;
  }

  /** The range as text: `"443"`, or both ends with the separator between them. */
  format(separator: "-" | "/"): string {
    return this.isSingle ? String(this.from) : `${this.from}${separator}${this.to}`;
  }

  /** The range as text: `"443"` or `"7000-7010"`. */
  toString(): string {
    return this.format("-");
  }

  /** The range as text, so that JSON shows it as text. */
  toJSON(): string {
    return this.toString();
  }
}

/** Both ends as they are written; undefined where it is no port and no range. */
function readEnds(value: unknown): readonly [number, number] | undefined {
  if (typeof value === "number") {
    return Number.isInteger(value) ? [value, value] : undefined;
  }
  const [, from, to = from] = typeof value === "string" ? (FORM.exec(value) ?? []) : [];
  return from === undefined ? undefined : [Number(from), Number(to)];
}
