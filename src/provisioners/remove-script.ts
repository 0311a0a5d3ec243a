import type { HostRole } from "./host-plan";

/**
 * Takes everything of ours off a host with the program that is installed there. A host that has none is clean already.
 */
export function removeScript(role: HostRole): string {
  return `set -eu
umask 077
state=/etc/cdktf-lvs/${role}
# A first deploy may still be under way, without a program yet that could wait for it.
if [ ! -s "$state/current/program" ]; then
  mkdir -p /run/cdktf-lvs
  exec 9>/run/cdktf-lvs/lock
  flock -w 600 9 || {
    echo "FAILED at remove: another run has held the lock of this host for 600 s; see which: lslocks; nothing was changed"
    exit 1
  }
fi
if [ -s "$state/current/program" ]; then
  exec 9>&-
  sh "$state/current/program" remove
elif [ -e "$state/current" ] || [ -e "$state/previous" ] || [ -e "$state/pending" ]; then
  echo "FAILED at remove: a deploy was interrupted half-way, and $state holds what it replaced; deploy again, then remove"
  exit 1
else
  rm -rf "$state"
  # What a run that was killed has left; its name holds the process id.
  for incoming in /etc/cdktf-lvs/incoming.*; do
    [ -d "/proc/$(echo "$incoming" | cut -d . -f 2)" ] || rm -rf "$incoming"
  done
  rmdir /etc/cdktf-lvs 2>/dev/null || :
  rm -rf /run/cdktf-lvs
  echo "nothing of cdktf-lvs is on this host"
fi`;
}
