# Puts what came with this script into a root-only directory and runs the program that is in it. The lines above have
# set $payload to the size of it all and defined `unpack_files`.

set -eu
umask 077
LC_ALL=C
export LC_ALL
root_dir=/etc/cdktf-lvs

cannot() {
  [ -z "${stage-}" ] || rm -rf "$stage"
  echo "FAILED at unpack: $1; nothing was changed"
  exit 1
}

# What stands for lists in $payload may be much longer in the script that is here.
case $0 in */*.sh) size=$(stat -c %s "$0") && [ "$size" -le "$payload" ] || payload=$size ;; esac
[ "$(id -u)" -eq 0 ] || cannot 'must run as root; log in as root, or as a user who may do anything by sudo'
[ -d "$root_dir" ] || mkdir -p "$root_dir" || cannot "could not make $root_dir; the lines above say why"
free=$(df --output=avail -B 1 "$root_dir")
free=${free##*[!0-9]}
# The files are there three times for a moment: staged, live, and kept for a rollback.
[ "$free" -gt "$((payload * 3 + 65536))" ] || cannot "$root_dir has $free bytes free, $((payload * 3 + 65536)) are needed; make room"
stage=$(mktemp -d "$root_dir/incoming.$$.XXXXXX") || cannot "could not make a directory in $root_dir; the lines above say why"
mkdir "$stage/files" || cannot "could not write to $stage; is the disk full?"
unpack_files || cannot "could not write to $stage; is the disk full?"
case $0 in */*.sh) rm -f "$0" ;; esac
sh "$stage/program" apply; exit
