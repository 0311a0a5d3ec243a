#!/bin/bash
# Builds the two base images and the local package source into the directory $1.
# The remaining arguments are the apt source lines to take packages from.
# The caller runs this in its own mount and pid namespace, so nothing stays mounted or running when it is killed.
set -euo pipefail

out=$1
shift
here=$(dirname "$(readlink -f "$0")")
root=$out/root
export packages=$out/packages

step() { printf '%s\n' "$*"; }

make_image() {
  truncate --size 2G "$out/$1.ext4"
  mkfs.ext4 -q -F -L lab -J size=16 -E lazy_itable_init=1,lazy_journal_init=1 -d "$root" "$out/$1.ext4"
}

apt_options=()
while IFS= read -r option; do
  [ -n "$option" ] && apt_options+=("--aptopt=$option")
done <<<"${LAB_APT_OPTIONS:-}"

step "installing the base system ($LAB_SUITE)"
mkdir -p "$packages"
# What the bare image lacks is downloaded while the machine's sources are still configured in it.
# shellcheck disable=SC2016 # expanded by the hook's shell
download='APT_CONFIG="$MMDEBSTRAP_APT_CONFIG" apt-get --quiet=2 --yes --download-only -o Dir::Cache::Archives="$packages" -o APT::Sandbox::User=root install $LAB_EXTRA_PACKAGES'
mmdebstrap --quiet --mode=root --variant=minbase --include="$LAB_PACKAGES" \
  --dpkgopt='path-exclude=/usr/share/man/*' --dpkgopt='path-exclude=/usr/share/doc/*' \
  --dpkgopt='path-exclude=/usr/share/locale/*' "${apt_options[@]}" \
  --customize-hook="$download" --format=directory "$LAB_SUITE" "$root" "$@"

step "adding the kernel modules and the lab's files"
# Where /usr is not merged, as in a bare Debian 11, only this path is looked at.
mkdir -p "$root/lib/modules"
cp -r "$LAB_KERNEL_MODULES" "$root/lib/modules/"
step "building the kernel module of nftables"
"$here/build-nf-tables.sh" "$root/lib/modules/$(basename "$LAB_KERNEL_MODULES")" ||
  step "the hosts have no nftables for IPv4 and IPv6: its module could not be built"
depmod --basedir "$root" "$(basename "$LAB_KERNEL_MODULES")"
cp -r --no-preserve=ownership "$here/guest/." "$root/"
chmod 0440 "$root/etc/sudoers.d/lab"
chmod 0755 "$root"/usr/local/lib/lab/*
rm -f "$root"/etc/ssh/ssh_host_* "$root/etc/apt/sources.list" "$root/etc/apt/apt.conf.d/99mmdebstrap"
find "$root/etc/apt/sources.list.d" -type f -delete
# Empty, not absent: systemd takes an absent machine id for a first boot and would enable every unit.
: >"$root/etc/machine-id"

chroot "$root" useradd --create-home --shell /bin/bash deploy
chroot "$root" useradd --create-home --shell /bin/bash deploypw
echo 'deploypw:labpw' | chroot "$root" chpasswd
chroot "$root" systemctl --quiet enable lab-identity.service
# Nothing of these is of use here, and each costs boot time or waits for a device that never comes.
# systemctl reports units that do not exist, and masks them all the same.
chroot "$root" systemctl --quiet mask getty.target getty@.service serial-getty@.service console-getty.service \
  systemd-udevd.service systemd-udevd-control.socket systemd-udevd-kernel.socket systemd-udev-trigger.service \
  systemd-timesyncd.service systemd-journal-flush.service systemd-pstore.service apt-daily.timer \
  apt-daily-upgrade.timer dpkg-db-backup.timer e2scrub_all.timer e2scrub_reap.service fstrim.timer \
  kmod-static-nodes.service modprobe@configfs.service modprobe@dm_mod.service modprobe@drm.service \
  modprobe@efi_pstore.service modprobe@fuse.service modprobe@loop.service dev-hugepages.mount dev-mqueue.mount \
  sys-fs-fuse-connections.mount sys-kernel-config.mount sys-kernel-debug.mount sys-kernel-tracing.mount \
  systemd-logind.service systemd-random-seed.service systemd-remount-fs.service systemd-sysusers.service \
  systemd-update-utmp.service systemd-update-utmp-runlevel.service 2>/dev/null
# Each is a process at every reload of systemd, for disks and terminals that no host has. The debug generator stays: it
# starts the services that the kernel is told of.
mkdir -p "$root/etc/systemd/system-generators"
for generator in cryptsetup getty gpt-auto hibernate-resume integritysetup rc-local run system-update veritysetup; do
  ln -s /dev/null "$root/etc/systemd/system-generators/systemd-$generator-generator"
done

step "writing the bare image"
make_image bare

step "writing the local package source"
rm -rf "$packages/partial" "$packages/lock"
(
  cd "$packages"
  apt-ftparchive packages . >Packages
  gzip --keep Packages
  apt-ftparchive release . >Release
)

step "installing $LAB_EXTRA_PACKAGES for the ready image"
mkdir "$root/install"
cp "$packages"/*.deb "$root/install/"
chroot "$root" sh -c 'DEBIAN_FRONTEND=noninteractive dpkg --install /install/*.deb' >"$out/install.log" 2>&1 ||
  { cat "$out/install.log" >&2; exit 1; }
rm -r "$root/install" "$out/install.log"
chroot "$root" systemctl --quiet disable keepalived.service ipvsadm.service nftables.service rsyslog.service \
  logrotate.timer prometheus-node-exporter.service 2>/dev/null || true

if [ "$LAB_XSTATE_SHIM" = yes ]; then
  step "compiling the kernel's shim for this processor"
  gcc -Wall -Wextra -O2 -shared -fPIC -o "$out/xstate.so" "$here/xstate.c" -ldl
fi

step "writing the ready image"
make_image ready
rm -rf "$root"
