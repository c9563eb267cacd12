import { NetworkInterface } from "@cdktf/provider-aws/lib/network-interface";
import type { NetworkInterfaceConfig } from "@cdktf/provider-aws/lib/network-interface";
import { Lazy } from "cdktf";
import { Construct } from "constructs";
import { replacementTrigger } from "../cdktf/replacement-trigger";
import { isKnown, whenKnown } from "../cdktf/when-known";
import { NatError } from "../core/nat-error";
import type { InterfaceAddress } from "./eip";
import { addressesPerInterface } from "./instance-type";

/** What the interface of a host is made of. */
export interface HostInterfaceProps extends Omit<NetworkInterfaceConfig, "privateIp"> {
  /** Its primary address, where the user names it. */
  readonly privateIp: string | undefined;
  /** The type of the machine, which says how many addresses the interface holds. */
  readonly instanceType: string;
}

/**
 * The network interface of a host with its addresses, which outlives the machine.
 *
 * The addresses are written as a list with the primary one first: as a set, the order of a hash would choose the
 * primary one when the interface is made, and would replace the interface when that address goes. A change of the list
 * has a price: the provider takes every further address off and puts the new ones on, and with an address goes the
 * binding of its EIP. So whatever binds an EIP to a further address is replaced with the list, in the same apply; the
 * primary address and its EIP are not touched.
 */
export class HostInterface extends Construct {
  readonly networkInterfaceId: string;
  /** The addresses; EIPs add theirs. */
  readonly addresses: { readonly privateIp: string; readonly secondaryIps: string[] };

  private readonly maxAddresses: number | undefined;
  private trigger: string | undefined;

  constructor(
    scope: Construct,
    id: string,
    private readonly props: HostInterfaceProps,
  ) {
    super(scope, id);
    const { privateIp, instanceType, ...config } = props;
    const secondaryIps: string[] = [];
    const resource = new NetworkInterface(this, "Resource", {
      ...config,
      ...(privateIp === undefined
        ? {}
        : {
            privateIpListEnabled: true,
            privateIpList: Lazy.listValue({ produce: () => [privateIp, ...secondaryIps] }),
          }),
    });
    this.networkInterfaceId = resource.id;
    this.addresses = { privateIp: privateIp ?? resource.privateIp, secondaryIps };
    this.maxAddresses = whenKnown(instanceType, addressesPerInterface);
  }

  /** Refuses a further address that the interface cannot get. */
  checkRoomFor(given: string | undefined): void {
    const { privateIp, instanceType } = this.props;
    if (given === undefined || (isKnown(given) && given === privateIp)) return;
    if (privateIp === undefined) {
      throw new NatError(
        "privateIp",
        "needs the NAT's own privateIp to be given too: the interface keeps it as its primary address beside others",
        given,
        "give the NAT a privateIp; where its interface exists, the primary address that it has (aws ec2 " +
          "describe-network-interfaces), any other replaces the interface",
      );
    }
    const { maxAddresses } = this;
    if (maxAddresses === undefined || 1 + this.addresses.secondaryIps.length < maxAddresses) return;
    throw new NatError(
      "privateIp",
      `must not be one more than the ${maxAddresses} addresses that an interface holds on instance type "${instanceType}"`,
      given,
      "use a larger instanceType, or fewer EIPs",
    );
  }

  /** What an EIP is bound to, for an address of the interface. */
  binding(privateIp: string): InterfaceAddress {
    const { networkInterfaceId, addresses } = this;
    const address = { networkInterfaceId, privateIp };
    if (privateIp === addresses.privateIp) return address;
    this.trigger ??= replacementTrigger(this, "Addresses", {
      private_ips: Lazy.stringValue({ produce: () => [addresses.privateIp, ...addresses.secondaryIps].join(",") }),
    });
    return { ...address, replaceTriggeredBy: this.trigger };
  }
}
