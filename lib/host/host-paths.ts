import type { HostFirewall } from "./host-options";

/** Name of the unit, of its script and of the folder of its files. */
export const NAME = "cdktf-nat";
/** What brings everything up, replaces it and takes it down. */
export const SCRIPT = `/usr/local/sbin/${NAME}`;
/** Sizes connection tracking and sets what the kernel needs. */
export const KERNEL_SCRIPT = `/etc/${NAME}/kernel.sh`;

/** Where the rules stand that the script loads. */
export const RULES: Readonly<Record<Exclude<HostFirewall, "firewalld">, string>> = {
  nftables: `/etc/${NAME}/rules.nft`,
  iptables: `/etc/${NAME}/rules.v4`,
};
/** The rules of iptables for IPv6. */
export const RULES_IPV6 = `/etc/${NAME}/rules.v6`;
/** The policies and sets of firewalld; the script hands them to firewalld. */
export const FIREWALLD_FOLDER = `/etc/${NAME}/firewalld`;
