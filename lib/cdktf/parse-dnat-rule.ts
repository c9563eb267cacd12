import { Ipv4Address, Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { DnatRule, NatAddress } from "../core/nat-rule";
import { PortMapping } from "../core/port-mapping";
import { parseNatProtocol } from "../core/protocol";
import { checkKnownFlag } from "./check-types";
import { deferrable, isKnown } from "./when-known";

/** The props of a DNAT entry that are the same in every cloud. */
export interface DnatRuleProps {
  readonly protocol: string;
  readonly publicPort?: number | string;
  readonly privatePort?: number | string;
  readonly privateIp: string;
  readonly allowFrom?: readonly string[];
  readonly removePortLimits?: boolean;
}

/** The rule behind the props of a DNAT entry; a `NatError` names the first prop that is wrong. */
export function parseDnatRule(id: string, address: NatAddress, props: DnatRuleProps): DnatRule {
  for (const prop of ["protocol", "publicPort", "privatePort"] as const) {
    if (isKnown(props[prop])) continue;
    const fix = "write it out: clashes with other entries are found at synth";
    throw new NatError(prop, "must be known at synth", props[prop], fix);
  }
  const protocol = parseNatProtocol(props.protocol, "protocol");
  if (protocol !== "any") checkKnownFlag(props.removePortLimits, "removePortLimits");
  const common = {
    id,
    address,
    protocol,
    privateIp: deferrable(props.privateIp, (text) => Ipv4Address.parse(text, "privateIp")),
    allowFrom: parseAllowFrom(props.allowFrom),
    removePortLimits: props.removePortLimits ?? false,
  };
  if (protocol === "any") {
    refusePorts(props);
    return common;
  }
  if (props.publicPort === undefined) {
    throw new NatError(
      "publicPort",
      `must be given with protocol "${protocol}"`,
      props.publicPort,
      'name a port or a range, or use protocol "any" for Any Port',
    );
  }
  return { ...common, ports: PortMapping.parse(props.publicPort, props.privatePort) };
}

function refusePorts(props: DnatRuleProps): void {
  for (const prop of ["publicPort", "privatePort", "removePortLimits"] as const) {
    if (props[prop] === undefined) continue;
    throw new NatError(
      prop,
      'is excluded by protocol "any", which maps every port',
      props[prop],
      'take it out, or use protocol "tcp" or "udp"',
    );
  }
}

function parseAllowFrom(allowFrom: readonly string[] | undefined): DnatRule["allowFrom"] {
  if (allowFrom === undefined) return [];
  if (!isKnown(allowFrom)) {
    const fix = "write the list out; its elements may be references";
    throw new NatError("allowFrom", "must be a list known at synth", allowFrom, fix);
  }
  if (!Array.isArray(allowFrom) || allowFrom.length === 0) {
    throw new NatError("allowFrom", "must name at least one block", allowFrom, "leave it out to let everybody in");
  }
  return allowFrom.map((cidr: string, index) =>
    deferrable(cidr, (text) => Ipv4Cidr.parse(text, `allowFrom[${index}]`)),
  );
}
