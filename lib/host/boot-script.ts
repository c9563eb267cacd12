import { type BootBackend, FIREWALLD, IPTABLES, NFTABLES } from "./boot-backend";
import type { HostFirewall } from "./host-options";
import type { HostPlan } from "./host-plan";
import { KERNEL_SCRIPT, NAME } from "./host-paths";
import { renderInterfaceCommands } from "./interface-commands";

const BACKENDS: Readonly<Record<HostFirewall, BootBackend>> = {
  nftables: NFTABLES,
  iptables: IPTABLES,
  firewalld: FIREWALLD,
};

/** The script that brings a host up, replaces its rules and takes it down. */
export function renderBootScript(plan: HostPlan): string {
  const backend = BACKENDS[plan.firewall];
  const interfaces = renderInterfaceCommands(plan);
  const actions = ["start", "reload", "restore", "stop", ...(interfaces === "" ? [] : ["interfaces"])];
  return `#!/bin/sh
# Written by cdktf-nat: brings NAT up on this machine (start), replaces the rules (reload), puts them back after another
# firewall has cleared them (restore), takes them away (stop).
set -u
PATH=/usr/sbin:/usr/bin:/sbin:/bin
export PATH

state=/run/${NAME}

say() {
  echo "${NAME}: $*" >&2
  { echo "${NAME}: $*" >/dev/console; } 2>/dev/null || true
}

forwarding() {
  echo "$1" >/proc/sys/net/ipv4/ip_forward
}

# Nothing leaves untranslated: without rules there is no forwarding.
fail() {
  forwarding 0
  rm -f "$state/up"
  say "FAILED: $*; forwarding is off"
  exit 1
}

# install PROGRAM PACKAGE: only where the program is missing, and only where there is a way out.
install() {
  if command -v "$1" >/dev/null 2>&1; then
    return 0
  fi
  forwarding 0
  for try in 1 2 3 4 5; do
    if [ -z "$(ip -4 route show default)" ]; then
      fail "$1 is missing, and there is no network to install it from"
    fi
    say "$1 is missing, installing $2 (try $try of 5)"
    if command -v apt-get >/dev/null 2>&1; then
      timeout 60 apt-get -q -o DPkg::Lock::Timeout=30 update >&2
      DEBIAN_FRONTEND=noninteractive timeout 90 apt-get -q -y -o DPkg::Lock::Timeout=30 install "$2" >&2
    elif command -v dnf >/dev/null 2>&1; then
      timeout 90 dnf -q -y install "$2" >&2
    elif command -v yum >/dev/null 2>&1; then
      timeout 90 yum -q -y install "$2" >&2
    elif command -v zypper >/dev/null 2>&1; then
      timeout 90 zypper -n -q install "$2" >&2
    elif command -v apk >/dev/null 2>&1; then
      timeout 90 apk add -q "$2" >&2
    fi
    if command -v "$1" >/dev/null 2>&1; then
      return 0
    fi
    sleep 5
  done
  fail "$1 is missing and cannot be installed"
}

${backend.functions}

${Object.values(BACKENDS)
  .map(({ clear }) => clear)
  .join("\n\n")}

${formerFunction(plan)}

${addressFunction(plan)}

kernel() {
  sh ${KERNEL_SCRIPT} || fail "the kernel refuses a setting"
}

start() {
  mkdir -p "$state"
${backend.programs.map(([program, name]) => `  install ${program} ${name}`).join("\n")}
  check_files
  if ! is_loaded; then
    forwarding 0
  fi
  load || fail "the rules cannot be loaded"
  clear_former
  addresses
  kernel
  is_loaded || fail "the rules are not in force"
  : >"$state/up"
  forwarding 1
  say "NAT is up"
}

# Rules that cannot be loaded leave the former ones in force.
reload() {
  mkdir -p "$state"
  if ! load; then
    is_loaded || fail "the rules cannot be loaded"
    say "FAILED: the rules cannot be loaded; the former ones stay in force"
    exit 1
  fi
  clear_former
  addresses
  kernel
  is_loaded || fail "the rules are not in force"
  forwarding 1
}

stop() {
  forwarding 0
  rm -f "$state/up"
  clear_former
  clear_${plan.firewall}
  forwarding 0
  if [ -e "$state/addresses" ]; then
    while read -r address; do
      ip address delete "$address/32" dev lo 2>/dev/null || true
    done <"$state/addresses"
    rm -f "$state/addresses"
  fi
}

${interfaces}case "$*" in
  start) start ;;
  reload)
    check_files
    reload
    ;;
  restore)
    if [ -e "$state/up" ]; then
      check_files
      reload
    fi
    ;;
  stop) stop ;;
${interfaces === "" ? "" : "  interfaces) interfaces ;;\n"}  *)
    echo "usage: $0 ${actions.join(" | ")}" >&2
    exit 2
    ;;
esac
`;
}

/** What was loaded before another firewall was chosen is in force until somebody takes it away. */
function formerFunction({ firewall }: HostPlan): string {
  const others = (Object.keys(BACKENDS) as HostFirewall[]).filter((name) => name !== firewall);
  // With none of our policies it refuses what passes through, whatever other rules say.
  const stop =
    firewall === "firewalld"
      ? []
      : [
          `  if [ -e /etc/firewalld/policies/${NAME}.xml ]; then`,
          '    say "firewalld is disabled: it would refuse what these rules let through"',
          "    systemctl disable --now firewalld.service || true",
          "  fi",
        ];
  return `# The rules that a former script of ours has loaded for another firewall.
clear_former() {
${[...stop, ...others.map((name) => `  clear_${name}`)].join("\n")}
}`;
}

/** In quotes, so that a value that is known only at deploy time stays one word. */
function addressFunction({ addresses }: HostPlan): string {
  if (addresses.length === 0) {
    return `# No address is named: nothing to add.
addresses() {
  :
}`;
  }
  return `# An address of the NAT that no interface has is added here, so that neighbours find it.
add_address() {
  if [ -z "$(ip -4 address show to "$1/32")" ]; then
    ip address add "$1/32" dev lo || fail "cannot add $1"
    echo "$1" >>"$state/addresses"
  fi
}

addresses() {
${addresses.map(({ local }) => `  add_address "${local.toString()}"`).join("\n")}
}`;
}
