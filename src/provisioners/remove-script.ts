import type { HostRole } from "./host-plan";

/**
 * Takes everything of ours off a host with the program that is installed there. A host that has none is clean already.
 */
export function removeScript(role: HostRole): string {
  return `set -eu
state=/etc/cdktf-lvs/${role}
if [ -f "$state/current/program" ]; then
  sh "$state/current/program" remove
else
  rm -rf "$state"
  rmdir /etc/cdktf-lvs 2>/dev/null || :
  echo "nothing of cdktf-lvs is on this host"
fi`;
}
