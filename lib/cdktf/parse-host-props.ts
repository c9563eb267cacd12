import { parseChoice } from "../core/choice";
import type { Deferred } from "../core/deferred";
import { NatError } from "../core/nat-error";
import type { HostOptions } from "../host/host-options";
import { checkFlag, checkIds, checkTags } from "./check-types";
import { hostCode } from "./host-code";
import type { HostProps } from "./host-props";
import { vpcCidrs } from "./network";
import type { VpcNetwork } from "./network";
import { deferrable } from "./when-known";

/** What the props of a host do not say themselves. */
export interface HostSurroundings {
  /** The VPC that goes out through the host; its blocks are never translated. */
  readonly vpc: VpcNetwork;
  /** How long an idle TCP flow is kept where the user does not say it, in seconds. */
  readonly idleTimeoutSeconds: number;
}

/** The props of a host, checked. */
export interface ParsedHostProps {
  readonly options: HostOptions;
  readonly onChange: "replace" | "ignore";
}

/**
 * Checks what a host is told in every cloud, but for its `provider` and `dependsOn`, which the cloud's construct checks
 * as those of its others.
 *
 * @throws NatError for the first that is wrong
 */
export function parseHostProps(props: HostProps, surroundings: HostSurroundings): ParsedHostProps {
  checkIds(props.securityGroupIds, "securityGroupIds", "a security group");
  checkFlag(props.icmpReply, "icmpReply");
  checkExtraUserData(props.extraUserData);
  checkTags(props.tags);
  const options = hostOptions(props, surroundings);
  hostCode().parseHostOptions(options);
  return { options, onChange: parseChoice(props.onChange ?? "replace", ["replace", "ignore"], "onChange") };
}

/** The options of the host itself; the rest of the props is the cloud's. */
function hostOptions(props: HostProps, surroundings: HostSurroundings): HostOptions {
  const { firewall, onStateLoss, portAllocation, maxConnections, icmpReply } = props;
  const { clientCidrs, untranslatedCidrs = [], sshFrom = [] } = props;
  return {
    firewall,
    onStateLoss,
    portAllocation,
    idleTimeoutSeconds: props.idleTimeoutSeconds ?? surroundings.idleTimeoutSeconds,
    maxConnections,
    icmpReply,
    ...(clientCidrs === undefined ? {} : { clientCidrs: deferrableCidrs(clientCidrs) }),
    untranslatedCidrs: deferrableCidrs(untranslatedCidrs, vpcCidrs(surroundings.vpc)),
    sshFrom: deferrableCidrs(sshFrom),
  };
}

/** Blocks that a user gives, each as it is known, and others after them. What is no list is refused by who parses it. */
function deferrableCidrs(
  cidrs: readonly string[],
  others: readonly (string | Deferred)[] = [],
): readonly (string | Deferred)[] {
  const given: unknown = cidrs;
  return Array.isArray(given) ? [...cidrs.map((cidr) => deferrable(cidr, (text) => text)), ...others] : cidrs;
}

function checkExtraUserData(extra: string | undefined): void {
  const given: unknown = extra;
  if (given === undefined || (typeof given === "string" && /^#cloud-config\s*\n/.test(given))) return;
  throw new NatError(
    "extraUserData",
    "must be a cloud-config, known at synth",
    extra,
    'begin it with "#cloud-config" on a line of its own; values in it may be references',
  );
}
