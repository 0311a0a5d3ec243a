import type { HostRole } from "./host-plan";

/**
 * Takes everything of ours off a host with the program that is installed there. A host that has none is clean already.
 */
export function removeScript(role: HostRole): string {
  return `set -eu
umask 077
state=/etc/cdktf-lvs/${role}
# A first deploy may still be under way, without a program yet that could wait for it.
locked=''
[ -s "$state/current/program" ] || until [ -n "$locked" ]; do
  mkdir -p /run/cdktf-lvs
  exec 9>/run/cdktf-lvs/lock
  flock -w 600 9 || {
    echo "FAILED at remove: another run has held the lock of this host for 600 s; see which: lslocks; nothing was changed"
    exit 1
  }
  # The run that held it may have removed it.
  [ "$(stat -L -c %i /proc/self/fd/9)" != "$(stat -c %i /run/cdktf-lvs/lock 2>/dev/null)" ] || locked=yes
done
# The last one can undo the deploy that it was interrupted in.
for kept in current previous rollback/wanted; do
  program=$state/$kept/program
  [ ! -s "$program" ] || break
done
if [ -s "$program" ]; then
  exec 9>&-
  sh "$program" remove
elif [ -e "$state/current" ] || [ -e "$state/pending" ]; then
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
