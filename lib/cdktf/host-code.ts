import type * as HostUserData from "./host-user-data";

/**
 * What makes user data of a NAT table, loaded when the first host is made: with the YAML library behind it, it costs
 * more to load than all gateways do, and most apps have gateways only.
 */
export function hostCode(): typeof HostUserData {
  // eslint-disable-next-line @typescript-eslint/no-require-imports -- a constructor cannot await an import()
  return require("./host-user-data") as typeof HostUserData;
}
