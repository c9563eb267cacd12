import { FIREWALLD_FOLDER, NAME, RULES, RULES_IPV6 } from "./host-paths";
import { iptName } from "./ipt-text";
import { IPT_JUMPS, IPT_JUMPS_IPV6, type IptJump } from "./iptables";
import { RULES_END } from "./rules-marks";

/** What the boot script does differently for each firewall. */
export interface BootBackend {
  /** Programs that it needs, each with the package that brings it. */
  readonly programs: readonly (readonly [program: string, name: string])[];
  /** Shell functions: check_files, is_loaded, load. */
  readonly functions: string;
  /** Shell function that takes the rules away, where there are any: another firewall may have been chosen since. */
  readonly clear: string;
}

/** Rules are one transaction of nft. */
export const NFTABLES: BootBackend = {
  programs: [["nft", "nftables"]],
  functions: `${checkFiles([RULES.nftables])}

is_loaded() {
  for chain in prerouting postrouting input forward; do
    case "$(nft list chain ip cdktf_nat "$chain" 2>/dev/null)" in
      *" hook $chain priority "*) ;;
      *) return 1 ;;
    esac
  done
}

load() {
  nft -f ${RULES.nftables}
}`,
  clear: `clear_nftables() {
  nft delete table ip cdktf_nat 2>/dev/null || true
  nft delete table ip6 cdktf_nat 2>/dev/null || true
}`,
};

/** Rules are one transaction a table; the jumps to our chains are added beside what others have. */
export const IPTABLES: BootBackend = {
  programs: [
    ["iptables-restore", "iptables"],
    ["ip6tables-restore", "iptables"],
  ],
  functions: `${checkFiles([RULES.iptables, RULES_IPV6])}

is_loaded() {
${[...IPT_JUMPS.map(commandOf("iptables -w", "-C")), ...IPT_JUMPS_IPV6.map(commandOf("ip6tables -w", "-C"))]
  .map((command) => `  ${command} 2>/dev/null || return 1`)
  .join("\n")}
}

# What is named in a file replaces the chain of that name; the jumps come last, so that no chain is entered half made.
load() {
  : >"$state/iptables"
  ip6tables-restore -w --noflush ${RULES_IPV6} && iptables-restore -w --noflush ${RULES.iptables} || return 1
${jumps("iptables -w", IPT_JUMPS)}
${jumps("ip6tables -w", IPT_JUMPS_IPV6)}
  sweep ${RULES.iptables}
}`,
  clear: `# sweep FILE: takes away the chains of ours that a file does not name, those of a table in one transaction.
sweep() {
  for table in filter mangle nat; do
    stale="$(iptables -w -t "$table" -S | while read -r kind chain _; do
      case "$kind $chain" in
        "-N ${iptName("")}"*) grep -q "^:$chain " "$1" || echo "$chain" ;;
      esac
    done)"
    if [ -n "$stale" ]; then
      {
        echo "*$table"
        for chain in $stale; do echo "-F $chain"; done
        for chain in $stale; do echo "-X $chain"; done
        echo COMMIT
      } | iptables-restore -w --noflush || say "cannot take away all of $stale"
    fi
  done
}

# Not asked where they were not loaded: asking alone makes tables.
clear_iptables() {
  if [ ! -e "$state/iptables" ]; then
    return 0
  fi
${[...IPT_JUMPS.map(commandOf("iptables -w", "-D")), ...IPT_JUMPS_IPV6.map(commandOf("ip6tables -w", "-D"))]
  .map((command) => `  while ${command} 2>/dev/null; do :; done`)
  .join("\n")}
  sweep /dev/null
${IPT_JUMPS_IPV6.flatMap(({ chain }) => ["-F", "-X"].map((action) => `  ip6tables -w ${action} ${iptName(chain)} 2>/dev/null || true`)).join("\n")}
  rm -f "$state/iptables"
}`,
};

