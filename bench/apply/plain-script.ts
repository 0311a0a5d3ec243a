import type { HostPlan } from "../../src/provisioners/host-plan";
import { VIP } from "./plan";

/**
 * What one would write by hand for the same result: the same files, each replaced in one step and safe on disk, and a
 * look at the end. No lock, no check of what arrived, no rollback, no memory of what was there before.
 */
export function plainScript(plan: HostPlan): string {
  return [
    "set -eu",
    ...plan.packages.map(({ name }) => `dpkg-query --show ${name}`),
    ...plan.files.flatMap(({ path, text, mode }) => [
      `cat >${path}.new <<'END'`,
      `${text}END`,
      `chown 0:0 ${path}.new`,
      `chmod ${mode} ${path}.new`,
      `sync ${path}.new`,
      `mv ${path}.new ${path}`,
    ]),
    "/usr/lib/systemd/systemd-sysctl /etc/sysctl.d/99-cdktf-lvs.conf",
    `ip address replace ${VIP}/32 dev lo preferred_lft 0`,
    "systemctl daemon-reload",
    ...plan.units.flatMap((unit) => [`systemctl enable --quiet ${unit}`, `systemctl start ${unit}`]),
    ...plan.units.map((unit) => `systemctl --quiet is-active ${unit}`),
    `ip address show dev lo to ${VIP}`,
    "",
  ].join("\n");
}
