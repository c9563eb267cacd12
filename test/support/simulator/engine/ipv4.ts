/** A block of IPv4 addresses, first and last as numbers. */
export interface Block {
  readonly first: number;
  readonly last: number;
  readonly prefix: number;
}

/** The number of a dotted IPv4 address; undefined when it is none. */
export function parseAddress(text: string): number | undefined {
  const parts = text.split(".");
  if (parts.length !== 4 || !parts.every((part) => /^(0|[1-9]\d{0,2})$/.test(part) && Number(part) <= 255))
    return undefined;
  return parts.reduce((sum, part) => sum * 256 + Number(part), 0);
}

/** The dotted form of an address. */
export function formatAddress(address: number): string {
  return [24, 16, 8, 0].map((shift) => Math.floor(address / 2 ** shift) % 256).join(".");
}

/** A CIDR block; undefined when the text is none or has host bits. */
export function parseBlock(text: string): Block | undefined {
  const [address = "", length = "", ...rest] = text.split("/");
  const first = parseAddress(address);
  const prefix = Number(length);
  if (first === undefined || rest.length > 0 || !/^\d{1,2}$/.test(length) || prefix > 32) return undefined;
  const size = 2 ** (32 - prefix);
  return first % size === 0 ? { first, last: first + size - 1, prefix } : undefined;
}

/** Whether `outer` holds all of `inner`. */
export function contains(outer: Block, inner: Block): boolean {
  return outer.first <= inner.first && inner.last <= outer.last;
}

/** Whether two blocks share an address. */
export function overlaps(left: Block, right: Block): boolean {
  return left.first <= right.last && right.first <= left.last;
}

/** The block of one address. */
export function single(address: number): Block {
  return { first: address, last: address, prefix: 32 };
}
