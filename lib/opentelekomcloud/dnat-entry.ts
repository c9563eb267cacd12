import { Construct } from "constructs";
import { checkId, checkKnownFlag } from "../cdktf/check-types";
import type { AnyPortProps, CloudDnatEntryProps, PortProps } from "../cdktf/entry-props";
import { parseDnatEntry } from "../cdktf/parse-entry";
import { isKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import type { IEip, INat } from "./nat";
import { ENTRIES } from "./nat-backend";

/** A backend that is named by its private IP. */
export interface PrivateIpBackend {
  /**
   * Private IP of the backend: text, or the attribute of a machine. It is no virtual IP, and the backend has no EIP of
   * its own.
   */
  readonly privateIp: string;
  /**
   * Whether the backend is outside the VPC, beyond a Direct Connect line.
   * @default false: the private IP lies in the VPC
   */
  readonly directConnect?: boolean;
  /** Excluded by `privateIp`. */
  readonly portId?: never;
}

/** A backend that is named by its network port; on a gateway only. */
export interface PortIdBackend {
  /** ID of the backend's network port: the `id` of a `NetworkingPortV2`, or the `port` of a machine's network. */
  readonly portId: string;
  /** Excluded by `portId`. */
  readonly privateIp?: never;
  /** Belongs to `privateIp`. */
  readonly directConnect?: never;
}

/** What every DNAT entry has, beside its backend. A gateway's rules cannot be changed in place: any change replaces them. */
export type CommonDnatEntryProps = CloudDnatEntryProps<INat, IEip>;

/**
 * Any Port: everything that reaches the EIP, every protocol and port, goes to one private IP, and that machine goes
 * out by this EIP. No other entry can use the EIP, nor lead to the backend.
 */
export interface AnyPortDnatEntryProps extends CommonDnatEntryProps, AnyPortProps {}

/**
 * One port, or a range of ports, goes to a private IP. A gateway has one rule a port, so that a range has 50 ports at
 * most there, each of them one of the gateway's 200; a port of a backend can be reached by one entry only.
 */
export interface PortDnatEntryProps extends CommonDnatEntryProps, PortProps {}

/** A port mapping, or Any Port; to a backend that is named by its private IP, or by its network port. */
export type DnatEntryProps = (AnyPortDnatEntryProps | PortDnatEntryProps) & (PrivateIpBackend | PortIdBackend);

/**
 * Lets clients on the Internet in to a private machine through an EIP of a NAT.
 *
 * On a gateway it makes one `opentelekomcloud_nat_dnat_rule_v2` a port, by the public port, so that a port that is added
 * to a range or taken out of it changes no other; and rules of the backend's security group where
 * `backendSecurityGroupId` is given. None of them costs anything of its own. On a self-hosted NAT it makes rules of its
 * security group for the public ports too, and a new machine (see `onChange`).
 */
export class DnatEntry extends Construct {
  constructor(scope: Construct, id: string, props: DnatEntryProps) {
    super(scope, id);
    const { backend, request } = parseDnatEntry(this, props, ENTRIES, () => privateIpOf(props));
    const { portId } = props;
    if (portId !== undefined && !backend.takesPortIds) {
      throw new NatError(
        "portId",
        "names a backend on a gateway only: the rules of a self-hosted NAT are by address",
        portId,
        "name the backend by its privateIp",
      ).at(this.node.path);
    }
    const rule = props.directConnect === true ? { ...request.rule, isRemote: true } : request.rule;
    backend.addDnatEntry({ ...request, rule, portId });
  }
}

/** The backend's private IP, or what stands for it where the entry names a port. */
function privateIpOf(props: DnatEntryProps): string | undefined {
  // For users of JavaScript: the types exclude one by the other.
  const { privateIp, portId, directConnect }: Readonly<Partial<Record<string, unknown>>> = { ...props };
  if (portId === undefined) {
    checkKnownFlag(directConnect, "directConnect");
    return privateIp as string | undefined;
  }
  for (const [prop, given] of Object.entries({ privateIp, directConnect })) {
    if (given === undefined) continue;
    throw new NatError(prop, "is excluded by portId, which names the backend", given, "take one of the two out");
  }
  checkId(portId, "portId", "a port");
  // The address of the port is known only at deploy time; its id stands for it.
  return isKnown(portId) ? "${port " + JSON.stringify(portId) + "}" : (portId as string);
}
