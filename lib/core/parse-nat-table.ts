import { type Deferrable, type Deferred, isDeferred } from "./deferred";
import { Ipv4Address, Ipv4Cidr } from "./ipv4";
import { NatError } from "./nat-error";
import type { DnatRule, NatAddress, SnatRule } from "./nat-rule";
import type {
  DnatEntrySpec,
  NatAddressSpec,
  NatTableSpec,
  PortDnatEntrySpec,
  SnatEntrySpec,
  TranslatedAddressSpec,
} from "./nat-table-spec";
import { PortMapping } from "./port-mapping";
import { parseNatProtocol } from "./protocol";

/** The rules of a spec, and what is wrong with the entries that are left out of them. */
export interface ParsedNatTable {
  readonly snat: readonly SnatRule[];
  readonly dnat: readonly DnatRule[];
  readonly errors: readonly NatError[];
}

/** Reads a prop; where it is wrong, keeps the error and answers undefined, so that the others are read too. */
type Attempt = <T>(read: () => T) => T | undefined;

const ADDRESS_PROPS = ["publicIp", "privateIp"];
const SNAT_PROPS = ["id", "source", "addresses", "eipAffinity"];
const DNAT_PROPS = ["id", "address", "protocol", "publicPort", "privateIp", "privatePort", "allowFrom"];

/** Reads all entries of a spec, and goes on after an error in order to find the others. */
export function parseNatTable(spec: NatTableSpec): ParsedNatTable {
  const errors: NatError[] = [];
  const attempt = attemptAt(undefined, errors);
  attempt(() => refuseUnknown(spec, "spec", ["snat", "dnat"]));
  if (errors.length > 0) {
    return { snat: [], dnat: [], errors };
  }
  const snat = attempt(() => list(spec.snat ?? [], "snat")) ?? [];
  const dnat = attempt(() => list(spec.dnat ?? [], "dnat")) ?? [];
  return {
    snat: snat.flatMap((entry, place) => parseEntry(entry, `snat[${place}]`, SNAT_PROPS, parseSnat, errors)),
    dnat: dnat.flatMap((entry, place) => parseEntry(entry, `dnat[${place}]`, DNAT_PROPS, parseDnat, errors)),
    errors,
  };
}

function parseEntry<S extends { readonly id?: string }, R>(
  spec: S,
  place: string,
  props: readonly string[],
  parse: (spec: S, id: string, attempt: Attempt) => R | undefined,
  errors: NatError[],
): R[] {
  const before = errors.length;
  const attemptHere = attemptAt(place, errors);
  attemptHere(() => refuseUnknown(spec, "entry", props));
  if (errors.length > before) {
    return [];
  }
  const id = attemptHere(() => parseId(spec.id ?? place)) ?? place;
  const rule = parse(spec, id, attemptAt(id, errors));
  return rule === undefined || errors.length > before ? [] : [rule];
}

function parseSnat(spec: SnatEntrySpec, id: string, attempt: Attempt): SnatRule | undefined {
  const { addresses: texts, eipAffinity = false } = spec;
  const cidr = attempt(() => unlessDeferred(spec.source, (text) => Ipv4Cidr.parse(text, "source")));
  const addresses = parseList(texts, "addresses", "masquerade", attempt, parseAddress);
  attempt(() => parseFlag(eipAffinity, "eipAffinity"));
  return cidr && { id, source: { kind: "cidr", cidr }, addresses, eipAffinity };
}

function parseDnat(spec: DnatEntrySpec, id: string, attempt: Attempt): DnatRule | undefined {
  const address = attempt(() => parseAddress(spec.address, "address"));
  const protocol = attempt(() => parseNatProtocol(spec.protocol));
  const ports = parsePorts(spec, attempt);
  const privateIp = attempt(() => unlessDeferred(spec.privateIp, (text) => Ipv4Address.parse(text, "privateIp")));
  const allowFrom = parseList(spec.allowFrom, "allowFrom", "let everybody in", attempt, (text, prop) =>
    unlessDeferred(text, (known) => Ipv4Cidr.parse(known, prop)),
  );
  if (address === undefined || protocol === undefined || privateIp === undefined) {
    return undefined;
  }
  return { id, address, protocol, ...(ports && { ports }), privateIp, removePortLimits: false, allowFrom };
}

