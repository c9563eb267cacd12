#!/bin/sh
# build-image.sh FOLDER: builds the machine of this layer out of Debian packages: FOLDER/root.img (ext4), vmlinuz and
# initrd. It needs root, mmdebstrap and mke2fs, and writes nothing outside of FOLDER.
set -eu
export PATH="$PATH:/usr/sbin:/sbin" DEBIAN_FRONTEND=noninteractive LC_ALL=C

suite=bookworm
keyring=/usr/share/keyrings/debian-archive-keyring.gpg
packages=systemd-sysv,dbus,udev,kmod,cloud-init,iproute2,nftables,iptables,conntrack,busybox-static
kernel=linux-image-cloud-amd64
# What the initrd brings in, with what they need, to find the root file system.
modules="virtio_pci virtio_blk"

here=$(cd "$(dirname "$0")" && pwd)
out=$(cd "$1" && pwd)
work=$(mktemp -d "$out/work.XXXXXX")
root=$work/root
started=$(date +%s)
exec 3>&2 >"$work/log" 2>&1

say() {
  step=$*
  echo "vm image: $step ($(($(date +%s) - started)) s)" >&3
}

finish() {
  status=$?
  if [ "$status" -ne 0 ]; then
    tail -n 40 "$work/log" >&3
    say "FAILED: $step; the last lines of its output are above"
  fi
  rm -rf "$work"
  exit "$status"
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM

# Debian's mirrors, and how to reach them, are this machine's where it has any.
apt-get indextargets --format '$(REPO_URI) $(CODENAME) $(LABEL)' 'Created-By: Packages' 2>/dev/null |
  awk -v suite="$suite" '$3 ~ /^Debian(-Security)?$/ && index($2, suite) == 1 { print $1, $2 }' |
  sort -u >"$work/mirrors" || true
[ -s "$work/mirrors" ] || printf '%s\n' "http://deb.debian.org/debian $suite" \
  "http://deb.debian.org/debian-security $suite-security" >"$work/mirrors"
sed "s|.*|deb [signed-by=$keyring] & main|" "$work/mirrors" >"$work/sources"
{
  apt-config dump 2>/dev/null | grep -E '^Acquire::(https?::|Check-Date |Check-Valid-Until )' || true
  echo 'Acquire::Retries "3";'
  echo 'Acquire::Languages "none";'
  echo 'APT::Install-Recommends "0";'
} >"$work/apt.conf"

bootstrap() {
  rm -rf "$root"
  mmdebstrap --mode=root --variant=apt --format=directory --include="$packages" \
    --hook-dir=/usr/share/mmdebstrap/hooks/merged-usr \
    --aptopt="$work/apt.conf" --dpkgopt=force-unsafe-io \
    --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
    --dpkgopt='path-exclude=/usr/share/locale/*' --dpkgopt='path-exclude=/usr/share/i18n/*' \
    --customize-hook="chroot \"\$1\" sh -c 'cd /var/cache && apt-get download \"\$(apt-cache depends $kernel |
      sed -n \"s/.*Depends: //p\")\"'" \
    "$suite" "$root" "$work/sources"
}

say "mmdebstrap of $suite: $packages"
bootstrap || {
  say "mmdebstrap once more, after $(grep -E '^(E|W):' "$work/log" | head -n 3)"
  bootstrap
}

# The kernel is only taken out of its package: what its scripts would do needs minutes and is not needed.
say "kernel and initrd"
dpkg-deb --extract "$root"/var/cache/linux-image-*.deb "$work/kernel"
version=$(ls "$work/kernel/lib/modules")
mv "$work/kernel/boot/vmlinuz-$version" "$work/vmlinuz"
mv "$work/kernel/lib/modules" "$root/usr/lib/"
chroot "$root" depmod "$version"
initrd=$root/var/cache/initrd
mkdir -p "$initrd/bin" "$initrd/dev" "$initrd/proc" "$initrd/sys" "$initrd/root"
cp "$root/bin/busybox" "$initrd/bin/"
cp "$here/image/init" "$initrd/init"
chmod 755 "$initrd/init"
for module in $modules; do
  chroot "$root" modprobe --set-version "$version" --show-depends "$module" >"$work/depends"
  sed -n 's/^insmod \([^ ]*\).*/\1/p' "$work/depends" >>"$work/modules"
done
awk '!seen[$0]++' "$work/modules" | while read -r file; do
  cp "$root$file" "$initrd/"
  echo "/${file##*/}" >>"$initrd/modules"
done
chroot "$root" sh -c 'cd /var/cache/initrd && busybox find . | busybox cpio -o -H newc' >"$work/initrd"
rm -rf "$initrd"

say "settings and file system"
mkdir -p "$root/etc/cloud/cloud.cfg.d" "$root/usr/local/sbin" "$root/etc/systemd/system"
cp "$here/image/cloud.cfg" "$root/etc/cloud/cloud.cfg.d/90-vm.cfg"
cp "$here/image/vm-agent" "$root/usr/local/sbin/vm-agent"
chmod 755 "$root/usr/local/sbin/vm-agent"
cp "$here/image/vm-agent.service" "$root/etc/systemd/system/vm-agent.service"
echo nat-host >"$root/etc/hostname"
echo LANG=C.UTF-8 >"$root/etc/default/locale"
: >"$root/etc/machine-id"
# What cloud-init writes for the network is for systemd-networkd, which the vendor's images start by netplan.
chroot "$root" systemctl enable vm-agent.service systemd-networkd.service
# None of these is tested, and each takes seconds of a processor that is emulated.
chroot "$root" systemctl mask apt-daily.timer apt-daily-upgrade.timer dpkg-db-backup.timer fstrim.timer \
  e2scrub_all.timer e2scrub_reap.service getty@tty1.service serial-getty@ttyS0.service systemd-logind.service \
  systemd-pstore.service systemd-binfmt.service systemd-update-utmp.service modprobe@drm.service
rm -rf "$root"/var/cache/* "$root"/var/lib/apt/lists/*
mke2fs -q -t ext4 -E lazy_itable_init=1,nodiscard -O ^has_journal -d "$root" "$work/root.img" 1G

mv "$work/vmlinuz" "$work/initrd" "$out/"
mv "$work/root.img" "$out/"
say "done"
