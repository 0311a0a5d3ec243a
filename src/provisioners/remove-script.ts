import type { HostRole } from "./host-plan";

/**
 * Takes everything of ours off a host with the program that is installed there. A host that has none is clean already.
 */
export function removeScript(role: HostRole): string {
  return `set -eu
state=/etc/cdktf-lvs/${role}
if [ -s "$state/current/program" ]; then
  sh "$state/current/program" remove
elif [ -d "$state/current" ] || [ -d "$state/previous" ]; then
  echo "FAILED at remove: $state is damaged; deploy again, then remove"
  exit 1
else
  rm -rf "$state"
  rmdir /etc/cdktf-lvs 2>/dev/null || :
  echo "nothing of cdktf-lvs is on this host"
fi`;
}
