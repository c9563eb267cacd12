import { NatError } from "./nat-error";

/** Marks a deferred value, also one of another copy of this package. */
const MARK = Symbol.for("cdktf-nat.Deferred");

/**
 * A value that is known only at deploy time. It is carried as the text that stands for it, and never sliced, sorted or
 * compared with a known value. Two deferred values of one text are one value; of different texts, nobody knows.
 */
export class Deferred {
  /** The text that stands for the value until it is known. */
  readonly text: string;

  private readonly [MARK] = true;

  private constructor(text: string) {
    this.text = text;
  }

  /**
   * A deferred value that `text` stands for.
   *
   * @throws NatError where `text` is no text or empty
   */
  static of(text: string): Deferred {
    if (typeof text !== "string" || text === "") {
      throw new NatError(
        "text",
        "must be the text that stands for a deferred value",
        text,
        'use text such as "${...}"',
      );
    }
    return new Deferred(text);
  }

  /** The text that stands for the value. */
  toString(): string {
    return this.text;
  }

  /** The text that stands for the value, so that JSON shows it as text. */
  toJSON(): string {
    return this.text;
  }
}

/** A value that is known now, or only at deploy time. */
export type Deferrable<T> = T | Deferred;

/** Whether a value is known only at deploy time. */
export function isDeferred(value: unknown): value is Deferred {
  return typeof value === "object" && value !== null && MARK in value;
}

/**
 * A key that two values share only when they are surely equal: known values by what they say, deferred ones by the
 * text that stands for them.
 */
export function identityOf(value: Deferrable<{ toString(): string }>): string {
  return isDeferred(value) ? `deferred ${value.text}` : value.toString();
}