/** The ports; that they are missing, or there under Any Port, is for the check of the table to say. */
function parsePorts(
  { publicPort, privatePort }: Partial<Pick<PortDnatEntrySpec, "publicPort" | "privatePort">>,
  attempt: Attempt,
): PortMapping | undefined {
  if (publicPort !== undefined) {
    return attempt(() => PortMapping.parse(publicPort, privatePort));
  }
  if (privatePort !== undefined) {
    attempt(() => {
      throw new NatError("privatePort", "stands only beside a publicPort", privatePort, "leave it out or give both");
    });
  }
  return undefined;
}

function parseAddress(spec: NatAddressSpec, prop: string): NatAddress {
  if (!isTranslated(spec)) {
    const ip = unlessDeferred(spec, (known) => Ipv4Address.parse(known, prop));
    return { id: ip.toString(), ip };
  }
  refuseUnknown(spec, prop, ADDRESS_PROPS);
  const [ip, privateIp] = (["publicIp", "privateIp"] as const).map((part) =>
    unlessDeferred(spec[part], (known) => Ipv4Address.parse(known, `${prop}.${part}`)),
  ) as [NatAddress["ip"], NatAddress["ip"]];
  return { id: ip.toString(), ip, privateIp };
}

function isTranslated(spec: NatAddressSpec): spec is TranslatedAddressSpec {
  return typeof spec === "object" && (spec as unknown) !== null && !isDeferred(spec);
}

function unlessDeferred<T>(value: string | Deferred, parse: (text: string) => T): Deferrable<T> {
  return isDeferred(value) ? value : parse(value);
}

/** Reads a list that has a meaning of its own where it is left out, so that an empty one is probably a mistake. */
function parseList<S, T>(
  given: readonly S[] | undefined,
  prop: string,
  meaningOfNone: string,
  attempt: Attempt,
  parse: (spec: S, prop: string) => T,
): T[] {
  const items = attempt(() => list(given ?? [], prop)) ?? [];
  if (given !== undefined && items.length === 0 && Array.isArray(given)) {
    attempt(() => {
      throw new NatError(prop, "must not be empty", given, `leave it out to ${meaningOfNone}`);
    });
  }
  return items.flatMap((spec, place) => {
    const item = attempt(() => parse(spec, `${prop}[${place}]`));
    return item === undefined ? [] : [item];
  });
}

function attemptAt(path: string | undefined, errors: NatError[]): Attempt {
  return (read) => {
    try {
      return read();
    } catch (error) {
      if (!(error instanceof NatError)) {
        throw error;
      }
      errors.push(path === undefined ? error : error.at(path));
      return undefined;
    }
  };
}

function refuseUnknown(value: object, what: string, props: readonly string[]): void {
  if (typeof value !== "object" || (value as unknown) === null || Array.isArray(value)) {
    throw new NatError(what, "must be an object", value, `use { ${props.join(", ")} }`);
  }
  const unknown = Object.keys(value).find((prop) => !props.includes(prop));
  if (unknown !== undefined) {
    const given = (value as Readonly<Record<string, unknown>>)[unknown];
    throw new NatError(unknown, "is not known here", given, `use ${props.join(", ")}`);
  }
}

function list<T>(value: readonly T[], prop: string): readonly T[] {
  const isList: boolean = Array.isArray(value);
  if (!isList) {
    throw new NatError(prop, "must be a list", value, "use [ ... ]");
  }
  return value;
}

function parseId(id: string): string {
  if (typeof id !== "string" || id === "") {
    throw new NatError("id", "must be text that is not empty", id, "use a name for the entry, or leave it out");
  }
  return id;
}

function parseFlag(value: boolean, prop: string): boolean {
  if (typeof value !== "boolean") {
    throw new NatError(prop, "must be true or false", value, "use one of them");
  }
  return value;
}
