import type { ITerraformDependable } from "cdktf";
import type { Construct } from "constructs";
import { checkId, checkKnownFlag, checkProvider, checkText } from "../cdktf/check-types";
import { dependables } from "../cdktf/dependencies";
import { checkProps } from "../cdktf/fail";
import { checkHostIp } from "../cdktf/host-ip";
import { knownVpcCidrs } from "../cdktf/network";
import { parseHostProps } from "../cdktf/parse-host-props";
import type { ParsedHostProps } from "../cdktf/parse-host-props";
import { withTwoInterfaces } from "../cdktf/private-interface";
import type { PrivateInterface } from "../cdktf/private-interface";
import { isKnown, whenKnown } from "../cdktf/when-known";
import { parseChoice } from "../core/choice";
import { NatError } from "../core/nat-error";
import { parseWholeNumber } from "../core/whole-number";
import { HOST_NETWORK, NAT_IP } from "./host-network";
import { checkInstanceType, isBurstable } from "./instance-type";
import { namedTags } from "./named-tags";
import { checkSubnet, checkVpc, knownSubnetBlock } from "./network";
import type { ISubnet } from "./network";
import { parsePrivateInterface } from "./private-interface";
import type { HostRecovery, SelfHostedNatInstanceProps, SpotProps } from "./self-hosted-nat-instance-props";

const DEFAULT_INSTANCE_TYPE = "t4g.small";

/** Of the managed gateway. */
const IDLE_TIMEOUT_SECONDS = 350;

/** The props of a self-hosted NAT, checked. */
export interface ParsedSelfHostedProps extends ParsedHostProps {
  readonly instanceType: string;
  readonly recovery: HostRecovery;
  /** `undefined`: on demand. */
  readonly spot: SpotProps | undefined;
  /** The interface towards the clients, where there is one. */
  readonly second: PrivateInterface<ISubnet> | undefined;
  /** With the name among them. */
  readonly tags: Record<string, string>;
  readonly dependsOn: readonly ITerraformDependable[];
}

/**
 * Checks what a self-hosted NAT is told.
 *
 * @throws NatError for the first that is wrong
 */
export function parseSelfHostedProps(nat: Construct, props: SelfHostedNatInstanceProps): ParsedSelfHostedProps {
  checkProps(props);
  checkVpc(props.vpc);
  checkSubnet(props.subnet);
  knownVpcCidrs(props.vpc);
  knownSubnetBlock(props.subnet);
  const instanceType = props.instanceType ?? DEFAULT_INSTANCE_TYPE;
  checkMachine(props, instanceType);
  const recovery = parseRecovery(props);
  const spot = parseSpot(props.spot);
  checkHostIp(props.privateIp, props.subnet, NAT_IP);
  checkProvider(props.provider);
  const { options, onChange } = parseHostProps(props, { vpc: props.vpc, idleTimeoutSeconds: IDLE_TIMEOUT_SECONDS });
  const { privateInterface } = props;
  const second = privateInterface === undefined ? undefined : parsePrivateInterface(privateInterface, props);
  return {
    instanceType,
    options: second === undefined ? options : withTwoInterfaces(options, HOST_NETWORK, second, props.subnet),
    onChange,
    recovery,
    spot,
    second,
    tags: namedTags(nat, { name: props.name, tags: props.tags }),
    dependsOn: dependables(nat, props.dependsOn),
  };
}

function checkMachine(props: SelfHostedNatInstanceProps, instanceType: string): void {
  const { imageId, imageUpdates, creditSpecification } = props;
  whenKnown(instanceType, checkInstanceType);
  if (!isKnown(instanceType) && imageId === undefined) {
    const fix = "write it out, or name the imageId";
    throw new NatError("instanceType", "must be known at synth, where the image is chosen by it", instanceType, fix);
  }
  if (imageId !== undefined) checkId(imageId, "imageId", "an image");
  if (imageUpdates !== undefined) {
    parseChoice(imageUpdates, ["none", "track"], "imageUpdates");
    if (imageId !== undefined) {
      const rule = "belongs to the vendor's image, and excludes imageId";
      throw new NatError("imageUpdates", rule, imageUpdates, "take one of the two out");
    }
  }
  checkText(props.keyName, "keyName");
  checkText(props.kmsKeyId, "kmsKeyId");
  checkKnownFlag(props.sessionManager, "sessionManager");
  if (props.diskSizeGib !== undefined) {
    const range = { min: 8, max: 16_384, unit: "GiB" };
    whenKnown(props.diskSizeGib, (size) => parseWholeNumber(size, range, "diskSizeGib"));
  }
  if (creditSpecification === undefined) return;
  whenKnown(creditSpecification, (credits) => parseChoice(credits, ["standard", "unlimited"], "creditSpecification"));
  if (!isKnown(instanceType) || isBurstable(instanceType)) return;
  const rule = `belongs to a burstable type, which "${instanceType}" is not`;
  throw new NatError("creditSpecification", rule, creditSpecification, 'take it out, or use a type like "t4g.small"');
}

function parseRecovery({ recovery, privateInterface, subnet }: SelfHostedNatInstanceProps): HostRecovery {
  const parsed = parseChoice(recovery ?? "auto-recover", ["none", "auto-recover", "auto-scaling"], "recovery");
  if (parsed !== "auto-scaling") return parsed;
  if (privateInterface !== undefined) {
    const rule = 'must not be "auto-scaling" with a privateInterface: a group\'s template takes one existing interface';
    throw new NatError("recovery", rule, recovery, 'use "auto-recover", or take privateInterface out');
  }
  const zone: unknown = subnet.availabilityZone;
  if (typeof zone === "string" && zone !== "") return parsed;
  const fix = 'add it: { id, cidrBlock, availabilityZone: "eu-central-1a" }';
  throw new NatError("subnet.availabilityZone", 'must be given with recovery "auto-scaling"', zone, fix);
}

function parseSpot(spot: SelfHostedNatInstanceProps["spot"]): SpotProps | undefined {
  if (spot === undefined || spot === false) return undefined;
  if (spot === true) return {};
  const given: unknown = spot;
  if (typeof given !== "object" || given === null || Array.isArray(given) || !isKnown(given)) {
    throw new NatError("spot", "must be true, false or { maxPrice }, known at synth", given, "use one of them");
  }
  const { maxPrice } = spot;
  checkText(maxPrice, "spot.maxPrice");
  if (maxPrice !== undefined) whenKnown(maxPrice, checkPrice);
  return spot;
}

function checkPrice(price: string): void {
  if (/^\d+(?:\.\d+)?$/.test(price)) return;
  throw new NatError("spot.maxPrice", "must be a price an hour in US dollars", price, 'use a form like "0.0075"');
}