/** Rules are files of firewalld, which may take seconds until they are in force. */
export const FIREWALLD: BootBackend = {
  programs: [
    ["firewall-cmd", "firewalld"],
    ["nft", "nftables"],
  ],
  functions: `check_files() {
  for file in policies/${NAME}.xml policies/${NAME}-host.xml; do
    if [ "$(tail -n 1 "${FIREWALLD_FOLDER}/$file" 2>/dev/null)" != "</policy>" ]; then
      fail "${FIREWALLD_FOLDER}/$file is missing or incomplete"
    fi
  done
}

# firewalld says that it runs before its rules are there: what counts is the kernel.
is_loaded() {
  case "$(nft list chain inet firewalld filter_FORWARD_POLICIES_pre 2>/dev/null)" in
    *"jump filter_FWD_policy_${NAME}"*) ;;
    *) return 1 ;;
  esac
  case "$(nft list chain inet firewalld filter_INPUT_POLICIES_pre 2>/dev/null)" in
    *"jump filter_IN_policy_${NAME}-host"*) ;;
    *) return 1 ;;
  esac
  case "$(nft list chain inet firewalld nat_POSTROUTING_POLICIES_pre 2>/dev/null)" in
    *"jump nat_POST_policy_${NAME}"*) ;;
    *) return 1 ;;
  esac
}

# hand_over KIND: makes the files of firewalld those of ours; succeeds where something changed.
hand_over() {
  changed=1
  mkdir -p "/etc/firewalld/$1"
  for file in "/etc/firewalld/$1/${NAME}"*.xml; do
    if [ -e "$file" ] && [ ! -e "${FIREWALLD_FOLDER}/$1/$(basename "$file")" ]; then
      rm -f "$file"
      changed=0
    fi
  done
  for file in "${FIREWALLD_FOLDER}/$1/"*.xml; do
    if [ -e "$file" ] && ! cmp -s "$file" "/etc/firewalld/$1/$(basename "$file")"; then
      cp "$file" "/etc/firewalld/$1/" || return 1
      changed=0
    fi
  done
  return "$changed"
}

# On a busy machine the answer may take longer than firewall-cmd waits: asked again, firewalld answers when both are done.
reload_firewalld() {
  for try in 1 2 3; do
    if firewall-cmd --reload >/dev/null; then
      return 0
    fi
    say "firewalld does not reload (try $try of 3)"
  done
  return 1
}

load() {
  stale=no
  hand_over ipsets && stale=yes
  hand_over policies && stale=yes
  if ! firewall-cmd --state >/dev/null 2>&1; then
    systemctl start firewalld.service || return 1
  elif [ "$stale" = yes ] || ! is_loaded; then
    reload_firewalld || return 1
  fi
  for try in 1 2 3 4 5 6 7 8 9 10 11 12 13 14 15 16 17 18 19 20 21 22 23 24 25 26 27 28 29 30; do
    if is_loaded; then
      return 0
    fi
    say "waiting for the rules of firewalld ($try of 30)"
    sleep 1
  done
  return 1
}`,
  clear: `clear_firewalld() {
  if [ ! -e /etc/firewalld/policies/${NAME}.xml ]; then
    return 0
  fi
  rm -f "/etc/firewalld/policies/${NAME}"*.xml "/etc/firewalld/ipsets/${NAME}"*.xml
  if firewall-cmd --state >/dev/null 2>&1; then
    firewall-cmd --reload >/dev/null || true
  fi
}`,
};

/** Puts each jump first where it is missing. */
function jumps(command: string, all: readonly IptJump[]): string {
  return all
    .map((jump) => `  ${commandOf(command, "-C")(jump)} 2>/dev/null || ${commandOf(command, "-I")(jump)} || return 1`)
    .join("\n");
}

function commandOf(command: string, action: "-C" | "-D" | "-I"): (jump: IptJump) => string {
  return ({ table, chain }) => `${command} -t ${table} ${action} ${chain} -j ${iptName(chain)}`;
}

/** Fails where a file of rules is missing or cut off. */
function checkFiles(paths: readonly string[]): string {
  return `check_file() {
  if [ "$(tail -n 1 "$1" 2>/dev/null)" != "${RULES_END}" ]; then
    fail "$1 is missing or incomplete"
  fi
}

check_files() {
${paths.map((path) => `  check_file ${path}`).join("\n")}
}`;
}
