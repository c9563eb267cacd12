#!/bin/sh
# Written by cdktf-nat: sizes connection tracking, sets what the kernel needs beside forwarding.
set -u

say() {
  echo "cdktf-nat: $*" >&2
  { echo "cdktf-nat: $*" >/dev/console; } 2>/dev/null || true
}

# A setting that the kernel refuses is told, and is an error at the end.
failed=0
put() {
  if ! { echo "$1" >"$2"; } 2>/dev/null; then
    say "cannot write $1 to $2"
    failed=1
  fi
}

# The size is the machine's, not a network namespace's: in a container it stays as it is.
size() {
  if ! { echo "$1" >"$2"; } 2>/dev/null; then
    say "cannot write $1 to $2, connection tracking keeps its size"
  fi
}

modprobe nf_conntrack 2>/dev/null || true
max=65536
while read -r key kilobytes _; do
  if [ "$key" = MemTotal: ]; then
    megabytes=$((kilobytes / 1024))
    max=$((megabytes * 256))
  fi
done </proc/meminfo
[ "$max" -ge 65536 ] || max=65536
[ "$max" -le 2097152 ] || max=2097152
size "$max" /proc/sys/net/netfilter/nf_conntrack_max
size "$((max / 2))" /sys/module/nf_conntrack/parameters/hashsize

put 900 /proc/sys/net/netfilter/nf_conntrack_tcp_timeout_established
put 1 /proc/sys/net/netfilter/nf_conntrack_tcp_loose
# A packet out of the window belongs to its flow all the same: it is neither dropped nor reset.
put 1 /proc/sys/net/netfilter/nf_conntrack_tcp_be_liberal
# Replies may come in by another interface than requests go out by.
put 2 /proc/sys/net/ipv4/conf/all/rp_filter
put 2 /proc/sys/net/ipv4/conf/default/rp_filter
# With one interface every client is on the side that its packets leave by; it is told no shorter way.
for setting in /proc/sys/net/ipv4/conf/*/send_redirects; do
  put 0 "$setting"
done
exit "$failed"
