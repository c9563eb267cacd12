import { identityOf } from "../core/deferred";
import type { PortProtocol } from "../core/protocol";
import { AllowLists } from "./allow-lists";
import { type Block, destinationsOf, type HostAddress, type HostPlan, type PortEntry } from "./host-plan";
import { addPortRules, type PortRule } from "./ipt-port-tree";
import { iptMatches, iptName, type IptTable } from "./ipt-text";

const PROTOCOLS: readonly PortProtocol[] = ["tcp", "udp"];

/** The mark of a packet that `allowFrom` refuses: the table that translates cannot drop it itself. */
export const REFUSED_MARK = "0x6e617400/0xffffff00";

/** Adds the chains that translate destinations; answers the rules of the first of them. */
export function addInbound(plan: HostPlan, nat: IptTable): void {
  const lists = new AllowLists();
  const guards = new Guards(nat);
  const rules = plan.addresses.flatMap((address, place) => {
    const chain = iptName("IN", place + 1);
    nat.chain(chain, rulesFor(plan, address, nat, chain, lists, guards));
    // By the address first: what goes elsewhere passes one rule an address.
    return destinationsOf(address).map((ip) => `-d ${ip.toString()} -g ${chain}`);
  });
  nat.chain(iptName("PREROUTING"), rules);
  for (const { number, blocks } of lists.all()) {
    nat.chain(iptName("ALLOW", number), [
      ...iptMatches("-s", blocks).map((match) => `${match}-j RETURN`),
      `-j MARK --set-xmark ${REFUSED_MARK}`,
      "-j ACCEPT",
    ]);
  }
}

/** The rules for one address of the NAT, in a chain of their own. */
function rulesFor(
  plan: HostPlan,
  address: HostAddress,
  nat: IptTable,
  chain: string,
  lists: AllowLists,
  guards: Guards,
): readonly string[] {
  const isHere = (entry: { readonly address: HostAddress }) =>
    identityOf(entry.address.local) === identityOf(address.local);
  const entries = plan.portEntries.filter(isHere);
  const anyPort = plan.anyPortEntries.find(isHere);
  const toHost =
    address.outside === undefined
      ? []
      : [`-d ${address.outside.toString()} -j DNAT --to-destination ${address.local.toString()}`];
  if (anyPort !== undefined) {
    return [
      ...iptMatches("-s", plan.sshFrom).map((match) => `-p tcp --dport 22 ${match}-j ${ownChain(nat, chain, toHost)}`),
      ...refuse(lists, anyPort.allowFrom),
      `-j DNAT --to-destination ${anyPort.backend.toString()}`,
    ];
  }
  const byProtocol = PROTOCOLS.flatMap((protocol) => {
    const ofProtocol = entries.filter((entry) => entry.protocol === protocol);
    return ofProtocol.length === 0 ? [] : [{ protocol, ofProtocol }];
  });
  return [
    ...byProtocol.map(({ protocol, ofProtocol }) => {
      const sub = `${chain}-${protocol === "tcp" ? "T" : "U"}`;
      const rules = ofProtocol.flatMap((entry) => portRules(entry));
      nat.chain(sub, addPortRules(nat, sub, `-p ${protocol}`, rules));
      return `-p ${protocol} -j ${sub}`;
    }),
    ...toHost,
  ];

  function portRules({ protocol, ports, backend, allowFrom }: PortEntry): readonly PortRule[] {
    const { publicPorts, privatePorts } = ports;
    const to = (from: number, last: number, target: string): PortRule => {
      const list = lists.numberOf(allowFrom);
      const action = `-j DNAT --to-destination ${target}`;
      return { from, to: last, action: list === undefined ? action : guards.jumpTo(list, `-p ${protocol} ${action}`) };
    };
    if (publicPorts.equals(privatePorts)) {
      return [to(publicPorts.from, publicPorts.to, backend.toString())];
    }
    // One rule a port: the form for a shifted range may pick another port of it.
    const rules: PortRule[] = [];
    for (let port = publicPorts.from; port <= publicPorts.to; port++) {
      rules.push(to(port, port, `${backend.toString()}:${ports.toPrivate(port)}`));
    }
    return rules;
  }
}

/** Chains that first ask who may use an entry; entries with the same list and target share one. */
class Guards {
  private readonly names = new Map<string, string>();

  constructor(private readonly nat: IptTable) {}

  /** What sends a packet there. */
  jumpTo(list: number, action: string): string {
    const key = `${list} ${action}`;
    let name = this.names.get(key);
    if (name === undefined) {
      name = iptName("GUARD", this.names.size + 1);
      this.names.set(key, name);
      this.nat.chain(name, [`-j ${iptName("ALLOW", list)}`, action]);
    }
    return `-g ${name}`;
  }
}

function refuse(lists: AllowLists, allowFrom: readonly Block[]): readonly string[] {
  const list = lists.numberOf(allowFrom);
  return list === undefined ? [] : [`-j ${iptName("ALLOW", list)}`];
}

/** Where SSH to the host itself goes. */
function ownChain(nat: IptTable, chain: string, toHost: readonly string[]): string {
  if (toHost.length === 0) {
    return "ACCEPT";
  }
  const name = `${chain}-SSH`;
  nat.chain(name, [...toHost, "-j ACCEPT"]);
  return name;
}
