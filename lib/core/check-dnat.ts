import { identityOf, isDeferred } from "./deferred";
import { claimIntervals } from "./interval-claims";
import { Ipv4Cidr } from "./ipv4";
import { Ipv4Blocks } from "./ipv4-blocks";
import { NatError } from "./nat-error";
import type { DnatRule, SnatRule } from "./nat-rule";
import { dnatEntry, type NatTableContents, type NatTableProblems, snatEntry } from "./nat-table-problem";
import type { PortRange } from "./port-range";

/** Finds what is wrong with DNAT rules: ports missing or clashing, backends outside the network or taken. */
export function checkDnat(contents: NatTableContents, problems: NatTableProblems): void {
  checkPortsGiven(contents, problems);
  checkPublicPorts(contents, problems);
  checkSnatPorts(contents, problems);
  checkPrivateIps(contents, problems);
  if (contents.constraints.uniqueBackends === true) {
    checkBackends(contents, problems);
  }
  if (contents.constraints.anyPortTakesBackend === true) {
    checkWholeBackends(contents, problems);
  }
}

function checkPortsGiven({ dnat }: NatTableContents, problems: NatTableProblems): void {
  dnat.forEach(({ ports, protocol }, place) => {
    if (ports === undefined && protocol !== "any") {
      const rule = `must be given under protocol ${JSON.stringify(protocol)}`;
      problems.addToDnat(place, new NatError("publicPort", rule, undefined, 'give a port, or use protocol "any"'));
    }
    if (ports !== undefined && protocol === "any") {
      const fix = 'leave it out, or use protocol "tcp" or "udp"';
      problems.addToDnat(place, new NatError("publicPort", "Any Port takes no port", ports.publicPorts, fix));
    }
  });
}

function checkPublicPorts({ dnat }: NatTableContents, problems: NatTableProblems): void {
  const { address: word } = problems.words;
  for (const { rule, place, ports, other } of clashes(dnat, ({ address }) => address.id, "publicPorts")) {
    const address = `${word} ${JSON.stringify(rule.address.id)}`;
    const text = `${dnatEntry(other.rule)} takes ${rule.protocol} ${other.ports.toString()} of ${address} already`;
    problems.addToDnat(place, new NatError("publicPort", text, ports, `use other ports or another ${word}`));
  }
}

function checkSnatPorts({ snat, dnat, constraints }: NatTableContents, problems: NatTableProblems): void {
  const { firstSnatPort } = constraints;
  const { address: word } = problems.words;
  if (firstSnatPort === undefined) {
    return;
  }
  const snatByAddress = new Map<string, SnatRule>();
  for (const rule of snat) {
    for (const { id } of rule.addresses) {
      snatByAddress.set(id, snatByAddress.get(id) ?? rule);
    }
  }
  dnat.forEach(({ address, ports, removePortLimits }, place) => {
    const other = snatByAddress.get(address.id);
    if (other !== undefined && ports !== undefined && !removePortLimits && ports.publicPorts.to >= firstSnatPort) {
      const rule =
        `must be true for publicPort ${ports.publicPorts.toString()}: ` +
        `${snatEntry(other)} uses ports from ${firstSnatPort} on of ${word} ${JSON.stringify(address.id)}`;
      const fix = `set it, use a port below ${firstSnatPort}, or use another ${word}`;
      problems.addToDnat(place, new NatError("removePortLimits", rule, removePortLimits, fix));
    }
  });
}

function checkPrivateIps({ dnat, constraints }: NatTableContents, problems: NatTableProblems): void {
  const { network } = problems.words;
  const blocks = new Ipv4Blocks(constraints.networkCidrs ?? []);
  const { networkCidrs = [] } = constraints;
  dnat.forEach(({ privateIp, isRemote = false }, place) => {
    if (isDeferred(privateIp)) return;
    if (isRemote) {
      const own = networkCidrs.find((block) => block.contains(privateIp));
      if (own === undefined) return;
      const rule = `must lie outside the ${network} under directConnect, it lies in ${own.toString()}`;
      problems.addToDnat(place, new NatError("privateIp", rule, privateIp, "take directConnect out"));
    } else if (!blocks.covers(Ipv4Cidr.host(privateIp))) {
      const rule = `must lie in the ${network} ${blocks.toString()}`;
      const fix = `use an address of the ${network}`;
      problems.addToDnat(place, new NatError("privateIp", rule, privateIp, fix));
    }
  });
}

function checkBackends({ dnat }: NatTableContents, problems: NatTableProblems): void {
  for (const { rule, place, ports, other } of clashes(dnat, (rule) => identityOf(rule.privateIp), "privatePorts")) {
    const backend = `${rule.protocol} ${other.ports.toString()} of ${rule.privateIp.toString()}`;
    const text = `${dnatEntry(other.rule)} forwards to ${backend} already`;
    const fix = "let the backend listen on further ports, one for each entry";
    problems.addToDnat(place, new NatError("privatePort", text, ports, fix));
  }
  const anyPort = new Map<string, DnatRule>();
  dnat.forEach((rule, place) => {
    if (rule.protocol !== "any") {
      return;
    }
    const key = identityOf(rule.privateIp);
    const other = anyPort.get(key);
    if (other === undefined) {
      anyPort.set(key, rule);
      return;
    }
    const text = `${dnatEntry(other)} maps Any Port to it already`;
    const fix = "use another address of the backend, or protocol and ports";
    problems.addToDnat(place, new NatError("privateIp", text, rule.privateIp, fix));
  });
}

/** Any Port beside ports of one backend; two of Any Port, or two of one port, are a matter of unique backends. */
function checkWholeBackends({ dnat }: NatTableContents, problems: NatTableProblems): void {
  const first = new Map<string, { anyPort?: DnatRule; port?: DnatRule }>();
  dnat.forEach((rule, place) => {
    const key = identityOf(rule.privateIp);
    const uses = first.get(key) ?? {};
    first.set(key, uses);
    const isAnyPort = rule.protocol === "any";
    const other = isAnyPort ? uses.port : uses.anyPort;
    if (isAnyPort) uses.anyPort ??= rule;
    else uses.port ??= rule;
    if (other === undefined) return;
    const text = isAnyPort
      ? `Any Port takes the whole backend, to which ${dnatEntry(other)} forwards already`
      : `Any Port of ${dnatEntry(other)} takes the whole backend`;
    const fix = "use another address of the backend for one of the two";
    problems.addToDnat(place, new NatError("privateIp", text, rule.privateIp, fix));
  });
}

interface PortUse {
  readonly rule: DnatRule;
  readonly place: number;
  readonly ports: PortRange;
}

/** The rules whose ports overlap those of an earlier rule with the same key and protocol, each with one such rule. */
function clashes(
  dnat: readonly DnatRule[],
  keyOf: (rule: DnatRule) => string,
  side: "publicPorts" | "privatePorts",
): readonly (PortUse & { readonly other: PortUse })[] {
  const groups = new Map<string, PortUse[]>();
  dnat.forEach((rule, place) => {
    if (rule.protocol === "any" || rule.ports === undefined) {
      return;
    }
    const key = `${rule.protocol} ${keyOf(rule)}`;
    const use = { rule, place, ports: rule.ports[side] };
    const group = groups.get(key);
    if (group === undefined) {
      groups.set(key, [use]);
    } else {
      group.push(use);
    }
  });
  return [...groups.values()].flatMap((group) => {
    const { conflicts } = claimIntervals(group.map(({ ports }) => ports));
    return group.flatMap((use, index) => {
      const other = group[conflicts[index] ?? -1];
      return other === undefined ? [] : [{ ...use, other }];
    });
  });
}
