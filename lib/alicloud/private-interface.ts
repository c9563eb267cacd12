import { Fn, Token } from "cdktf";
import type { IConstruct } from "constructs";
import { checkProps } from "../cdktf/fail";
import { cidrText, knownVpcCidrs } from "../cdktf/network";
import { referenceText } from "../cdktf/reference";
import { warn } from "../cdktf/warn-at-synth";
import { deferrable, whenKnown } from "../cdktf/when-known";
import { Deferred, identityOf, isDeferred } from "../core/deferred";
import type { Deferrable } from "../core/deferred";
import { Ipv4Address, Ipv4Cidr } from "../core/ipv4";
import { NatError } from "../core/nat-error";
import type { HostFirewall, HostInterface, HostOptions, HostRoute } from "../host/host-options";
import { checkHostIp } from "./host";
import { checkVswitch, knownVswitchCidr, knownZone } from "./network";
import type { IVpc, IVswitch } from "./network";

/** The interface of a self-hosted NAT towards its clients, beside the one towards the Internet. */
export interface PrivateInterfaceProps {
  /**
   * The vSwitch that the interface lies in: another one of the VPC, in the zone of the NAT's own vSwitch. Its gateway is
   * the way to the clients. A change replaces the interface: another private address, and routes bound anew.
   */
  readonly vswitch: IVswitch;
  /**
   * Primary private address of the interface, in its vSwitch's block. A change replaces the interface.
   * @default - chosen by the cloud; it stays for the life of the NAT
   */
  readonly privateIp?: string;
  /**
   * What the machine calls the interface: 1 to 15 letters, digits, `.`, `_` and `-`. A change replaces the machine.
   * @default "eth1", the second interface of Alibaba Cloud Linux 3
   */
  readonly name?: string;
  /**
   * What the machine calls the interface towards the Internet; what comes in there with the source of a client is forged
   * and dropped (not by firewalld). The form of `name`; a change replaces the machine.
   * @default "eth0", the primary interface of Alibaba Cloud Linux 3
   */
  readonly publicName?: string;
}

/** Where the machine's two interfaces lie, and what lies behind them. */
interface Surroundings {
  readonly vpc: IVpc;
  /** The NAT's own vSwitch, with the interface towards the Internet. */
  readonly vswitch: IVswitch;
  readonly instanceType: string;
}

/**
 * Sizes of shared families that take no second interface when they are created, only later, while they are stopped.
 * https://www.alibabacloud.com/help/en/ecs/user-guide/create-an-eni
 */
const ONE_INTERFACE_AT_FIRST = /^ecs\.(?:(?:s6|e|t6|t5)-[a-z0-9]+|xn4|n4|mn4|e4)\.(?:nano|small|large)$/;

/** What the kernel takes as a name, less what a shell or a rule could misread. */
const INTERFACE_NAME = /^[A-Za-z0-9][A-Za-z0-9._-]{0,14}$/;

/** Refuses what can be no interface of the NAT towards its clients. */
export function checkPrivateInterface(
  props: PrivateInterfaceProps,
  { vpc, vswitch, instanceType }: Surroundings,
): void {
  checkProps(props, "privateInterface");
  const own = props.vswitch;
  checkVswitch(own, "privateInterface.vswitch");
  const cidr = knownVswitchCidr(own, "privateInterface.vswitch");
  const blocks = knownVpcCidrs(vpc);
  if (cidr !== undefined && blocks.length > 0 && !blocks.some((block) => block.covers(cidr))) {
    throw new NatError(
      "privateInterface.vswitch",
      `must be a vSwitch of the NAT's VPC (${blocks.join(", ")})`,
      cidr,
      "pass another vSwitch of the VPC",
    );
  }
  checkZone(own, vswitch);
  checkHostIp(props.privateIp, own, { prop: "privateInterface.privateIp", whose: "its vSwitch" });
  const { name, publicName } = namesOf(props);
  checkName(name, "privateInterface.name");
  checkName(publicName, "privateInterface.publicName");
  if (name === publicName) {
    const rule = "must be another interface than privateInterface.name";
    throw new NatError("privateInterface.publicName", rule, publicName, "name the interface towards the Internet");
  }
  whenKnown(instanceType, checkTakesTwo);
}

