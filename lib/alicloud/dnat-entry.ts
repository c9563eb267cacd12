import type { TerraformProvider } from "cdktf";
import { Construct } from "constructs";
import { checkId, checkProvider } from "../cdktf/check-types";
import { dependables } from "../cdktf/dependencies";
import type { Dependency } from "../cdktf/dependencies";
import { entryEip } from "../cdktf/entry-eips";
import { checkProps, failAt } from "../cdktf/fail";
import { parseDnatRule } from "../cdktf/parse-dnat-rule";
import { checkSameStack } from "../cdktf/same-stack";
import { isEip } from "./eip";
import type { IEip, INat } from "./nat";
import { natBackends } from "./nat-backend";
import { resourceName } from "./resource-name";

/** What every DNAT entry has. */
export interface CommonDnatEntryProps {
  /** The NAT, in the same stack. A change replaces the entry. */
  readonly nat: INat;
  /** The EIP that clients on the Internet reach. It may serve SNAT entries too, except under Any Port. Changed in place. */
  readonly eip: IEip;
  /**
   * Private IP of the backend, in the VPC: text, or the attribute of an ECS instance or ENI. The backend must have no
   * EIP of its own. Changed in place.
   */
  readonly privateIp: string;
  /**
   * Which clients on the Internet are let in, as blocks (`203.0.113.0/24`). The gateway itself lets everybody in: on a
   * gateway it needs `backendSecurityGroupId`, whose rules do it. A self-hosted NAT does it by itself.
   * @default - everybody
   */
  readonly allowFrom?: readonly string[];
  /**
   * Security group of the backend, which gets an ingress rule for the private port. Clients keep their public address
   * up to the backend, so without a rule for it nothing gets in. Equal rules of several entries are made once.
   * @default - none: the group's rules are your own matter
   */
  readonly backendSecurityGroupId?: string;
  /**
   * 2 to 128 characters, the first a letter, then letters, digits, `_`, `-`. Changed in place. No effect on a
   * self-hosted NAT.
   * @default - the construct path
   */
  readonly name?: string;
  /**
   * Provider that makes it.
   * @default - the NAT's
   */
  readonly provider?: TerraformProvider;
  /**
   * What must exist before, beside the binding of its EIP, for which it always waits.
   * @default - nothing
   */
  readonly dependsOn?: readonly Dependency[];
}

/**
 * Any Port: everything that reaches the EIP, every protocol and port, goes to one private IP, and that machine goes
 * out by this EIP. No other entry can use the EIP.
 */
export interface AnyPortDnatEntryProps extends CommonDnatEntryProps {
  /** Every protocol and port. Changed in place. */
  readonly protocol: "any";
  /** Any Port has no ports. */
  readonly publicPort?: never;
  /** Any Port has no ports. */
  readonly privatePort?: never;
  /** Any Port has no port limits. */
  readonly removePortLimits?: never;
}

/** One port, or a range of ports, goes to a private IP. */
export interface PortDnatEntryProps extends CommonDnatEntryProps {
  /** Changed in place. */
  readonly protocol: "tcp" | "udp";
  /** `443`, `"443"`, or a range `"7000-7010"` (also written `"7000/7010"`), 1 to 65535. Changed in place. */
  readonly publicPort: number | string;
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
    const { backend, request } = failAt(this, () => {
      checkProps(props);
      const backend = natBackends.of(props.nat);
      checkSameStack(this, props.nat);
      const eip = entryEip(props.nat, props.eip, isEip, "eip");
      if (props.backendSecurityGroupId !== undefined) {
        checkId(props.backendSecurityGroupId, "backendSecurityGroupId", "a security group");
      }
      checkProvider(props.provider);
      return {
        backend,
        request: {
          entry: this,
          rule: parseDnatRule(this.node.path, eip.address, props),
          eip,
          privateIp: props.privateIp,
          allowFrom: props.allowFrom ?? [],
          backendSecurityGroupId: props.backendSecurityGroupId,
          name: resourceName(this, props.name),
          provider: props.provider,
          dependsOn: dependables(this, props.dependsOn),
        },
      };
    });
    backend.addDnatEntry(request);
  }
}
