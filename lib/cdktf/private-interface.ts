import { Fn, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { Deferred, identityOf, isDeferred } from "../core/deferred";
import type { Deferrable } from "../core/deferred";
import { Ipv4Address, Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { HostFirewall, HostInterface, HostOptions, HostRoute } from "../host/host-options";
import { INTERFACE_NAME } from "../host/interface-name";
import { checkHostIp } from "./host-ip";
import type { HostNetwork } from "./host-network";
import { knownSubnetCidr, knownVpcCidrs, subnetBlock } from "./network";
import type { Network, VpcNetwork } from "./network";
import { referenceText } from "./reference";
import { warn } from "./warn-at-synth";
import { deferrable } from "./when-known";

/** What a user says of the interface of a host towards its clients; the cloud has checked that its subnet is one. */
export interface GivenInterface<S extends Network> {
  readonly subnet: S;
  readonly privateIp?: string;
  readonly name?: string;
  readonly publicName?: string;
}

/** The interface of a host towards its clients, checked. */
export interface PrivateInterface<S extends Network> {
  readonly subnet: S;
  readonly privateIp: string | undefined;
  readonly name: string;
  /** What the machine calls the interface towards the Internet. */
  readonly publicName: string;
}

/** Where the machine's two interfaces lie. */
export interface InterfaceSurroundings<S extends Network> {
  readonly vpc: VpcNetwork;
  /** The NAT's own subnet, with the interface towards the Internet. */
  readonly subnet: S;
}

/**
 * Checks the interface of a host towards its clients.
 *
 * @throws NatError where it can be none
 */
export function parsePrivateInterface<S extends Network>(
  cloud: HostNetwork<S>,
  given: GivenInterface<S>,
  { vpc, subnet }: InterfaceSurroundings<S>,
): PrivateInterface<S> {
  const prop = subnetPropOf(cloud);
  const cidr = knownSubnetCidr(given.subnet, prop);
  const blocks = knownVpcCidrs(vpc);
  if (cidr !== undefined && blocks.length > 0 && !blocks.some((block) => block.covers(cidr))) {
    const rule = `must be a ${cloud.subnet} of the NAT's VPC (${blocks.join(", ")})`;
    throw new NatError(prop, rule, cidr, `pass another ${cloud.subnet} of the VPC`);
  }
  checkZone(cloud, given.subnet, subnet);
  const { kept } = cloud;
  const place = { prop: "privateInterface.privateIp", subnetProp: prop, whose: `its ${cloud.subnet}`, kept };
  checkHostIp(given.privateIp, given.subnet, place);
  const { name = cloud.interfaceNames.name, publicName = cloud.interfaceNames.publicName } = given;
  checkName(cloud, name, "privateInterface.name");
  checkName(cloud, publicName, "privateInterface.publicName");
  if (name === publicName) {
    const rule = "must be another interface than privateInterface.name";
    throw new NatError("privateInterface.publicName", rule, publicName, "name the interface towards the Internet");
  }
  return { subnet: given.subnet, privateIp: given.privateIp, name, publicName };
}

/** Warns of a second interface that is legal but unwise. */
export function warnOfPrivateInterface<S extends Network>(
  nat: IConstruct,
  cloud: HostNetwork<S>,
  { subnet: own }: PrivateInterface<S>,
  { subnet, firewall }: { readonly subnet: S; readonly firewall: HostFirewall | undefined },
): void {
  if (referenceText(nat, own.id) === referenceText(nat, subnet.id)) {
    const another = `another ${cloud.subnet}${cloud.zones === undefined ? "" : ` of the ${cloud.zones.word}`}`;
    warn(
      nat,
      `${subnetPropOf(cloud)}: is the NAT's own ${cloud.subnet}, so the second interface parts nothing; ` +
        `name ${another}, or leave privateInterface out`,
    );
  }
  if (firewall === "firewalld") {
    warn(
      nat,
      "privateInterface: firewalld does not drop what comes by the other interface with the source of a client; use " +
        'firewall "nftables" or "iptables"',
    );
  }
}

/**
 * The options of a machine with two interfaces. All that is private lies behind the second one: the VPC's blocks, the
 * clients' and those that stay untranslated are reached through its subnet's gateway, so that replies to clients and
 * packets to backends leave by it; the interface's own default route goes.
 *
 * @param options those of the host, checked
 * @param subnet the NAT's own
 */
export function withTwoInterfaces<S extends Network>(
  options: HostOptions,
  cloud: HostNetwork<S>,
  second: PrivateInterface<S>,
  subnet: S,
): HostOptions {
  const prop = subnetPropOf(cloud);
  const via = gatewayIn(cloud, second.subnet, prop);
  const connected = [knownSubnetCidr(subnet, cloud.subnetProp), knownSubnetCidr(second.subnet, prop)];
  return {
    ...options,
    privateInterface: {
      name: second.name,
      suppressDefaultRoute: true,
      routes: privateBlocks(options, connected).map((destination): HostRoute => ({ destination, via })),
    },
    publicInterface: { name: second.publicName },
  };
}

/** The options with the address of the second interface, where there is one: the user's, else what the cloud chose. */
export function withAddress<S extends Network>(
  options: HostOptions,
  cloud: HostNetwork<S>,
  second: PrivateInterface<S> | undefined,
  chosenIp: string | undefined,
): HostOptions {
  const { privateInterface } = options;
  const privateIp = second?.privateIp ?? chosenIp;
  if (privateInterface === undefined || second === undefined || privateIp === undefined) return options;
  const ip = deferrable(privateIp, (text) => Ipv4Address.parse(text, "privateInterface.privateIp"));
  const block = subnetBlock(second.subnet, subnetPropOf(cloud));
  // As the machine takes it: the address with the prefix length of its subnet.
  const text = `${ip}/${isDeferred(block) ? prefixLengthOf(block.text) : block.prefixLength}`;
  const address: HostInterface["address"] = deferrable(text, (known) => known);
  return { ...options, privateInterface: { ...privateInterface, address } };
}

function subnetPropOf({ subnetProp }: { readonly subnetProp: string }): string {
  return `privateInterface.${subnetProp}`;
}

/** The gateway of a subnet: the one that it names, else the one that its block has. */
function gatewayIn<S extends Network>(cloud: HostNetwork<S>, subnet: S, prop: string): string | Deferred {
  const named = cloud.gatewayOf?.(subnet);
  if (named === undefined) return addressIn(subnetBlock(subnet, prop), cloud.gatewayNumber);
  return deferrable(named, (text) => Ipv4Address.parse(text, `${prop}.gatewayIp`).toString());
}

/** The address of a number in a block, from its end where the number is negative. */
function addressIn(block: Deferrable<Ipv4Cidr>, number: number): string | Deferred {
  if (!isDeferred(block)) {
    return Ipv4Address.fromNumber(number < 0 ? block.last + 1 + number : block.first + number).toString();
  }
  const { text } = block;
  return Deferred.of(isToken(text) ? Fn.cidrhost(text, number) : `\${cidrhost("${text}", ${number})}`);
}

/** The prefix length of a block that only Terraform knows. */
function prefixLengthOf(text: string): string {
  return isToken(text) ? Token.asString(Fn.element(Fn.split("/", text), 1)) : `\${element(split("/", "${text}"), 1)}`;
}

/** Whether `Fn` takes it as a reference; a raw expression it would escape. */
function isToken(text: string): boolean {
  return Token.isUnresolved(text);
}

/** The blocks behind the private interface, each once, without those in another one or on a network of the machine. */
function privateBlocks(
  options: HostOptions,
  connected: readonly (Ipv4Cidr | undefined)[],
): readonly (string | Deferred)[] {
  const { untranslatedCidrs = [], clientCidrs = [] } = options;
  const all = [
    ...untranslatedCidrs.map((cidr, index) => parseBlock(cidr, `untranslatedCidrs[${index}]`)),
    ...clientCidrs.map((cidr, index) => parseBlock(cidr, `clientCidrs[${index}]`)),
  ];
  const blocks = [...new Map(all.map((block) => [identityOf(block), block])).values()];
  const isReached = (block: Ipv4Cidr) =>
    connected.some((network) => network?.covers(block) === true) ||
    blocks.some((other) => !isDeferred(other) && other !== block && other.covers(block));
  return blocks
    .filter((block) => isDeferred(block) || !isReached(block))
    .map((block) => (isDeferred(block) ? block : block.toString()));
}

function parseBlock(cidr: string | Deferred, prop: string): Deferrable<Ipv4Cidr> {
  if (isDeferred(cidr)) return cidr;
  const block = Ipv4Cidr.parse(cidr, prop);
  if (block.prefixLength > 0) return block;
  const rule = "must not hold the whole Internet where there is a privateInterface, to which its blocks are routed";
  throw new NatError(prop, rule, cidr, "name the blocks behind that interface");
}

/** An interface and its machine lie in one zone, in clouds where subnets have zones. */
function checkZone<S extends Network>(cloud: HostNetwork<S>, own: S, subnet: S): void {
  if (cloud.zones === undefined) return;
  const { word, of } = cloud.zones;
  const [zone, needed] = [of(own), of(subnet)];
  if (zone === undefined || needed === undefined || zone === needed) return;
  throw new NatError(
    subnetPropOf(cloud),
    `must lie in the ${word} of the NAT's own ${cloud.subnet} ("${needed}")`,
    zone,
    `pass a ${cloud.subnet} of that ${word}; machines in other ${word}s reach the interface all the same`,
  );
}

function checkName<S extends Network>(cloud: HostNetwork<S>, name: unknown, prop: string): void {
  if (typeof name === "string" && INTERFACE_NAME.test(name)) return;
  const rule = 'must be 1 to 15 letters, digits, ".", "_" and "-", first a letter or digit';
  throw new NatError(prop, rule, name, `use the name that the system gives it, such as "${cloud.interfaceNames.name}"`);
}
