/** Random numbers that are the same for the same seed. */
export class Random {
  private state: number;

  public constructor(seed: number) {
    this.state = seed >>> 0;
  }

  /** A number from 0 up to, not including, 1 (mulberry32). */
  public next(): number {
    this.state = (this.state + 0x6d2b79f5) >>> 0;
    let mixed = this.state;
    mixed = Math.imul(mixed ^ (mixed >>> 15), mixed | 1);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), mixed | 61);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  }

  /** A number between `low` and `high`. */
  public between(low: number, high: number): number {
    return low + this.next() * (high - low);
  }

  /** Text of lower-case letters and digits. */
  public text(length: number): string {
    return this.of("0123456789abcdefghijklmnopqrstuvwxyz", length);
  }

  /** Text of hexadecimal digits. */
  public hex(length: number): string {
    return this.of("0123456789abcdef", length);
  }

  private of(alphabet: string, length: number): string {
    return Array.from({ length }, () => alphabet[Math.floor(this.next() * alphabet.length)]).join("");
  }
}
