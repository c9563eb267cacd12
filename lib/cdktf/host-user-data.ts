import type { IConstruct } from "constructs";
import type { Deferred } from "../core/deferred";
import { renderCloudConfig } from "../host/cloud-config";
import type { HostInterface, HostOptions } from "../host/host-options";
import { hostWarnings } from "../host/host-warnings";
import { renderHost } from "../host/render-host";
import { HostText } from "./host-text";
import type { NatLedger } from "./nat-ledger";
import type { References } from "./references";

export { parseHostOptions } from "../host/parse-host-options";

/** What the user data of a host is made of, beside its NAT table. */
export interface HostUserDataProps {
  /** Options of the host, checked. */
  readonly options: HostOptions;
  /** A further cloud-config of the user. */
  readonly extraUserData: string | undefined;
  /** How many bytes of user data the cloud takes, before base64. */
  readonly maxBytes: number;
}

/** The user data of a host, out of its NAT table and its options. */
export function hostUserData(
  nat: IConstruct,
  ledger: NatLedger,
  { options, extraUserData, maxBytes }: HostUserDataProps,
): HostText {
  return new HostText(nat, ledger, {
    render: (table, references) =>
      renderCloudConfig(
        renderHost(table, withMarks(options, references)),
        extraUserData === undefined ? undefined : references.markTokens(extraUserData),
      ),
    warnings: (table, references) => hostWarnings(table, withMarks(options, references)),
    maxBytes,
  });
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
