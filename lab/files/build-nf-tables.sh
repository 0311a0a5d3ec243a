#!/bin/bash
# Debian's user-mode kernel knows nftables for bridges only. Builds its module nf_tables again, from the source and with
# the settings of that kernel, for IPv4 and IPv6 too, and puts it in place of the one below $1, a directory of modules.
set -euo pipefail

modules=$1
version=$(basename "$modules")
# The package names the source that it was built from: "linux (= 6.1.176-1)".
source_version=$(dpkg-query --show --showformat='${Built-Using}' user-mode-linux)
source_version=${source_version#*linux (= }
source_version=${source_version%%)*}

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT
cd "$work"
apt-get --quiet=2 -o APT::Sandbox::User=root download "linux-source-${version%.*}=$source_version"
dpkg-deb --fsys-tarfile linux-source-*.deb | tar --extract --to-stdout --wildcards '*/linux-source-*.tar.xz' |
  tar --extract --xz --strip-components=1 --exclude='*/drivers/*.[ch]' --exclude='*/sound/*.[ch]' \
    --exclude='*/Documentation/*/*' --exclude='*/tools/testing/*'

# The settings are in a module, compressed, between two markers.
configs=$modules/kernel/kernel/configs.ko
offset=$(grep --only-matching --byte-offset --text --max-count=1 IKCFG_ST "$configs" | cut --delimiter=: --fields=1)
# What follows the compressed part is no concern of gzip's, and its complaint none of ours.
tail --bytes=+$((offset + 9)) "$configs" | gzip --decompress --stdout 2>gzip.log >.config || [ -s .config ]
scripts/config --enable NF_TABLES_INET --enable NF_TABLES_IPV4 --enable NF_TABLES_IPV6

build() {
  make ARCH=um KBUILD_MODPOST_WARN=1 -j "$(nproc)" "$@" >>make.log 2>&1 || {
    tail --lines=30 make.log >&2
    exit 1
  }
}
build olddefconfig
build modules_prepare
# Symbols of the kernel itself are not looked up: the module is for the same one.
: >Module.symvers
build net/netfilter/nf_tables.ko
strip --strip-debug net/netfilter/nf_tables.ko
cp net/netfilter/nf_tables.ko "$modules/kernel/net/netfilter/nf_tables.ko"
