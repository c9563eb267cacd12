import { isDeferred } from "../core/deferred";
import { Ipv4Cidr } from "../core/ipv4";
import { cidrsOf, mergeSpans } from "./address-span";
import { checkFirewalld } from "./check-firewalld";
import type { HostFile } from "./host-file";
import { type Block, destinationsOf, type HostPlan, knownBlocks, type PortEntry } from "./host-plan";
import { FIREWALLD_FOLDER, NAME } from "./host-paths";

const UNTRANSLATED = `${NAME}-untranslated`;
const HEADER = '<?xml version="1.0" encoding="utf-8"?>';

/**
 * The rules of a host as policies of firewalld: one for what passes through, one for what is for the host itself. They
 * hold for every zone, so that no interface has to be bound to one.
 *
 * @throws NatError that lists everything that firewalld cannot express
 */
export function renderFirewalld(plan: HostPlan): readonly HostFile[] {
  checkFirewalld(plan);
  const { untranslatedCidrs } = plan;
  return [
    file(`policies/${NAME}.xml`, policy("ANY", throughRules(plan))),
    file(`policies/${NAME}-host.xml`, policy("HOST", hostRules(plan))),
    ...(untranslatedCidrs.length === 0 ? [] : [file(`ipsets/${UNTRANSLATED}.xml`, ipset(untranslatedCidrs))]),
  ];
}

function file(path: string, content: string): HostFile {
  return { path: `${FIREWALLD_FOLDER}/${path}`, content, permissions: "0644" };
}

function policy(egress: "ANY" | "HOST", rules: readonly string[]): string {
  return [
    HEADER,
    '<policy target="DROP" priority="-100">',
    '  <ingress-zone name="ANY"/>',
    `  <egress-zone name="${egress}"/>`,
    ...rules.map((rule) => `  <rule family="ipv4">${rule}</rule>`),
    "</policy>",
    "",
  ].join("\n");
}

function ipset(blocks: readonly Block[]): string {
  return [
    HEADER,
    '<ipset type="hash:net">',
    '  <option name="family" value="inet"/>',
    ...texts(blocks).map((entry) => `  <entry>${entry}</entry>`),
    "</ipset>",
    "",
  ].join("\n");
}

function throughRules(plan: HostPlan): readonly string[] {
  const { portEntries, untranslatedCidrs } = plan;
  const hasUntranslated = untranslatedCidrs.length > 0;
  const toInternet = hasUntranslated ? `<destination ipset="${UNTRANSLATED}" invert="True"/>` : "";
  const backends = new Set(portEntries.map(({ backend }) => backend.toString()));
  return [
    ...texts(egressOf(plan)).map((source) => `${sourceOf(source)}<accept/>`),
    ...(hasUntranslated
      ? texts(plan.clients).map((source) => `${sourceOf(source)}<destination ipset="${UNTRANSLATED}"/><accept/>`)
      : []),
    ...texts(plan.translated).map((source) => `${sourceOf(source)}${toInternet}<masquerade/>`),
    // What comes from inside has to come back through the host.
    ...[...backends].flatMap((backend) =>
      texts(plan.inside).map((source) => `${sourceOf(source)}<destination address="${backend}"/><masquerade/>`),
    ),
    ...portEntries.flatMap(forwardPorts),
  ];
}

/** Clients whose packets are translated: the blocks that lie in both lists. */
function egressOf({ clients, translated }: HostPlan): readonly Block[] {
  const deferred = clients.filter(isDeferred);
  const known = knownBlocks(clients).flatMap((client) =>
    knownBlocks(translated).flatMap((source) =>
      source.covers(client) ? [client] : client.covers(source) ? [source] : [],
    ),
  );
  return [...known, ...deferred];
}

function forwardPorts({ address, protocol, ports, backend, allowFrom }: PortEntry): readonly string[] {
  const { publicPorts, privatePorts } = ports;
  const isKept = publicPorts.equals(privatePorts);
  // Ports that are shifted stand alone: firewalld would send the whole range to any of them.
  const pairs = isKept
    ? [{ from: publicPorts.toString(), to: "" }]
    : Array.from({ length: publicPorts.size }, (_, n) => ({
        from: String(publicPorts.from + n),
        to: ` to-port="${privatePorts.from + n}"`,
      }));
  const sources = allowFrom.length === 0 ? [""] : texts(allowFrom).map(sourceOf);
  return destinationsOf(address).flatMap((destination) =>
    sources.flatMap((source) =>
      pairs.map(
        ({ from, to }) =>
          `${source}<destination address="${destination.toString()}"/>` +
          `<forward-port port="${from}" protocol="${protocol}"${to} to-addr="${backend.toString()}"/>`,
      ),
    ),
  );
}

function hostRules({ icmpReply, sshFrom }: HostPlan): readonly string[] {
  return [
    ...(icmpReply ? ['<icmp-type name="echo-request"/><accept/>'] : []),
    ...texts(sshFrom).map((source) => `${sourceOf(source)}<port port="22" protocol="tcp"/><accept/>`),
  ];
}

/** `""` for everybody. */
function sourceOf(block: string): string {
  return block === EVERYBODY ? "" : `<source address="${block}"/>`;
}

const EVERYBODY = Ipv4Cidr.parse("0.0.0.0/0").toString();

/** Blocks as text, those that are known apart from each other. */
function texts(blocks: readonly Block[]): readonly string[] {
  return [...mergeSpans(knownBlocks(blocks)).flatMap(cidrsOf), ...blocks.filter(isDeferred)].map(String);
}
