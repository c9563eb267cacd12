import type { IConstruct } from "constructs";
import { NatError } from "../core/nat-error";
import { checkId, checkKnownFlag, checkProvider } from "./check-types";
import { dependables } from "./dependencies";
import { entryEip } from "./entry-eips";
import type { CloudDnatEntryProps, CloudSnatEntryProps } from "./entry-props";
import type { DnatEntryRequest, EntryEip, EntrySource, SnatEntryRequest } from "./entry-request";
import { checkProps, failAt } from "./fail";
import type { NatBackends } from "./nat-backends";
import { parseDnatRule } from "./parse-dnat-rule";
import type { DnatRuleProps } from "./parse-dnat-rule";
import { checkSameStack } from "./same-stack";

/** What entries of a cloud are parsed by: its NATs, EIPs, sources and names. */
export interface EntryCloud<Source extends EntrySource, Eip extends EntryEip, Backend extends object> {
  readonly backends: NatBackends<Backend>;
  /** Whether `addEip` of this cloud returned it. */
  readonly isEip: (value: unknown) => value is Eip;
  /** Whether it is an `SnatSource` of this cloud. */
  readonly isSource: (value: unknown) => value is Source;
  /** How a source is made, for the error text: `SnatSource.vpc, .subnet or .cidr of cdktf-nat/...`. */
  readonly sourceFactories: string;
  /** The name of an entry: the user's, checked, or one of its own. */
  readonly nameOf: (entry: IConstruct, name: string | undefined) => string;
}

/** An entry, and what its NAT does with it. */
export interface ParsedEntry<Backend, Request> {
  readonly backend: Backend;
  readonly request: Request;
}

/** The props of a DNAT entry of any cloud. The backend is `privateIp`, where the cloud has no other way to name it. */
export type AnyDnatEntryProps = CloudDnatEntryProps<IConstruct, IConstruct> &
  Omit<DnatRuleProps, "privateIp"> &
  Partial<Pick<DnatRuleProps, "privateIp">>;

/**
 * What the props of an SNAT entry ask of its NAT.
 *
 * @throws NatError with the entry's path, for the first prop that is wrong
 */
export function parseSnatEntry<Source extends EntrySource, Eip extends EntryEip, Backend extends object>(
  entry: IConstruct,
  props: CloudSnatEntryProps<IConstruct, EntrySource, IConstruct>,
  cloud: EntryCloud<Source, Eip, Backend>,
): ParsedEntry<Backend, SnatEntryRequest<Source, Eip>> {
  return failAt(entry, () => {
    checkProps(props);
    const { nat, provider } = props;
    const backend = cloud.backends.of(nat);
    checkSameStack(entry, nat);
    const source = parseSource(props.source, cloud);
    const eips = parseEips(nat, props.eips, cloud.isEip);
    checkKnownFlag(props.eipAffinity, "eipAffinity");
    checkProvider(provider);
    const rule = {
      id: entry.node.path,
      source: source.toRuleSource(),
      addresses: eips.map((eip) => eip.address),
      eipAffinity: props.eipAffinity ?? false,
    };
    const name = cloud.nameOf(entry, props.name);
    const dependsOn = dependables(entry, props.dependsOn);
    return { backend, request: { entry, rule, source, eips, name, provider, dependsOn } };
  });
}

/**
 * What the props of a DNAT entry ask of its NAT.
 *
 * @param privateIpOf the backend's private IP, where the cloud has further ways to name a backend than `privateIp`. It
 * runs within the entry's checks, and may throw a NatError.
 * @throws NatError with the entry's path, for the first prop that is wrong
 */
export function parseDnatEntry<Source extends EntrySource, Eip extends EntryEip, Backend extends object>(
  entry: IConstruct,
  props: AnyDnatEntryProps,
  cloud: EntryCloud<Source, Eip, Backend>,
  privateIpOf: () => string | undefined = () => props.privateIp,
): ParsedEntry<Backend, DnatEntryRequest<Eip>> {
  return failAt(entry, () => {
    checkProps(props);
    const { nat, provider, backendSecurityGroupId } = props;
    const backend = cloud.backends.of(nat);
    checkSameStack(entry, nat);
    const eip = entryEip(nat, props.eip, cloud.isEip, "eip");
    if (backendSecurityGroupId !== undefined) {
      checkId(backendSecurityGroupId, "backendSecurityGroupId", "a security group");
    }
    checkProvider(provider);
    // Where there is none, the rule's own check tells.
    const given: unknown = privateIpOf();
    const privateIp = given as string;
    const rule = parseDnatRule(entry.node.path, eip.address, { ...props, privateIp });
    const allowFrom = props.allowFrom ?? [];
    const name = cloud.nameOf(entry, props.name);
    const dependsOn = dependables(entry, props.dependsOn);
    return {
      backend,
      request: { entry, rule, eip, privateIp, allowFrom, backendSecurityGroupId, name, provider, dependsOn },
    };
  });
}

function parseSource<Source extends EntrySource>(
  source: unknown,
  { isSource, sourceFactories }: Pick<EntryCloud<Source, never, never>, "isSource" | "sourceFactories">,
): Source {
  if (isSource(source)) return source;
  throw new NatError("source", "must be an SnatSource", source, `use ${sourceFactories}`);
}

function parseEips<Eip extends EntryEip>(
  nat: IConstruct,
  eips: readonly IConstruct[],
  isEip: (value: unknown) => value is Eip,
): readonly Eip[] {
  if (!Array.isArray(eips) || eips.length === 0) {
    throw new NatError("eips", "must name at least one EIP", eips, "add one to the NAT with addEip and name it here");
  }
  return eips.map((eip, index) => entryEip(nat, eip, isEip, `eips[${index}]`));
}
