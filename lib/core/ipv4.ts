import { IPv4 } from "ipaddr.js";
import { NatError } from "./nat-error";

/** An IPv4 address. */
export class Ipv4Address {
  /** The address as a whole number from 0 to 4294967295. */
  readonly value: number;

  private constructor(value: number) {
    this.value = value;
  }

  /**
   * Reads an address such as `"10.0.1.10"`: four decimal numbers from 0 to 255, without leading zeros or spaces.
   *
   * @param prop the prop to name in an error
   * @throws NatError where the text is anything else
   */
  static parse(text: string, prop = "address"): Ipv4Address {
    if (typeof text === "string" && IPv4.isValidFourPartDecimal(text)) {
      return new Ipv4Address(valueOf(text));
    }
    throw new NatError(prop, "must be an IPv4 address of four decimal numbers from 0 to 255", text, addressFix(text));
  }

  /**
   * The address that a whole number from 0 to 4294967295 stands for.
   *
   * @throws NatError where it is no such number
   */
  static fromNumber(value: number): Ipv4Address {
    if (!Number.isInteger(value) || value < 0 || value > 0xffffffff) {
      throw new NatError("value", "must be a whole number from 0 to 4294967295", value, "use a number of that range");
    }
    return new Ipv4Address(value);
  }

  /** Whether both are one address. */
  equals(other: Ipv4Address): boolean {
    return this.value === other.value;
  }

  /** The address as text, for example `"10.0.1.10"`. */
  toString(): string {
    return [24, 16, 8, 0].map((shift) => (this.value >>> shift) & 0xff).join(".");
  }

  /** The address as text, so that JSON shows it as text. */
  toJSON(): string {
    return this.toString();
  }
}

/** A block of IPv4 addresses. */
export class Ipv4Cidr {
  /** The first address of the block. */
  readonly network: Ipv4Address;
  /** How many leading bits the addresses share, from 0 to 32. */
  readonly prefixLength: number;

  private constructor(network: Ipv4Address, prefixLength: number) {
    this.network = network;
    this.prefixLength = prefixLength;
  }

  /**
   * Reads a block such as `"10.0.3.0/24"`: an address, a slash and a prefix length from 0 to 32, all host bits zero.
   *
   * @param prop the prop to name in an error
   * @throws NatError where the text is anything else; it names the block that was probably meant
   */
  static parse(text: string, prop = "cidr"): Ipv4Cidr {
    const [address, prefix, ...others] = typeof text === "string" ? text.split("/") : [];
    if (address === undefined || others.length > 0 || !IPv4.isValidFourPartDecimal(address)) {
      throw new NatError(prop, "must be an IPv4 block of addresses", text, cidrFix(text));
    }
    if (prefix === undefined) {
      throw new NatError(prop, "must have a prefix length", text, `use ${JSON.stringify(`${address}/32`)}`);
    }
    const prefixLength = Number(prefix);
    if (!/^(0|[1-9]\d?)$/.test(prefix) || prefixLength > 32) {
      throw new NatError(prop, "must have a prefix length from 0 to 32", text, cidrFix(text));
    }
    const value = valueOf(address);
    const hostBits = value % 2 ** (32 - prefixLength);
    const cidr = new Ipv4Cidr(Ipv4Address.fromNumber(value - hostBits), prefixLength);
    if (hostBits !== 0) {
      throw new NatError(prop, "host bits must be zero", text, `use ${JSON.stringify(cidr)}`);
    }
    return cidr;
  }

  /** The block that holds one address only. */
  static host(address: Ipv4Address): Ipv4Cidr {
    return new Ipv4Cidr(address, 32);
  }

  /** The first address as a whole number. */
  get first(): number {
    return this.network.value;
  }

  /** The last address as a whole number. */
  get last(): number {
    return this.first + this.size - 1;
  }

  /** How many addresses the block holds. */
  get size(): number {
    return 2 ** (32 - this.prefixLength);
  }

  /** Whether the address lies in the block. */
  contains(address: Ipv4Address): boolean {
    return this.first <= address.value && address.value <= this.last;
  }

  /** Whether every address of the other block lies in this one. */
  covers(other: Ipv4Cidr): boolean {
    return this.first <= other.first && other.last <= this.last;
  }

  /** Whether some address lies in both blocks. */
  overlaps(other: Ipv4Cidr): boolean {
    return this.first <= other.last && other.first <= this.last;
  }

  /** Whether both are one block. */
  equals(other: Ipv4Cidr): boolean {
    return this.first === other.first && this.prefixLength === other.prefixLength;
  }

  /** The block as text, for example `"10.0.3.0/24"`. */
  toString(): string {
    return `${this.network.toString()}/${this.prefixLength}`;
  }

  /** The block as text, so that JSON shows it as text. */
  toJSON(): string {
    return this.toString();
  }
}

function valueOf(text: string): number {
  return IPv4.parse(text).octets.reduce((value, octet) => value * 256 + octet, 0);
}

function addressFix(text: unknown): string {
  const [address = ""] = typeof text === "string" ? text.trim().split("/") : [];
  return IPv4.isValidFourPartDecimal(address) ? `use ${JSON.stringify(address)}` : 'use one such as "10.0.1.10"';
}

/** Names the block that was probably meant; what has no single meaning gets an example. */
function cidrFix(text: unknown): string {
  const meant = typeof text === "string" ? text.trim() : "";
  return /^\S+\/(0|[1-9]\d?)$/.test(meant) && IPv4.isValidCIDRFourPartDecimal(meant)
    ? `use ${JSON.stringify(`${IPv4.networkAddressFromCIDR(meant).toString()}/${meant.replace(/.*\//, "")}`)}`
    : 'use one such as "10.0.1.0/24"';
}
