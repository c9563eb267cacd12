import type { TerraformProvider } from "cdktf";
import type { Dependency } from "./dependencies";

/** What every entry of a NAT has, in every cloud. */
export interface CloudEntryProps<Nat> {
  /** The NAT, in the same stack. A change replaces the entry. */
  readonly nat: Nat;
  /**
   * Name of the entry in the cloud, by the cloud's rule for names. No effect where the entry makes nothing that has a
   * name, for example on a self-hosted NAT.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Provider that makes what the entry itself makes. A self-hosted NAT lets clients in to its own security group with its
   * own provider. Where several entries want one rule in a backend's security group, the first one's provider makes it.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before, beside the bindings of its EIPs, for which it always waits.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/** Which private machines go out, and by which EIPs, in every cloud. */
export interface CloudSnatEntryProps<Nat, Source, Eip> extends CloudEntryProps<Nat> {
  /** The machines that go out. */
  readonly source: Source;
  /** The EIPs that they leave from, at least one; connections are spread over several by a hash. */
  readonly eips: readonly Eip[];
  /**
   * Whether one machine always leaves by one and the same EIP. It then has the ports of that EIP only.
   * @default false
   */
  readonly eipAffinity?: boolean;
}

/** What every DNAT entry has, in every cloud, beside its backend. */
export interface CloudDnatEntryProps<Nat, Eip> extends CloudEntryProps<Nat> {
  /** The EIP that clients on the Internet reach. It may serve SNAT entries too, except under Any Port. */
  readonly eip: Eip;
  /**
   * Which clients on the Internet are let in, as blocks (`203.0.113.0/24`). A managed gateway itself lets everybody in:
   * there it needs `backendSecurityGroupId`, whose rules do it. A self-hosted NAT does it by itself.
   * @default - everybody
   */
  readonly allowFrom?: readonly string[];
  /**
   * Security group of the backend, which gets an ingress rule for the private port. Clients keep their public address
   * up to the backend, so without a rule for it nothing gets in. Equal rules of several entries are made once.
   * @default - none: the group's rules are your own matter
   */
  readonly backendSecurityGroupId?: string;
}

/** What a DNAT entry under Any Port maps: every protocol and port. */
export interface AnyPortProps {
  /** Every protocol and port. */
  readonly protocol: "any";
  /** Any Port has no ports. */
  readonly publicPort?: never;
  /** Any Port has no ports. */
  readonly privatePort?: never;
}

/** What a DNAT entry of one port, or of a range of ports, maps. */
export interface PortProps {
  /** The protocol of the port. */
  readonly protocol: "tcp" | "udp";
  /** `443`, `"443"`, or a range `"7000-7010"` (also written `"7000/7010"`), 1 to 65535. */
  readonly publicPort: number | string;
  /**
   * As `publicPort`; a range of the same size, port by port.
   * @default - the public port
   */
  readonly privatePort?: number | string;
}
