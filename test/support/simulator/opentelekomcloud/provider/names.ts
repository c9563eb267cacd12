import { isIP } from "node:net";
import { parseAddress } from "../../engine/ipv4";
import type { Value } from "../../engine/value";

/** The provider's check of the names of VPCs, subnets, bandwidths and route tables. */
export function checkName(value: Value): string | undefined {
  if (typeof value !== "string" || /^[\w.-]{1,64}$/.test(value)) return undefined;
  return `must be 1 to 64 letters, digits, _, - and ., got ${JSON.stringify(value)}`;
}

/** The provider's check of ids. */
export function checkUuid(value: Value): string | undefined {
  if (typeof value !== "string" || /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(value)) return undefined;
  return `expected a valid UUID, got ${JSON.stringify(value)}`;
}

/** The provider's check of a block; host bits are let through. */
export function checkCidr(value: Value): string | undefined {
  if (typeof value !== "string") return undefined;
  const [address = "", length = "", ...rest] = value.split("/");
  const isBlock = rest.length === 0 && isIP(address) !== 0 && /^\d{1,3}$/.test(length) && Number(length) <= 128;
  return isBlock ? undefined : `expected a valid CIDR Value, got ${JSON.stringify(value)}`;
}

/** The provider's check of an IPv4 address. */
export function checkIpv4(value: Value): string | undefined {
  if (typeof value !== "string" || parseAddress(value) !== undefined) return undefined;
  return `expected a valid IPv4 address, got ${JSON.stringify(value)}`;
}
