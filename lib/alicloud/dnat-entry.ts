import { Construct } from "constructs";
import type { AnyPortProps, CloudDnatEntryProps, PortProps } from "../cdktf/entry-props";
import { parseDnatEntry } from "../cdktf/parse-entry";
import type { IEip, INat } from "./nat";
import { ENTRIES } from "./nat-backend";

/** What every DNAT entry has. A change of `nat` replaces the entry, all else is changed in place. */
export interface CommonDnatEntryProps extends CloudDnatEntryProps<INat, IEip> {
  /**
   * Private IP of the backend, in the VPC: text, or the attribute of an ECS instance or ENI. The backend must have no
   * EIP of its own. Changed in place.
   */
  readonly privateIp: string;
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. Changed in place. No effect on a
   * self-hosted NAT.
   * @default - the construct path
   */
  readonly name?: string;
}

/**
 * Any Port: everything that reaches the EIP, every protocol and port, goes to one private IP, and that machine goes
 * out by this EIP. No other entry can use the EIP.
 */
export interface AnyPortDnatEntryProps extends CommonDnatEntryProps, AnyPortProps {
  /** Any Port has no port limits. */
  readonly removePortLimits?: never;
}

/** One port, or a range of ports, goes to a private IP. */
export interface PortDnatEntryProps extends CommonDnatEntryProps, PortProps {
  /**
   * As `publicPort`; a range of the same size, port by port. On a gateway a private IP's port can be reached by one
   * entry only. Changed in place.
   * @default - the public port
   */
  readonly privatePort?: number | string;
  /**
   * The documents' Remove Port Limits: needed for a public port above 1024 on an EIP that serves SNAT entries too,
   * which otherwise use the ports from 1025 on. Setting it may interrupt some open SNAT connections of the EIP for a
   * moment; they work again once reconnected. A change of this prop alone is not applied by the provider: change it
   * together with another prop. No effect on a self-hosted NAT.
   * @default false
   */
  readonly removePortLimits?: boolean;
}

/** A port mapping, or Any Port. */
export type DnatEntryProps = AnyPortDnatEntryProps | PortDnatEntryProps;

/**
 * Lets clients on the Internet in to a private machine through an EIP of a NAT.
 *
 * On a gateway it makes one `alicloud_forward_entry`, and `alicloud_security_group_rule`s where
 * `backendSecurityGroupId` is given; neither costs anything of its own. On a self-hosted NAT it makes
 * `alicloud_security_group_rule`s for the public ports too, and a new machine (see `onChange`).
 */
export class DnatEntry extends Construct {
  constructor(scope: Construct, id: string, props: DnatEntryProps) {
    super(scope, id);
    const { backend, request } = parseDnatEntry(this, props, ENTRIES);
    backend.addDnatEntry(request);
  }
}
