import { type Deferrable, identityOf, isDeferred } from "../core/deferred";
import { type Ipv4Address, Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { DnatRule, NatAddress, SnatRule } from "../core/nat-rule";
import type { NatTable } from "../core/nat-table";
import type { PortMapping } from "../core/port-mapping";
import type { PortProtocol } from "../core/protocol";
import { parseDeferred } from "./deferred-text";
import type { HostOptions } from "./host-options";
import { type ParsedHostOptions, parseHostOptions } from "./parse-host-options";
import { orderSources, type SourceTier } from "./source-tiers";

/** An address or a block that is written into a rule. */
export type Block = Deferrable<Ipv4Cidr>;
/** An address that is written into a rule. */
export type Address = Deferrable<Ipv4Address>;

/** An address of the NAT, as the host sees it. */
export interface HostAddress {
  /** What packets from the Internet carry: in a cloud the private address that the public one is translated to. */
  readonly local: Address;
  /** The public address, where it is another: clients that send to it are answered by the host itself. */
  readonly outside: Address | undefined;
}

/** A DNAT entry of ports, as the host sees it. */
export interface PortEntry {
  readonly address: HostAddress;
  readonly protocol: PortProtocol;
  readonly ports: PortMapping;
  readonly backend: Address;
  /** Empty: anyone. */
  readonly allowFrom: readonly Block[];
}

/** A DNAT entry of a whole address, as the host sees it. */
export interface AnyPortEntry {
  readonly address: HostAddress;
  readonly backend: Address;
  /** Empty: anyone. */
  readonly allowFrom: readonly Block[];
  /** Whether the backend leaves by the address: the first of several entries for one backend. */
  readonly isEgress: boolean;
}

/** What outbound packets of a source become. */
export interface SnatTarget {
  /** Empty: the address of the interface that they leave by. */
  readonly addresses: readonly Address[];
  readonly hasAffinity: boolean;
}

/** All that is written on a host, whatever the firewall. */
export interface HostPlan extends Omit<ParsedHostOptions, "clientCidrs"> {
  /** Every address of the NAT once, in the order of the table. */
  readonly addresses: readonly HostAddress[];
  readonly portEntries: readonly PortEntry[];
  readonly anyPortEntries: readonly AnyPortEntry[];
  readonly sources: readonly SourceTier[];
  /** The user's word for the prop of an SNAT entry that names its addresses, for messages. */
  readonly addressesProp: string;
  /** Who may send through the host. */
  readonly clients: readonly Block[];
  /** Whether the user names the clients. */
  readonly hasOwnClients: boolean;
  /** Whose packets are translated on their way out. */
  readonly translated: readonly Block[];
  /** Who is not on the Internet: what they send to an address of the NAT has to come back through the host. */
  readonly inside: readonly Block[];
}

/**
 * What a host has to do for a NAT table.
 *
 * @throws NatError that lists everything that is wrong with the options and the table
 */
export function planHost(table: NatTable, options: HostOptions): HostPlan {
  const parsed = parseHostOptions(options);
  const errors = [
    ...table.check().map(({ entry, error }) => (entry === "" ? error : error.at(entry))),
    ...deferredErrors(table),
  ];
  const [first, ...others] = errors;
  if (first !== undefined) {
    throw NatError.list([first, ...others]);
  }
  const { snat, dnat } = table;
  const backends = new Set<string>();
  const anyPortEntries = dnat
    .filter(({ protocol }) => protocol === "any")
    .map(({ address, privateIp, allowFrom }) => ({
      address: hostAddress(address),
      backend: privateIp,
      allowFrom,
      isEgress: backends.size !== backends.add(identityOf(privateIp)).size,
    }));
  const translated = distinct([
    ...snat.map(({ source }) => source.cidr),
    ...anyPortEntries.map(({ backend }) => hostBlock(backend)),
  ]);
  const clients = distinct(parsed.clientCidrs ?? translated);
  return {
    ...parsed,
    addresses: table.addresses.map(hostAddress),
    portEntries: dnat.flatMap(portEntry),
    anyPortEntries,
    sources: orderSources(snat),
    addressesProp: table.words.addressesProp,
    clients,
    hasOwnClients: parsed.clientCidrs !== undefined,
    translated,
    inside: distinct([...parsed.untranslatedCidrs, ...clients, ...translated]),
  };
}

/** What an SNAT rule makes of packets. */
export function targetOf(rule: SnatRule): SnatTarget {
  return {
    addresses: rule.addresses.map((address) => hostAddress(address).local),
    hasAffinity: rule.eipAffinity && rule.addresses.length > 1,
  };
}

/** Both addresses that packets for an address of the NAT may carry. */
export function destinationsOf({ local, outside }: HostAddress): readonly Address[] {
  return outside === undefined ? [local] : [local, outside];
}

/** The blocks that are known now. */
export function knownBlocks(blocks: readonly Block[]): readonly Ipv4Cidr[] {
  return blocks.flatMap((cidr) => (isDeferred(cidr) ? [] : [cidr]));
}

function hostAddress({ ip, privateIp }: NatAddress): HostAddress {
  const local = privateIp ?? ip;
  return { local, outside: identityOf(local) === identityOf(ip) ? undefined : ip };
}

function hostBlock(address: Address): Block {
  return isDeferred(address) ? address : Ipv4Cidr.host(address);
}

function portEntry({ address, protocol, ports, privateIp, allowFrom }: DnatRule): PortEntry[] {
  return protocol === "any" || ports === undefined
    ? []
    : [{ address: hostAddress(address), protocol, ports, backend: privateIp, allowFrom }];
}

function distinct(blocks: readonly Block[]): readonly Block[] {
  return [...new Map(blocks.map((block) => [identityOf(block), block])).values()];
}

/** Deferred values of the table that are no references: their text must not reach a rule. */
function deferredErrors({ addresses: all, snat, dnat, words }: NatTable): NatError[] {
  const { addressProp, addressesProp } = words;
  const errors: NatError[] = [];
  const check = (value: unknown, prop: string, entry: string): void => {
    if (!isDeferred(value)) {
      return;
    }
    try {
      parseDeferred(value, prop);
    } catch (error) {
      if (!(error instanceof NatError)) {
        throw error;
      }
      errors.push(error.at(entry));
    }
  };
  const checkAddress = ({ ip, privateIp }: NatAddress, prop: string, entry: string): void => {
    check(ip, prop, entry);
    check(privateIp, prop, entry);
  };
  const used = new Set([...snat.flatMap(({ addresses }) => addresses), ...dnat.map(({ address }) => address)]);
  all.filter((address) => !used.has(address)).forEach((address) => checkAddress(address, addressesProp, address.id));
  for (const { id, source, addresses } of snat) {
    check(source.cidr, "source", id);
    addresses.forEach((address) => checkAddress(address, addressesProp, id));
  }
  for (const { id, address, privateIp, allowFrom } of dnat) {
    checkAddress(address, addressProp, id);
    check(privateIp, "privateIp", id);
    allowFrom.forEach((block) => check(block, "allowFrom", id));
  }
  return errors;
}
