import { NatError } from "../core/nat-error";

const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.[a-z0-9-]+$/;

/** Families with Graviton have a `g` behind the generation (t4g, c7gn, x2gd, im4gn); the first was a1. */
const ARM_FAMILY = /^(?:a1|[a-z]+\d+g[a-z]*)[.-]/;

const BURSTABLE_FAMILY = /^t\d+[a-z]*\./;

/** Refuses what no instance type can be. */
export function checkInstanceType(instanceType: string): void {
  const given: unknown = instanceType;
  if (typeof given === "string" && INSTANCE_TYPE.test(given)) return;
  throw new NatError("instanceType", "must be an EC2 instance type", given, 'use a form like "t4g.small"');
}

/** The architecture of an instance type, as Ubuntu calls it. */
export function architectureOf(instanceType: string): "arm64" | "amd64" {
  return ARM_FAMILY.test(instanceType) ? "arm64" : "amd64";
}

/** Whether the type runs on CPU credits. */
export function isBurstable(instanceType: string): boolean {
  return BURSTABLE_FAMILY.test(instanceType);
}

/** Families whose sizes are in a table of addresses, and that table. */
const ADDRESSES: readonly (readonly [family: RegExp, bySize: Readonly<Record<string, number>>])[] = [
  [/^t(?:3|3a|4g)$/, { nano: 2, micro: 2, small: 4, medium: 6, large: 12, xlarge: 15, "2xlarge": 15 }],
  [/^[cmr][567][a-z]*$/, { medium: 4, large: 10, xlarge: 15, "2xlarge": 15, "4xlarge": 30, "8xlarge": 30 }],
];

/**
 * How many IPv4 addresses one interface holds on an instance type, the primary one included; `undefined` where the
 * library does not know it.
 * https://docs.aws.amazon.com/AWSEC2/latest/UserGuide/AvailableIpPerENI.html
 */
export function addressesPerInterface(instanceType: string): number | undefined {
  return bySize(ADDRESSES, instanceType);
}

const BASELINES: typeof ADDRESSES = [
  [/^t(?:3|3a|4g)$/, { nano: 32, micro: 64, small: 128, medium: 256, large: 512, xlarge: 1024, "2xlarge": 2048 }],
];

/**
 * The bandwidth that an instance type keeps up, in Mbit/s; `undefined` where the library does not know it.
 * https://docs.aws.amazon.com/ec2/latest/instancetypes/gp.html
 */
export function baselineMbps(instanceType: string): number | undefined {
  return bySize(BASELINES, instanceType);
}

function bySize(table: typeof ADDRESSES, instanceType: string): number | undefined {
  const [family = "", size = ""] = instanceType.split(".");
  const sizes = table.find(([families]) => families.test(family))?.[1];
  return sizes !== undefined && Object.hasOwn(sizes, size) ? sizes[size] : undefined;
}