/** Warns of a second interface that is legal but unwise. */
export function warnOfPrivateInterface(
  nat: IConstruct,
  { vswitch: own }: PrivateInterfaceProps,
  { vswitch, firewall }: { readonly vswitch: IVswitch; readonly firewall?: HostFirewall },
): void {
  if (referenceText(nat, own.id) === referenceText(nat, vswitch.id)) {
    warn(
      nat,
      "privateInterface.vswitch: is the NAT's own vSwitch, so the second interface parts nothing; name another vSwitch " +
        "of the zone, or leave privateInterface out",
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
 * How the machine sets its two interfaces up. All that is private lies behind the second one: the VPC's blocks, the
 * clients' and those that stay untranslated are reached through its vSwitch's gateway, so that replies to clients and
 * packets to backends leave by it; the interface's own default route goes.
 *
 * @param options those of the host, checked
 */
export function twoInterfaces(
  props: PrivateInterfaceProps,
  { vswitch }: Pick<Surroundings, "vswitch">,
  options: HostOptions,
): { readonly privateInterface: HostInterface; readonly publicInterface: HostInterface } {
  const { name, publicName } = namesOf(props);
  const via = gatewayOf(props.vswitch);
  return {
    privateInterface: {
      name,
      suppressDefaultRoute: true,
      routes: privateBlocks(options, [vswitch, props.vswitch]).map((destination): HostRoute => ({ destination, via })),
    },
    publicInterface: { name: publicName },
  };
}

/** The options with the address of the second interface: the user's, else the one that the cloud chose. */
export function withAddress(
  options: HostOptions,
  props: PrivateInterfaceProps | undefined,
  chosenIp: string | undefined,
): HostOptions {
  const { privateInterface } = options;
  const privateIp = props?.privateIp ?? chosenIp;
  if (privateInterface === undefined || props === undefined || privateIp === undefined) return options;
  return { ...options, privateInterface: { ...privateInterface, address: withPrefixLength(privateIp, props.vswitch) } };
}

/** An address of the interface with the prefix length of its vSwitch, as the machine takes it. */
function withPrefixLength(privateIp: string, vswitch: IVswitch): string | Deferred {
  const address = deferrable(privateIp, (text) => Ipv4Address.parse(text, "privateInterface.privateIp"));
  const block = blockOf(vswitch);
  const prefixLength = isDeferred(block) ? prefixLengthOf(block.text) : block.prefixLength;
  return deferrable(`${address}/${prefixLength}`, (text) => text);
}

/**
 * The gateway of a vSwitch, the last but two of its addresses.
 * https://www.alibabacloud.com/help/doc-detail/56955.htm
 */
function gatewayOf(vswitch: IVswitch): string | Deferred {
  const block = blockOf(vswitch);
  if (!isDeferred(block)) return Ipv4Address.fromNumber(block.last - 2).toString();
  const { text } = block;
  return Deferred.of(isToken(text) ? Fn.cidrhost(text, -3) : `\${cidrhost("${text}", -3)}`);
}

/** The prefix length of a block that only Terraform knows. */
function prefixLengthOf(text: string): string {
  return isToken(text) ? Token.asString(Fn.element(Fn.split("/", text), 1)) : `\${element(split("/", "${text}"), 1)}`;
}

/** Whether `Fn` takes it as a reference; a raw expression it would escape. */
function isToken(text: string): boolean {
  return Token.isUnresolved(text);
}

function blockOf(vswitch: IVswitch): Deferrable<Ipv4Cidr> {
  return deferrable(cidrText(vswitch), (text) => Ipv4Cidr.parse(text, "privateInterface.vswitch.cidrBlock"));
}

/** The blocks behind the private interface, each once, without those in another one or on a network of the machine. */
function privateBlocks(options: HostOptions, connected: readonly IVswitch[]): readonly (string | Deferred)[] {
  const { untranslatedCidrs = [], clientCidrs = [] } = options;
  const all = [
    ...untranslatedCidrs.map((cidr, index) => parseBlock(cidr, `untranslatedCidrs[${index}]`)),
    ...clientCidrs.map((cidr, index) => parseBlock(cidr, `clientCidrs[${index}]`)),
  ];
  const blocks = [...new Map(all.map((block) => [identityOf(block), block])).values()];
  const networks = connected.flatMap((vswitch) => knownVswitchCidr(vswitch) ?? []);
  const isReached = (block: Ipv4Cidr) =>
    networks.some((network) => network.covers(block)) ||
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

/** An interface and its machine lie in one zone. */
function checkZone(own: IVswitch, vswitch: IVswitch): void {
  const [zone, needed] = [knownZone(own), knownZone(vswitch)];
  if (zone === undefined || needed === undefined || zone === needed) return;
  throw new NatError(
    "privateInterface.vswitch",
    `must lie in the zone of the NAT's own vSwitch ("${needed}")`,
    zone,
    "pass a vSwitch of that zone; machines in other zones reach the interface all the same",
  );
}

function checkName(name: unknown, prop: string): void {
  if (typeof name === "string" && INTERFACE_NAME.test(name)) return;
  const rule = 'must be 1 to 15 letters, digits, ".", "_" and "-", first a letter or digit';
  throw new NatError(prop, rule, name, 'use the name that the system gives it, such as "eth1"');
}

function checkTakesTwo(instanceType: string): void {
  if (!ONE_INTERFACE_AT_FIRST.test(instanceType)) return;
  throw new NatError(
    "instanceType",
    "must take two network interfaces when it is created, for privateInterface",
    instanceType,
    'use a larger type or another family, such as "ecs.c7.large"',
  );
}

function namesOf({ name = "eth1", publicName = "eth0" }: PrivateInterfaceProps) {
  return { name, publicName };
}
