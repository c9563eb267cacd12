import { createHash } from "node:crypto";
import { Deferred, isDeferred } from "../core/deferred";
import type { Deferrable } from "../core/deferred";
import type { DnatRule, NatAddress, SnatRule } from "../core/nat-rule";
import { NatTable } from "../core/nat-table";
import { escapeTemplate } from "./user-data";

/** What cdktf writes for a token inside text. */
const TOKEN = /\$\{TfToken\[[^\]]*\]\}/g;
const MARK = /\$\{cdktf-nat\.(\d+)\}/;

/**
 * Takes the references out of values before they are rendered into a text, and puts them back afterwards: in the text
 * itself nobody could tell a reference from a variable of a shell script.
 */
export class References {
  private readonly texts: string[] = [];
  private readonly marks = new Map<string, Deferred>();

  /** The value, where it is known; otherwise a mark that stands for it. */
  mark<T>(value: Deferrable<T>): Deferrable<T> {
    return isDeferred(value) ? this.markOf(value.text) : value;
  }

  /** The text with a mark in place of each token. */
  markTokens(text: string): string {
    return text.replace(TOKEN, (token) => this.markOf(token).text);
  }

  /** The table with marks. */
  markTable({ snat, dnat, addresses, words }: NatTable): NatTable {
    const markedAddresses = new Map(addresses.map((address) => [address.id, this.address(address)]));
    const addressOf = (address: NatAddress) => markedAddresses.get(address.id) ?? this.address(address);
    return NatTable.fromRules(
      {
        snat: snat.map((rule) => this.snatRule(rule, addressOf)),
        dnat: dnat.map((rule) => this.dnatRule(rule, addressOf)),
      },
      { addresses: addresses.map(addressOf), words },
    );
  }

  /** A rendered text as a Terraform template: what was marked is a reference in it, and all else is literal. */
  template(rendered: string): string {
    return this.replace(rendered, escapeTemplate, (text) => text);
  }

  /** A message about what was marked, as a reader knows it. */
  unmark(message: string): string {
    return this.replace(
      message,
      (literal) => literal,
      (text) => text,
    );
  }

  /** A rendered text of the length that it will have, with an address that is made up for each reference. */
  sample(rendered: string): string {
    return this.replace(rendered, (literal) => literal, madeUpAddress);
  }

  private markOf(text: string): Deferred {
    const known = this.marks.get(text);
    if (known !== undefined) return known;
    const mark = Deferred.of(`\${cdktf-nat.${this.texts.push(text) - 1}}`);
    this.marks.set(text, mark);
    return mark;
  }

  private address(address: NatAddress): NatAddress {
    const { privateIp } = address;
    return {
      ...address,
      ip: this.mark(address.ip),
      ...(privateIp === undefined ? {} : { privateIp: this.mark(privateIp) }),
    };
  }

  private snatRule(rule: SnatRule, addressOf: (address: NatAddress) => NatAddress): SnatRule {
    const source = { ...rule.source, cidr: this.mark(rule.source.cidr) };
    return { ...rule, source, addresses: rule.addresses.map(addressOf) };
  }

  private dnatRule(rule: DnatRule, addressOf: (address: NatAddress) => NatAddress): DnatRule {
    return {
      ...rule,
      address: addressOf(rule.address),
      privateIp: this.mark(rule.privateIp),
      allowFrom: rule.allowFrom.map((cidr) => this.mark(cidr)),
    };
  }

  private replace(rendered: string, literal: (text: string) => string, reference: (text: string) => string): string {
    // Split by a pattern with one group: literal text and numbers of marks take turns.
    const parts = rendered.split(MARK);
    return parts.map((part, place) => (place % 2 === 0 ? literal(part) : reference(this.textOf(part)))).join("");
  }

  private textOf(number: string): string {
    const text = this.texts[Number(number)];
    if (text === undefined) throw new Error(`no reference ${number}`);
    return text;
  }
}

/** Fifteen characters, the longest that an address has, which compress as badly as those of a real one. */
function madeUpAddress(text: string): string {
  const bytes = createHash("sha256").update(text).digest().subarray(0, 4);
  return [...bytes].map((byte) => String(byte).padStart(3, "0")).join(".");
}
