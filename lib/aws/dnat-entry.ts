import { Construct } from "constructs";
import type { AnyPortProps, CloudDnatEntryProps, PortProps } from "../cdktf/entry-props";
import { parseDnatEntry } from "../cdktf/parse-entry";
import { ENTRIES } from "./entries";
import type { IEip, IHostNat } from "./nat";

/** What every DNAT entry has. `nat` is a self-hosted one: a managed gateway of AWS lets nothing in. */
export interface CommonDnatEntryProps extends CloudDnatEntryProps<IHostNat, IEip> {
  /** Private IP of the backend, in the VPC: text, or the attribute of an instance or a network interface. */
  readonly privateIp: string;
}

/**
 * Any Port: everything that reaches the EIP, every protocol and port, goes to one private IP, and that machine goes
 * out by this EIP. No other entry can use the EIP.
 */
export interface AnyPortDnatEntryProps extends CommonDnatEntryProps, AnyPortProps {}

/** One port, or a range of ports, goes to a private IP. */
export interface PortDnatEntryProps extends CommonDnatEntryProps, PortProps {}

/** A port mapping, or Any Port. */
export type DnatEntryProps = AnyPortDnatEntryProps | PortDnatEntryProps;

/**
 * Lets clients on the Internet in to a private machine through an EIP of a self-hosted NAT.
 *
 * Clients keep their public address up to the backend, whose replies must leave through the NAT: the route table of its
 * subnet leads there (`addRoute`).
 *
 * Makes `aws_vpc_security_group_ingress_rule`s for the public ports in the NAT's security group, and for the private
 * ports in the backend's where `backendSecurityGroupId` is given, equal ones once; and a new machine (see the NAT's
 * `onChange`). None of it costs anything of its own.
 */
export class DnatEntry extends Construct {
  constructor(scope: Construct, id: string, props: DnatEntryProps) {
    super(scope, id);
    const { backend, request } = parseDnatEntry(this, props, ENTRIES);
    backend.addDnatEntry(request);
  }
}
