import type { Construct } from "constructs";
import type { HostOptions } from "../host/host-options";
import { hostCode } from "./host-code";
import { NatLedger } from "./nat-ledger";
import { knownVpcCidrs } from "./network";
import type { VpcNetwork } from "./network";
import { replacementTrigger } from "./replacement-trigger";
import { packUserData } from "./user-data";
import type { UserData } from "./user-data";
import { warn } from "./warn-at-synth";

/** What the machine of a self-hosted NAT is configured by. */
export interface HostConfigurationProps {
  readonly vpc: VpcNetwork;
  /** The cloud's word for a subnet, for example `"vSwitch"`. */
  readonly subnet: string;
  /** Options of the host, checked. */
  readonly options: HostOptions;
  /** A further cloud-config of the user. */
  readonly extraUserData: string | undefined;
  /** How many bytes of user data the cloud takes, before base64. */
  readonly maxUserDataBytes: number;
  readonly onChange: "replace" | "ignore";
  /**
   * Values beside the user data whose change replaces the machine, by the names that they have in the trigger; those
   * that are undefined are left out. Without this object there is no trigger: a group that renews its machines by
   * itself hangs on `userData.sha256`.
   */
  readonly replacedBy?: Readonly<Record<string, string | undefined>>;
}

/** What the resource of the machine is made with. */
export interface HostConfiguration {
  /** The host's NAT table, to which its EIPs and entries are added. */
  readonly ledger: NatLedger;
  /**
   * For the machine's user data, which has to be in `ignoreChanges`: its bytes change with the release of Terraform.
   */
  readonly userData: UserData;
  /** For the machine's `replaceTriggeredBy`: undefined where no change replaces it. */
  readonly replaceTriggeredBy: string[] | undefined;
}

/**
 * Makes what tells the machine of a self-hosted NAT what to do: its NAT table, the user data out of it (`UserData`, a
 * local value), and what replaces the machine when that changes (`Configuration`, a `terraform_data`). It warns where
 * changes are ignored.
 */
export function configureHost(nat: Construct, props: HostConfigurationProps): HostConfiguration {
  const { vpc, subnet, options, extraUserData, maxUserDataBytes: maxBytes, onChange, replacedBy } = props;
  const ledger = new NatLedger(nat, {
    words: { subnet, network: "VPC" },
    networkCidrs: knownVpcCidrs(vpc),
    orderedSources: true,
    addressesRequired: true,
  });
  const text = hostCode().hostUserData(nat, ledger, { options, extraUserData, maxBytes });
  const userData = packUserData(nat, "UserData", () => text.template());
  if (onChange === "ignore") warnIgnored(nat);
  const isReplaced = onChange === "replace" && replacedBy !== undefined;
  return {
    ledger,
    userData,
    replaceTriggeredBy: isReplaced
      ? [replacementTrigger(nat, "Configuration", { user_data: userData.sha256, ...replacedBy })]
      : undefined,
  };
}

function warnIgnored(nat: Construct): void {
  warn(
    nat,
    'onChange: "ignore" leaves the machine as it is when entries, EIPs or options change; they have no effect until ' +
      "the machine is replaced by hand (terraform apply -replace)",
  );
}
