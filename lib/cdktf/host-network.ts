import type { Network } from "./network";

/** What hosts have to know of the subnets of a cloud. */
export interface HostNetwork<S extends Network = Network> {
  /** The cloud's word for a subnet, for example `"vSwitch"`. */
  readonly subnet: string;
  /** The prop that holds one, for example `"vswitch"`. */
  readonly subnetProp: string;
  /** The addresses of each subnet that the cloud keeps for itself. */
  readonly kept: KeptAddresses;
  /**
   * Which address of a subnet is its gateway: 1 is the one after the first, -1 the last, as Terraform's `cidrhost`
   * counts.
   */
  readonly gatewayNumber: number;
  /**
   * The gateway that a subnet names itself, in clouds where it can be any of its addresses; `undefined` where the
   * subnet does not say it.
   */
  readonly gatewayOf?: (subnet: S) => string | undefined;
  /** What the images of the cloud call the second interface of a machine, and the first. */
  readonly interfaceNames: { readonly name: string; readonly publicName: string };
  /** The zone of a subnet, in clouds where a subnet lies in one. */
  readonly zones?: SubnetZones<S>;
}

/** How many addresses of each subnet a cloud keeps for itself: at its begin, with the first, and at its end. */
export interface KeptAddresses {
  readonly first: number;
  readonly last: number;
}

/** The zones that subnets lie in. */
export interface SubnetZones<S extends Network = Network> {
  /** The cloud's word for a zone. */
  readonly word: string;
  /** The zone of a subnet, where it is known at synth. */
  readonly of: (subnet: S) => string | undefined;
}
