import type { EntryCloud } from "../cdktf/parse-entry";
import { isEip } from "./eip";
import type { Eip } from "./eip";
import { natBackends } from "./nat-backend";
import type { NatBackend } from "./nat-backend";
import { resourceName } from "./resource-name";
import { isSnatSource } from "./snat-source";
import type { SnatSource } from "./snat-source";

/** What entries of this cloud are parsed by. */
export const ENTRIES: EntryCloud<SnatSource, Eip, NatBackend> = {
  backends: natBackends,
  isEip,
  isSource: isSnatSource,
  sourceFactories: "SnatSource.vpc, .subnet, .host or .cidr of cdktf-nat/aws",
  nameOf: resourceName,
};
