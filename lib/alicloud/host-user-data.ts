import type { IConstruct } from "constructs";
import { HostText } from "../cdktf/host-text";
import type { NatLedger } from "../cdktf/nat-ledger";
import type { References } from "../cdktf/references";
import { deferrable } from "../cdktf/when-known";
import type { Deferred } from "../core/deferred";
import { renderCloudConfig } from "../host/cloud-config";
import type { HostInterface, HostOptions } from "../host/host-options";
import { hostWarnings } from "../host/host-warnings";
import { renderHost } from "../host/render-host";

export { parseHostOptions } from "../host/parse-host-options";

/** https://www.alibabacloud.com/help/en/ecs/user-guide/customize-the-initialization-configuration-for-an-instance */
const MAX_USER_DATA_BYTES = 32 * 1024;

/** The user data of a host, out of its NAT table and its options. */
export function hostUserData(
  nat: IConstruct,
  ledger: NatLedger,
  options: HostOptions,
  extra: string | undefined,
): HostText {
  return new HostText(nat, ledger, {
    render: (table, references) =>
      renderCloudConfig(
        renderHost(table, withMarks(options, references)),
        extra === undefined ? undefined : references.markTokens(extra),
      ),
    warnings: (table, references) => hostWarnings(table, withMarks(options, references)),
    maxBytes: MAX_USER_DATA_BYTES,
  });
}

/** Blocks that a user gives, each as it is known, and others after them. What is no list is refused by who parses it. */
export function deferrableCidrs(
  cidrs: readonly string[],
  others: readonly (string | Deferred)[] = [],
): readonly (string | Deferred)[] {
  const given: unknown = cidrs;
  return Array.isArray(given) ? [...cidrs.map((cidr) => deferrable(cidr, (text) => text)), ...others] : cidrs;
}

function withMarks(options: HostOptions, references: References): HostOptions {
  const marked = (cidrs: readonly (string | Deferred)[] | undefined) => cidrs?.map((cidr) => references.mark(cidr));
  const { clientCidrs, untranslatedCidrs, sshFrom, privateInterface } = options;
  return {
    ...options,
    ...(privateInterface === undefined ? {} : { privateInterface: interfaceWithMarks(privateInterface, references) }),
    ...(clientCidrs === undefined ? {} : { clientCidrs: marked(clientCidrs) }),
    ...(untranslatedCidrs === undefined ? {} : { untranslatedCidrs: marked(untranslatedCidrs) }),
    ...(sshFrom === undefined ? {} : { sshFrom: marked(sshFrom) }),
  };
}

function interfaceWithMarks(given: HostInterface, references: References): HostInterface {
  const { address, routes = [] } = given;
  return {
    ...given,
    ...(address === undefined ? {} : { address: references.mark(address) }),
    routes: routes.map(({ destination, via }) => ({
      destination: references.mark(destination),
      ...(via === undefined ? {} : { via: references.mark(via) }),
    })),
  };
}
